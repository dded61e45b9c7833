"""What is published of appointments: references, times and channels; never names, numbers or what help was asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class AppointmentBooked(Event):
    """A time is promised to a person; also when an offered one was accepted (``from_list``)."""

    name: ClassVar[str] = "queue.appointment_booked"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    starts: datetime
    channel: str
    people: int = 1
    from_list: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointmentMoved(Event):
    """The promised time is another one; ``former`` is free again. ``by_centre``: the centre moved it, not the person."""

    name: ClassVar[str] = "queue.appointment_moved"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    starts: datetime
    former: datetime | None
    by_centre: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointmentCancelled(Event):
    """The person, or the centre (``by_centre``), took it back."""

    name: ClassVar[str] = "queue.appointment_cancelled"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    starts: datetime | None
    by_centre: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointmentArrived(Event):
    """The person came and got a ticket; ``minutes`` after the promised time, negative before it."""

    name: ClassVar[str] = "queue.appointment_arrived"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    ticket: UUID
    minutes: int


@dataclass(frozen=True, kw_only=True)
class AppointmentServed(Event):
    """What was promised was kept: the ticket was served."""

    name: ClassVar[str] = "queue.appointment_served"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentMissed(Event):
    """The person did not come, or left without being served (``came``)."""

    name: ClassVar[str] = "queue.appointment_missed"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    came: bool = False


@dataclass(frozen=True, kw_only=True)
class WaitingListJoined(Event):
    """A day is full, and a person waits for a time that becomes free."""

    name: ClassVar[str] = "queue.waiting_list_joined"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    day: date
    channel: str


@dataclass(frozen=True, kw_only=True)
class FreedTimeOffered(Event):
    """A freed time is held for the next on the waiting list."""

    name: ClassVar[str] = "queue.freed_time_offered"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    starts: datetime
    until: datetime


@dataclass(frozen=True, kw_only=True)
class WaitingListLeft(Event):
    """The offer was not taken in time, or the day is over."""

    name: ClassVar[str] = "queue.waiting_list_left"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    offered: bool = False


@dataclass(frozen=True, kw_only=True)
class AppointmentForgotten(Event):
    """Name and number of a past appointment were destroyed."""

    name: ClassVar[str] = "queue.appointment_forgotten"
    schema: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class BookingTermsSaved(Event):
    """What a centre promises was changed."""

    name: ClassVar[str] = "queue.booking_terms_saved"
    schema: ClassVar[int] = 1
    revision: int
