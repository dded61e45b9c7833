"""Registers the context with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onedoor.domain.people"
    label = "people"
    verbose_name = "People"
