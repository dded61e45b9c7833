"""Django's ``migrate``, then the guards of every aggregate and the coming days' partitions."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from onedoor.kernel.aggregate import install_guards
from onedoor.kernel.clock import now
from onedoor.kernel.inbox.requests import keep_partitions


class Command(Migrate):
    """Migrates and lays what follows from the models."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options.get("plan") or options.get("check_unapplied"):
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regprocedure('kernel_guard()') IS NOT NULL")
            laid = cursor.fetchone()[0]
        if laid and not options.get("app_label"):
            install_guards()
            keep_partitions(at=now())
