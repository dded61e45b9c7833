"""Taking cash: money, ledger, receipt and the news of it are one transaction, so a power cut leaves all of it or nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require, unit
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, lock_charge, lock_drawer, lock_receipt, today_at
from onedoor.domain.payments.events import OwedChangePaid, PaymentSettled, ReceiptIssued, ReceiptPrinted
from onedoor.domain.payments.models import Charge, Line, Receipt, Session, drawer_holds, post, taking
from onedoor.domain.payments.permissions import READ, TAKE
from onedoor.domain.payments.queries import code_for, tariff
from onedoor.domain.payments.rules import SERIES, Sum, add_up, hash_code, take, whole
from onedoor.domain.payments.rules.together import Part
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.numbers import draw
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def settle_cash(
    *,
    by: Actor,
    at: datetime,
    charge: UUID,
    tendered: Any,
    given: Any = None,
    items: Iterable[tuple[str, Any]] = (),
    key: str = "",
) -> Receipt:
    """Take cash for a charge into one's own open drawer and write its receipt.

    Args:
        tendered: what the person handed over, in kip. given: the change handed back; None: as much as the drawer holds. What is
            missing is recorded as owed.
        items: incidental charges by the tariff's code, with their number.
        key: of the request; the same key gives the same receipt and takes nothing again.
    Errors: NoSuchCharge, Refused, AlreadyPaid, ChargeIsCancelled, WaiverIsAsked, NoOpenSession, SessionIsOld, NotInTariff,
        AboveCeiling, AmountInvalid, TooLittle, ChangeInvalid, ChangeNotInDrawer.
    """
    held = lock_charge(charge)
    require(by, TAKE, at=held.centre_id)
    if (before := _already(by, held, key)) is not None:
        return before
    refuse_ended(held)
    known = tariff(held.currency)
    owed = add_up(held.lines, items=items, tariff=known)
    session = lock_drawer(by, centre=held.centre_id, today=today_at(held.centre_id, at))
    return _taken(held, owed, session, tendered=tendered, given=given, key=key, by=by, at=at)


@transaction.atomic
def sell(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    items: Iterable[tuple[str, Any]],
    tendered: Any,
    given: Any = None,
    key: str = "",
) -> Receipt:
    """Take cash for incidental charges alone (a copy, a photograph), into one's own open drawer at a centre.

    Args: as of `settle_cash`.
    Errors: Refused, OutOfReach, NothingToPay, NoOpenSession, SessionIsOld, AlreadyPaid (the key stands for another payment), and
        those of amounts.
    """
    require(by, TAKE, at=centre)
    known = tariff()
    owed = add_up([], items=items, tariff=known)
    session = lock_drawer(by, centre=centre, today=today_at(centre, at))
    held = Charge(
        id=new_id(),
        subject=new_id(),
        centre_id=centre,
        currency=known.currency,
        fee=0,
        lines=[],
        made_by=by.id,
        made_at=at,
    )
    if (before := _already(by, held, key)) is not None:
        return before
    if not owed.total:
        raise errors.NothingToPay
    return _taken(held, owed, session, tendered=tendered, given=given, key=key, by=by, at=at)


def _taken(
    held: Charge,
    owed: Sum,
    session: Session,
    *,
    tendered: Any,
    given: Any,
    key: str,
    by: Actor,
    at: datetime,
) -> Receipt:
    """The money is in the drawer: how it is taken, then ledger, receipt, and the charge settled."""
    paid = take(
        owed.total,
        tendered=whole(tendered, field="tendered"),
        given=None if given is None else whole(given, field="given"),
        drawer=drawer_holds(session.id, centre=held.centre_id),
        known=tariff(held.currency).notes,
    )
    part = Part(tendered=paid.tendered, given=paid.given, owed=paid.owed)
    return paid_into(session, held, owed, part, key=key, by=by, at=at, id=new_id())


def paid_into(
    session: Session,
    held: Charge,
    owed: Sum,
    paid: Part,
    *,
    key: str,
    by: Actor,
    at: datetime,
    id: UUID,
    together: UUID | None = None,
) -> Receipt:
    """Write what was taken for a locked charge into a locked drawer: ledger, receipt, the charge settled, the news."""
    today = session.day
    receipt = Receipt(
        id=id,
        kind="cash",
        session=session,
        counter=session.counter,
        officer=by.id,
        key=key[:80] or None,
        together=together,
        tendered=paid.tendered,
        change_given=paid.given,
        change_owed=paid.owed,
        **_about(held, owed, today, at),
    )
    post(
        taking(
            session.id,
            service=held.service,
            cash=paid.tendered - paid.given,
            fee=owed.fee,
            lines=owed.lines,
            owed=paid.owed,
        ),
        entry="settle",
        centre=held.centre_id,
        day=today,
        at=at,
        actor=by.id,
        session=session.id,
        receipt=receipt.id,
        currency=held.currency,
    )
    write_receipt(receipt, by=by, at=at)
    held.state, held.ended_at = "settled", at
    held.save()
    event = PaymentSettled(
        subject=held.subject,
        charge=held.id,
        receipt=receipt.id,
        officer=by.id,
        service=held.service,
        fee=owed.fee,
        incidental=owed.incidental,
        currency=held.currency,
        receipt_number=receipt.number,
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return receipt


def _already(by: Actor, held: Charge, key: str) -> Receipt | None:
    """The receipt that this very request has written before."""
    if not key:
        return None
    with everything(OURS):
        before = Receipt.objects.select_related("charge").filter(officer=by.id, key=key[:80]).first()
    sold = before is not None and before.charge.edition is None and held.edition is None
    if before is not None and before.charge_id != held.id and not sold:
        raise errors.AlreadyPaid
    return before


def refuse_ended(held: Charge) -> None:
    """Only what is owed can be paid. Raises AlreadyPaid, ChargeIsCancelled, WaiverIsAsked."""
    if held.state in ("settled", "waived"):
        raise errors.AlreadyPaid
    if held.state != "open":
        raise errors.ChargeIsCancelled
    if held.waiver == "asked":
        raise errors.WaiverIsAsked


def _about(held: Charge, owed: Sum, today: date, at: datetime) -> dict[str, Any]:
    """What a receipt says about its charge."""
    return {
        "charge": held,
        "subject": held.subject,
        "centre_id": held.centre_id,
        "service": held.service,
        "currency": held.currency,
        "day": today,
        "issued_at": at,
        "lines": list(owed.lines),
        "fee": owed.fee,
        "incidental": owed.incidental,
        "total": owed.total,
    }


def write_receipt(receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """Give a receipt the next number of the centre's series, and write it."""
    receipt.code_hash = hash_code(code_for(receipt))
    place = unit(receipt.centre_id).code
    receipt.number = draw(place=place, year=receipt.day.year, series=SERIES)
    receipt.save()
    event = ReceiptIssued(
        number=receipt.number,
        charge=receipt.charge_id,
        officer=receipt.officer,
        total=receipt.total,
        change_owed=receipt.change_owed,
    )
    publish(event, of=receipt, by=by, at=at, centre=receipt.centre_id)


