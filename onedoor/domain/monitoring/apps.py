"""Registers the context with Django."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring: the live floor and the key figures of every centre, projected from letters only."""

    name = "onedoor.domain.monitoring"
    label = "monitoring"
    verbose_name = "Monitoring"
