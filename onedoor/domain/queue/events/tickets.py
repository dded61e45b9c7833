"""What is published of tickets: references and numbers, never names."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class TicketTaken(Event):
    """A person stands in line. Why she goes first is never said, only that she does.

    ``came`` is when she came, where that is earlier than the letter: the time on a paper ticket.
    """

    name: ClassVar[str] = "queue.ticket_taken"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    priority: bool = False
    zone: str = ""
    people: int = 1
    origin: str = ""
    appointment: UUID | None = None
    came: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TicketCalled(Event):
    """A person is called to a counter; again when the same counter rings once more."""

    name: ClassVar[str] = "queue.ticket_called"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID
    number: str
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketStarted(Event):
    """The person came and is being served."""

    name: ClassVar[str] = "queue.ticket_started"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketServed(Event):
    """The service at the counter is over: the end of the visit."""

    name: ClassVar[str] = "queue.ticket_served"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketMissed(Event):
    """The person was called and did not come."""

    name: ClassVar[str] = "queue.ticket_missed"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketHeld(Event):
    """The person fetches something and comes straight back, without queueing."""

    name: ClassVar[str] = "queue.ticket_held"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketGivenBack(Event):
    """The person waits again, at the place they had."""

    name: ClassVar[str] = "queue.ticket_given_back"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    counter: UUID | None
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketLeft(Event):
    """The person left without being served, or the day ended."""

    name: ClassVar[str] = "queue.ticket_left"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketReissued(Event):
    """A lost ticket got a new number at the same place; the former number is dead."""

    name: ClassVar[str] = "queue.ticket_reissued"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    former: str


@dataclass(frozen=True, kw_only=True)
class TicketNamed(Event):
    """The person left a name and a telephone number with the ticket."""

    name: ClassVar[str] = "queue.ticket_named"
    schema: ClassVar[int] = 1
    visit: UUID


@dataclass(frozen=True, kw_only=True)
class TicketForgotten(Event):
    """Name, telephone mark, why somebody went first and what help they needed are destroyed; that they came stays."""

    name: ClassVar[str] = "queue.ticket_forgotten"
    schema: ClassVar[int] = 1
    visit: UUID
