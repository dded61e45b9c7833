"""Tables of payments, and the ledger."""

from onedoor.domain.payments.models.ledger import (
    Account,
    Entry,
    Line,
    Posting,
    Standing,
    drawer_holds,
    holes_in,
    ledger_faults,
    opposite,
    post,
    standings,
    taking,
    wait_for_days,
)
from onedoor.domain.payments.models.tables import Charge, Day, Receipt, Session, Tariff, Transfer

__all__ = [
    "Account",
    "Charge",
    "Day",
    "Entry",
    "Line",
    "Posting",
    "Receipt",
    "Session",
    "Standing",
    "Tariff",
    "Transfer",
    "drawer_holds",
    "holes_in",
    "ledger_faults",
    "opposite",
    "post",
    "standings",
    "taking",
    "wait_for_days",
]
