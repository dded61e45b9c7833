"""Drawers: whose they are, what they should hold, which were left open."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.payments import errors
from onedoor.domain.payments.models import Session, Transfer, drawer_holds
from onedoor.domain.payments.permissions import APPROVE, READ, TAKE
from onedoor.kernel.scope import Actor, everything

OURS = "the permission was asked at the row's own centre"


def open_session_of(by: Actor) -> Session | None:
    """The drawer that an officer has open, at whichever counter."""
    with everything("one's own drawer"):
        return Session.objects.filter(officer=by.id, state="open").first()


def open_drawers(centre: UUID) -> int:
    """How many drawers of a centre were counted and are open."""
    with everything("a number, nobody's money"):
        return Session.objects.filter(centre_id=centre, state="open").count()


def session_at(*, by: Actor, centre: UUID, counter: UUID) -> Session | None:
    """The drawer that is open at a counter, whoever opened it."""
    require(by, TAKE, at=centre)
    with everything(OURS):
        return Session.objects.filter(centre_id=centre, counter=counter, state="open").first()


def session_of(*, by: Actor, session: UUID) -> Session:
    """A drawer of one's own, or of one's centre for the head. Raises NoSuchSession."""
    with everything(OURS):
        held = Session.objects.filter(id=session).first()
    if held is None:
        raise errors.NoSuchSession
    require(by, TAKE if held.officer == by.id else APPROVE, at=held.centre_id)
    return held


def cash_in(*, by: Actor, session: UUID) -> int:
    """What a drawer should hold now. Raises NoSuchSession."""
    held = session_of(by=by, session=session)
    return drawer_holds(held.id, centre=held.centre_id)


def left_open(*, by: Actor, centre: UUID, at: datetime) -> list[Session]:
    """Drawers of a centre that were left open on an earlier day, the oldest first."""
    require(by, TAKE, at=centre)
    today = at.astimezone(ZoneInfo(centre_of(centre).zone)).date()
    with everything(OURS):
        return list(Session.objects.filter(centre_id=centre, state="open", day__lt=today).order_by("day"))


def transfer_of(*, by: Actor, transfer: UUID) -> Transfer:
    """A transfer at one's centre. Raises NoSuchTransfer."""
    with everything(OURS):
        held = Transfer.objects.filter(id=transfer).first()
    if held is None:
        raise errors.NoSuchTransfer
    require(by, TAKE, at=held.centre_id)
    return held


def transfers_of(*, by: Actor, session: UUID) -> list[Transfer]:
    """What went between a drawer and the safe, the newest first. Raises NoSuchSession."""
    held = session_of(by=by, session=session)
    with everything(OURS):
        return list(Transfer.objects.filter(session=held).order_by("-asked_at", "-id")[:50])


def transfers_asked(*, by: Actor, centre: UUID) -> list[Transfer]:
    """Transfers of a centre that wait for the second person, the oldest first."""
    require(by, READ, at=centre)
    with everything(OURS):
        rows = Transfer.objects.select_related("session").filter(centre_id=centre, state="asked")
        return list(rows.order_by("asked_at")[:200])
