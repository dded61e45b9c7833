"""One take of cash for all that a visit owes: each charge gets its own receipt, the money changes hands once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, lock_charge, lock_drawer, today_at
from onedoor.domain.payments.actions.settling import paid_into, refuse_ended
from onedoor.domain.payments.models import Receipt, drawer_holds
from onedoor.domain.payments.permissions import TAKE
from onedoor.domain.payments.queries import tariff
from onedoor.domain.payments.queries.together import open_of_visit
from onedoor.domain.payments.rules import add_up, take, whole
from onedoor.domain.payments.rules.together import chosen, parted
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def settle_together(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    visit: UUID,
    charges: Sequence[UUID],
    tendered: Any,
    given: Any = None,
    items: Iterable[tuple[str, Any]] = (),
    key: str,
) -> list[Receipt]:
    """Take cash once for several charges of a visit; gives their receipts, the first one with the change.

    Each charge keeps a receipt of its own, so that one of a family can be voided or looked up without the others. All of it
    is written, or nothing.

    Args:
        tendered, given, items: as of `settle_cash`; items stand on the first receipt. key: of the request.
    Errors: NothingToPay, NoSuchCharge, and those of `settle_cash`.
    """
    require(by, TAKE, at=centre)
    if before := _before(by, visit, key):
        return before
    owed_now = [one.id for one in open_of_visit(by=by, centre=centre, visit=visit)]
    held = [lock_charge(id) for id in chosen(charges, owed_now)]
    for one in held:
        refuse_ended(one)
    known = tariff(held[0].currency)
    sums = [
        add_up(one.lines, items=items if number == 0 else (), tariff=known) for number, one in enumerate(held)
    ]
    session = lock_drawer(by, centre=centre, today=today_at(centre, at))
    paid = take(
        sum(each.total for each in sums),
        tendered=whole(tendered, field="tendered"),
        given=None if given is None else whole(given, field="given"),
        drawer=drawer_holds(session.id, centre=centre),
        known=known.notes,
    )
    first, written = new_id(), []
    for number, (one, owed, part) in enumerate(
        zip(held, sums, parted(paid, [each.total for each in sums]), strict=True)
    ):
        about = {"id": first if number == 0 else new_id(), "together": first}
        mark = key if number == 0 else f"{key[:76]}/{number}"
        written.append(paid_into(session, one, owed, part, key=mark, by=by, at=at, **about))
    return written


def _before(by: Actor, visit: UUID, key: str) -> list[Receipt]:
    """The receipts that this very request has written before."""
    with everything(OURS):
        first = Receipt.objects.select_related("charge").filter(officer=by.id, key=key[:80]).first()
        if first is None:
            return []
        if first.charge.visit != visit or first.together is None:
            raise errors.AlreadyPaid
        return list(Receipt.objects.filter(together=first.together).order_by("number"))
