"""Tables of centres: the calendar with its holidays, centres with hours and offers, counters, space, promises, areas."""

from typing import ClassVar

from django.db import models

from onedoor.domain.centres.rules.space import LINKS, POWER
from onedoor.kernel.aggregate import Aggregate, Reference
from onedoor.kernel.mirrors import Child, Mirror

NONE = models.Value([], models.JSONField())
NOTHING = models.Value({}, models.JSONField())


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
    """A day without work; ``declared`` by notice, beside what the pack brought, or ``cancelled`` so.

    ``in_lieu``: where it falls on a day of rest, the next working day is given; that one says for which (``given_for``).
    """

    mirror = Child(of="calendar")

    calendar = models.ForeignKey(OfficeCalendar, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField()
    name = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    declared = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)
    in_lieu = models.BooleanField(default=False, db_default=False)
    given_for = models.DateField(null=True)

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
    kind = models.CharField(max_length=10, default="fixed", db_default="fixed")
    """``fixed`` at its address, or ``mobile``: it is where its stops are."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="centres_one_centre_a_unit"),
            models.CheckConstraint(condition=models.Q(kind__in=["fixed", "mobile"]), name="centres_kind"),
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
    """A service at a centre. ``revision`` counts what people changed (0: as the pack brought it); a withdrawn one stays."""

    mirror = Child(of="centre")

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="offers")
    service = Reference("catalogue.Service", related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    weekdays = models.JSONField(default=list)
    capacity = models.PositiveIntegerField(null=True)
    demonstration = models.BooleanField(default=False)
    counters = models.JSONField(default=list, db_default=NONE)
    revision = models.PositiveIntegerField(default=0, db_default=0)
    withdrawn_on = models.DateField(null=True)
    reason = models.JSONField(default=dict, db_default=NOTHING)

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["centre", "service", "valid_from"], name="centres_one_offer_from_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gte=models.F("valid_from")),
                name="centres_offer_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(capacity__gte=1),
                name="centres_offer_serves_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="centres_offer_weekdays",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None, reason={})
                | models.Q(withdrawn_on__isnull=False, valid_until__isnull=False) & ~models.Q(reason={}),
                name="centres_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} {self.service_id}"


class Counter(Aggregate):
    """A place in a centre where an officer serves; set up at the hub.

    ``remote``: where people of the hall go to be served by somebody who sits elsewhere (a booth, a telephone); empty for a
    counter that stands in the hall.
    """

    mirror = Mirror(direction="down", privacy="open", fields="*")

    centre = Reference("access.Unit", related_name="+")
    code = models.CharField(max_length=10)
    name = models.JSONField()
    remote = models.JSONField(default=dict, db_default=NOTHING)

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
    back_at = models.DateTimeField(null=True)
    """When the officer means to be back, where it is closed for a break."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["counter"], name="centres_one_state_a_counter"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "closed"]), name="centres_counter_state"
            ),
        ]

    def __str__(self) -> str:
        return self.state


class Space(Aggregate):
    """How much room a centre has, as somebody counted it (``declared``) or a pack brought it. What nobody counted is null."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    centre = Reference("access.Unit", related_name="+")
    rooms = models.PositiveIntegerField(null=True)
    square_metres = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    places = models.PositiveIntegerField(null=True)
    accessible = models.BooleanField(null=True)
    power = models.CharField(max_length=10, blank=True)
    link = models.CharField(max_length=10, blank=True)
    counted_on = models.DateField()
    declared = models.BooleanField(default=False, db_default=False)
    demonstration = models.BooleanField(default=False)
    source = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["centre"], name="centres_one_space_a_centre"),
            models.CheckConstraint(condition=models.Q(power__in=["", *POWER]), name="centres_space_power"),
            models.CheckConstraint(condition=models.Q(link__in=["", *LINKS]), name="centres_space_link"),
            models.CheckConstraint(condition=~models.Q(source=""), name="centres_space_has_a_source"),
        ]

    def __str__(self) -> str:
        return str(self.centre_id)


class Post(models.Model):
    """How many people of an authority are to work at a centre in a role, and how many do."""

    mirror = Child(of="space")

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="posts")
    authority = Reference("access.Unit", related_name="+")
    role = models.CharField(max_length=80)
    planned = models.PositiveIntegerField()
    filled = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["space", "authority", "role"], name="centres_one_post_a_role")
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.filled}/{self.planned}"


class Commitment(Aggregate):
    """What an authority promised: a service at some centres by a day. Whether it was kept is worked out, never written."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    authority = Reference("access.Unit", related_name="+")
    service = Reference("catalogue.Service", related_name="+")
    promised_on = models.DateField()
    due = models.DateField()
    document = models.CharField(max_length=300)
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(due__gte=models.F("promised_on")), name="centres_promised_before_due"
            ),
            models.CheckConstraint(condition=~models.Q(document=""), name="centres_promise_has_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.due}"


class Promise(models.Model):
    """One centre of a commitment; taken back only with a day and a reason."""

    mirror = Child(of="commitment")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="promises")
    centre = Reference("access.Unit", related_name="+")
    withdrawn_on = models.DateField(null=True)
    reason = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "centre"], name="centres_promised_once"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None, reason={})
                | models.Q(withdrawn_on__isnull=False) & ~models.Q(reason={}),
                name="centres_promise_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.centre_id}"


class Survey(Aggregate):
    """Where the areas of a country lie and how many people live there, as the pack brings it."""

    mirror = Mirror(direction="down", privacy="open", fields="*")

    unit = Reference("access.Unit", related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["unit"], name="centres_one_survey_a_unit")
        ]

    def __str__(self) -> str:
        return str(self.unit_id)


class Area(models.Model):
    """The middle of a district or province, and its people where they were counted."""

    mirror = Child(of="survey")

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="areas")
    unit = Reference("access.Unit", related_name="+")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "unit"], name="centres_one_area_a_unit"),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="centres_area_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.unit_id)
