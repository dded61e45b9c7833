"""A centre is closed out of turn, and opened again."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.actions.places import existing
from onedoor.domain.centres.errors import ClosureUnknown
from onedoor.domain.centres.events import CentreClosed, CentreReopened
from onedoor.domain.centres.models import Closure as ClosureRow
from onedoor.domain.centres.permissions import MANAGE
from onedoor.domain.centres.queries.closures import closures
from onedoor.domain.centres.rules.closures import Closure, check_closure
from onedoor.kernel.i18n import Translated
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


@transaction.atomic
def close_centre(
    *, by: Actor, at: datetime, centre: UUID, first: date, last: date, reason: Translated
) -> Closure:
    """Close a centre out of turn: today from now on, or whole days; everybody reads the reason.

    Errors: Refused, Missing, UnknownCentre, ClosureIsWrong.
    """
    require(by, MANAGE, at=centre)
    zone = ZoneInfo(existing(centre).zone)
    today = at.astimezone(zone).date()
    said = check_closure(
        first=first,
        last=last,
        today=today,
        reason=reason,
        held=closures(centre, since=today),
        zone=zone.key,
    )
    since = at if first == today else datetime.combine(first, time(0), tzinfo=zone)
    row = ClosureRow(id=new_id(), centre_id=centre, kind="unplanned", since=since, last_day=last, reason=said)
    return _written(row, by=by, at=at)


@transaction.atomic
def end_day(*, by: Actor, at: datetime, centre: UUID) -> Closure:
    """No more people are taken in today; ending it again writes nothing. Errors: Refused, Missing, UnknownCentre."""
    require(by, MANAGE, at=centre)
    day = at.astimezone(ZoneInfo(existing(centre).zone)).date()
    held = next(
        (one for one in closures(centre, since=day) if one.kind == "evening" and one.last == day), None
    )
    if held is not None:
        return held
    row = ClosureRow(id=new_id(), centre_id=centre, kind="evening", since=at, last_day=day, reason={})
    return _written(row, by=by, at=at)


@transaction.atomic
def reopen_centre(*, by: Actor, at: datetime, closure: UUID) -> Closure:
    """Open a closed centre again before the closure would have ended. Errors: ClosureUnknown, Refused, Missing."""
    row = ClosureRow.objects.select_for_update().filter(id=closure, ended_at=None).first()
    if row is None:
        raise ClosureUnknown
    require(by, MANAGE, at=row.centre_id)
    if row.last_day < at.astimezone(ZoneInfo(existing(row.centre_id).zone)).date():
        raise ClosureUnknown
    row.ended_at = at
    row.save()
    publish(CentreReopened(), of=row, by=by, at=at, centre=row.centre_id)
    return _view(row)


def _written(row: ClosureRow, *, by: Actor, at: datetime) -> Closure:
    row.save()
    news = CentreClosed(kind=row.kind, since=row.since, last=row.last_day)
    publish(news, of=row, by=by, at=at, centre=row.centre_id)
    return _view(row)


def _view(row: ClosureRow) -> Closure:
    return Closure(
        id=row.id,
        centre=row.centre_id,
        kind="evening" if row.kind == "evening" else "unplanned",
        since=row.since,
        last=row.last_day,
        reason=row.reason,
    )
