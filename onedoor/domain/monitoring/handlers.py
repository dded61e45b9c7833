"""News that monitoring hears: everything that moves the live floor or a key figure."""

from onedoor.domain.cases.api import CodeRenewed, ServiceRetried, StepTaken
from onedoor.domain.documents.api import (
    DocumentIssued,
    DocumentPrepared,
    DocumentRevoked,
    FactsCorrected,
    PrintBegun,
)
from onedoor.domain.monitoring import actions
from onedoor.domain.monitoring.actions.projecting import STEPS
from onedoor.domain.payments.api import (
    ChargeMade,
    ChargeWaived,
    DayClosed,
    PaymentSettled,
    ReceiptPrinted,
    ReceiptVoided,
    SessionClosed,
    WaiverRefused,
)
from onedoor.domain.queue.api import TicketHeld, TicketOutOfTurn, TicketReissued, TicketTaken
from onedoor.kernel.letters import Told, following


@following(*STEPS, writes="monitoring.Visit")
def project(told: Told) -> None:
    """Keeps the live floor and the tallies."""
    actions.project(told=told)


@following(
    ReceiptVoided,
    ReceiptPrinted,
    ChargeMade,
    ChargeWaived,
    WaiverRefused,
    PaymentSettled,
    SessionClosed,
    DayClosed,
    DocumentPrepared,
    DocumentIssued,
    DocumentRevoked,
    FactsCorrected,
    PrintBegun,
    TicketTaken,
    TicketHeld,
    TicketReissued,
    TicketOutOfTurn,
    StepTaken,
    CodeRenewed,
    ServiceRetried,
    writes="monitoring.Mark",
)
def audit(told: Told) -> None:
    """Keeps what an auditor looks at first, and what belongs to which case."""
    actions.audit(told=told)
