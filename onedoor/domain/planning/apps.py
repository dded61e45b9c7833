"""Registers the context with Django."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Planning: trying out reforms on what happened, before they happen."""

    name = "onedoor.domain.planning"
    label = "planning"
    verbose_name = "Planning"
