"""The telephone: what a caller needs is found, told and filled in with her; she comes with the code, or goes on by herself."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import needs
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import AtCentre

CODE = KeptCode("onedoor_call", path="/desk/")
View = Callable[..., HttpResponse]


def on_the_line(view: View) -> View:
    """Hand the view what is being filled in with the caller; where nothing is, the list of services."""

    @wraps(view)
    def shown(request: AtCentre, centre: str, **rest: str) -> HttpResponse:
        try:
            held = cases.filling(code=CODE.of(request), today=today())
        except cases.NothingPrepared:
            return redirect("desk:calls", centre=centre)
        return view(request, centre, held, **rest)

    return shown


@needs("cases.prepare")
@never_cache
@require_safe
def calls(request: AtCentre, centre: str) -> HttpResponse:
    """What the caller needs, in her words; a press begins her application."""
    asked = request.GET.get("q", "")[:120]
    found = (
        [hit.service for hit in catalogue.search(asked, centre=request.centre)]
        if asked
        else catalogue.services()
    )
    about = {
        **_frame(request, centre),
        "q": asked,
        "services": [each for each in found if each.form],
        "begun": bool(CODE.of(request)),
    }
    return render(request, "desk/calls.html", about)


@needs("cases.prepare")
@require_POST
def begin(request: AtCentre, centre: str, service: str) -> HttpResponse:
    """Begin an application with a caller; one at a time at a screen."""
    wanted = catalogue.service(service)
    if not wanted.form:
        raise Missing()
    begun = cases.begin_preparation(
        by=request.actor, at=now(), service=wanted.id, channel="phone", unit=request.centre
    )
    first = cases.filling(code=begun.code, today=today()).first
    return CODE.keep(redirect("desk:call_section", centre=centre, section=first), begun.code, request=request)


@needs("cases.prepare")
@never_cache
@require_safe
@on_the_line
def section(request: AtCentre, centre: str, held: cases.Filling, section: str) -> HttpResponse:
    """One page of questions, read to the caller."""
    return _page(request, centre, held, held.open(section))


@needs("cases.prepare")
@require_POST
@on_the_line
def keep(request: AtCentre, centre: str, held: cases.Filling, section: str) -> HttpResponse:
    """Keep what she said, right or wrong, and go on."""
    data = held.read(section, request.POST)
    if overtaken := held.overtaken(section, request.POST, data):
        return _page(request, centre, held, overtaken)
    saved = cases.save_preparation(
        by=request.actor, at=now(), code=CODE.of(request), data=data, version=held.prepared.version
    )
    turn = held.turn(section, request.POST, saved)
    if turn.page:
        return _page(request, centre, held, turn)
    if turn.goes:
        return redirect("desk:call_section", centre=centre, section=turn.goes)
    return redirect("desk:call_code", centre=centre)


@needs("cases.prepare")
@never_cache
@require_safe
@on_the_line
def code(request: AtCentre, centre: str, held: cases.Filling) -> HttpResponse:
    """The code, letter by letter to be read out; what to bring and what it will cost."""
    about = {
        **_frame(request, centre),
        "held": held,
        "ending": _ending(request, held.service),
        "code": CODE.of(request),
        "spelled": CODE.of(request).replace("-", ""),
        "whole": not held.faults,
    }
    return render(request, "desk/call_code.html", about)


@needs("cases.prepare")
@require_POST
def over(request: AtCentre, centre: str) -> HttpResponse:
    """The call is over: this screen forgets it. What was said waits under its code."""
    return CODE.forget(redirect("desk:calls", centre=centre))


def _page(request: AtCentre, centre: str, held: cases.Filling, turn: cases.Turn) -> HttpResponse:
    about = {
        **_frame(request, centre),
        "held": held,
        "ending": _ending(request, held.service),
        "page": turn.page,
        "carried": turn.carried,
        "overtaken": turn.overtaken,
    }
    return render(request, "desk/call_section.html", about, status=turn.status)


def _ending(request: AtCentre, service: catalogue.ServiceView) -> catalogue.Ending | None:
    """How a service was or will be withdrawn at this centre; None where it goes on."""
    return catalogue.ending_of(service.id, on=today(), centre=request.centre)


def _frame(request: AtCentre, centre: str) -> dict[str, Any]:
    return {"centre": centre, "view": centres.centre(request.centre)}


CALLS = "<slug:centre>/calls/"
urlpatterns = [
    path(CALLS, calls, name="calls"),
    path(f"{CALLS}begin/<slug:service>/", begin, name="call_begin"),
    path(f"{CALLS}code/", code, name="call_code"),
    path(f"{CALLS}over/", over, name="call_over"),
    path(f"{CALLS}pages/<slug:section>/", section, name="call_section"),
    path(f"{CALLS}pages/<slug:section>/keep/", keep, name="call_keep"),
]
