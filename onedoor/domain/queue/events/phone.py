"""What is published of tickets that are followed on a telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class TicketPutOff(Event):
    """Not called before an instant: the person asked for some more minutes, or has not come to the centre yet."""

    name: ClassVar[str] = "queue.ticket_put_off"
    schema: ClassVar[int] = 1
    visit: UUID
    until: datetime
    times: int = 0


@dataclass(frozen=True, kw_only=True)
class TicketHere(Event):
    """Who took a place from home has come."""

    name: ClassVar[str] = "queue.ticket_here"
    schema: ClassVar[int] = 1
    visit: UUID
