"""What closes a centre out of turn."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres.errors import closed_now
from onedoor.domain.centres.queries import centre as centre_of
from onedoor.domain.centres.queries import days_of
from onedoor.domain.centres.rules import LOOK_AHEAD, CentreView, periods_on
from onedoor.domain.centres.rules.closures import Closure, in_force
from onedoor.kernel.i18n import text


def closures(centre: UUID, *, since: date) -> tuple[Closure, ...]:
    """What closes a centre on a day or later, the earliest first."""
    return days_of(centre, since=since).closures


def closure_on(centre: UUID, *, day: date) -> Closure | None:
    """What closes a centre on a day: an unplanned closure before the evening that ended it."""
    return in_force(closures(centre, since=day), day=day, zone=centre_of(centre).zone)


def closed_words(view: CentreView, *, at: datetime) -> Any:
    """Why a centre is closed out of turn at this instant, and when it opens again; empty when nothing closes it so."""
    day = at.astimezone(ZoneInfo(view.zone)).date()
    held = closure_on(view.id, day=day)
    if held is None or held.since > at:
        return ""
    return closed_now(text(held.reason), evening=held.kind == "evening", again=opens_again(view, after=day))


def opens_again(view: CentreView, *, after: date) -> date | None:
    """The next day after this one on which a centre opens; None within a year."""
    calendar = days_of(view.id, since=after)
    days = (after + timedelta(days=step) for step in range(1, LOOK_AHEAD + 1))
    return next((day for day in days if periods_on(view.hours, calendar, day)), None)
