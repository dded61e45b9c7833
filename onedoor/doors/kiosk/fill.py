"""The application filled in at the kiosk while one waits: the same pages as at home. The next person finds nothing of it."""

from collections.abc import Callable
from functools import wraps

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.kiosk.views import PREPARED, apologises, place_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

View = Callable[..., HttpResponse]


def with_code(view: View) -> View:
    """Hand the view what this screen has begun; where nothing is, the service's page begins."""

    @wraps(view)
    def shown(request: AtCentre, centre: str, service: str, **rest: str) -> HttpResponse:
        try:
            held = cases.filling(code=PREPARED.of(request), today=today(), service=service)
        except cases.NothingPrepared:
            return redirect("kiosk:fill", centre=centre, service=service)
        return view(request, centre, held, **rest)

    return shown


@needs("cases.prepare")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
def begin(request: AtCentre, centre: str, service: str) -> HttpResponse:
    """What filling in here means; a press begins."""
    wanted = catalogue.service(service)
    if not wanted.form:
        raise Missing()
    if request.method != "POST":
        about = {**place_of(request, centre), "service": wanted, "ending": _ending(request, wanted)}
        return render(request, "kiosk/fill.html", about)
    begun = cases.begin_preparation(
        by=request.actor, at=now(), service=wanted.id, channel="kiosk", unit=request.centre
    )
    first = cases.filling(code=begun.code, today=today()).first
    onwards = redirect("kiosk:fill_section", centre=centre, service=service, section=first)
    return PREPARED.keep(onwards, begun.code, request=request)


@needs("cases.prepare")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
@with_code
def section(request: AtCentre, centre: str, held: cases.Filling, section: str) -> HttpResponse:
    """One page; what was said is kept at each touch."""
    code = held.service.code
    if request.method != "POST":
        return _page(request, centre, held, held.open(section))
    data = held.read(section, request.POST)
    if overtaken := held.overtaken(section, request.POST, data):
        return _page(request, centre, held, overtaken)
    saved = cases.save_preparation(
        by=request.actor, at=now(), code=PREPARED.of(request), data=data, version=held.prepared.version
    )
    turn = held.turn(section, request.POST, saved)
    if turn.page:
        return _page(request, centre, held, turn)
    if turn.goes:
        return redirect("kiosk:fill_section", centre=centre, service=code, section=turn.goes)
    return redirect("kiosk:fill_code", centre=centre, service=code)


@needs("cases.prepare")
@never_cache
@require_safe
@apologises
@with_code
def code(request: AtCentre, centre: str, held: cases.Filling) -> HttpResponse:
    """The code for the officer, on paper or on one's own telephone; then the screen forgets it."""
    about = {
        **place_of(request, centre),
        "held": held,
        "ending": _ending(request, held.service),
        "code": PREPARED.of(request),
        "qr": segno.make(PREPARED.of(request), error="m").svg_data_uri(border=2, scale=8),
        "whole": not held.faults,
    }
    return render(request, "kiosk/fill_code.html", about)


def _page(request: AtCentre, centre: str, held: cases.Filling, turn: cases.Turn) -> HttpResponse:
    about = {
        **place_of(request, centre),
        "held": held,
        "ending": _ending(request, held.service),
        "page": turn.page,
        "carried": turn.carried,
        "overtaken": turn.overtaken,
    }
    return render(request, "kiosk/fill_section.html", about, status=turn.status)


def _ending(request: AtCentre, service: catalogue.ServiceView) -> catalogue.Ending | None:
    """How a service was or will be withdrawn at this centre; None where it goes on."""
    return catalogue.ending_of(service.id, on=today(), centre=request.centre)


urlpatterns = [
    path("<slug:centre>/fill/<slug:service>/", begin, name="fill"),
    path("<slug:centre>/fill/<slug:service>/code/", code, name="fill_code"),
    path("<slug:centre>/fill/<slug:service>/<slug:section>/", section, name="fill_section"),
]
