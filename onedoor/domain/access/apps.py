"""Registers the context with Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "onedoor.domain.access"
    label = "access"
    verbose_name = "Access"
