"""The addresses of version 1 with the permission that each method asks for, and what is refused before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext as _

from onedoor.doors.exchange import limits, problems
from onedoor.doors.exchange.v1.base import api
from onedoor.kernel.scope import permission_of
from onedoor.ui.buckets import Taken
from onedoor.ui.request import Request

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LARGEST = 64 * 1024  # bytes of a request that is no file
JSON = frozenset({"application/json"})


def addresses() -> list[URLPattern]:
    """The routes, each with the permission that each method asks for."""
    found = []
    for bound in api._get_bound_routers():
        for address, held in bound.path_operations.items():
            offered = {method: one for one in held.operations for method in one.methods}
            view = _careful(held.get_view(), {method: one.view_func for method, one in offered.items()})
            # A method that is not offered asks for what the address asks for, and is then refused with 405.
            asked = dict.fromkeys(METHODS, permission_of(held.operations[0].view_func))
            asked |= {method: permission_of(one.view_func) for method, one in offered.items()}
            view.permission = asked  # type: ignore[attr-defined]
            found.append(path(_route(address), view, name=held.operations[0].operation_id))
    return found


def _careful(view: Callable[..., Any], offered: dict[str, Callable[..., Any]]) -> Callable[..., Any]:
    """Count the request; refuse what comes too often, another method, what is too large, and what is not read here."""
    allowed = sorted({*offered, *(["HEAD"] if "GET" in offered else [])})
    reads = {method: getattr(one, "takes", (JSON, LARGEST)) for method, one in offered.items()}
    proof = any(getattr(one, "proof", False) for one in offered.values())

    def guarded(request: Request, **named: Any) -> Any:
        bucket, taken = limits.take(request, proof=proof)
        english = request.headers.get("Accept-Language", "").startswith("en")
        if english:
            translation.activate("en")
        if request.method == "HEAD" and "GET" in offered:
            request.method = "GET"  # as ninja knows it; the server leaves the body away
            response = _refused(request, taken) or view(request, **named)
            request.method = "HEAD"
        else:
            response = _refused(request, taken) or view(request, **named)
        limits.say(response, bucket, taken)
        if english:
            response["Content-Language"] = "en"
        return response

    def _refused(request: Request, taken: Taken) -> HttpResponse | None:
        if not taken.allowed:
            return limits.too_often(taken, code="too_many_requests", detail=_("Wait before asking again."))
        if request.method not in offered:
            refusal = problems.problem(405, code="method_not_offered")
            refusal["Allow"] = ", ".join(allowed)
            return refusal
        if "%00" in request.META.get(
            "QUERY_STRING", ""
        ):  # no text of ours has this sign, no question can hold it
            said = _("A value holds a sign that is no text.")
            return problems.problem(400, code="not_readable", detail=said)
        kinds, most = reads[request.method]
        length = request.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > most:
            said = _("A request has at most %(most)d KiB here.") % {"most": most // 1024}
            return problems.problem(413, code="too_large", detail=said)
        if length != "0" and request.content_type not in kinds:
            said = _("Send %(kinds)s.") % {"kinds": ", ".join(sorted(kinds))}
            return problems.problem(415, code="not_read_here", detail=said)
        return None

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # tokens only: the guard takes no session here
    return guarded


def _route(address: str) -> str:
    return address.lstrip("/").replace("{", "<").replace("}", ">")
