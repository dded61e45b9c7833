"""A mobile unit in the village: the stop is opened, and what it did is written down when it closes."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.staffing import frame, today
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

YEAR = timedelta(days=366)


@needs("centres.counter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: AtCentre, centre: str) -> HttpResponse:
    """Where the unit stands today: open the stop, and report it when it is over."""
    held = centres.stop_on(request.centre, today())
    if request.method != "POST":
        return _page(request, centre, held)
    if held is None or held.id is None:
        raise centres.StopIsSettled
    try:
        if request.POST.get("what") == "open":
            centres.open_stop(by=request.actor, at=now(), stop=held.id)
        else:
            centres.report_stop(by=request.actor, at=now(), stop=held.id, report=_report(request, held))
            messages.success(request, _("What the stop did is written down."))
    except DomainError as fault:
        return _page(request, centre, held, fault=fault)
    return redirect("desk:stop", centre=centre)


def _report(request: AtCentre, held: centres.StopView) -> centres.ReportView:
    services: dict[UUID, int] = {}
    for one in held.services:
        number = _number(request, f"service_{one}")
        if number:
            services[one] = number
    note = request.POST.get("note", "").replace("\x00", "")
    return centres.ReportView(
        opened_at=now(),
        services=services,
        note=note,
        people=_number(request, "people"),
        cases=_number(request, "cases"),
        cash=_number(request, "cash"),
        wait_minutes=_number(request, "wait_minutes"),
        kilometres=_number(request, "kilometres"),
        unmet=_number(request, "unmet"),
    )


def _number(request: AtCentre, name: str) -> int | None:
    said = "".join(request.POST.get(name, "").split()).replace(".", "")
    if not said:
        return None
    if not said.isdecimal() or len(said) > 13:
        raise Invalid(_("Write a number, nought or more."), field=name)
    return int(said)


def _page(
    request: AtCentre, centre: str, held: centres.StopView | None, *, fault: DomainError | None = None
) -> HttpResponse:
    day = today()
    named = {one.id: one for one in catalogue.services()}
    coming = [
        one
        for one in centres.stops(first=day, last=day + YEAR, centre=request.centre)
        if one.state in ("announced", "open") and one.day > day
    ]
    served = (
        list(queue.stays([request.centre], since=day, until=day)) if held and held.state == "open" else []
    )
    done = held.report.services if held and held.report else {}
    bad = getattr(fault, "field", "") if fault else ""
    about = {
        **frame(request, centre, "stop"),
        "stop": held,
        "services": [
            (named[one], request.POST.get(f"service_{one}") or done.get(one, ""))
            for one in (held.services if held else ())
            if one in named
        ],
        "served": len(served),
        "coming": coming[:5],
        "given": request.POST if fault else (held.report if held and held.report else {}),
        "bad": {bad: fault.message} if fault else {},
        "faults": [(f"id_{bad}", fault.message)] if fault else [],
    }
    return render(request, "desk/stop.html", about, status=fault.status if fault else 200)
