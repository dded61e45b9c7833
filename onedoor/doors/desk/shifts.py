"""The week of a centre: who works when and where; the head plans, officers see their own, give shifts away and take them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from onedoor.kernel.errors import Conflict, DomainError, Invalid, Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre
from onedoor.ui.typed import typed_day

LANGUAGES = (
    ("lo", gettext_lazy("Lao")),
    ("en", gettext_lazy("English")),
    ("hmn", gettext_lazy("Hmong")),
    ("kjg", gettext_lazy("Khmu")),
    ("th", gettext_lazy("Thai")),
    ("vi", gettext_lazy("Vietnamese")),
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
    """Cancel, give away, keep or ask to take a shift; the head approves or refuses who asks."""
    at, what = now(), request.POST.get("what")
    if not any(one.id == shift for one in centres.shifts_on(request.centre, read_day(request, "day"))):
        raise Missing
    try:
        if what == "cancel":
            centres.cancel_shift(by=request.actor, at=at, shift=shift)
        elif what == "take":
            centres.take_shift(by=request.actor, at=at, shift=shift)
            messages.success(request, _("You asked for the shift. It is yours when the head approves."))
        elif what in ("approve", "refuse"):
            centres.settle_exchange(
                by=request.actor,
                at=at,
                shift=shift,
                taker=read_id(request, "taker"),
                approved=what == "approve",
            )
        else:
            centres.offer_shift(by=request.actor, at=at, shift=shift, offered=what != "keep")
    except (Conflict, Invalid) as fault:  # who may not is refused; what cannot be is said above the week
        return _week(request, centre, fault=fault)
    return _back(request, centre)


@needs("centres.staff")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AtCentre, centre: str, shift: UUID) -> HttpResponse:
    """Change the hours, the counter or the break of a shift; who was overtaken sees how it stands now."""
    held = next((one for one in _ahead(request) if one.id == shift), None)
    if held is None:
        raise Missing
    if request.method != "POST":
        return _edit(request, centre, held)
    try:
        version = request.POST.get("version", "")
        centres.change_shift(
            by=request.actor,
            at=now(),
            shift=shift,
            starts=read_time(request, "starts"),
            ends=read_time(request, "ends"),
            counter=read_id(request, "counter") if request.POST.get("counter") else None,
            breaks=_breaks(request, held),
            version=int(version) if version.isdecimal() and len(version) < 9 else -1,
        )
    except Conflict as fault:
        if type(fault) is not Conflict:
            return _edit(request, centre, held, fault=fault)
        words = _("Somebody else changed this shift meanwhile. This is how it stands now.")
        return _edit(request, centre, held, fault=Conflict(words), anew=True)
    except DomainError as fault:
        return _edit(request, centre, held, fault=fault)
    messages.success(request, _("The shift is changed."))
    return redirect(f"{reverse('desk:shifts', args=[centre])}?week={held.day:%Y-%m-%d}")


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
    return centres.plan_shifts(
        by=request.actor,
        at=now(),
        centre=request.centre,
        officer=read_id(request, "officer"),
        days=days,
        starts=read_time(request, "starts"),
        ends=read_time(request, "ends"),
        counter=counter,
        breaks=_breaks(request),
    )


def _breaks(request: AtCentre, held: centres.ShiftView | None = None) -> list[tuple[time, time]]:
    """The break of a form; the further ones of a shift stay as they are."""
    further = list(held.breaks[1:]) if held else []
    if request.POST.get("break_from") or request.POST.get("break_until"):
        return [(read_time(request, "break_from"), read_time(request, "break_until")), *further]
    return further


def _ahead(request: AtCentre) -> list[centres.ShiftView]:
    """The shifts that may still be changed."""
    return centres.shifts_between(request.centre, today(), today() + timedelta(days=400))


def _edit(
    request: AtCentre,
    centre: str,
    held: centres.ShiftView,
    *,
    fault: DomainError | None = None,
    anew: bool = False,
) -> HttpResponse:
    field = getattr(fault, "field", "") if fault else ""
    first = held.breaks[0] if held.breaks else None
    stands = {
        "starts": f"{held.starts:%H:%M}",
        "ends": f"{held.ends:%H:%M}",
        "counter": str(held.counter or ""),
        "break_from": f"{first[0]:%H:%M}" if first else "",
        "break_until": f"{first[1]:%H:%M}" if first else "",
    }
    about = {
        **frame(request, centre, "shifts"),
        "shift": held,
        "version": request.POST.get("version", "") if fault and not anew else held.version,
        "who": named(officers(request.centre), held.officer),
        "counters": [
            ("", _("None yet")),
            *((one.id, text(one.name)) for one in centres.counters(request.centre)),
        ],
        "given": request.POST if fault and not anew else stands,
        "faults": [(f"id_{field or 'starts'}", fault.message)] if fault else [],
        "bad": {field: fault.message} if fault and field else {},
    }
    return render(request, "desk/shift_edit.html", about, status=fault.status if fault else 200)


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
        "exchanges": [
            {
                "shift": one,
                "who": named(known, one.officer),
                "taker": named(known, one.taker) if one.taker else "",
                "counter": text(places[one.counter].name) if one.counter in places else "",
            }
            for one in centres.exchanges(request.centre, since=held["today"])
        ]
        if held["plans"]
        else [],
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
        "taker": named(known, one.taker) if one.taker else "",
        "asked": one.taker == request.actor.id,
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
                "speaks": ", ".join(str(words) for code, words in LANGUAGES if code in speaks),
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
    try:
        day = typed_day(request.POST.get("to") or request.POST.get("day") or "")
    except ValueError:
        return redirect("desk:shifts", centre=centre)
    return redirect(f"{reverse('desk:shifts', args=[centre])}?week={day:%Y-%m-%d}")
