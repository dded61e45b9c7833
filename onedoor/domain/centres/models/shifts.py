"""Tables of the staff at the counters: who is planned when, who sits where, and what each may serve."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q

from onedoor.domain.centres.models.tables import Counter
from onedoor.kernel.aggregate import Aggregate, Reference, prepared
from onedoor.kernel.mirrors import Child, Mirror
from onedoor.kernel.mirrors.reference import looked


class Shift(Aggregate):
    """An officer planned at a centre for some hours of a day, perhaps at a counter; ``offered`` for another to take.

    ``taker`` asks to have it and waits for the head; until then it is the officer's.
    """

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    officer = Reference("access.Login", related_name="+")
    counter = Reference(Counter, null=True, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    breaks = models.JSONField(default=list)
    offered = models.BooleanField(default=False)
    taker = Reference("access.Login", null=True, related_name="+")
    cancelled = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "day"], condition=Q(cancelled=False), name="centres_shift_day"),
            models.Index(fields=["officer", "day"], condition=Q(cancelled=False), name="centres_shift_own"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="centres_shift_ends_later"),
            models.CheckConstraint(
                condition=Q(taker=None) | Q(offered=True), name="centres_shift_asked_for_is_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts}"


class Sitting(Aggregate):
    """An officer who sat down at a counter, until she rose; ``break_from`` while she is away for a break."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    counter = Reference(Counter, related_name="+")
    officer = Reference("access.Login", related_name="+")
    day = models.DateField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    break_from = models.DateTimeField(null=True)
    break_until = models.DateTimeField(null=True)
    breaks = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "day"], name="centres_sitting_day")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["counter"], condition=Q(ended_at=None), name="centres_one_sits_at_a_counter"
            ),
            models.UniqueConstraint(
                fields=["officer"], condition=Q(ended_at=None), name="centres_an_officer_sits_once"
            ),
            models.CheckConstraint(
                condition=Q(break_from=None, break_until=None)
                | Q(break_from__isnull=False, break_until__gt=F("break_from")),
                name="centres_break_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.began_at}"


class SkillSet(Aggregate):
    """What an officer may serve at a centre, as its head said it."""

    mirror = Mirror(direction="up", privacy="personal", fields="*")

    centre = Reference("access.Unit", related_name="+")
    officer = Reference("access.Login", related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre", "officer"], name="centres_skills_said_once")
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}"


class Skill(models.Model):
    """A service (by its id) or a language (by its code) that an officer may serve, from a day, until before another."""

    mirror = Child(of="skills")

    skills = models.ForeignKey(SkillSet, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "value", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["skills", "kind", "value", "valid_from"], name="centres_one_skill_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["service", "language"]), name="centres_skill_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="centres_skill_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


_SHIFTS = (
    "SELECT id, officer_id, counter_id, starts, ends, breaks::text, offered, taker_id, version FROM centres_shift"
    " WHERE centre_id = %s AND day = %s AND NOT cancelled ORDER BY starts, id"
)
_SKILLS = (
    "SELECT s.centre_id, k.kind, k.value, k.valid_from, k.valid_until FROM centres_skillset s"
    " LEFT JOIN centres_skill k ON k.skills_id = s.id WHERE s.officer_id = %s"
)


def one_plans(*, officers: Iterable[UUID]) -> None:
    """Until the transaction ends nobody plans these officers at another centre; a centre's own row keeps its planners apart."""
    keys = sorted({str(one) for one in officers})
    with connection.cursor() as cursor:
        for key in keys:  # always in one order, so that two who plan never wait for each other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 11))", [key])


@looked("centres_shift")
def look_at_shifts(*, centre: UUID, day: date) -> list[tuple[Any, ...]]:
    """The shifts of a centre on a day: id, officer, counter, begin, end, breaks (JSON text), offered, taker, version."""
    with prepared() as cursor:
        return cursor.execute(_SHIFTS, [centre, day]).fetchall()


@looked("centres_skillset", "centres_skill")
def look_at_skills(*, officer: UUID) -> list[tuple[Any, ...]]:
    """What an officer may serve anywhere: centre, kind, value, from, until; nulls where a set is empty."""
    with prepared() as cursor:
        return cursor.execute(_SKILLS, [officer]).fetchall()
