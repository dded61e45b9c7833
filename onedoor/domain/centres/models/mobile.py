"""Tables of mobile units: their stops, what each stop did, and what villages ask for."""

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from onedoor.kernel.aggregate import Aggregate, Reference, prepared
from onedoor.kernel.mirrors import Mirror
from onedoor.kernel.mirrors.reference import looked

STOP_STATES = ("planned", "announced", "cancelled")


class Stop(Aggregate):
    """A mobile unit in a village for some hours of a day; planned at the hub. Whether it was held, its report says."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    centre = Reference("access.Unit", related_name="+")
    district = Reference("access.Unit", related_name="+")
    village = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    day = models.DateField()
    opens = models.TimeField()
    closes = models.TimeField()
    services = models.JSONField()
    capacity = models.PositiveIntegerField()
    state = models.CharField(max_length=10)
    announced_on = models.DateField(null=True)
    reason = models.JSONField(default=dict)
    on_holiday = models.BooleanField(default=False)
    demonstration = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["centre", "day"], name="centres_stop_centre"),
            models.Index(fields=["district", "day"], name="centres_stop_district"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="centres_stop_closes_later"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="centres_stop_serves_somebody"),
            models.CheckConstraint(condition=Q(state__in=STOP_STATES), name="centres_stop_state"),
            models.CheckConstraint(
                condition=Q(state="cancelled") & ~Q(reason={}) | ~Q(state="cancelled") & Q(reason={}),
                name="centres_stop_cancelled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.village}"


class StopReport(Aggregate):
    """What a stop did: written by the unit itself, begun when it opened, with figures once it has closed."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    stop = Reference(Stop, related_name="+")
    centre = Reference("access.Unit", related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField(null=True)
    services = models.JSONField(default=dict)
    cases = models.PositiveIntegerField(null=True)
    cash = models.BigIntegerField(null=True)
    wait_minutes = models.PositiveIntegerField(null=True)
    kilometres = models.PositiveIntegerField(null=True)
    unmet = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["stop"], name="centres_one_report_a_stop"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="centres_stop_reported_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return str(self.stop_id)


class StopRequest(Aggregate):
    """A village asks for a visit: counted as demand. The telephone number is sealed and forgotten when the stop was held."""

    mirror = Mirror(
        direction="up",
        privacy="personal",
        fields=(
            "district",
            "village",
            "village_key",
            "services",
            "people",
            "asked_on",
            "stop",
            "demonstration",
        ),
    )

    district = Reference("access.Unit", related_name="+")
    village = models.CharField(max_length=200)
    village_key = models.CharField(max_length=200)
    services = models.JSONField()
    people = models.PositiveIntegerField()
    asked_on = models.DateField()
    asker = models.BinaryField(max_length=32, default=bytes)
    phone = models.BinaryField(null=True)
    language = models.CharField(max_length=10, blank=True)
    stop = Reference(Stop, null=True, related_name="+")
    demonstration = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["district", "village_key"], name="centres_request_village"),
            models.Index(fields=["asker", "asked_on"], name="centres_request_asker"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(people__gte=1), name="centres_request_of_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.people}"


_STOPS = (
    "SELECT id, day, opens, closes, services::text, capacity, on_holiday FROM centres_stop"
    " WHERE centre_id = %s AND state = 'announced' ORDER BY day DESC, opens LIMIT 200"
)


@looked("centres_stop")
def look_at_stops(*, centre: UUID) -> list[tuple[Any, ...]]:
    """The latest announced stops of a mobile unit: id, day, hours, services (JSON text), capacity, holiday."""
    with prepared() as cursor:
        return cursor.execute(_STOPS, [centre]).fetchall()
