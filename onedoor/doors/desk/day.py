"""The day of the hall for its head: how much is still to do, ending the day, closing out of turn and opening again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LONGEST = 300


@dataclass(frozen=True)
class Seen:
    """What ending or closing would do, with services by name."""

    keeping: queue.Keeping
    nowhere: list[tuple[catalogue.ServiceView, int]]


@needs("centres.manage")
@never_cache
@require_safe
def day(request: AtCentre, centre: str) -> HttpResponse:
    """What ending the day now would do, what closes the centre, and whose places were kept for today."""
    return _page(request, centre)


@needs("centres.manage")
@require_POST
def end(request: AtCentre, centre: str) -> HttpResponse:
    """End the day: no more tickets, and places are kept."""
    done = queue.end_day(by=request.actor, at=now(), centre=request.centre)
    said = _("The day is ended. Places kept: %(count)s.") % {"count": done.tickets}
    messages.success(request, said)
    return redirect("desk:day_kept", centre=centre) if done.tickets else redirect("desk:day", centre=centre)


@needs("centres.manage")
@require_POST
def close(request: AtCentre, centre: str) -> HttpResponse:
    """Close the centre out of turn: whoever waits keeps the place, whoever is booked gets another time."""
    said = {
        name: " ".join(request.POST.get(name, "").replace("\x00", "").split())
        for name in ("first", "last", "reason_lo", "reason_en")
    }
    try:
        first = _day(said["first"], "first")
        done = queue.close_centre(
            by=request.actor,
            at=now(),
            centre=request.centre,
            first=first,
            last=_day(said["last"], "last") if said["last"] else first,
            reason={"lo": said["reason_lo"], "en": said["reason_en"]},
        )
    except DomainError as fault:
        return _page(request, centre, said=said, fault=fault)
    told = _("The centre is closed. Places kept: %(kept)s. Appointments moved: %(moved)s.") % {
        "kept": done.keeping.tickets,
        "moved": done.moved,
    }
    messages.success(request, told)
    if done.left:
        left = _(
            "For %(count)s appointments no time was free: they were cancelled, and the people were told."
        )
        messages.warning(request, left % {"count": done.left})
    return redirect("desk:day", centre=centre)


@needs("centres.manage")
@require_POST
def reopen(request: AtCentre, centre: str, closure: UUID) -> HttpResponse:
    """Open again before the closure would have ended."""
    held = centres.closures(request.centre, since=_today(request))
    if closure not in {one.id for one in held}:
        raise centres.ClosureUnknown
    back = queue.reopen_centre(by=request.actor, at=now(), closure=closure)
    said = _("The centre is open again. Places back in today's line: %(count)s.")
    messages.success(request, said % {"count": back})
    return redirect("desk:day", centre=centre)


@needs("queue.take")
@require_POST
def paper(request: AtCentre, centre: str, device: UUID) -> HttpResponse:
    """Paper was put into a kiosk."""
    queue.tell_paper(by=request.actor, at=now(), centre=request.centre, device=device, out=False)
    messages.success(request, _("The kiosk prints again."))
    return redirect("desk:reception", centre=centre)


@needs("centres.manage")
@never_cache
@require_safe
def kept(request: AtCentre, centre: str) -> HttpResponse:
    """The list of kept places by day, to be read out and put on the wall: numbers only."""
    today = _today(request)
    days = queue.kept_days(request.centre, since=today)
    held = [(each, queue.kept_on(request.centre, day=each)) for each in days]
    view = centres.centre(request.centre)
    context = {
        "centre": centre,
        "view": view,
        "days": held,
        "waiting": queue.waiting_on(request.centre, day=today),
        "today": today,
        "at": now(),
        "may_book": access.may(request.actor, queue.BOOK, at=request.centre),
    }
    return render(request, "desk/day_kept.html", context)


def _page(
    request: AtCentre, centre: str, *, said: dict[str, str] | None = None, fault: DomainError | None = None
) -> HttpResponse:
    at, view, today = now(), centres.centre(request.centre), _today(request)
    closures = centres.closures(request.centre, since=today)
    context: dict[str, Any] = {
        "centre": centre,
        "view": view,
        "today": today,
        "latest": today + timedelta(days=60),
        "ended": next((one for one in closures if one.kind == "evening" and one.last == today), None),
        "closures": closures,
        "evening": _seen(queue.would_keep(request.centre, at=at)),
        "at_once": queue.would_keep(request.centre, at=at, at_once=True),
        "waiting": queue.waiting_count(request.centre, at=at),
        "kept": len(queue.kept_on(request.centre, day=today)),
        "surge": [
            (catalogue.service_by_id(one.subject), one) for one in queue.to_clear(request.centre, at=at)
        ],
        "kiosks": queue.kiosks_in_need(request.centre, at=at),
        "unserved": [
            (catalogue.service_by_id(service), count)
            for service, count in queue.unserved(request.centre, at=at)
        ],
        "said": said or {"first": today.isoformat(), "last": today.isoformat()},
        "faults": [(f"id_{getattr(fault, 'field', '')}", getattr(fault, "reason", fault.message))]
        if fault
        else [],
    }
    return render(request, "desk/day.html", context, status=fault.status if fault else 200)


def _seen(keeping: queue.Keeping) -> Seen:
    return Seen(keeping, [(catalogue.service_by_id(service), count) for service, count in keeping.nowhere])


def _today(request: AtCentre) -> date:
    view = centres.centre(request.centre)
    return now().astimezone(ZoneInfo(view.zone)).date()


def _day(typed: str, field: str) -> date:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date()
    except ValueError as wrong:
        raise Invalid(_("This is not a day of the calendar."), field=field) from wrong


DAY = "<slug:centre>/day/"
urlpatterns = [
    path(DAY, day, name="day"),
    path(f"{DAY}end/", end, name="day_end"),
    path(f"{DAY}close/", close, name="day_close"),
    path(f"{DAY}closures/<uuid:closure>/open/", reopen, name="day_reopen"),
    path("<slug:centre>/kiosks/<uuid:device>/paper/", paper, name="kiosk_paper"),
    path(f"{DAY}kept/", kept, name="day_kept"),
]
