"""What needs a second person: voiding a receipt, and waiving a fee on evidence."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import record_sight, require
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import (
    OURS,
    another_person,
    hold_day,
    lock_charge,
    lock_receipt,
    lock_session,
    today_at,
)
from onedoor.domain.payments.actions.settling import write_receipt
from onedoor.domain.payments.events import (
    ChargeCancelled,
    ChargeReopened,
    ChargeWaived,
    ReceiptVoided,
    WaiverAsked,
    WaiverRefused,
)
from onedoor.domain.payments.models import Charge, Line, Receipt, drawer_holds, opposite, post, taking
from onedoor.domain.payments.permissions import APPROVE, TAKE
from onedoor.domain.payments.providers import Reliance, reliance
from onedoor.domain.payments.queries import tariff, waived_fee
from onedoor.domain.payments.rules import VOID_WORDS, clean, merged, total
from onedoor.kernel.files import about, read, store
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event, publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def void(
    *, by: Actor, at: datetime, receipt: UUID, reason: str, note: str = "", session: UUID | None = None
) -> Receipt:
    """Void a receipt as the second person: the number stays, the money goes back, the charge is owed again.

    What was corrected since is owed as it is now. Where the subject has gone on because it was paid, a written ground is
    asked for; where its result is out, the receipt stays.

    Args:
        reason: one of `rules.VOID_WORDS`. note: the ground, in words.
        session: the open drawer that the money comes from, when the one that took it is closed.
    Errors: NoSuchReceipt, Refused, SecondPersonNeeded, ReceiptIsVoid, ReasonMissing, NoOpenSession, SessionIsOld,
        ChangeNotInDrawer, DayIsClosed (of a waiver), GoneOn, ResultIsOut, WaiverIsAsked (of a part charged since).
    """
    held = lock_receipt(receipt)
    require(by, APPROVE, at=held.centre_id)
    another_person(by, held.officer)
    if held.state != "valid":
        raise errors.ReceiptIsVoid
    if reason not in VOID_WORDS:
        raise errors.ReasonMissing(field="reason")
    charge, today = lock_charge(held.charge_id), today_at(held.centre_id, at)
    _refuse_relied(held, charge, clean(note))
    if held.kind == "cash":
        _give_back(held, session or held.session_id, by=by, at=at)
    else:
        if hold_day(held.centre_id, today) is not None:
            raise errors.DayIsClosed
        _bear(held, -waived_fee(held), entry="void", day=today, by=by, at=at)
    held.state, held.voided_at, held.second = "void", at, by.id
    held.void_reason, held.void_note = reason, clean(note)
    held.save()
    event = ReceiptVoided(
        receipt=held.id,
        subject=held.subject,
        officer=held.officer,
        second=by.id,
        reason_code=reason,
        total=held.total,
        number=held.number,
        service=held.service,
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    _owe_again(charge, held, by=by, at=at)
    return held


def _bear(receipt: Receipt, fee: int, *, entry: str, day: date, by: Actor, at: datetime) -> None:
    """The state bears a fee instead of who was to pay it; below 0 it bears it no longer."""
    post(
        [Line("waived", str(receipt.service), fee), Line("fee", str(receipt.service), -fee)],
        entry=entry,
        centre=receipt.centre_id,
        day=day,
        at=at,
        actor=by.id,
        receipt=receipt.id,
        currency=receipt.currency,
    )


def _refuse_relied(held: Receipt, charge: Charge, ground: str) -> None:
    """The charge is locked: whoever relies on its payment from now on waits, and then sees that it is owed."""
    relied = reliance(held.subject)
    if relied is Reliance.SPENT:
        raise errors.ResultIsOut
    if relied is Reliance.RELIED and not ground and charge.corrected is None:
        raise errors.GoneOn


def _owe_again(charge: Charge, receipt: Receipt, *, by: Actor, at: datetime) -> None:
    """The charge is open over what it should be over now, together with what was charged for its subject since."""
    lines = charge.lines if charge.corrected is None else charge.corrected
    with everything(OURS):
        others = Charge.objects.select_for_update(no_key=True).filter(subject=charge.subject, state="open")
        for other in others:
            if other.waiver == "asked":
                raise errors.WaiverIsAsked
            lines = merged(lines, other.lines)
            other.state, other.ended_at = "cancelled", at
            other.save()
            gone = ChargeCancelled(subject=other.subject)
            publish(gone, of=other, by=by, at=at, centre=other.centre_id)
    charge.lines, charge.fee, charge.corrected = lines, total(lines), None
    charge.state, charge.ended_at, charge.waiver = ("open", None, "") if charge.fee else ("cancelled", at, "")
    charge.save()
    again: Event = ChargeReopened(subject=charge.subject, receipt=receipt.id)
    if not charge.fee:
        again = ChargeCancelled(subject=charge.subject)
    publish(again, of=charge, by=by, at=at, centre=charge.centre_id)


def _give_back(held: Receipt, drawer: UUID | None, *, by: Actor, at: datetime) -> None:
    """The money leaves an open drawer of the centre: what was paid, and the change that was still owed."""
    session = lock_session(drawer) if drawer else None
    if session is None or session.state != "open" or session.centre_id != held.centre_id:
        raise errors.NoOpenSession
    today = today_at(held.centre_id, at)
    if session.day < today:
        raise errors.SessionIsOld
    back = held.total + held.owes
    if drawer_holds(session.id, centre=held.centre_id) < back:
        raise errors.ChangeNotInDrawer
    post(
        opposite(
            taking(
                session.id, service=held.service, cash=back, fee=held.fee, lines=held.lines, owed=held.owes
            )
        ),
        entry="void",
        centre=held.centre_id,
        day=today,
        at=at,
        actor=by.id,
        session=session.id,
        receipt=held.id,
        currency=held.currency,
    )


@transaction.atomic
def ask_waiver(
    *,
    by: Actor,
    at: datetime,
    charge: UUID,
    ground: str,
    content: bytes,
    name: str = "evidence",
    note: str = "",
) -> Charge:
    """Ask that the fee be waived, on a ground of the list and with the paper that shows it.

    Errors: NoSuchCharge, Refused, AlreadyPaid, WaiverIsAsked, GroundMissing, EvidenceMissing, and those of files.
    """
    held = lock_charge(charge)
    require(by, TAKE, at=held.centre_id)
    if held.state != "open":
        raise errors.AlreadyPaid
    if held.waiver == "asked":
        raise errors.WaiverIsAsked
    tariff(held.currency).ground(ground)
    if not content:
        raise errors.EvidenceMissing(field="evidence")
    held.evidence = store(content, name=name, kind="evidence")
    held.waiver, held.ground, held.note = "asked", ground, clean(note)
    held.asked_by, held.asked_at = by.id, at
    held.save()
    event = WaiverAsked(subject=held.subject, officer=by.id, ground_code=ground)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


@transaction.atomic
def waive(*, by: Actor, at: datetime, charge: UUID) -> Receipt:
    """Approve a waiver as the second person; a receipt over nothing takes the next number.

    Errors: NoSuchCharge, Refused, SecondPersonNeeded, NoWaiverAsked, DayIsClosed.
    """
    held, asker, today = _asked(by, charge, at)
    if hold_day(held.centre_id, today) is not None:
        raise errors.DayIsClosed
    receipt = Receipt(
        id=new_id(),
        kind="waived",
        charge=held,
        subject=held.subject,
        centre_id=held.centre_id,
        service=held.service,
        officer=asker,
        day=today,
        issued_at=at,
        currency=held.currency,
        lines=[
            *held.lines,
            *({**line, "kind": "waived", "amount": -line["amount"]} for line in held.lines),
        ],
        fee=0,
        incidental=0,
        total=0,
        tendered=0,
        change_given=0,
        change_owed=0,
        ground=held.ground,
        evidence=held.evidence,
        second=by.id,
    )
    _bear(receipt, held.fee, entry="waive", day=today, by=by, at=at)
    write_receipt(receipt, by=by, at=at)
    held.state, held.waiver, held.ended_at = "waived", "granted", at
    held.save()
    event = ChargeWaived(
        subject=held.subject,
        charge=held.id,
        receipt=receipt.id,
        officer=asker,
        second=by.id,
        ground_code=held.ground,
        service=held.service,
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return receipt


@transaction.atomic
def refuse_waiver(*, by: Actor, at: datetime, charge: UUID) -> Charge:
    """Refuse a waiver as the second person; the fee stays owed. Errors: as `waive`."""
    held, _asker, _today = _asked(by, charge, at)
    held.waiver = "refused"
    held.save()
    event = WaiverRefused(subject=held.subject, second=by.id)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


@transaction.atomic
def see_evidence(*, by: Actor, at: datetime, charge: UUID) -> tuple[bytes, str]:
    """The paper that shows the ground of a waiver, and its media type; the sight is recorded. NoSuchCharge, Refused."""
    held = lock_charge(charge)
    require(by, TAKE, at=held.centre_id)
    if held.evidence is None:
        raise errors.NoSuchCharge
    record_sight(
        by=by, at=at, subject=held.subject, why="waiver", kind="payments.charge", centre=held.centre_id
    )
    return read(held.evidence), about(held.evidence).type


def _asked(by: Actor, charge: UUID, at: datetime) -> tuple[Charge, UUID, date]:
    held = lock_charge(charge)
    require(by, APPROVE, at=held.centre_id)
    if held.state != "open" or held.waiver != "asked" or held.asked_by is None:
        raise errors.NoWaiverAsked
    another_person(by, held.asked_by)
    return held, held.asked_by, today_at(held.centre_id, at)
