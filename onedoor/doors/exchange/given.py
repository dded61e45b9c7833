"""How open data is given: to anybody, within the limits, with an ETag; only read; refusals as everywhere at this door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from onedoor.doors.exchange import limits, problems
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import public
from onedoor.ui.buckets import Taken
from onedoor.ui.request import Request

FRESH = "public, max-age=300"


def given(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The frame of a view of open data: counted, read only, its refusals as problem documents."""

    @wraps(view)
    def framed(request: Request, **named: Any) -> HttpResponse:
        bucket, taken = limits.take(request)
        response = _answer(request, view, taken, named)
        limits.say(response, bucket, taken)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    framed.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written here
    return public(framed)


def _answer(
    request: Request, view: Callable[..., HttpResponse], taken: Taken, named: dict[str, Any]
) -> HttpResponse:
    if not taken.allowed:
        return limits.too_often(taken, code="too_many_requests", detail=_("Wait before asking again."))
    if request.method not in ("GET", "HEAD"):
        refusal = problems.problem(405, code="method_not_offered")
        refusal["Allow"] = "GET, HEAD"
        return refusal
    try:
        return view(request, **named)
    except DomainError as fault:
        field = fault.field if isinstance(fault, Invalid) else ""
        return problems.problem(fault.status, code=fault.code, detail=str(fault), field=field)


def text(request: Request, body: bytes, *, kind: str, vary: str = "") -> HttpResponse:
    """A text with its ETag, or 304 where the reader has it."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    has_it = tag in [one.removeprefix("W/") for one in asked] or "*" in asked
    response: HttpResponse = HttpResponseNotModified() if has_it else HttpResponse(body, content_type=kind)
    response["ETag"] = tag
    response["Cache-Control"] = FRESH
    if vary:
        patch_vary_headers(response, [vary])
    return response
