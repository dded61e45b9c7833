"""The week of a centre: who works when and where; the head plans, officers see their own, give shifts away and take them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.staffing import (
    WEEK,
    asked_day,
    frame,
    named,
    officers,
    read_day,
    read_id,
    read_time,
    today,
)
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LANGUAGES = (
    ("lo", "ລາວ"),
    ("en", "English"),
    ("hmn", "Hmoob"),
    ("kjg", "Kmhmu"),
    ("th", "ไทย"),
    ("vi", "Tiếng Việt"),
)


@needs("centres.counter")
@never_cache
@require_safe
def shifts(request: AtCentre, centre: str) -> HttpResponse:
    """A week of the centre by day, with what should be known of each shift; one's own first."""
    return _week(request, centre)


@needs("centres.staff")
@require_POST
def plan(request: AtCentre, centre: str) -> HttpResponse:
    """Plan an officer for a day or for weekdays until a day, or a week as another was."""
    try:
        done = _copy(request) if request.POST.get("what") == "copy" else _plan(request)
    except DomainError as fault:
        return _week(request, centre, fault=fault)
    told = ngettext("%(count)d shift is planned.", "%(count)d shifts are planned.", len(done.made))
    messages.success(request, told % {"count": len(done.made)})
    if done.left:
        left = ngettext(
            "%(count)d was left out: it has passed, is a holiday or clashes.",
            "%(count)d were left out: they have passed, are holidays or clash.",
            len(done.left),
        )
        messages.warning(request, left % {"count": len(done.left)})
    return _back(request, centre)


@needs("centres.counter")
@require_POST
def change(request: AtCentre, centre: str, shift: UUID) -> HttpResponse:
    """Cancel, give away, keep or take a shift."""
    at, what = now(), request.POST.get("what")
    if not any(one.id == shift for one in centres.shifts_on(request.centre, read_day(request, "day"))):
        raise Missing
    if what == "cancel":
        centres.cancel_shift(by=request.actor, at=at, shift=shift)
    elif what == "take":
        centres.take_shift(by=request.actor, at=at, shift=shift)
    else:
        centres.offer_shift(by=request.actor, at=at, shift=shift, offered=what != "keep")
    return _back(request, centre)


