"""A hall as it looks now, and as it looked at an instant of any past day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from onedoor.domain.access.api import Known, login
from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import CentreView, is_open_now, space_of
from onedoor.domain.monitoring.errors import NotADay
from onedoor.domain.monitoring.models import films_of, reel_of
from onedoor.domain.monitoring.models.floor import last_seen
from onedoor.domain.monitoring.queries.sight import Sight, narrowed, sight_of
from onedoor.domain.monitoring.queries.standards import standards
from onedoor.domain.monitoring.rules.figures import Limit
from onedoor.domain.monitoring.rules.hall import Picture, Reel, picture
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor

STEP = timedelta(minutes=5)
"""How far the courses of a day are apart that a replay plots."""


@dataclass(frozen=True, kw_only=True)
class HallView:
    """A hall at an instant, with what its picture refers to.

    Args:
        seats: for those who wait; None where nobody counted them.
        officers: by id, those who are at counters; empty for who watches services only.
        whole: whether everything is shown, or some services only (then without the money, which is of all).
    """

    centre: CentreView
    picture: Picture
    is_open: bool
    limits: dict[str, Limit]
    seats: int | None
    services: dict[UUID, ServiceView]
    officers: dict[UUID, Known]
    whole: bool


@dataclass(frozen=True, kw_only=True)
class Course:
    """A day of a hall as it went: every five minutes how many waited and how long the first of them had (minutes)."""

    day: date
    points: tuple[tuple[datetime, int, int], ...]
    days: tuple[date, ...]


def hall_at(*, by: Actor, at: datetime, centre: str, then: datetime | None = None) -> HallView:
    """A hall now, or as it looked at an instant before.

    Raises:
        NotPermitted, OutOfSight. NotADay: the instant is yet to come.
    """
    if then is not None and then > at:
        raise NotADay(field="time")
    sight = sight_of(by)
    view = sight.centre(centre)
    instant, limits = then or at, standards()
    reel = _seen(sight, view, reel_of(centre=view.id, day=instant.astimezone(ZONE).date()))
    drawn = picture(
        reel,
        at=instant,
        limit=limits["wait"].limit if "wait" in limits else None,
        idle=limits["idle_counter"].limit if "idle_counter" in limits else None,
    )
    if then is None:
        drawn = replace(drawn, heard=last_seen(units=[view.id]).get(view.id))
    space = space_of(view.id)
    return HallView(
        centre=view,
        picture=drawn,
        is_open=is_open_now(view, instant),
        limits=limits,
        seats=space.seats if space else None,
        services={service.id: service for service in sight.services},
        officers=_officers(sight, drawn),
        whole=sight.kind != "services",
    )


def course_of(*, by: Actor, at: datetime, centre: str, day: date) -> Course:
    """How a day of a hall went, and which days can be shown.

    Raises:
        NotPermitted, OutOfSight. NotADay: the day is yet to come.
    """
    if day > at.astimezone(ZONE).date():
        raise NotADay(field="day")
    sight = sight_of(by)
    view = sight.centre(centre)
    reel = _seen(sight, view, reel_of(centre=view.id, day=day))
    return Course(day=day, points=tuple(_points(reel, at)), days=tuple(films_of(centre=view.id)))


def _points(reel: Reel, at: datetime) -> list[tuple[datetime, int, int]]:
    """From the first ticket of the day to the last that was called; who left over night did so later."""
    if not reel.stays:
        return []
    first = min(stay.moves[0].at for stay in reel.stays)
    moves = (move.at for stay in reel.stays for move in stay.moves if move.status != "left")
    last = min(max(moves), at)
    begin = first.replace(minute=first.minute - first.minute % 5, second=0, microsecond=0)
    waits = [stay.waited() for stay in reel.stays]
    points = []
    while begin <= last + STEP:
        there = [since for since, until in waits if since <= begin and (until is None or until > begin)]
        longest = int((begin - min(there)).total_seconds() // 60) if there else 0
        points.append((begin, len(there), longest))
        begin += STEP
    return points


def _seen(sight: Sight, view: CentreView, reel: Reel) -> Reel:
    """What of a reel may be watched: a ministry sees its services, and no money."""
    lens = narrowed(sight, centre=view.code)
    if lens.services is None:
        return reel
    mine = frozenset(lens.services)
    return Reel(tuple(stay for stay in reel.stays if stay.service in mine), reel.turns, ())


def _officers(sight: Sight, drawn: Picture) -> dict[UUID, Known]:
    if sight.kind == "services":
        return {}
    known = {desk.officer: login(desk.officer) for desk in drawn.desks if desk.officer is not None}
    return {id: one for id, one in known.items() if one is not None}
