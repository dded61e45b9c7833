"""The tables of the queue. Tickets and obligations are aggregates; a series is a counter of this node only."""

from django.db import models
from django.db.models import Q

from onedoor.domain.queue.rules import AT_COUNTER, OPEN, Status
from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Local, Mirror
from onedoor.kernel.scope import ScopedManager


class Ticket(Aggregate):
    """A place in line of one person, for one service of one centre, on one day."""

    mirror = Mirror(
        direction="up",
        privacy="open",
        fields=(
            "centre_id",
            "service_id",
            "counter_id",
            "officer_id",
            "visit",
            "day",
            "number",
            "status",
            "priority",
            "place",
            "calls",
            "issued_at",
            "called_at",
            "started_at",
            "ended_at",
            "zone",
            "people",
            "origin",
            "appointment_id",
            "promised_low",
            "promised_high",
            "kept_from",
            "out_of_turn",
        ),
    )
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    service_id = models.UUIDField()
    counter_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    visit = models.UUIDField()
    day = models.DateField()
    number = models.CharField(max_length=12)
    token = models.CharField(max_length=22)
    status = models.CharField(max_length=12, choices=[(status, status) for status in Status])
    priority = models.BooleanField(default=False)
    place = models.DateTimeField()
    name = models.CharField(max_length=200, blank=True, default="")
    phone_mark = models.BinaryField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Defaults stand in the database too, so that a program of the version before can still write tickets.
    zone = models.CharField(max_length=20, blank=True, default="", db_default="")
    """The part of the hall that serves it, by expected duration."""
    ground = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Why the person goes first (older, disabled ...); never leaves this node."""
    help = models.CharField(max_length=60, blank=True, default="", db_default="")
    """What help was asked for, as codes (wheelchair, interpreter:hmn ...); never leaves this node."""
    people = models.PositiveSmallIntegerField(default=1, db_default=1)
    origin = models.CharField(max_length=12, blank=True, default="", db_default="")
    """Where it was taken: kiosk, desk, phone, home, paper, appointment."""
    appointment_id = models.UUIDField(null=True)
    only_counter_id = models.UUIDField(null=True)
    """The one counter that may call it, after a transfer."""
    not_before = models.DateTimeField(null=True)
    """Not called earlier: the person asked for some more minutes."""
    promised_low = models.PositiveSmallIntegerField(null=True)
    promised_high = models.PositiveSmallIntegerField(null=True)
    """The wait that was told when it was taken, in minutes."""
    kept_from = models.DateField(null=True)
    """The earlier day from which this place was kept."""
    out_of_turn = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Why it was called before its turn, as a code of `rules.out_of_turn`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(fields=["token"], name="ticket_token_once"),
            models.UniqueConstraint(
                fields=["counter_id"], condition=Q(status__in=AT_COUNTER), name="one_ticket_at_a_counter"
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre_id", "day", "place"], condition=Q(status="waiting"), name="ticket_line"
            ),
            models.Index(fields=["visit"], name="ticket_visit"),
            models.Index(
                fields=["centre_id", "day", "phone_mark"],
                condition=Q(phone_mark__isnull=False),
                name="ticket_lost",
            ),
            models.Index(
                fields=["centre_id", "ended_at"], condition=Q(status="served"), name="ticket_served"
            ),
            models.Index(
                fields=["centre_id", "day"], condition=~Q(out_of_turn=""), name="ticket_out_of_turn"
            ),
            models.Index(fields=["day"], condition=Q(status__in=OPEN), name="ticket_open"),
            models.Index(
                fields=["day"],
                condition=~Q(name="", phone_mark=None, ground="", help=""),
                name="ticket_to_forget",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Series(models.Model):
    """The last serial of a letter at a centre on a day."""

    mirror = Local("counts what this node gives out")

    centre_id = models.UUIDField()
    day = models.DateField()
    letter = models.CharField(max_length=8)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "day", "letter"], name="series_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.last}"


class Obligation(Aggregate):
    """Something that a visit still owes or is owed, opaque here; a higher context opens and settles it."""

    mirror = Mirror(direction="up", privacy="open", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    visit = models.UUIDField()
    kind = models.CharField(max_length=40)
    subject = models.UUIDField(null=True)
    due = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "kind"], name="obligation_once_a_visit")]
        indexes = [models.Index(fields=["due"], condition=Q(settled_at__isnull=True), name="obligation_open")]

    def __str__(self) -> str:
        return self.kind
