"""Greeters and volunteers: written down by the head; and the tablet page of whoever stands at the door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.shifts import LANGUAGES
from onedoor.doors.desk.staffing import frame, read_day, read_id, read_time, today
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

AHEAD = 14


@needs("centres.staff")
@never_cache
@require_safe
def roster(request: AtCentre, centre: str) -> HttpResponse:
    """Who helps at the door, and on which days."""
    return _page(request, centre)


@needs("centres.staff")
@require_POST
def keep(request: AtCentre, centre: str) -> HttpResponse:
    """Write a helper down, put her on duty, take a duty back, or forget her."""
    what, at, by = request.POST.get("what"), now(), request.actor
    try:
        if what == "forget":
            centres.forget_helper(by=by, at=at, helper=_ours(request, read_id(request, "helper")))
            messages.success(request, _("What was kept of her is gone."))
        elif what == "duty":
            _duty(request)
            messages.success(request, _("The duty is planned."))
        elif what == "cancel":
            centres.cancel_duty(by=by, at=at, duty=_own_duty(request, read_id(request, "duty")))
        else:
            _helper(request)
            messages.success(request, _("The helper is written down."))
    except DomainError as fault:
        return _page(request, centre, fault=fault)
    return redirect("desk:roster", centre=centre)


@needs("centres.greet")
@never_cache
@require_safe
def greet(request: AtCentre, centre: str) -> HttpResponse:
    """The tablet at the door: who is on duty, how many wait, a ticket for somebody, what people ask for."""
    return render(request, "desk/greet.html", _greeting(request, centre))


@needs("centres.greet")
@never_cache
@require_safe
def greet_part(request: AtCentre, centre: str) -> HttpResponse:
    """What changes on it; fetched again at each change."""
    return render(request, "desk/greet_live.html", _greeting(request, centre))


def _greeting(request: AtCentre, centre: str) -> dict[str, Any]:
    at, day = now(), today()
    hour = at.astimezone(ZONE).time()
    asked = request.GET.get("q", "")[:120]
    found = catalogue.search(asked, centre=request.centre)[:8] if asked else []
    on_duty = [one for one in centres.duties(request.centre, day, day) if one.ends > hour]
    places = centres.counters(request.centre)
    view = centres.centre(request.centre)
    offered = {one.service for one in view.offers if one.holds_on(day)}
    waiting = queue.waiting_by_zone(request.centre, at=at)
    names = {zone.code: zone.name for zone in queue.calling_rule(request.centre).zones}
    return {
        **frame(request, centre, "greet"),
        "duties": [(one, place_words().get(one.place, ""), one.starts <= hour) for one in on_duty],
        "waiting": sum(waiting.values()),
        "zones": [
            (text(names[zone]) if zone in names else _("other"), one) for zone, one in waiting.items() if zone
        ],
        "helps": queue.helps_today(request.centre, day=day, at=at),
        "wait": queue.expect(request.centre, at=at),
        "open": centres.is_open(request.centre, at),
        "counters": sum(one.state == "open" for one in places),
        "breaks": [one for one in places if one.back_at],
        "q": asked,
        "found": [(hit.service, hit.service.id in offered) for hit in found],
    }


def place_words() -> dict[str, str]:
    """Where helpers stand."""
    return {
        "door": _("at the door"),
        "kiosk": _("at the kiosk"),
        "hall": _("in the hall"),
        "escort": _("goes with people"),
    }


def _helper(request: AtCentre) -> None:
    until = request.POST.get("valid_until")
    trained = request.POST.get("trained_on")
    centres.save_helper(
        by=request.actor,
        at=now(),
        centre=request.centre,
        kind=request.POST.get("kind", ""),
        name=request.POST.get("name", "").replace("\x00", ""),
        consent=request.POST.get("consent") == "yes",
        languages=request.POST.getlist("language"),
        phone=request.POST.get("phone", ""),
        trained_on=read_day(request, "trained_on") if trained else None,
        valid_until=read_day(request, "valid_until") if until else None,
    )


def _duty(request: AtCentre) -> None:
    first = read_day(request, "day")
    last = min(read_day(request, "until", missing=first), first + timedelta(days=91))
    days = [first + timedelta(days=step) for step in range(max((last - first).days, 0) + 1)]
    if len(days) > 1:
        days = [one for one in days if centres.opening(request.centre, one)]
    centres.plan_duty(
        by=request.actor,
        at=now(),
        helper=_ours(request, read_id(request, "helper")),
        days=days,
        starts=read_time(request, "starts"),
        ends=read_time(request, "ends"),
        place=request.POST.get("place", ""),
    )


def _ours(request: AtCentre, helper: UUID) -> UUID:
    """A helper of this centre. Raises UnknownHelper."""
    if not any(one.id == helper for one in centres.helpers(request.centre)):
        raise centres.UnknownHelper
    return helper


def _own_duty(request: AtCentre, duty: UUID) -> UUID:
    held = centres.duties(request.centre, today(), today() + timedelta(days=100))
    if not any(one.id == duty for one in held):
        raise centres.UnknownHelper
    return duty


def _page(request: AtCentre, centre: str, *, fault: DomainError | None = None) -> HttpResponse:
    held, day = centres.helpers(request.centre), today()
    words = dict(LANGUAGES)
    about = {
        **frame(request, centre, "roster"),
        "helpers": [
            (
                one,
                _("Greeter") if one.kind == "greeter" else _("Volunteer"),
                ", ".join(str(words.get(each, each)) for each in one.languages),
            )
            for one in held
        ],
        "duties": [
            (one, place_words().get(one.place, ""))
            for one in centres.duties(request.centre, day, day + timedelta(days=AHEAD))
        ],
        "choices": [(one.id, one.name) for one in held],
        "kinds": [("greeter", _("Greeter")), ("volunteer", _("Volunteer"))],
        "places": list(place_words().items()),
        "languages": LANGUAGES,
        "given": request.POST,
        "day": request.POST.get("day") or day.isoformat(),
        "faults": [(f"id_{getattr(fault, 'field', '') or 'name'}", fault.message)] if fault else [],
        "bad": {getattr(fault, "field", ""): fault.message} if fault else {},
    }
    return render(request, "desk/roster.html", about, status=fault.status if fault else 200)
