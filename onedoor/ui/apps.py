"""The app that carries templates, tags and built styles."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Looks only: no tables, no news."""

    name = "onedoor.ui"
    label = "ui"