@needs("centres.counter")
@require_POST
def sit(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Sit down at the counter, go for a break, come back, rise."""
    at, here = now(), centres.counter_by_code(request.centre, counter)
    what = request.POST.get("what")
    if what in ("break", "rise") and queue.at_counter(request.centre, counter=here.id) is not None:
        messages.warning(request, _("Somebody is at the counter. Finish or give back first."))
    elif what == "break":
        minutes = request.POST.get("minutes", "")
        if not minutes.isdecimal() or len(minutes) > 3:
            raise Invalid(field="minutes")
        centres.begin_break(by=request.actor, at=at, counter=here.id, minutes=int(minutes))
    elif what == "back":
        centres.end_break(by=request.actor, at=at, counter=here.id)
    elif what == "rise":
        centres.rise(by=request.actor, at=at, counter=here.id)
        return redirect("desk:counters", centre=centre)
    else:
        centres.sit_down(by=request.actor, at=at, counter=here.id)
    return redirect("desk:home", centre=centre, counter=counter)


@needs("centres.staff")
@never_cache
@require_safe
def skills(request: AtCentre, centre: str) -> HttpResponse:
    """What each officer may serve, and in which languages."""
    return _skills(request, centre)


@needs("centres.staff")
@require_POST
def skill(request: AtCentre, centre: str) -> HttpResponse:
    """Say what one officer may serve from a day on; nothing ticked means every service."""
    try:
        officer, since = read_id(request, "officer"), read_day(request, "from", missing=today())
        until = read_day(request, "until") if request.POST.get("until") else None
        held = [("service", one, since, until) for one in request.POST.getlist("service")]
        held += [("language", one, since, until) for one in request.POST.getlist("language")]
        centres.save_skills(by=request.actor, at=now(), centre=request.centre, officer=officer, rows=held)  # type: ignore[arg-type]
    except DomainError as fault:
        return _skills(request, centre, fault=fault)
    messages.success(request, _("The skills are kept."))
    return redirect("desk:skills", centre=centre)


def _plan(request: AtCentre) -> centres.Planned:
    first = read_day(request, "day")
    weekdays = [int(one) for one in request.POST.getlist("weekday") if one in "1234567" and one]
    days = [first]
    if weekdays:
        days = centres.repeated(first, weekdays=weekdays, until=read_day(request, "until"))
    counter = read_id(request, "counter") if request.POST.get("counter") else None
    breaks = []
    if request.POST.get("break_from") or request.POST.get("break_until"):
        breaks = [(read_time(request, "break_from"), read_time(request, "break_until"))]
    return centres.plan_shifts(
        by=request.actor,
        at=now(),
        centre=request.centre,
        officer=read_id(request, "officer"),
        days=days,
        starts=read_time(request, "starts"),
        ends=read_time(request, "ends"),
        counter=counter,
        breaks=breaks,
    )


def _copy(request: AtCentre) -> centres.Planned:
    aim = read_day(request, "to")
    return centres.copy_week(by=request.actor, at=now(), centre=request.centre, source=aim - WEEK, to=aim)


def _week(request: AtCentre, centre: str, *, fault: DomainError | None = None) -> HttpResponse:
    first = centres.monday(asked_day(request, "week"))
    held = frame(request, centre, "shifts")
    known, places = officers(request.centre), {one.id: one for one in centres.counters(request.centre)}
    week = centres.shifts_between(request.centre, first, first + timedelta(days=6))
    calendar = centres.calendar_of(request.centre)
    sitting = {one.officer: one for one in centres.sittings(request.centre, held["today"])}
    days = []
    for step in range(7):
        day = first + timedelta(days=step)
        opening = centres.opening(request.centre, day)
        rows = [
            _row(
                one,
                request,
                known,
                places,
                sitting,
                warned=centres.warnings(one, opening=opening, calendar=calendar),
            )
            for one in week
            if one.day == day
        ]
        days.append({"day": day, "rows": rows, "holiday": calendar.holiday(day), "open": bool(opening)})
    about = {
        **held,
        "days": days,
        "first": first,
        "last": first + timedelta(days=6),
        "before": first - WEEK,
        "after": first + WEEK,
        "any": bool(week),
        "officers": [("", _("Choose")), *known.items()],
        "counters": [("", _("None yet")), *((one.id, text(one.name)) for one in places.values())],
        "given": request.POST,
        "day": request.POST.get("day") or max(first, held["today"]).isoformat(),
        "weekdays": _weekdays(),
        "faults": [(f"id_{getattr(fault, 'field', '') or 'day'}", fault.message)] if fault else [],
        "bad": {getattr(fault, "field", ""): fault.message} if fault else {},
    }
    return render(request, "desk/shifts.html", about, status=fault.status if fault else 200)


def _row(
    one: centres.ShiftView,
    request: AtCentre,
    known: dict[UUID, str],
    places: dict[UUID, centres.CounterView],
    sitting: dict[UUID, centres.SittingView],
    *,
    warned: tuple[str, ...],
) -> dict[str, Any]:
    at = now()
    begins = _instant(one.day, one.starts)
    words = {
        "holiday": _("a holiday"),
        "closed": _("the centre is closed"),
        "outside": _("outside the opening hours"),
    }
    states = {
        "here": ("good", _("here")),
        "break": ("warn", _("on a break")),
        "late back": ("bad", _("late from the break")),
        "late": ("bad", _("late")),
        "absent": ("bad", _("did not come")),
        "gone": ("warn", _("left early")),
        "over": ("", _("done")),
    }
    here = (
        centres.presence(one, sitting.get(one.officer), moment=at, begins=begins)
        if one.day == today()
        else ""
    )
    return {
        "shift": one,
        "who": named(known, one.officer),
        "mine": one.officer == request.actor.id,
        "counter": text(places[one.counter].name) if one.counter in places else "",
        "warned": [words[each] for each in warned],
        "state": states.get(here),
        "past": one.day < today(),
    }


def _skills(request: AtCentre, centre: str, *, fault: DomainError | None = None) -> HttpResponse:
    day, offered = today(), {one.service for one in centres.centre(request.centre).offers}
    services = [one for one in catalogue.services() if one.id in offered]
    rows = []
    for officer, name in officers(request.centre).items():
        held = centres.skills_of(officer, centre=request.centre)
        may, speaks = held.services(day), held.languages(day) or frozenset()
        rows.append(
            {
                "id": officer,
                "name": name,
                "every": may is None,
                "services": [(one, may is not None and one.id in may) for one in services],
                "languages": [(code, words, code in speaks) for code, words in LANGUAGES],
                "count": len(may or ()),
                "speaks": ", ".join(words for code, words in LANGUAGES if code in speaks),
            }
        )
    about = {
        **frame(request, centre, "skills"),
        "rows": rows,
        "faults": [("id_officer", fault.message)] if fault else [],
    }
    return render(request, "desk/skills.html", about, status=fault.status if fault else 200)


def _instant(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZONE)


def _weekdays() -> list[tuple[int, str]]:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return list(enumerate(names, 1))


def _back(request: AtCentre, centre: str) -> HttpResponse:
    response = redirect("desk:shifts", centre=centre)
    day = request.POST.get("to") or request.POST.get("day") or ""
    if len(day) == 10:
        response["Location"] += f"?week={day}"
    return response
