"""What payments tells: references, codes and amounts in whole minor units. Never who paid."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class TariffSaved(Event):
    """The notes in use and the tariff of incidental charges were published."""

    name: ClassVar[str] = "payments.tariff_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class SessionOpened(Event):
    """An officer counted the float of a drawer and opened it."""

    name: ClassVar[str] = "payments.session_opened"
    schema: ClassVar[int] = 1
    counter: UUID
    officer: UUID
    float_total: int


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event):
    """A drawer was counted and closed; the difference is counted less expected."""

    name: ClassVar[str] = "payments.session_closed"
    schema: ClassVar[int] = 1
    counter: UUID
    officer: UUID
    expected: int
    counted: int
    difference: int


@dataclass(frozen=True, kw_only=True)
class TransferAsked(Event):
    """One of two people counted notes that are to go to the safe or to come from it."""

    name: ClassVar[str] = "payments.transfer_asked"
    schema: ClassVar[int] = 1
    session: UUID
    way: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class TransferDone(Event):
    """The second person confirmed the transfer; the money has changed hands."""

    name: ClassVar[str] = "payments.transfer_done"
    schema: ClassVar[int] = 1
    session: UUID
    way: str
    amount: int
    asked_by: UUID
    second: UUID


@dataclass(frozen=True, kw_only=True)
class TransferRefused(Event):
    """A transfer was refused or taken back, or lapsed with the close of its drawer; no money moved."""

    name: ClassVar[str] = "payments.transfer_refused"
    schema: ClassVar[int] = 1
    session: UUID
    way: str
    amount: int
    lapsed: bool


@dataclass(frozen=True, kw_only=True)
class ChargeMade(Event):
    """A fee is owed for a subject; it was fixed by the edition of the service that was in force."""

    name: ClassVar[str] = "payments.charge_made"
    schema: ClassVar[int] = 1
    subject: UUID
    visit: UUID | None
    service: UUID
    total: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentSettled(Event):
    """A charge was paid; incidental charges alone belong to no service."""

    name: ClassVar[str] = "payments.payment_settled"
    schema: ClassVar[int] = 1
    subject: UUID
    charge: UUID
    receipt: UUID
    officer: UUID
    service: UUID | None
    fee: int
    incidental: int
    currency: str
    receipt_number: str
    method: str = "cash"


@dataclass(frozen=True, kw_only=True)
class ChargeReopened(Event):
    """The receipt of a charge was voided, so the charge is owed again."""

    name: ClassVar[str] = "payments.charge_reopened"
    schema: ClassVar[int] = 1
    subject: UUID
    receipt: UUID


@dataclass(frozen=True, kw_only=True)
class ChargeCancelled(Event):
    """What was to be paid for fell away before it was paid."""

    name: ClassVar[str] = "payments.charge_cancelled"
    schema: ClassVar[int] = 1
    subject: UUID


@dataclass(frozen=True, kw_only=True)
class ChargeCorrected(Event):
    """Answers were corrected and the fee is another: what the charge was over, and what it should be over."""

    name: ClassVar[str] = "payments.charge_corrected"
    schema: ClassVar[int] = 1
    subject: UUID
    before: int
    after: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class WaiverAsked(Event):
    """An officer asked that a fee be waived, with evidence; a second person answers."""

    name: ClassVar[str] = "payments.waiver_asked"
    schema: ClassVar[int] = 1
    subject: UUID
    officer: UUID
    ground_code: str


@dataclass(frozen=True, kw_only=True)
class WaiverRefused(Event):
    """The second person refused a waiver; the charge stays owed."""

    name: ClassVar[str] = "payments.waiver_refused"
    schema: ClassVar[int] = 1
    subject: UUID
    second: UUID


@dataclass(frozen=True, kw_only=True)
class ChargeWaived(Event):
    """The second person approved a waiver; a receipt over nothing was written."""

    name: ClassVar[str] = "payments.charge_waived"
    schema: ClassVar[int] = 1
    subject: UUID
    charge: UUID
    receipt: UUID
    officer: UUID
    second: UUID
    ground_code: str
    service: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReceiptIssued(Event):
    """A receipt took the next number of its series; the total is 0 for a waived charge."""

    name: ClassVar[str] = "payments.receipt_issued"
    schema: ClassVar[int] = 1
    number: str
    charge: UUID
    officer: UUID
    total: int
    change_owed: int


@dataclass(frozen=True, kw_only=True)
class ReceiptPrinted(Event):
    """A receipt was printed; from the second copy on it is a reprint."""

    name: ClassVar[str] = "payments.receipt_printed"
    schema: ClassVar[int] = 1
    number: str
    officer: UUID
    copy: int


@dataclass(frozen=True, kw_only=True)
class OwedChangePaid(Event):
    """Change that was owed on a receipt was paid out."""

    name: ClassVar[str] = "payments.owed_change_paid"
    schema: ClassVar[int] = 1
    number: str
    officer: UUID
    amount: int


@dataclass(frozen=True, kw_only=True)
class ReceiptVoided(Event):
    """A second person voided a receipt and the money went back; the number stays."""

    name: ClassVar[str] = "payments.receipt_voided"
    schema: ClassVar[int] = 1
    receipt: UUID
    subject: UUID
    officer: UUID
    second: UUID
    reason_code: str
    total: int
    number: str
    service: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DayClosed(Event):
    """The head closed the day of a centre: every drawer is closed and its money handed in.

    ``lost`` counts the ranges of numbers without a receipt that were declared with it.
    """

    name: ClassVar[str] = "payments.day_closed"
    schema: ClassVar[int] = 1
    centre: UUID
    day: date
    total: int
    lost: int = 0
