"""A hall drawn: now beside its figures, and as it looked at any instant of a past day."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import format_number, format_time, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request
from onedoor.ui.typed import typed_day, typed_hour

SHOWN_PEOPLE = 60
STEP = timedelta(minutes=5)
WIDTH, HEIGHT = 1000, 160


@needs("monitoring.see")
@never_cache
@require_safe
def then(request: Request, place: str) -> HttpResponse:
    """The hall at an instant of a day, with how that day went."""
    at = now()
    try:
        instant, fault = _asked(request, at), None
        view = monitoring.hall_at(by=request.actor, at=at, centre=place, then=instant)
    except Invalid as wrong:
        instant, fault = at, wrong
        view = monitoring.hall_at(by=request.actor, at=at, centre=place)
    local = instant.astimezone(ZONE)
    course = monitoring.course_of(by=request.actor, at=at, centre=place, day=local.date())
    context = {
        "tab": "live",
        "at": instant,
        "hall": drawn(view),
        "centre": view.centre,
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "days": course.days,
        "course": plotted(course, instant),
        "errors": [(f"id_{fault.field}", fault.message)] if fault else [],
        "earlier": _link(local - STEP),
        "later": _link(local + STEP) if local + STEP <= at.astimezone(ZONE) else "",
        "query": "",
    }
    return render(request, "console/hall_then.html", context, status=422 if fault else 200)


def drawn(view: monitoring.HallView) -> dict[str, Any]:
    """The hall in words and classes: a template is slow at thinking."""
    seen, standard = view.picture, view.limits.get("wait")
    limit = standard.limit if standard else None
    names = {zone.code: text(zone.name) for zone in queue.calling_rule(view.centre.id).zones}
    return {
        "finding": _finding(seen, limit),
        "desks": [_desk(view, desk) for desk in seen.desks],
        "zones": [_zone(zone, names, seen.at, limit) for zone in seen.zones],
        "waiting": seen.waiting,
        "seats": view.seats,
        "full": bool(view.seats and seen.waiting >= view.seats),
        "aside": seen.aside,
        "lately": seen.lately,
        "answered": seen.answered,
        "served": seen.served,
        "taken": seen.taken,
        "left": seen.left,
        "whole": view.whole,
        "drawers": seen.drawers,
        "money": seen.money,
        "heard": seen.heard,
        "limit": limit,
    }


def plotted(course: monitoring.Course, instant: datetime) -> dict[str, Any] | None:
    """The day as a drawing, with the instant upon it, and a title that says what it shows."""
    if not course.points:
        return None
    first, last = course.points[0][0], course.points[-1][0]
    span = max((last - first).total_seconds(), 1.0)
    most = max(waiting for _at, waiting, _longest in course.points) or 1
    peak = max(course.points, key=lambda point: point[1])
    places = [
        (round(WIDTH * (at - first).total_seconds() / span), waiting)
        for at, waiting, _longest in course.points
    ]
    line = " ".join(f"{x},{HEIGHT - round(HEIGHT * waiting / most)}" for x, waiting in places)
    here = round(WIDTH * (instant - first).total_seconds() / span)
    return {
        "finding": _("Most people waited at %(time)s: %(number)s")
        % {"time": format_time(peak[0]), "number": format_number(peak[1])},
        "area": f"0,{HEIGHT} {line} {places[-1][0]},{HEIGHT}",
        "line": line,
        "here": here if 0 <= here <= WIDTH else None,
        "from": first,
        "until": last,
        "most": most,
        "rows": [
            {"time": at, "waiting": waiting, "longest": longest, "query": _link(at.astimezone(ZONE))}
            for at, waiting, longest in course.points
            if at.minute % 30 == 0
        ],
    }


def _asked(request: Request, at: datetime) -> datetime:
    """The instant of the form: a day and a time of it, by default now."""
    local = at.astimezone(ZONE)
    try:
        day = typed_day(request.GET.get("day", "") or local.date().isoformat())
        clock = typed_hour(request.GET.get("time", "") or f"{local:%H:%M}")
    except ValueError as wrong:
        raise monitoring.NotADay(field="time") from wrong
    return datetime.combine(day, clock, tzinfo=ZONE)


def _link(local: datetime) -> str:
    return f"?{urlencode({'day': local.date().isoformat(), 'time': f'{local:%H:%M}'})}"


def _finding(seen: monitoring.Picture, limit: int | None) -> str:
    if not seen.waiting or seen.since is None:
        return _("Nobody waits")
    minutes = int((seen.at - seen.since).total_seconds() // 60)
    said = ngettext(
        "%(number)s person waits, the first for %(minutes)s min",
        "%(number)s people wait, the first for %(minutes)s min",
        seen.waiting,
    ) % {"number": format_number(seen.waiting), "minutes": format_number(minutes)}
    if limit is None:
        return said
    return _("%(said)s; the standard is %(limit)s") % {"said": said, "limit": format_number(limit)}


def _desk(view: monitoring.HallView, desk: monitoring.Desk) -> dict[str, Any]:
    officer = view.officers.get(desk.officer) if desk.officer else None
    service = view.services.get(desk.service) if desk.service else None
    words = {
        "free": _("free"),
        "called": _("is called"),
        "serving": _("is being served"),
        "closed": _("closed"),
        "break": _("break"),
    }
    idle = any(one.code == desk.code for one in view.picture.idle)
    return {
        "code": desk.code,
        "state": "idle" if idle else desk.state,
        "word": words.get(desk.state, desk.state),
        "idle": idle,
        "number": desk.number,
        "service": text(service.name) if service else "",
        "officer": text(officer.name) if officer else "",
        "since": desk.since if desk.number or officer else None,
        "served": desk.served,
    }


def _zone(zone: monitoring.Zone, names: dict[str, str], at: datetime, limit: int | None) -> dict[str, Any]:
    longest = int((at - zone.since).total_seconds() // 60)
    over = timedelta(minutes=limit) if limit is not None else None
    people = [
        {"number": number, "long": over is not None and at - since > over} for since, number in zone.people
    ]
    return {
        "name": names.get(zone.code) or (zone.code if zone.code else _("All services")),
        "people": people[:SHOWN_PEOPLE],
        "more": max(0, len(people) - SHOWN_PEOPLE),
        "waiting": len(people),
        "longest": longest,
        "long": over is not None and at - zone.since > over,
    }
