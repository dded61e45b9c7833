"""Money between a drawer and the safe of its centre in the middle of the day: one counts, another confirms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, another_person, lock_session, today_at
from onedoor.domain.payments.events import TransferAsked, TransferDone, TransferRefused
from onedoor.domain.payments.models import Line, Session, Transfer, drawer_holds, post
from onedoor.domain.payments.permissions import APPROVE, TAKE
from onedoor.domain.payments.queries import tariff
from onedoor.domain.payments.rules import TO_DRAWER, TO_SAFE, counted
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def ask_transfer(*, by: Actor, at: datetime, session: UUID, way: str, notes: Mapping[Any, Any]) -> Transfer:
    """Count notes that go from a drawer to the safe or come from it; nothing moves before the other person confirms.

    Args:
        by: the drawer's officer, or the head. way: `to_safe` or `to_drawer`. notes: by denomination.
    Errors: NoSuchSession, Refused, WayMissing, NotesInvalid, NothingToMove, SessionIsClosed, SessionIsOld, TransferIsAsked,
        ChangeNotInDrawer.
    """
    drawer = lock_session(session)
    require(by, TAKE if drawer.officer == by.id else APPROVE, at=drawer.centre_id)
    if way not in (TO_SAFE, TO_DRAWER):
        raise errors.WayMissing(field="way")
    held, amount = counted(notes, tariff().notes)
    if not amount:
        raise errors.NothingToMove(field=f"note-{tariff().notes[0]}")
    _refuse_ended(drawer, at)
    with everything(OURS):
        if Transfer.objects.filter(session=drawer, state="asked").exists():
            raise errors.TransferIsAsked
    _refuse_empty(drawer, way, amount)
    made = Transfer(
        session=drawer,
        centre_id=drawer.centre_id,
        day=drawer.day,
        way=way,
        notes=held,
        amount=amount,
        asked_by=by.id,
        asked_at=at,
    )
    made.save()
    event = TransferAsked(session=drawer.id, way=way, amount=amount)
    publish(event, of=made, by=by, at=at, centre=made.centre_id)
    return made


@transaction.atomic
def answer_transfer(*, by: Actor, at: datetime, transfer: UUID, agreed: bool) -> Transfer:
    """Confirm that the counted notes have changed hands, or refuse; whoever asked may take it back.

    One of the two is the drawer's officer, the other may approve (the head).

    Errors: NoSuchTransfer, Refused, SecondPersonNeeded, TransferIsAnswered, SessionIsClosed, SessionIsOld, ChangeNotInDrawer.
    """
    with everything(OURS):
        known = Transfer.objects.filter(id=transfer).first()
    if known is None:
        raise errors.NoSuchTransfer
    drawer = lock_session(known.session_id)
    with everything(OURS):
        held = Transfer.objects.get(id=transfer)
    own = by.id == drawer.officer
    require(by, TAKE if own else APPROVE, at=drawer.centre_id)
    if agreed:
        another_person(by, held.asked_by)
    if not own and held.asked_by != drawer.officer and by.id != held.asked_by:
        raise errors.SecondPersonNeeded  # what the head asked is the officer's to answer
    if held.state != "asked":
        raise errors.TransferIsAnswered
    if not agreed:
        _end(held, "refused", by=by, at=at)
        return held
    _refuse_ended(drawer, at)
    _refuse_empty(drawer, held.way, held.amount)
    held.state, held.answered_by, held.answered_at = "done", by.id, at
    held.save()
    gained = held.amount if held.way == TO_DRAWER else -held.amount
    post(
        [Line("drawer", str(drawer.id), gained), Line("safe", "", -gained)],
        entry="move",
        centre=drawer.centre_id,
        day=drawer.day,
        at=at,
        actor=by.id,
        session=drawer.id,
    )
    event = TransferDone(
        session=drawer.id, way=held.way, amount=held.amount, asked_by=held.asked_by, second=by.id
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held


def lapse_transfers(drawer: Session, *, by: Actor, at: datetime) -> None:
    """What nobody confirmed before a drawer was counted did not happen."""
    with everything(OURS):
        for held in Transfer.objects.filter(session=drawer, state="asked"):
            _end(held, "lapsed", by=by, at=at)


def _end(held: Transfer, state: str, *, by: Actor, at: datetime) -> None:
    held.state, held.answered_by, held.answered_at = state, by.id, at
    held.save()
    event = TransferRefused(
        session=held.session_id, way=held.way, amount=held.amount, lapsed=state == "lapsed"
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)


def _refuse_ended(drawer: Session, at: datetime) -> None:
    if drawer.state != "open":
        raise errors.SessionIsClosed
    if drawer.day < today_at(drawer.centre_id, at):
        raise errors.SessionIsOld


def _refuse_empty(drawer: Session, way: str, amount: int) -> None:
    if way == TO_SAFE and drawer_holds(drawer.id, centre=drawer.centre_id) < amount:
        raise errors.ChangeNotInDrawer
