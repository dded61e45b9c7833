"""Times and appointments as the API takes and gives them, by the words of GovStack's Scheduler: event, slot, entity."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime, StringConstraints

from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.shapes.common import Code, Said

StandingWord = Literal["waiting", "offered", "booked", "arrived", "served", "missed", "cancelled", "expired"]
Instant = Annotated[AwareDatetime, Field(strict=False)]


class SlotOut(Schema):
    """A time that can still be promised, and how many people could have it."""

    starts: datetime
    ends: datetime
    free: int


class EventOut(Schema):
    """What can be booked: a service (the event) at a centre (the host entity) on a day, with its free slots.

    ``shut`` says why there are none: past, beyond, holiday, closed, not_offered, no_booking, full,
    elsewhere (another node works in the hall); empty where there are some.
    """

    entity: UUID
    service: UUID
    day: date
    shut: str
    slots: list[SlotOut]


class BookSlot(Said):
    """A person who is promised a slot; ``service`` is an id or a code. The centre's own way to book holds."""

    service: Code
    starts: Instant
    name: Annotated[str, StringConstraints(max_length=200)]
    phone: Annotated[str, StringConstraints(max_length=40)]
    people: int = 1
    language: Literal["lo", "en"] = "lo"
    help: Annotated[list[Annotated[str, StringConstraints(max_length=20)]], Field(max_length=8)] = []


class MoveSlot(Said):
    """Another slot for an appointment."""

    starts: Instant


class AppointmentLine(Schema):
    """An appointment as a list has it: when, for what, where it stands; no name, number or code."""

    id: UUID
    entity: UUID
    service: UUID
    visit: UUID
    day: date
    starts: datetime | None
    ends: datetime | None
    people: int
    channel: str
    standing: StandingWord
    sequence: int
    ticket: UUID | None


class AppointmentOut(AppointmentLine):
    """An appointment. ``code`` is what the person says or types; it is told in the first answer to a booking only."""

    code: str | None = None


class AppointmentPage(Schema):
    """Appointments of a day by their ids."""

    items: list[AppointmentLine]
    next: str | None


def appointment_line(held: queue.Appointment) -> dict[str, Any]:
    """An appointment as `AppointmentLine`."""
    return {
        "id": held.id,
        "entity": held.centre_id,
        "service": held.service_id,
        "visit": held.visit,
        "day": held.day,
        "starts": held.starts_at,
        "ends": held.ends_at,
        "people": held.people,
        "channel": held.channel,
        "standing": held.standing,
        "sequence": held.sequence,
        "ticket": held.ticket_id,
    }


def appointment_out(held: queue.Appointment, *, code: bool = False) -> AppointmentOut:
    """An appointment as `AppointmentOut`; with its code where it has just been booked."""
    return AppointmentOut(**appointment_line(held), code=queue.code_of(held.id) if code else None)
