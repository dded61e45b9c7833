"""A centre's opening hours by weekday, changed in a form; and which open cases the last changes moved."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import groupby, product
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.doors.console.offers_words import province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import format_date, format_period, format_time
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

WEEK = range(1, 8)
USUAL, MOST, SHOWN, LONGEST = 2, 6, 5, 20
OWN, OFFICE = "own", "office"
TIME = re.compile(r"([01]?\d|2[0-3])(?:[:.]?([0-5]\d))?(?::00)?")
SEEN = re.compile(r"([1-7]) (\d\d:\d\d) (\d\d:\d\d)")
EDGES = ("opens", "closes")
PLACES = {
    f"id_{edge}-{day}-{line}": place
    for place, (day, line, edge) in enumerate(product(WEEK, range(MOST), EDGES))
}
Fault = tuple[str, str]  # the id of the field, the sentence


@dataclass
class Said:
    """What a form says of opening hours: the periods that can be read, each with its field, and what is wrong."""

    keeps: str
    lines: Mapping[int, Sequence[tuple[str, str]]]
    hours: list[centres.Hours] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@needs("centres.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, place: str) -> HttpResponse:
    """The hours of a week: the centre's own, or the office hours of its calendar."""
    view = centres.centre_by_code(place)
    access.require(request.actor, "centres.manage", at=view.id)
    if request.method != "POST":
        return _page(request, view, _held(view))
    said = _said(request.POST)
    if request.POST.get("do") == "more":
        return _page(request, view, said, spare=1)
    if said.faults:
        return _page(request, view, said, faults=said.faults, status=422)
    newest = next((one.id for one in cases.recounts(request.actor, centre=view.id, limit=1)), "")
    try:
        kept = centres.save_hours(
            by=request.actor,
            at=now(),
            centre=view.id,
            hours=said.hours,
            confirmed=said.keeps == OWN,
            seen=_seen(request.POST.getlist("seen")),
        )
    except Conflict as fault:
        return _page(request, view, _held(view), faults=[("", str(fault))], status=409)
    if kept.hours == view.hours:
        messages.info(request, _("Nothing was changed: these hours hold already."))
        return redirect(request.path)
    messages.success(
        request,
        _("The opening hours were changed. Open cases that count in hours are counted anew within seconds."),
    )
    return redirect(f"{request.path}?after={newest}#moved")


def week_said(hours: Sequence[centres.Hours]) -> list[tuple[str, str]]:
    """The week in words: neighbouring days that open alike are one line; nothing said of a day means closed."""
    days = {
        day: [format_period(one.opens, one.closes) for one in hours if one.weekday == day] for day in WEEK
    }
    alike = [list(run) for _periods, run in groupby(WEEK, key=days.__getitem__)]
    return [
        (_weekday(run[0]) + (f"–{_weekday(run[-1])}" if run[1:] else ""), ", ".join(days[run[0]]))
        for run in alike
    ]


def office_hours(view: centres.CentreView) -> tuple[centres.Hours, ...]:
    """The office hours of a centre's calendar; none where there is no calendar."""
    try:
        return centres.calendar_of(view.id).hours
    except centres.NoCalendar:
        return ()


def _page(
    request: Request,
    view: centres.CentreView,
    said: Said,
    *,
    faults: Sequence[Fault] = (),
    spare: int = 0,
    status: int = 200,
) -> HttpResponse:
    longest = max((len(lines) for lines in said.lines.values()), default=0)
    periods = min(MOST, max(USUAL, longest + spare))
    wrong = dict(faults)
    changes = cases.recounts(request.actor, centre=view.id, limit=SHOWN)
    context = {
        "tab": "offers",
        "view": view,
        "province": province_of(view),
        "keeps": said.keeps,
        "days": [_day(day, said.lines.get(day, ()), periods, wrong) for day in WEEK],
        "more": periods < MOST,
        "office": week_said(office_hours(view)),
        "seen": [f"{one.weekday} {one.opens:%H:%M} {one.closes:%H:%M}" for one in view.hours],
        "changes": [cases.recount(request.actor, id=one.id) for one in changes],
        "waits": "after" in request.GET and str(changes[0].id if changes else "") == request.GET["after"],
        "errors": faults,
        "wrong": wrong,
    }
    return render(request, "console/offers/hours.html", context, status=status)


