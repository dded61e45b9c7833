"""What stays on the node: tries of secret codes, the log of who looked, the stamp of all rights, a shared cache."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import connection, models

from onedoor.kernel.mirrors import Local


class Try(models.Model):
    """Wrong tries of a secret code, by subject and address."""

    subject = models.CharField(max_length=80)
    address = models.BinaryField(help_text="Keyed hash of the network address.")
    wrong = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)

    mirror: ClassVar[Local] = Local("wrong tries count where they are made")

    class Meta:
        db_table = "access_try"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "address"], name="access_try_once")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["last_at"], name="access_try_last")]

    def __str__(self) -> str:
        return f"{self.wrong} wrong at {self.subject}"


class Sight(models.Model):
    """Who looked at what, when and why. Only ever added to."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.UUIDField()
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.UUIDField()
    centre = models.UUIDField(null=True)
    why = models.CharField(max_length=120)

    mirror: ClassVar[Local] = Local("who looked is answered by the node on which they looked")

    class Meta:
        db_table = "access_sight"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "-at"], name="access_sight_subject"),
            models.Index(fields=["actor", "-at"], name="access_sight_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} saw {self.subject}"


class Stamp(models.Model):
    """One row whose value a trigger changes with every change of units, roles, grants, logins and tokens."""

    value = models.UUIDField()

    mirror: ClassVar[Local] = Local("tells this node's processes to read rights anew")

    class Meta:
        db_table = "access_stamp"

    def __str__(self) -> str:
        return str(self.value)


def present(zone: str) -> tuple[UUID | None, date]:
    """The stamp of all rights and the day in a time zone, by one small statement; of no unit, so it names none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT value FROM access_stamp), (now() AT TIME ZONE %s)::date", [zone])
        stamp, today = cursor.fetchone()
    return stamp, today


class Kept(models.Model):
    """Django's shared cache: limits of log-in attempts count over all processes of the node."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    mirror: ClassVar[Local] = Local("counts of attempts, forgotten within a day")

    class Meta:
        db_table = "access_cache"

    def __str__(self) -> str:
        return self.cache_key


class Origin(models.Model):
    """The pack that this node was set up from: its code, after which ids are named, and what it says of itself."""

    pack = models.CharField(max_length=80, primary_key=True)
    about = models.JSONField()

    mirror: ClassVar[Local] = Local("packs are loaded, and written again, where reference data is owned")

    class Meta:
        db_table = "access_origin"

    def __str__(self) -> str:
        return self.pack
