"""Tables of centres: the calendar with its holidays, centres with hours and offers, counters."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from onedoor.kernel.aggregate import Aggregate, Reference, prepared
from onedoor.kernel.mirrors import Child, Mirror
from onedoor.kernel.mirrors.reference import looked


class OfficeCalendar(Aggregate):
    """The working week, hours and holidays of a unit (usually the country) and of all below it."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit = Reference("access.Unit", related_name="+")
    zone = models.CharField(max_length=40)
    rest = models.JSONField()
    hours = models.JSONField()
    confirmed = models.BooleanField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="centres_one_calendar_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.unit_id)


class Holiday(models.Model):
    """A day without work; ``declared`` by notice, beside what the pack brought, or ``cancelled`` so."""

    mirror = Child(of="calendar")

    calendar = models.ForeignKey(OfficeCalendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    declared = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["calendar", "day"], name="centres_one_holiday_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}"


class Centre(Aggregate):
    """A place of one-door service. Everybody else knows it by its unit in the territory, not by this row's id."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit = Reference("access.Unit", related_name="+")
    code = models.CharField(max_length=20, unique=True)
    name = models.JSONField()
    district = Reference("access.Unit", related_name="+")
    demonstration = models.BooleanField()
    address = models.JSONField(default=dict)
    phone = models.CharField(max_length=40, blank=True)
    zone = models.CharField(max_length=40)
    hours_confirmed = models.BooleanField(default=False)
    sort_keys = models.JSONField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="centres_one_centre_a_unit")
        ]

    def __str__(self) -> str:
        return self.code


class OpeningHours(models.Model):
    """A stretch of a weekday in which a centre is open."""

    mirror = Child(of="centre")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}"


class Offer(models.Model):
    """A service at a centre."""

    mirror = Child(of="centre")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="offers")
    service = Reference("catalogue.Service", related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    weekdays = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(null=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["centre", "service", "valid_from"], name="centres_one_offer_from_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.service_id}"


class Counter(Aggregate):
    """A place in a centre where an officer serves; set up at the hub."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    centre = Reference("access.Unit", related_name="+")
    code = models.CharField(max_length=10)
    name = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre", "code"], name="centres_counter_code")
        ]

    def __str__(self) -> str:
        return self.code


class CounterState(Aggregate):
    """Whether a counter serves; written at its centre. A counter without one is open."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    counter = Reference(Counter, related_name="+")
    state = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["counter"], name="centres_one_state_a_counter"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "closed"]), name="centres_counter_state"
            ),
        ]

    def __str__(self) -> str:
        return self.state


_CENTRE = "SELECT id, version FROM centres_centre WHERE unit_id = ANY(%s)"
_CALENDARS = "SELECT unit_id, id, version FROM centres_officecalendar WHERE unit_id = ANY(%s)"
_COUNTER = (
    "SELECT c.id, c.centre_id, c.code, c.name::text, coalesce(s.state, 'open'), p.zone"
    " FROM centres_counter c JOIN centres_centre p ON p.unit_id = c.centre_id"
    " LEFT JOIN centres_counterstate s ON s.counter_id = c.id WHERE "
)


@looked("centres_centre")
def look_at_centre(*, centres: tuple[UUID, ...]) -> tuple[UUID, int] | None:
    """The row and version of the one centre of these units; a prepared look, as every ticket needs it."""
    with prepared() as cursor:
        return cursor.execute(_CENTRE, [list(centres)]).fetchone()


@looked("centres_officecalendar")
def look_at_calendars(*, units: tuple[UUID, ...]) -> dict[UUID, tuple[UUID, int]]:
    """The calendars of these units: row and version by unit."""
    with prepared() as cursor:
        return {unit: (key, version) for unit, key, version in cursor.execute(_CALENDARS, [list(units)])}


@looked("centres_counter", "centres_counterstate", "centres_centre")
def look_at_counter(*, counter: UUID) -> tuple[Any, ...] | None:
    """Id, centre, code, name (JSON text), state and zone of a counter; a prepared look, as every call needs it."""
    with prepared() as cursor:
        return cursor.execute(_COUNTER + "c.id = %s", [counter]).fetchone()


@looked("centres_counter", "centres_counterstate", "centres_centre")
def look_at_counters(*, centres: tuple[UUID, ...], code: str | None = None) -> list[tuple[Any, ...]]:
    """The same of all counters of these centres, or of those with one code."""
    with prepared() as cursor:
        if code is not None:
            return cursor.execute(
                _COUNTER + "c.centre_id = ANY(%s) AND c.code = %s", [list(centres), code]
            ).fetchall()
        return cursor.execute(_COUNTER + "c.centre_id = ANY(%s)", [list(centres)]).fetchall()
