"""Centres as a Django app."""

from django.apps import AppConfig


class CentresConfig(AppConfig):
    """Centres, counters, offers, hours and the office calendar."""

    name = "onedoor.domain.centres"
    label = "centres"
