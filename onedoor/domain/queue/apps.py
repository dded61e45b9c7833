"""Registers the context with Django."""

from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "onedoor.domain.queue"
    label = "queue"
    verbose_name = "Queue"
