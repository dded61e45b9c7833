"""What closes a centre out of turn."""

from datetime import date
from uuid import UUID

from onedoor.domain.centres.queries import centre as centre_of
from onedoor.domain.centres.queries import days_of
from onedoor.domain.centres.rules.closures import Closure, in_force


def closures(centre: UUID, *, since: date) -> tuple[Closure, ...]:
    """What closes a centre on a day or later, the earliest first."""
    return days_of(centre, since=since).closures


def closure_on(centre: UUID, *, day: date) -> Closure | None:
    """What closes a centre on a day: an unplanned closure before the evening that ended it."""
    return in_force(closures(centre, since=day), day=day, zone=centre_of(centre).zone)
