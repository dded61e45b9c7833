"""The application filled in at home, page by page; its code stands in a cookie of the open browser, never in an address."""

from collections.abc import Callable
from functools import wraps

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.citizen.words import duration_said, fee_said, quote_said
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import Actor, public
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import Request

CODE = KeptCode("onedoor_prepared")
View = Callable[..., HttpResponse]


def with_code(view: View) -> View:
    """Hand the view what this browser's code opens; who has none for this service is led to the beginning."""

    @wraps(view)
    def shown(request: Request, code: str, **rest: str) -> HttpResponse:
        try:
            held = cases.filling(code=CODE.of(request), today=today(), service=code)
        except cases.NothingPrepared:
            return redirect("citizen:apply", code=code)
        return view(request, held, **rest)

    return shown


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request, code: str) -> HttpResponse:
    """What filling in at home means; a press begins, or goes on with what this browser began."""
    service = catalogue.service(code)
    if not service.form:
        raise Missing()
    if request.method != "POST":
        return _first(request, service)
    try:
        begun = cases.begin_preparation(
            by=Actor.public(),
            at=now(),
            service=service.id,
            channel="portal",
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except catalogue.NotInForce as fault:
        return _first(request, service, status=fault.status)
    first = cases.filling(code=begun.code, today=today()).first
    return CODE.keep(redirect("citizen:apply_section", code=code, section=first), begun.code, request=request)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_code
def section(request: Request, held: cases.Filling, section: str) -> HttpResponse:
    """One page of the application; what was said is kept at each press, right or wrong."""
    code = held.service.code
    if request.method != "POST":
        return _page(request, held, held.open(section))
    data = held.read(section, request.POST)
    if overtaken := held.overtaken(section, request.POST, data):
        return _page(request, held, overtaken)
    saved = cases.save_preparation(
        by=Actor.public(), at=now(), code=CODE.of(request), data=data, version=held.prepared.version
    )
    turn = held.turn(section, request.POST, saved)
    if turn.page:
        return _page(request, held, turn)
    if turn.goes:
        return redirect("citizen:apply_section", code=code, section=turn.goes)
    return redirect("citizen:apply_check", code=code)


@public
@never_cache
@require_safe
@with_code
def check(request: Request, held: cases.Filling) -> HttpResponse:
    """Everything once more: what is done, what is missing, what to bring, the code to come with."""
    address = f"{settings.PUBLIC_ADDRESS}/prepared/"
    about = {
        "held": held,
        "ending": _ending(held.service),
        "code": CODE.of(request),
        "qr": segno.make(CODE.of(request), error="m").svg_data_uri(border=2, scale=6),
        "address": address,
        "whole": not held.faults,
        "quote": quote_said(held.quote) if held.quote else None,
        "fee": fee_said(held.service.fee_on(held.today)),
        "duration": duration_said(held.service.duration),
    }
    return render(request, "citizen/apply_check.html", about)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: Request) -> HttpResponse:
    """Go on with what was prepared, by its code: here, or on another telephone."""
    if request.method != "POST":
        return render(request, "citizen/prepared_ask.html", {"errors": []})
    code = request.POST.get("code", "")[:60]
    try:
        found = cases.open_preparation(code=code, address=request.META.get("REMOTE_ADDR", ""), at=now())
    except cases.WaitBeforeTrying as fault:
        about = {"errors": [("", fault.message)], "until": fault.until}
        response = render(request, "citizen/prepared_ask.html", about, status=fault.status)
        response.headers["Retry-After"] = str(max(1, int((fault.until - now()).total_seconds())))
        return response
    except cases.CodeIsWrong as fault:
        about = {"errors": [("id_code", fault.message)]}
        return render(request, "citizen/prepared_ask.html", about, status=fault.status)
    service = catalogue.service_version(found.edition)
    return CODE.keep(redirect("citizen:apply_check", code=service.code), code, request=request)


@public
@require_POST
@with_code
def forget(request: Request, held: cases.Filling) -> HttpResponse:
    """Let go of everything that was said; this browser forgets the code."""
    cases.forget_preparation(by=Actor.public(), at=now(), code=CODE.of(request))
    return CODE.forget(redirect("citizen:service", code=held.service.code))


def _first(request: Request, service: catalogue.ServiceView, *, status: int = 200) -> HttpResponse:
    about = {
        "service": service,
        "begun": _begun(request, service),
        "days": cases.PREPARED_WAITS.days,
        "ending": _ending(service),
    }
    return render(request, "citizen/apply.html", about, status=status)


def _ending(service: catalogue.ServiceView) -> catalogue.Ending | None:
    """How a service was or will be withdrawn; None where it goes on."""
    return catalogue.ending_of(service.id, on=today())


def _page(request: Request, held: cases.Filling, turn: cases.Turn) -> HttpResponse:
    about = {"held": held, "page": turn.page, "carried": turn.carried, "overtaken": turn.overtaken}
    return render(request, "citizen/apply_section.html", about, status=turn.status)


def _begun(request: Request, service: catalogue.ServiceView) -> bool:
    """Whether this browser has begun an application to this service."""
    try:
        cases.filling(code=CODE.of(request), today=today(), service=service.code)
    except cases.NothingPrepared:
        return False
    return True


urlpatterns = [
    path("prepared/", resume, name="prepared"),
    path("services/<slug:code>/apply/", apply, name="apply"),
    path("services/<slug:code>/apply/check/", check, name="apply_check"),
    path("services/<slug:code>/apply/forget/", forget, name="apply_forget"),
    path("services/<slug:code>/apply/<slug:section>/", section, name="apply_section"),
]
