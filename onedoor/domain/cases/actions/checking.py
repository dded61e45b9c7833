"""Comparing every receipt of the country with the fee table in force when its case was received, in batches."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.models import Case, FeeCheck, FeeFinding, Tallied, add_tallies
from onedoor.domain.cases.permissions import CHECK_FEES
from onedoor.domain.cases.rules.fees import Judged, Line, fee_lines, judged
from onedoor.domain.catalogue.api import FeeNeedsAnswer, UnknownService, quote
from onedoor.domain.payments.api import (
    Charged,
    Receipt,
    charged,
    last_receipts,
    receipts_behind,
    receipts_counted,
)
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything

BATCH = 500
WHY = "every receipt of the country is compared with its fee table"


@dataclass(frozen=True)
class _Known:
    """What a batch of receipts is judged by: charges, the newest valid receipt and answers, by subject."""

    charges: dict[UUID, Charged]
    last: dict[UUID, UUID]
    answers: dict[UUID, dict[str, Any]]


def begin_fee_check(*, by: Actor, at: datetime, since: date | None = None) -> UUID:
    """Have the receipts of a day on, or all, compared; the worker does it. Gives the check's id. Errors: Refused.

    One over the same receipts that is still under way is not begun twice.
    """
    require(by, CHECK_FEES)
    if under_way := FeeCheck.objects.filter(done_at=None, since=since).order_by("at").first():
        return under_way.id
    return FeeCheck.objects.create(id=new_id(), at=at, by=by.id, since=since).id


def start_fee_check(*, at: datetime, since: date | None = None) -> UUID:
    """The same for whoever runs the node."""
    return FeeCheck.objects.create(id=new_id(), at=at, since=since).id


@transaction.atomic
def fee_check_batch(*, at: datetime, limit: int = BATCH) -> int:
    """Compare the next receipts of the oldest check that waits; gives how many, 0 when none waits.

    Nine statements at most, and one in the first batch that counts what is before it; memory is that of one batch.
    """
    waiting = FeeCheck.objects.filter(done_at=None).order_by("at", "id")
    check = waiting.select_for_update(skip_locked=True).first()
    if check is None:
        return 0
    if check.total is None:
        check.total = receipts_counted(since=check.since)
    batch = receipts_behind(check.after, since=check.since, limit=limit)
    known = _known({each.subject for each in batch})
    found = [(receipt, _judge(receipt, known)) for receipt in batch]
    add_tallies(check.id, Counter((_place(receipt), one.standing) for receipt, one in found))
    FeeFinding.objects.bulk_create(
        _finding(check, receipt, one) for receipt, one in found if one.standing in ("different", "unknown")
    )
    check.examined += len(batch)
    check.after = batch[-1].id if batch else check.after
    check.done_at = at if len(batch) < limit else None
    check.save()
    return len(batch)


def _known(subjects: set[UUID]) -> _Known:
    with everything(WHY):
        rows = Case.objects.filter(id__in=subjects).values_list("id", "data")
        answers = {id: data or {} for id, data in rows}
    return _Known(charged(subjects), last_receipts(subjects), answers)


def _judge(receipt: Receipt, known: _Known) -> Judged:
    if receipt.state == "void":
        return Judged(standing="void")
    lines, held = fee_lines(receipt.lines), known.charges.get(receipt.subject)
    charge = next((each for each in held.charges if each.id == receipt.charge_id), None) if held else None
    if not lines and not receipt.fee and (charge is None or charge.edition is None):
        return Judged(standing="other")
    if held is None or charge is None or charge.edition is None:
        return Judged(standing="unknown", why="no_edition", found=receipt.fee)
    if receipt.kind == "cash" and sum(line["amount"] for line in lines) != receipt.fee:
        lines = [{"kind": "fee", "code": "fee", "name": {}, "amount": receipt.fee}]
    own = judged(lines, charge.lines, why="receipt")
    if own.standing != "equal":
        return own
    if known.last.get(receipt.subject) != receipt.id:
        return own
    return _by_table(receipt, held, known)


def _by_table(receipt: Receipt, held: Charged, known: _Known) -> Judged:
    """All that was charged for a case against the table of the day of its receipt and the answers that are kept."""
    answers, edition = known.answers.get(receipt.subject), held.charges[0].edition
    if answers is None or edition is None:
        return Judged(standing="unknown", why="no_case", found=receipt.fee)
    try:
        told = quote(service=edition, answers=answers, on=held.fixed_on)
    except FeeNeedsAnswer:
        return Judged(standing="unknown", why="no_answers", found=receipt.fee)
    except UnknownService:
        return Judged(standing="unknown", why="no_edition", found=receipt.fee)
    charges = [each.lines if each.corrected is None else each.corrected for each in held.charges]
    expected: list[Line] = [
        {"code": line.code, "name": line.name, "amount": line.amount} for line in told.lines
    ]
    why = "table" if told.state == "set" else "unset"
    return judged([line for lines in charges for line in lines], expected, why=why)


def _place(receipt: Receipt) -> Tallied:
    return (receipt.centre_id, receipt.service, receipt.day.replace(day=1))


def _finding(check: FeeCheck, receipt: Receipt, found: Judged) -> FeeFinding:
    return FeeFinding(
        check_run=check,
        receipt=receipt.id,
        number=receipt.number,
        centre_id=receipt.centre_id,
        service=receipt.service,
        officer=receipt.officer,
        day=receipt.day,
        standing=found.standing,
        why=found.why,
        found=found.found,
        expected=found.expected,
        lines=[dict(line) for line in found.lines],
    )
