"""Receipts; one is shown to whoever has its number and code."""

from datetime import date, datetime
from hmac import compare_digest
from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Receipt
from onedoor.domain.payments.permissions import READ
from onedoor.domain.payments.queries.drawers import OURS
from onedoor.domain.payments.queries.paging import newest
from onedoor.domain.payments.rules import code_of, hash_code
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import Actor, everything


def receipt_of(*, by: Actor, receipt: UUID) -> Receipt:
    """A receipt of one's centre. Raises NoSuchReceipt."""
    with everything(OURS):
        held = Receipt.objects.filter(id=receipt).first()
    if held is None:
        raise errors.NoSuchReceipt
    require(by, READ, at=held.centre_id)
    return held


def receipt_numbered(*, by: Actor, centre: UUID, number: str) -> Receipt:
    """A receipt of one's centre by its number. Raises NoSuchReceipt."""
    require(by, READ, at=centre)
    with everything(OURS):
        held = Receipt.objects.filter(centre_id=centre, number=number.upper()[:40]).first()
    if held is None:
        raise errors.NoSuchReceipt
    return held


def receipts(
    *,
    by: Actor,
    centre: UUID,
    day: date,
    session: UUID | None = None,
    limit: int = 300,
    after: tuple[datetime, UUID] | None = None,
) -> list[Receipt]:
    """The receipts of a day at a centre, the newest first; of one drawer when it is named.

    Args:
        after: when and which the last page ended with.
    """
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Receipt.objects.filter(centre_id=centre, day=day)
        if session is not None:
            rows = rows.filter(session_id=session)
        return newest(rows, "issued_at", after, limit)


def owed(*, by: Actor, centre: UUID) -> list[Receipt]:
    """Receipts on which change is still owed, the oldest first."""
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Receipt.objects.filter(
            centre_id=centre, state="valid", change_owed__gt=0, owed_paid_at__isnull=True
        )
        return list(rows.order_by("issued_at")[:200])


def receipt(*, number: str, code: str) -> Receipt:
    """A receipt for whoever has its number and code; nothing tells an unknown number from a wrong code. NoSuchReceipt."""
    with everything("number and code are what prove who asks"):
        held = (
            Receipt.objects.filter(number=number.strip().upper()[:40]).first()
            if "\x00" not in number
            else None
        )
    known = bytes(held.code_hash) if held is not None else bytes(32)
    if not compare_digest(hash_code(code[:60]), known) or held is None:
        raise errors.NoSuchReceipt(field="code")
    return held


def code_for(held: Receipt) -> str:
    """The code of a receipt, for its QR; made again each time, only its hash is kept."""
    return code_of(keyring().mac("payments/receipt", held.id.bytes))


def waived_fee(held: Receipt) -> int:
    """The fee that a receipt over nothing stands for."""
    return sum(-int(line["amount"]) for line in held.lines if line["kind"] == "waived")
