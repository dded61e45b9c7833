"""Registers the context with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents: signed, numbered papers that anyone can verify."""

    name = "onedoor.domain.documents"
    label = "documents"
    verbose_name = "Documents"
