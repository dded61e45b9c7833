"""What a queue publishes: references and numbers, never names."""

from onedoor.domain.queue.events.calling import CallingRuleDropped, CallingRuleSaved, TicketOutOfTurn
from onedoor.domain.queue.events.keeping import TicketBroughtBack, TicketCarriedOver, TicketKept
from onedoor.domain.queue.events.kiosks import KioskTold
from onedoor.domain.queue.events.obligations import ObligationOpened, ObligationSettled
from onedoor.domain.queue.events.phone import TicketHere, TicketPutOff
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
from onedoor.domain.queue.events.visits import (
    ErrandAsked,
    ErrandDone,
    ErrandDropped,
    ErrandOpened,
    HelpMoved,
    TicketCameBack,
    TicketTransferred,
)

__all__ = [
    "TicketOutOfTurn",
    "CallingRuleDropped",
    "CallingRuleSaved",
    "ErrandAsked",
    "ErrandDone",
    "ErrandDropped",
    "ErrandOpened",
    "HelpMoved",
    "KioskTold",
    "ObligationOpened",
    "ObligationSettled",
    "TicketBroughtBack",
    "TicketCalled",
    "TicketCameBack",
    "TicketCarriedOver",
    "TicketGivenBack",
    "TicketHeld",
    "TicketHere",
    "TicketKept",
    "TicketLeft",
    "TicketMissed",
    "TicketNamed",
    "TicketPutOff",
    "TicketReissued",
    "TicketServed",
    "TicketStarted",
    "TicketTaken",
    "TicketTransferred",
]
