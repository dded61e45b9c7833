"""Registers the context with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "onedoor.domain.cases"
    label = "cases"
    verbose_name = "Cases"
