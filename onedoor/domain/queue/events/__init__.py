"""What a queue publishes: references and numbers, never names."""

from onedoor.domain.queue.events.obligations import ObligationOpened, ObligationSettled
from onedoor.domain.queue.events.tickets import (
    TicketCalled,
    TicketGivenBack,
    TicketHeld,
    TicketLeft,
    TicketMissed,
    TicketNamed,
    TicketReissued,
    TicketServed,
    TicketStarted,
    TicketTaken,
)

__all__ = [
    "ObligationOpened",
    "ObligationSettled",
    "TicketCalled",
    "TicketGivenBack",
    "TicketHeld",
    "TicketLeft",
    "TicketMissed",
    "TicketNamed",
    "TicketReissued",
    "TicketServed",
    "TicketStarted",
    "TicketTaken",
]
