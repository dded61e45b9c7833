"""Escorts, wheelchairs and interpreters: asked for, booked, here, over. What and for whom stays on this node."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import login, may, require
from onedoor.domain.queue.errors import HelpIsWrong, HelpUnknown
from onedoor.domain.queue.events.visits import HelpMoved
from onedoor.domain.queue.models import Appointment, Help
from onedoor.domain.queue.permissions import CALL, TAKE
from onedoor.domain.queue.queries import today_at
from onedoor.domain.queue.rules.helping import (
    COMING_HELP,
    HelpState,
    helper_name,
    known_helps,
    move_help,
)
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

OURS = "the permission was asked at the request's centre"


@transaction.atomic
def ask_help(
    *, by: Actor, at: datetime, centre: UUID, visit: UUID, codes: Iterable[str], due: datetime | None = None
) -> tuple[Help, ...]:
    """Ask for help for a visit: at the kiosk, the reception, the counter, or with a booking. One kind once a visit.

    Args:
        codes: of `rules.HELP_WORDS`. due: when the person comes; None: they are here.

    Raises:
        Refused, HelpIsWrong.
    """
    _permit(by, centre)
    day = today_at(centre=centre, at=due or at)
    return put_helps(by=by, at=at, centre=centre, day=day, visit=visit, codes=codes, due=due)


def put_helps(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    day: date,
    visit: UUID,
    codes: Iterable[str],
    due: datetime | None = None,
) -> tuple[Help, ...]:
    """The same for callers that have asked for the permission: with a ticket or an appointment that is given."""
    asked = known_helps(codes)
    with everything(OURS):
        known = {
            row.code: row
            for row in Help.objects.filter(visit=visit, code__in=asked).exclude(state=HelpState.WITHDRAWN)
        }
    for code in asked:
        if code in known:
            continue
        row = Help(id=new_id(), centre_id=centre, day=day, visit=visit, code=code, due_at=due, asked_at=at)
        known[code] = _saved(row, by=by, at=at)
    return tuple(known[code] for code in asked)


@transaction.atomic
def book_help(
    *, by: Actor, at: datetime, centre: UUID, help: UUID, helper: UUID | None = None, name: str = ""
) -> Help:
    """Say who comes: somebody with a login, or somebody from outside by name.

    Raises:
        Refused, HelpUnknown, HelpHasMoved, HelpIsWrong (nobody, or both), NameOrPhoneInvalid.
    """
    row = _locked(by, centre, help)
    if (helper is None) == (not name.strip()) or (helper is not None and login(helper) is None):
        raise HelpIsWrong(field="helper")
    row.state = move_help(row.state, to=HelpState.BOOKED)
    row.helper_id, row.helper_name, row.booked_at = helper, helper_name(name) if name.strip() else "", at
    return _saved(row, by=by, at=at)


@transaction.atomic
def help_here(*, by: Actor, at: datetime, centre: UUID, help: UUID) -> Help:
    """The help is with the person. Who says so without a booking does it in person.

    Raises:
        Refused, HelpUnknown, HelpHasMoved.
    """
    row = _locked(by, centre, help)
    if row.helper_id is None and not row.helper_name and by.kind == "staff":
        row.helper_id = by.id
    row.state, row.here_at = move_help(row.state, to=HelpState.HERE), at
    return _saved(row, by=by, at=at)


@transaction.atomic
def end_help(*, by: Actor, at: datetime, centre: UUID, help: UUID, given: bool = True) -> Help:
    """The help was given, or is not wanted any more. Raises Refused, HelpUnknown, HelpHasMoved."""
    row = _locked(by, centre, help)
    row.state = move_help(row.state, to=HelpState.DONE if given else HelpState.WITHDRAWN)
    row.ended_at = at
    return _saved(row, by=by, at=at)


def expect_helps(held: Appointment, *, by: Actor, at: datetime) -> None:
    """What was asked for with an appointment is wanted at its time; when that moves, whoever was booked is asked anew.

    Only inside a transaction that locked the appointment and permitted what is done with it.
    """
    codes = held.help.split()
    if not codes or held.starts_at is None:
        return
    due = held.starts_at
    rows = put_helps(
        by=by, at=at, centre=held.centre_id, day=held.day, visit=held.visit, codes=codes, due=due
    )
    for row in rows:
        if row.due_at != due and row.state in COMING_HELP:
            row.state = move_help(row.state, to=HelpState.ASKED)
            row.day, row.due_at, row.helper_id, row.helper_name, row.booked_at = held.day, due, None, "", None
            _saved(row, by=by, at=at)


def release_helps(held: Appointment, *, by: Actor, at: datetime) -> None:
    """Nobody is wanted any more for an appointment that was cancelled or missed. Only inside such a transaction, too."""
    if not held.help:
        return
    with everything(OURS):
        rows = list(
            Help.objects.select_for_update(no_key=True).filter(visit=held.visit, state__in=COMING_HELP)
        )
    for row in rows:
        row.state, row.ended_at = move_help(row.state, to=HelpState.WITHDRAWN), at
        _saved(row, by=by, at=at)


def _saved(row: Help, *, by: Actor, at: datetime) -> Help:
    row.save()
    publish(HelpMoved(state=row.state), of=row, by=by, at=at, centre=row.centre_id)
    return row


def _locked(by: Actor, centre: UUID, help: UUID) -> Help:
    _permit(by, centre)
    with everything(OURS):
        row = Help.objects.select_for_update(no_key=True).filter(id=help, centre_id=centre).first()
    if row is None:
        raise HelpUnknown
    return row


def _permit(by: Actor, centre: UUID) -> None:
    """Reception, greeters and counters see to help."""
    require(by, TAKE if may(by, TAKE, at=centre) else CALL, at=centre)