def _day(
    day: int, lines: Sequence[tuple[str, str]], periods: int, wrong: Mapping[str, str]
) -> dict[str, Any]:
    """A weekday of the form: as many lines as every other day, and what is wrong with it."""
    filled = [*lines, *[("", "")] * (periods - len(lines))]
    fields = [f"id_{edge}-{day}-{line}" for line, edge in product(range(periods), EDGES)]
    return {
        "number": day,
        "name": _weekday(day),
        "closed": not any(opens or closes for opens, closes in lines),
        "lines": filled,
        "wrong": {one: wrong[one] for one in fields if one in wrong},
    }


def _held(view: centres.CentreView) -> Said:
    """The form as it stands; office hours are there to begin with when the centre has none of its own."""
    kept = view.hours or office_hours(view)
    lines = {
        day: [(f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in kept if one.weekday == day]
        for day in WEEK
    }
    return Said(keeps=OWN if view.hours else OFFICE, lines=lines)


def _said(said: QueryDict) -> Said:
    """What was sent, with everything that is wrong, each by its field. Office hours need no line."""
    lines = {day: _lines(said, day) for day in WEEK}
    found = Said(keeps=said.get("keeps", ""), lines=lines)
    if found.keeps not in (OWN, OFFICE):
        found.faults.append(("id_keeps", _("Choose which hours hold.")))
    if found.keeps != OWN:
        return found
    for day, periods in lines.items():
        for line, (opens, closes) in enumerate(periods):
            _read(found, day, line, opens, closes)
    for index, wrong in centres.hours_wrong(found.hours):
        found.faults.append((found.fields[index], _why(found.hours[index], wrong)))
    if not found.hours and not found.faults:
        found.faults.append(("id_keeps", _("Say at least one period, or choose the office hours.")))
    found.faults.sort(key=lambda fault: PLACES.get(fault[0], -1))
    return found


def _lines(said: QueryDict, day: int) -> list[tuple[str, str]]:
    """The periods of a weekday as typed."""
    return [
        (_typed(said, f"opens-{day}-{line}"), _typed(said, f"closes-{day}-{line}"))
        for line in range(MOST)
        if f"opens-{day}-{line}" in said or f"closes-{day}-{line}" in said
    ]


def _typed(said: QueryDict, name: str) -> str:
    """A time as 08:30 where it can be read (8:30, 8.30, 830, 8, Lao digits), else as it was typed."""
    typed = "".join(
        str(unicodedata.decimal(one, one)) for one in said.get(name, "").replace("\x00", "").strip()[:LONGEST]
    )
    found = TIME.fullmatch(typed)
    return f"{int(found[1]):02}:{found[2] or '00'}" if found else typed


def _read(found: Said, day: int, line: int, opens: str, closes: str) -> None:
    """One period of the form; an empty one says nothing."""
    if not opens and not closes:
        return
    weekday = _weekday(day)
    for name, typed in (("opens", opens), ("closes", closes)):
        about = {"day": weekday, "time": typed}
        if not typed:
            why = _("%(day)s: say when it opens and when it closes, or leave both empty.") % about
        elif not TIME.fullmatch(typed):
            why = _("%(day)s: “%(time)s” is no time of day; write it as 08:30.") % about
        else:
            continue
        found.faults.append((f"id_{name}-{day}-{line}", why))
        return
    period = centres.Hours(weekday=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
    found.hours.append(period)
    found.fields.append(f"id_closes-{day}-{line}")


def _why(period: centres.Hours, fault: str) -> str:
    about = {
        "day": _weekday(period.weekday),
        "opens": format_time(period.opens),
        "closes": format_time(period.closes),
    }
    if fault == "empty":
        return _("%(day)s: it opens and closes at %(opens)s. Say a later time.") % about
    if fault == "backwards":
        return _("%(day)s: it closes at %(closes)s, before it opens at %(opens)s.") % about
    return _("%(day)s: %(opens)s–%(closes)s overlaps with another period of the day.") % about


def _seen(said: Sequence[str]) -> list[centres.Hours]:
    """The hours that the form was made from."""
    found = [SEEN.fullmatch(one) for one in said]
    return [
        centres.Hours(
            weekday=int(one[1]), opens=time.fromisoformat(one[2]), closes=time.fromisoformat(one[3])
        )
        for one in found
        if one
    ]


def _weekday(day: int) -> str:
    """The name of a weekday, 1 is Monday: 1 January 2024 was one."""
    return format_date(date(2024, 1, day), "weekday")
