"""Drawers: opened with a counted float, closed with a counted content; what differs is signed with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import UnknownCounter
from onedoor.domain.centres.api import counter as counter_of
from onedoor.domain.payments import errors
from onedoor.domain.payments.actions.locking import OURS, hold_day, lock_session, today_at
from onedoor.domain.payments.actions.transfers import lapse_transfers
from onedoor.domain.payments.events import SessionClosed, SessionOpened
from onedoor.domain.payments.models import Line, Session, drawer_holds, post
from onedoor.domain.payments.permissions import APPROVE, TAKE
from onedoor.domain.payments.queries import tariff
from onedoor.domain.payments.rules import clean, counted
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


@transaction.atomic
def open_session(
    *, by: Actor, at: datetime, centre: UUID, counter: UUID, notes: Mapping[Any, Any]
) -> Session:
    """Open the drawer of a counter with the float that was counted, by denomination.

    Errors: Refused, UnknownCounter, NotesInvalid, SessionIsOld, OfficerHasSession, DrawerIsOpen, DayIsClosed.
    """
    require(by, TAKE, at=centre)
    if counter_of(counter).centre != centre:
        raise UnknownCounter
    today = today_at(centre, at)
    held, total = counted(notes, tariff().notes)
    if hold_day(centre, today) is not None:
        raise errors.DayIsClosed
    _refuse_second(by, counter, today)
    session = Session(
        centre_id=centre,
        counter=counter,
        officer=by.id,
        day=today,
        opened_at=at,
        float_notes=held,
        float_total=total,
    )
    try:
        with transaction.atomic():
            session.save()
    except IntegrityError:  # opened twice in this moment
        _refuse_second(by, counter, today)
        raise
    post(
        [Line("drawer", str(session.id), total), Line("safe", "", -total)],
        entry="open",
        centre=centre,
        day=today,
        at=at,
        actor=by.id,
        session=session.id,
    )
    event = SessionOpened(counter=counter, officer=by.id, float_total=total)
    publish(event, of=session, by=by, at=at, centre=centre)
    return session


def _refuse_second(by: Actor, counter: UUID, today: Any) -> None:
    """One open drawer for each officer, one officer for each drawer; also at other centres."""
    with everything(OURS):
        other = Session.objects.filter(state="open", officer=by.id).first()
        if other is not None:
            raise errors.SessionIsOld if other.day < today else errors.OfficerHasSession
        if Session.objects.filter(state="open", counter=counter).exists():
            raise errors.DrawerIsOpen


@transaction.atomic
def close_session(
    *,
    by: Actor,
    at: datetime,
    session: UUID,
    notes: Mapping[Any, Any],
    reason: str = "",
    signed: bool = False,
) -> Session:
    """Count a drawer and hand its money in; its officer does it, or the head in their place. A transfer that nobody has
    confirmed lapses.

    Args:
        reason: why it is over or short; signed: the person at the screen signs the difference.
    Errors: NoSuchSession, Refused, SessionIsClosed, NotesInvalid, DifferenceNeedsReason, DifferenceNeedsSignature.
    """
    held = lock_session(session)
    require(by, TAKE if held.officer == by.id else APPROVE, at=held.centre_id)
    if held.state != "open":
        raise errors.SessionIsClosed
    found, total = counted(notes, tariff().notes)
    expected, why = drawer_holds(held.id, centre=held.centre_id), clean(reason)
    if total != expected and not why:
        raise errors.DifferenceNeedsReason(field="reason", expected=expected, counted=total)
    if total != expected and not signed:
        raise errors.DifferenceNeedsSignature(field="signed", expected=expected, counted=total)
    lapse_transfers(held, by=by, at=at)
    held.state, held.closed_at, held.closed_by = "closed", at, by.id
    held.counted_notes, held.counted, held.expected = found, total, expected
    held.reason = why if total != expected else ""
    held.save()
    post(
        [
            Line("drawer", str(held.id), -expected),
            Line("safe", "", total),
            Line("difference", "", expected - total),
        ],
        entry="close",
        centre=held.centre_id,
        day=held.day,
        at=at,
        actor=by.id,
        session=held.id,
    )
    event = SessionClosed(
        counter=held.counter,
        officer=held.officer,
        expected=expected,
        counted=total,
        difference=total - expected,
    )
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held
