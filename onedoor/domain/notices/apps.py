"""Registers the context with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices: messages to people, and what the hall's screen tells."""

    name = "onedoor.domain.notices"
    label = "notices"
    verbose_name = "Notices"
