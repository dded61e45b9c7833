"""What is published of places that are kept for another day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class TicketCarriedOver(Event):
    """The day ended before the person's turn: the place is kept for the day ``until``, by ticket ``kept``."""

    name: ClassVar[str] = "queue.ticket_carried_over"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    until: date
    kept: UUID


@dataclass(frozen=True, kw_only=True)
class TicketKept(Event):
    """A place was kept from an earlier day; the wait of this day begins when the centre opens (``opens``)."""

    name: ClassVar[str] = "queue.ticket_kept"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
    day: date
    opens: datetime
    kept_from: date
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketBroughtBack(Event):
    """A place that was kept for another day stands in its own day's line again: the day goes on after all."""

    name: ClassVar[str] = "queue.ticket_brought_back"
    schema: ClassVar[int] = 1
    visit: UUID
    service: UUID
    number: str
