"""The record of a hall's day: turns of counters, moments, and the films of past days."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain
from typing import ClassVar
from uuid import UUID

from django.db import models

from onedoor.domain.monitoring.models.tables import PROJECTED, Post, Visit
from onedoor.domain.monitoring.rules import hall
from onedoor.domain.monitoring.rules.films import move_of, packed, unpacked
from onedoor.kernel.i18n.shown import ZONE


class TurnRow(models.Model):
    """A counter began to serve or ceased to, or another officer began to call there; told by one letter."""

    mirror = PROJECTED
    letter = models.BigIntegerField(primary_key=True)
    centre = models.UUIDField()
    counter = models.UUIDField()
    code = models.TextField()
    at = models.DateTimeField()
    state = models.TextField()
    officer = models.UUIDField(null=True)

    class Meta:
        db_table = "monitoring_turn"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "counter", "-at"], name="monitoring_turn_counter")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class MomentRow(models.Model):
    """A rating, a sum of money or a drawer, at its instant; told by one letter."""

    mirror = PROJECTED
    letter = models.BigIntegerField(primary_key=True)
    centre = models.UUIDField()
    at = models.DateTimeField()
    kind = models.TextField()
    number = models.BigIntegerField()

    class Meta:
        db_table = "monitoring_moment"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "at"], name="monitoring_moment_centre")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Film(models.Model):
    """A past day of a hall, packed; kept when its visits are let go."""

    mirror = PROJECTED
    pk = models.CompositePrimaryKey("centre", "day")
    centre = models.UUIDField()
    day = models.DateField()
    reel = models.BinaryField()

    class Meta:
        db_table = "monitoring_film"

    def __str__(self) -> str:
        return f"{self.centre} {self.day}"


def reel_of(*, centre: UUID, day: date) -> hall.Reel:
    """The record of a centre's day: of its film, or of what is still kept one by one. Four statements at most."""
    film = Film.objects.filter(centre=centre, day=day).values_list("reel", flat=True).first()
    return unpacked(bytes(film)) if film is not None else _running(centre, day)


def films_to_make(*, before: date, most: int) -> list[tuple[UUID, date]]:
    """Days of centres that are over and have no film yet, the oldest first."""
    film = Film.objects.filter(centre=models.OuterRef("centre"), day=models.OuterRef("day"))
    rows = Visit.objects.filter(day__lt=before).exclude(models.Exists(film))
    return list(rows.order_by("day", "centre").values_list("centre", "day").distinct()[:most])


def make_film(*, centre: UUID, day: date) -> None:
    """Pack a day; packing it again writes the same."""
    reel = packed(_running(centre, day))
    Film.objects.bulk_create(
        [Film(centre=centre, day=day, reel=reel)],
        update_conflicts=True,
        unique_fields=["centre", "day"],
        update_fields=["reel"],
    )


def films_of(*, centre: UUID) -> list[date]:
    """The days of a centre that can be shown again, the newest first."""
    filmed = Film.objects.filter(centre=centre).values_list("day", flat=True)
    running = Visit.objects.filter(centre=centre).values_list("day", flat=True).distinct()
    return sorted(set(chain(filmed, running)), reverse=True)


def _running(centre: UUID, day: date) -> hall.Reel:
    start = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    end = start + timedelta(days=1)
    visits = Visit.objects.filter(centre=centre, day=day).order_by("taken_at", "id")
    turns = TurnRow.objects.filter(centre=centre)
    before = turns.filter(at__lt=start).order_by("counter", "-at", "-letter").distinct("counter")
    during = turns.filter(at__gte=start, at__lt=end).order_by("at", "letter")
    moments = MomentRow.objects.filter(centre=centre, at__gte=start, at__lt=end).order_by("at", "letter")
    return hall.Reel(
        stays=tuple(_stay(row) for row in visits),
        turns=_turns(chain(before, during)) or _standing(centre, start),
        moments=tuple(hall.Moment(row.at, row.kind, row.number) for row in moments),
    )


def _turns(rows: Iterable[TurnRow]) -> tuple[hall.Turn, ...]:
    return tuple(hall.Turn(row.at, row.counter, row.code, row.state, row.officer) for row in rows)


def _standing(centre: UUID, start: datetime) -> tuple[hall.Turn, ...]:
    """The counters as they stand, where nothing was ever told of their turns."""
    rows = Post.objects.filter(centre=centre, counter__isnull=False).order_by("code")
    return tuple(
        hall.Turn(start, row.counter, row.code, "open" if row.is_open else "closed", row.officer)
        for row in rows
        if row.counter is not None
    )


def _stay(row: Visit) -> hall.Stay:
    """A ticket of before its moves were kept is told by its four instants."""
    moves = tuple(move_of(*each) for each in row.moves) or tuple(_four(row))
    return hall.Stay(row.number, row.service, row.zone, moves)


def _four(row: Visit) -> Iterable[hall.Move]:
    yield hall.Move(row.taken_at, "waiting", None)
    if row.called_at is not None:
        yield hall.Move(row.called_at, "called", row.counter)
    if row.started_at is not None:
        yield hall.Move(row.started_at, "serving", row.counter)
    if row.ended_at is not None:
        yield hall.Move(row.ended_at, row.status, row.counter)
