"""What can be asked about money. The tariff is open to everybody; a receipt to whoever has its number and code."""

from onedoor.domain.payments.queries.charges import (
    Correction,
    Preview,
    charge_for,
    charge_of,
    corrections,
    due,
    owed_for,
    preview,
    tariff,
    waiver_of,
    waivers,
    waivers_of,
)
from onedoor.domain.payments.queries.drawers import (
    cash_in,
    left_open,
    open_session_of,
    session_at,
    session_of,
)
from onedoor.domain.payments.queries.numbers import lost_numbers, undeclared
from onedoor.domain.payments.queries.receipts import (
    code_for,
    owed,
    receipt,
    receipt_numbered,
    receipt_of,
    receipts,
    waived_fee,
)
from onedoor.domain.payments.queries.summaries import DaySummary, Row, accounts, day_of, days, summary

__all__ = [
    "Correction",
    "DaySummary",
    "Preview",
    "Row",
    "accounts",
    "cash_in",
    "charge_for",
    "charge_of",
    "code_for",
    "corrections",
    "day_of",
    "days",
    "due",
    "left_open",
    "lost_numbers",
    "open_session_of",
    "owed",
    "owed_for",
    "preview",
    "receipt",
    "receipt_numbered",
    "receipt_of",
    "receipts",
    "session_at",
    "session_of",
    "summary",
    "tariff",
    "undeclared",
    "waived_fee",
    "waiver_of",
    "waivers",
    "waivers_of",
]
