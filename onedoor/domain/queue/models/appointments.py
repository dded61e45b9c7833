"""Tables of appointments: the promise to one person, the seats that it takes, and what a centre promises at all."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q

from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.rules.appointments import ALIVE, Standing
from onedoor.domain.queue.rules.slots import Seat
from onedoor.domain.queue.rules.steps import OPEN, Status
from onedoor.kernel.aggregate import Aggregate
from onedoor.kernel.mirrors import Child, Local, Mirror
from onedoor.kernel.scope import ScopedManager


class BookingTerms(Aggregate):
    """What a centre promises (`rules.BookingRule`), as its head set it."""

    mirror = Mirror(direction="up", privacy="open", fields="*")
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField(unique=True)
    rule = models.JSONField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "queue_booking_terms"

    def __str__(self) -> str:
        return str(self.centre_id)


class Appointment(Aggregate):
    """A promised time of one person at a centre, or their place on the waiting list of a day.

    Name, number and what they asked for stay on this node: the number encrypted under a key of its own and found by its mark.
    """

    mirror = Mirror(
        direction="up",
        privacy="open",
        fields=(
            "centre_id",
            "service_id",
            "services",
            "people",
            "channel",
            "day",
            "starts_at",
            "ends_at",
            "standing",
            "sequence",
            "visit",
            "ticket_id",
            "subject",
            "made_at",
            "arrived_at",
            "ended_at",
        ),
    )
    objects = ScopedManager(centre="centre_id")

    centre_id = models.UUIDField()
    service_id = models.UUIDField()
    services = models.JSONField(default=list)
    people = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=12)
    day = models.DateField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=12, choices=[(one, one) for one in Standing])
    sequence = models.PositiveIntegerField(default=0)
    """How often the time changed: a calendar replaces an entry by a higher one."""
    visit = models.UUIDField()
    ticket_id = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    """The case that is collected, opaque here."""
    code_mark = models.BinaryField(max_length=32)
    token_mark = models.BinaryField(max_length=32)
    name = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)
    phone_mark = models.BinaryField(max_length=32, null=True)
    address_mark = models.BinaryField(max_length=32, null=True)
    language = models.CharField(max_length=8, default="lo")
    help = models.CharField(max_length=60, blank=True, default="")
    made_at = models.DateTimeField()
    made_on = models.DateField()
    offer_until = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "queue_appointment"
        constraints = [
            models.UniqueConstraint(fields=["code_mark"], name="appointment_code_once"),
            models.UniqueConstraint(fields=["token_mark"], name="appointment_token_once"),
            models.CheckConstraint(
                condition=~Q(standing__in=("offered", "booked", "arrived", "served"))
                | Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="appointment_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["centre_id", "day", "starts_at"], name="appointment_of_a_day"),
            models.Index(
                fields=["phone_mark"], condition=Q(standing__in=ALIVE), name="appointment_of_a_phone"
            ),
            models.Index(
                fields=["address_mark", "made_on"],
                condition=Q(address_mark__isnull=False),
                name="appointment_of_an_address",
            ),
            models.Index(
                fields=["subject"],
                condition=Q(subject__isnull=False, standing__in=ALIVE),
                name="appointment_of_a_case",
            ),
            models.Index(fields=["starts_at"], condition=Q(standing="booked"), name="appointment_due"),
            models.Index(fields=["arrived_at"], condition=Q(standing="arrived"), name="appointment_arrived"),
            models.Index(fields=["offer_until"], condition=Q(standing="offered"), name="appointment_offered"),
            models.Index(
                fields=["centre_id", "day", "made_at"],
                condition=Q(standing="waiting"),
                name="appointment_waiting",
            ),
            models.Index(fields=["visit"], name="appointment_visit"),
            models.Index(
                fields=["ended_at"], condition=Q(sealed__isnull=False), name="appointment_to_forget"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.standing}"


class SlotSeat(models.Model):
    """One step of time that is given away: the how-manieth promise of its instant, and at which counter. Twice is refused."""

    mirror = Child(of="appointment")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="seats")
    centre_id = models.UUIDField()
    at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField()
    counter = models.CharField(max_length=20)

    class Meta:
        db_table = "queue_seat"
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "at", "seat"], name="seat_is_given_once"),
            models.UniqueConstraint(fields=["centre_id", "at", "counter"], name="counter_is_promised_once"),
        ]

    def __str__(self) -> str:
        return f"{self.at} {self.seat}"


class BookingDay(models.Model):
    """The row that is locked while seats of a centre's day are given, so that nobody decides on what another is changing."""

    mirror = Local("orders the bookings of this node")

    centre_id = models.UUIDField()
    day = models.DateField()

    class Meta:
        db_table = "queue_booking_day"
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "day"], name="booking_day_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"


