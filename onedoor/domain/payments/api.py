"""The only door to money: charges, drawers, receipts, the day's close."""

from onedoor.domain.payments.events import (
    ChargeCancelled,
    ChargeMade,
    ChargeReopened,
    ChargeWaived,
    DayClosed,
    OwedChangePaid,
    PaymentSettled,
    ReceiptIssued,
    ReceiptPrinted,
    ReceiptVoided,
    SessionClosed,
    SessionOpened,
    TariffSaved,
    WaiverAsked,
    WaiverRefused,
)
from onedoor.domain.payments.models import Charge, Day, Receipt, Session
from onedoor.domain.payments.permissions import APPROVE, READ, TAKE, TARIFF

__all__ = [
    "APPROVE",
    "READ",
    "TAKE",
    "TARIFF",
    "Charge",
    "ChargeCancelled",
    "ChargeMade",
    "ChargeReopened",
    "ChargeWaived",
    "Day",
    "DayClosed",
    "OwedChangePaid",
    "PaymentSettled",
    "Receipt",
    "ReceiptIssued",
    "ReceiptPrinted",
    "ReceiptVoided",
    "Session",
    "SessionClosed",
    "SessionOpened",
    "TariffSaved",
    "WaiverAsked",
    "WaiverRefused",
]
