"""Rows that an action holds while it decides: found by id at any centre, then the permission is asked at their own."""

from datetime import date, datetime
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Charge, Day, Receipt, Session, wait_for_days
from onedoor.domain.payments.rules import local
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import Actor, everything

Row = TypeVar("Row", Charge, Receipt, Session)
OURS = "the permission is asked at the row's own centre"


@lru_cache(maxsize=1024)
def _zone(centre: UUID) -> str:
    """The zone of a centre, which does not move; kept, since every payment asks for the day."""
    return centre_of(centre).zone


def today_at(centre: UUID, at: datetime) -> date:
    """The day at a centre."""
    return local(at, _zone(centre))


def lock_charge(charge: UUID) -> Charge:
    """Raises NoSuchCharge."""
    return _lock(Charge, charge, errors.NoSuchCharge)


def lock_receipt(receipt: UUID) -> Receipt:
    """Raises NoSuchReceipt."""
    return _lock(Receipt, receipt, errors.NoSuchReceipt)


def lock_session(session: UUID) -> Session:
    """Raises NoSuchSession."""
    return _lock(Session, session, errors.NoSuchSession)


def _lock(kind: type[Row], id: UUID, missing: type[Missing]) -> Row:
    with everything(OURS):
        held: Row | None = kind.objects.select_for_update(no_key=True).filter(id=id).first()
    if held is None:
        raise missing
    return held


def lock_drawer(by: Actor, *, centre: UUID, today: date) -> Session:
    """The actor's own open drawer at the centre, of today. Raises NoOpenSession, SessionIsOld."""
    with everything(OURS):
        rows = Session.objects.select_for_update(no_key=True)
        held = rows.filter(officer=by.id, state="open", centre_id=centre).first()
    if held is None:
        raise errors.NoOpenSession
    if held.day < today:
        raise errors.SessionIsOld
    return held


def hold_day(centre: UUID, day: date) -> Day | None:
    """The closed day of a centre, if it is closed; nobody opens a drawer or closes the day meanwhile."""
    wait_for_days(centre)
    with everything(OURS):
        return Day.objects.filter(centre_id=centre, day=day).first()


def another_person(by: Actor, *before: UUID | None) -> None:
    """Let only a person go on who is none of those before; a machine is nobody's second person (decision 0020).

    Raises SecondPersonNeeded.
    """
    if by.kind == "machine" or by.id in before:
        raise errors.SecondPersonNeeded