def hall_node(centre: UUID) -> UUID | None:
    """The node that works in a hall, by the newest ticket that was given there; None where none was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT owner FROM queue_ticket WHERE centre_id = %s AND origin <> 'home' ORDER BY day DESC LIMIT 1",
            [centre],
        )
        found = cursor.fetchone()
    return found[0] if found else None


def lock_days(*, centre: UUID, days: Iterable[date]) -> None:
    """Hold these days to the end of the transaction, always in their order: two who move between the same days never cross."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO queue_booking_day (centre_id, day) SELECT %s, held FROM unnest(%s::date[]) AS held"
            " ON CONFLICT (centre_id, day) DO UPDATE SET day = EXCLUDED.day",
            [centre, sorted(set(days))],
        )


def lock_terms(centre: UUID) -> None:
    """Hold a centre's terms to the end of the transaction, also before they are written for the first time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 23))", [str(centre)])


def lock_number(mark: bytes) -> None:
    """Hold one telephone number or address to the end of the transaction, so that its appointments are counted one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(mark[:8], "big", signed=True)])


def lock_appointment(appointment: UUID) -> Appointment | None:
    """One appointment as it is now, locked."""
    return Appointment.objects.select_for_update(no_key=True).filter(id=appointment).first()


def open_ticket_of(held: Appointment) -> Ticket | None:
    """The ticket under which somebody who came waits or is served: the one that was given, or that of the kept place."""
    rows = Ticket.objects.filter(centre_id=held.centre_id, visit=held.visit, status__in=OPEN)
    return rows.filter(Q(id=held.ticket_id) | Q(appointment_id=held.id)).order_by("-day").first()


def was_served(held: Appointment) -> bool:
    """Whether a ticket of somebody who came, the first one or that of a kept place, was served."""
    rows = Ticket.objects.filter(centre_id=held.centre_id, visit=held.visit, status=Status.SERVED)
    return rows.filter(Q(id=held.ticket_id) | Q(appointment_id=held.id)).exists()


def nobody_waits() -> Q:
    """Those appointments of whose tickets, the first one and those of kept places, none is open any more."""
    still = Ticket.objects.filter(status__in=OPEN)
    return ~Exists(still.filter(id=OuterRef("ticket_id"))) & ~Exists(
        still.filter(appointment_id=OuterRef("id"))
    )


def lock_booked(*, centre: UUID, first: date, last: date) -> None:
    """Hold whoever is promised a time in a stretch of days, before any of the days: who moves holds the own row, then the day."""
    rows = Appointment.objects.select_for_update(no_key=True).filter(
        centre_id=centre, day__range=(first, last), standing=Standing.BOOKED
    )
    list(rows.order_by("starts_at", "made_at", "id").values_list("id"))


def give_seats(appointment: Appointment, seats: Sequence[Seat]) -> None:
    """Give these seats to an appointment in place of those it had."""
    free_seats(appointment)
    SlotSeat.objects.bulk_create(
        SlotSeat(
            appointment=appointment,
            centre_id=appointment.centre_id,
            at=one.at,
            seat=one.seat,
            counter=one.counter,
        )
        for one in seats
    )


def free_seats(appointment: Appointment) -> None:
    """Take an appointment's seats back."""
    SlotSeat.objects.filter(appointment=appointment).delete()
