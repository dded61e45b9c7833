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
from onedoor.ui.request import Request

COOKIE = "onedoor_prepared"
View = Callable[..., HttpResponse]


def with_code(view: View) -> View:
    """Hand the view what this browser's code opens; who has none for this service is led to the beginning."""

    @wraps(view)
    def shown(request: Request, code: str, **rest: str) -> HttpResponse:
        try:
            held = _filling(request)
        except cases.NothingPrepared:
            return redirect("citizen:apply", code=code)
        if held.service.code != code:
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
        about = {"service": service, "begun": _begun(request, service), "days": cases.PREPARED_WAITS.days}
        return render(request, "citizen/apply.html", about)
    begun = cases.begin_preparation(
        by=Actor.public(),
        at=now(),
        service=service.id,
        channel="portal",
        address=request.META.get("REMOTE_ADDR", ""),
    )
    first = cases.Filling(prepared=cases.preparation(code=begun.code, today=today()), today=today()).first
    return _keeping(redirect("citizen:apply_section", code=code, section=first), begun.code, request)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_code
def section(request: Request, held: cases.Filling, section: str) -> HttpResponse:
    """One page of the application; what was said is kept at each press, right or wrong."""
    code = held.service.code
    if request.method != "POST":
        return _page(request, held, held.page(section))
    data = held.read(section, request.POST)
    more = request.POST.get("_add", "")
    saved = cases.save_preparation(by=Actor.public(), at=now(), code=_code(request), data=data)
    held = cases.Filling(prepared=saved, today=held.today)
    if cases.wants_again(request.POST):
        return _page(request, held, held.page(section, more=more))
    page = held.page(section)
    if "_back" in request.POST:
        return redirect("citizen:apply_section", code=code, section=page.before or held.first)
    if faults := held.faults_on(section, saved.data):
        return _page(request, held, held.page(section, faults=faults), status=422)
    if page.after:
        return redirect("citizen:apply_section", code=code, section=page.after)
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
        "code": _code(request),
        "qr": segno.make(_code(request), error="m").svg_data_uri(border=2, scale=6),
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
    return _keeping(redirect("citizen:apply_check", code=service.code), code, request)


@public
@require_POST
@with_code
def forget(request: Request, held: cases.Filling) -> HttpResponse:
    """Let go of everything that was said; this browser forgets the code."""
    cases.forget_preparation(by=Actor.public(), at=now(), code=_code(request))
    response = redirect("citizen:service", code=held.service.code)
    response.delete_cookie(COOKIE)
    return response


def _page(
    request: Request, held: cases.Filling, page: cases.FillingPage, *, status: int = 200
) -> HttpResponse:
    about = {"service": held.service, "page": page, "parts": page.parts, "upgraded": held.prepared.upgraded}
    return render(request, "citizen/apply_section.html", about, status=status)


def _begun(request: Request, service: catalogue.ServiceView) -> bool:
    """Whether this browser has begun an application to this service."""
    try:
        return _filling(request).service.code == service.code
    except cases.NothingPrepared:
        return False


def _filling(request: Request) -> cases.Filling:
    day = today()
    return cases.Filling(prepared=cases.preparation(code=_code(request), today=day), today=day)


def _code(request: Request) -> str:
    """The code that this browser holds; a cookie that somebody wrote herself is none."""
    return request.get_signed_cookie(COOKIE, default="") or ""


def _keeping(response: HttpResponse, code: str, request: Request) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, code, httponly=True, samesite="Lax", secure=request.is_secure(), path="/"
    )
    return response


urlpatterns = [
    path("prepared/", resume, name="prepared"),
    path("services/<slug:code>/apply/", apply, name="apply"),
    path("services/<slug:code>/apply/check/", check, name="apply_check"),
    path("services/<slug:code>/apply/forget/", forget, name="apply_forget"),
    path("services/<slug:code>/apply/<slug:section>/", section, name="apply_section"),
]
