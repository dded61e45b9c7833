"""What is published of errands, transfers and late comers: references, numbers and codes; of help only that it moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class ErrandAsked(Event):
    """A visit has one service for one of its people more."""

    name: ClassVar[str] = "queue.errand_asked"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    person: int


@dataclass(frozen=True, kw_only=True)
class ErrandOpened(Event):
    """The application behind an errand was opened."""

    name: ClassVar[str] = "queue.errand_opened"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    person: int
    case: UUID


@dataclass(frozen=True, kw_only=True)
class ErrandDone(Event):
    """The application behind an errand was received."""

    name: ClassVar[str] = "queue.errand_done"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    case: UUID


@dataclass(frozen=True, kw_only=True)
class ErrandDropped(Event):
    """An errand was taken back before its application was opened."""

    name: ClassVar[str] = "queue.errand_dropped"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    person: int


@dataclass(frozen=True, kw_only=True)
class ErrandForgotten(Event):
    """How the desk told the people of a family apart is destroyed; that the errand was asked for stays."""

    name: ClassVar[str] = "queue.errand_forgotten"
    schema: ClassVar[int] = 1
    visit: UUID


@dataclass(frozen=True, kw_only=True)
class TicketTransferred(Event):
    """A person was sent to another counter, service or part of the hall, and waits there at the place they had."""

    name: ClassVar[str] = "queue.ticket_transferred"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    reason: str
    former_service: UUID
    former_counter: UUID | None = None
    to_counter: UUID | None = None
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketCameBack(Event):
    """Who was called and did not come is here after all, and waits again."""

    name: ClassVar[str] = "queue.ticket_came_back"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    place: datetime


@dataclass(frozen=True, kw_only=True)
class HelpMoved(Event):
    """A request for help was made or went on. It says neither what help, nor for whom, nor who comes."""

    name: ClassVar[str] = "queue.help_moved"
    schema: ClassVar[int] = 1
    state: str


@dataclass(frozen=True, kw_only=True)
class HelpForgotten(Event):
    """The name of a helper from outside is destroyed."""

    name: ClassVar[str] = "queue.help_forgotten"
    schema: ClassVar[int] = 1
    visit: UUID
