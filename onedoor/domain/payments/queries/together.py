"""What a visit owes, and what was paid for it at once."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.payments.models import Charge, Receipt
from onedoor.domain.payments.permissions import READ, TAKE
from onedoor.domain.payments.queries.charges import Preview, seen_sum, tariff
from onedoor.domain.payments.queries.drawers import OURS
from onedoor.domain.payments.rules.together import chosen
from onedoor.kernel.scope import Actor, everything


def open_of_visit(*, by: Actor, centre: UUID, visit: UUID) -> list[Charge]:
    """What is owed for a visit at a centre, in the order in which it was charged; not what a waiver is asked for."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        rows = Charge.objects.filter(centre_id=centre, visit=visit, state="open").exclude(waiver="asked")
        return list(rows.order_by("made_at", "id")[:200])


def preview_together(
    *,
    by: Actor,
    centre: UUID,
    visit: UUID,
    charges: Sequence[UUID],
    items: Iterable[tuple[str, Any]],
    tendered: Any = None,
    given: Any = None,
) -> Preview:
    """As `preview`, of several charges of a visit at once. Errors: NothingToPay, NoSuchCharge, and those of `preview`."""
    owed = {one.id: one for one in open_of_visit(by=by, centre=centre, visit=visit)}
    lines = [line for id in chosen(charges, owed) for line in owed[id].lines]
    return seen_sum(by, centre, tariff().currency, lines, items, tendered, given)


def paid_together(*, by: Actor, receipt: Receipt) -> list[Receipt]:
    """The receipts of one payment, this one among them; only it where it was paid alone."""
    require(by, READ, at=receipt.centre_id)
    if receipt.together is None:
        return [receipt]
    with everything(OURS):
        return list(Receipt.objects.filter(together=receipt.together).order_by("number"))
