"""Refusals as problem documents (RFC 9457), also for what never reached an action."""

import logging
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, DomainError, Invalid, race_lost

log = logging.getLogger("onedoor.exchange")
TITLES = {
    400: "The request could not be read",
    403: "Not permitted",
    404: "Not found",
    401: "A token is needed",
    405: "This method is not offered here",
    409: "The state does not allow it",
    413: "The request is too large",
    415: "This kind of content is not read here",
    422: "A value is not valid",
    429: "Too many requests",
    500: "Something went wrong here",
    503: "This cannot be done now",
    507: "There is no room left",
}


def problem(status: int, *, code: str, detail: str = "", field: str = "", fields: Any = None) -> HttpResponse:
    """One refusal; ``code`` is stable for programs, ``detail`` is for people."""
    held: dict[str, Any] = {
        "type": f"urn:onedoor:problem:{code}",
        "title": TITLES.get(status, "This could not be done"),
        "status": status,
        "code": code,
    }
    held.update(
        {name: value for name, value in (("detail", detail), ("field", field), ("fields", fields)) if value}
    )
    return HttpResponse(orjson.dumps(held), status=status, content_type="application/problem+json")


def _wait(fault: DomainError) -> int:
    """The seconds after which a guess is looked at again."""
    until = fault.about.get("until")
    seconds = (until - now()).total_seconds() if until else float(fault.about.get("wait", 1))
    return max(1, int(seconds) + 1)


def install(api: NinjaAPI) -> None:
    """Let the api answer every refusal in this form."""

    @api.exception_handler(DomainError)
    def of_the_domain(request: HttpRequest, fault: DomainError) -> HttpResponse:
        field = fault.field if isinstance(fault, Invalid) else ""
        refusal = problem(fault.status, code=fault.code, detail=str(fault), field=field)
        if fault.status == 429:
            refusal["Retry-After"] = str(_wait(fault))
        return refusal

    @api.exception_handler(ValidationError)
    def of_a_value(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        fields = [
            {"field": ".".join(str(part) for part in one.get("loc", ())[1:]), "reason": one.get("msg", "")}
            for one in fault.errors
        ]
        return problem(422, code="invalid", fields=fields)

    @api.exception_handler(HttpError)
    def of_the_protocol(request: HttpRequest, fault: HttpError) -> HttpResponse:
        return problem(fault.status_code, code=f"status_{fault.status_code}", detail=str(fault))

    @api.exception_handler(RequestDataTooBig)
    def of_the_size(request: HttpRequest, fault: RequestDataTooBig) -> HttpResponse:
        return problem(413, code="too_large")

    @api.exception_handler(Exception)
    def of_the_server(request: HttpRequest, fault: Exception) -> HttpResponse:
        if lost := race_lost(fault):
            log.warning("race lost: %s", lost, exc_info=fault)
            return of_the_domain(request, Conflict())
        log.error("fault", exc_info=fault)
        return problem(500, code="fault", detail=_("This is our fault; it has been noted."))

    @api.exception_handler(Http404)
    def of_the_address(request: HttpRequest, fault: Http404) -> HttpResponse:
        return problem(404, code="missing")