@transaction.atomic
def pay_owed(*, by: Actor, at: datetime, receipt: UUID) -> Receipt:
    """Pay out the change that is owed on a receipt, from one's own drawer.

    Errors: NoSuchReceipt, Refused, NothingOwed, NoOpenSession, SessionIsOld, ChangeNotInDrawer.
    """
    held = lock_receipt(receipt)
    require(by, TAKE, at=held.centre_id)
    amount, today = held.owes, today_at(held.centre_id, at)
    if not amount:
        raise errors.NothingOwed
    session = lock_drawer(by, centre=held.centre_id, today=today)
    if drawer_holds(session.id, centre=held.centre_id) < amount:
        raise errors.ChangeNotInDrawer
    held.owed_paid_at, held.owed_paid_by = at, by.id
    held.save()
    post(
        [Line("drawer", str(session.id), -amount), Line("owed", "", amount)],
        entry="owed",
        centre=held.centre_id,
        day=today,
        at=at,
        actor=by.id,
        session=session.id,
        receipt=held.id,
        currency=held.currency,
    )
    event = OwedChangePaid(number=held.number, officer=by.id, amount=amount)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


@transaction.atomic
def note_print(*, by: Actor, at: datetime, receipt: UUID) -> Receipt:
    """A receipt is printed, with those that were paid together with it; from the second time on each says that it is a copy.

    Errors: NoSuchReceipt, Refused.
    """
    first = lock_receipt(receipt)
    require(by, READ, at=first.centre_id)
    with everything(OURS):
        others = (
            Receipt.objects.filter(together=first.together).exclude(id=first.id) if first.together else []
        )
        printed = [first, *(lock_receipt(one.id) for one in others)]
    for held in printed:
        held.prints += 1
        held.save()
        event = ReceiptPrinted(number=held.number, officer=by.id, copy=held.prints)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return first
