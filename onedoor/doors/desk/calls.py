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
from onedoor.ui.request import AtCentre

COOKIE = "onedoor_call"
View = Callable[..., HttpResponse]


def on_the_line(view: View) -> View:
    """Hand the view what is being filled in with the caller; where nothing is, the list of services."""

    @wraps(view)
    def shown(request: AtCentre, centre: str, **rest: str) -> HttpResponse:
        day = today()
        try:
            held = cases.Filling(prepared=cases.preparation(code=_code(request), today=day), today=day)
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
    found = [hit.service for hit in catalogue.search(asked, centre=request.centre)] if asked else catalogue.services()
    about = {
        **_frame(request, centre),
        "q": asked,
        "services": [each for each in found if each.form],
        "begun": bool(_code(request)),
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
    day = today()
    first = cases.Filling(prepared=cases.preparation(code=begun.code, today=day), today=day).first
    response = redirect("desk:call_section", centre=centre, section=first)
    response.set_signed_cookie(
        COOKIE, begun.code, httponly=True, samesite="Lax", secure=request.is_secure(), path="/desk/"
    )
    return response


@needs("cases.prepare")
@never_cache
@require_safe
@on_the_line
def section(request: AtCentre, centre: str, held: cases.Filling, section: str) -> HttpResponse:
    """One page of questions, read to the caller."""
    return _page(request, centre, held, held.page(section))


@needs("cases.prepare")
@require_POST
@on_the_line
def keep(request: AtCentre, centre: str, held: cases.Filling, section: str) -> HttpResponse:
    """Keep what she said, right or wrong, and go on."""
    data = held.read(section, request.POST)
    saved = cases.save_preparation(by=request.actor, at=now(), code=_code(request), data=data)
    held = cases.Filling(prepared=saved, today=held.today)
    if cases.wants_again(request.POST):
        return _page(request, centre, held, held.page(section, more=request.POST.get("_add", "")))
    page = held.page(section)
    if "_back" in request.POST:
        return redirect("desk:call_section", centre=centre, section=page.before or held.first)
    if faults := held.faults_on(section, saved.data):
        return _page(request, centre, held, held.page(section, faults=faults), status=422)
    if page.after:
        return redirect("desk:call_section", centre=centre, section=page.after)
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
        "code": _code(request),
        "spelled": _code(request).replace("-", ""),
        "whole": not held.faults,
    }
    return render(request, "desk/call_code.html", about)


@needs("cases.prepare")
@require_POST
def over(request: AtCentre, centre: str) -> HttpResponse:
    """The call is over: this screen forgets it. What was said waits under its code."""
    response = redirect("desk:calls", centre=centre)
    response.delete_cookie(COOKIE, path="/desk/")
    return response


def _page(
    request: AtCentre, centre: str, held: cases.Filling, page: cases.FillingPage, *, status: int = 200
) -> HttpResponse:
    about = {**_frame(request, centre), "held": held, "page": page, "parts": page.parts}
    return render(request, "desk/call_section.html", about, status=status)


def _frame(request: AtCentre, centre: str) -> dict[str, Any]:
    return {"centre": centre, "view": centres.centre(request.centre)}


def _code(request: AtCentre) -> str:
    return request.get_signed_cookie(COOKIE, default="") or ""


CALLS = "<slug:centre>/calls/"
urlpatterns = [
    path(CALLS, calls, name="calls"),
    path(f"{CALLS}begin/<slug:service>/", begin, name="call_begin"),
    path(f"{CALLS}code/", code, name="call_code"),
    path(f"{CALLS}over/", over, name="call_over"),
    path(f"{CALLS}pages/<slug:section>/", section, name="call_section"),
    path(f"{CALLS}pages/<slug:section>/keep/", keep, name="call_keep"),
]
