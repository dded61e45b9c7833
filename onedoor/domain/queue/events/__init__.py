"""What a queue publishes: references and numbers, never names."""

from onedoor.domain.queue.events.calling import CallingRuleDropped, CallingRuleSaved, TicketOutOfTurn
from onedoor.domain.queue.events.keeping import TicketBroughtBack, TicketCarriedOver, TicketKept
from onedoor.domain.queue.events.kiosks import KioskTold
from onedoor.domain.queue.events.obligations import ObligationOpened, ObligationSettled
from onedoor.domain.queue.events.phone import TicketHere, TicketPutOff
from onedoor.domain.queue.events.tickets import (
    TicketCalled,
    TicketForgotten,
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
    ErrandForgotten,
    ErrandOpened,
    HelpForgotten,
    HelpMoved,
    TicketCameBack,
    TicketTransferred,
)

__all__ = [
    "TicketOutOfTurn",
    "CallingRuleDropped",
    "CallingRuleSaved",
    "ErrandAsked",
    "ErrandForgotten",
    "ErrandDone",
    "ErrandDropped",
    "ErrandOpened",
    "HelpForgotten",
    "HelpMoved",
    "KioskTold",
    "ObligationOpened",
    "ObligationSettled",
    "TicketBroughtBack",
    "TicketCalled",
    "TicketCameBack",
    "TicketCarriedOver",
    "TicketForgotten",
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
