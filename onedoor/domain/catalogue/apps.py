"""The catalogue as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Services and their editions."""

    name = "onedoor.domain.catalogue"
    label = "catalogue"
