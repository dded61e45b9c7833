"""``onedoor django rebuild_monitoring``: empties the projections; the worker makes them anew from the letters."""

from typing import Any

from django.core.management.base import BaseCommand

from onedoor.domain.monitoring.actions import make_anew


class Command(BaseCommand):
    """Makes the projections of monitoring anew."""

    help = "Empties the projections of monitoring; the worker makes them anew from the letters."

    def handle(self, *args: Any, **options: Any) -> None:
        make_anew()
        self.stdout.write("The projections are empty; the worker hears all letters again.")
