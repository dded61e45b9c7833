"""Refusals as pages for people and as problem+json (RFC 9457) for machines."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.kernel.errors import DomainError, Invalid

HEADINGS = {
    400: gettext_lazy("We could not read that"),
    401: gettext_lazy("Please log in"),
    403: gettext_lazy("You are not permitted to do this"),
    404: gettext_lazy("We could not find this page"),
    409: gettext_lazy("Somebody was faster"),
    413: gettext_lazy("We could not read that"),
    422: gettext_lazy("Something does not fit"),
    429: gettext_lazy("Too many tries"),
    507: gettext_lazy("There is no room left"),
}
WAYS = {
    401: gettext_lazy("Log in and try again."),
    403: gettext_lazy("If you need this for your work, ask the head of your centre or office."),
    404: gettext_lazy("Check the address, or search for the service from the first page."),
    409: gettext_lazy("Go back, reload the page and look at the present state."),
    413: gettext_lazy("Go back, check what you entered and send it again."),
    422: gettext_lazy("Go back and correct it."),
    429: gettext_lazy("Wait a little and try again."),
    507: gettext_lazy(
        "Tell the person who looks after the computers here. Your work can go on paper meanwhile."
    ),
}


def wants_json(request: HttpRequest) -> bool:
    """Whether a machine asks."""
    if request.path.startswith("/api/") or "Authorization" in request.headers:
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def refuse(
    request: HttpRequest, status: int, *, code: str = "", message: Any = "", field: str = ""
) -> HttpResponse:
    """A refusal in the form that the asker understands: problem+json, a fragment for htmx, or a page."""
    heading = HEADINGS.get(status) or gettext_lazy("This could not be done")
    if wants_json(request):
        return problem(
            status, code=code or f"status_{status}", title=str(heading), detail=str(message), field=field
        )
    text = str(message or heading)
    if request.headers.get("HX-Request"):
        body = render_to_string("ui/components/notice.html", {"kind": "bad", "text": text, "role": "alert"})
        return HttpResponse(body, status=status)
    context = {
        "heading": heading,
        "happened": text,
        "todo": WAYS.get(status, ""),
        "kept": _("Nothing was changed."),
    }
    return render(request, "ui/error.html", context, status=status)


def answer(request: HttpRequest, fault: DomainError) -> HttpResponse:
    """The refusal that a sentence of the domain asks for."""
    field = fault.field if isinstance(fault, Invalid) else ""
    return refuse(request, fault.status, code=fault.code, message=fault.message, field=field)


def problem(status: int, *, code: str, title: str, detail: str = "", field: str = "") -> HttpResponse:
    """A problem document; ``type`` is a stable word, no address."""
    held = {"type": f"urn:onedoor:problem:{code}", "title": title, "status": status, "code": code}
    if detail:
        held["detail"] = detail
    if field:
        held["field"] = field
    return HttpResponse(orjson.dumps(held), status=status, content_type="application/problem+json")


def not_read(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers what cannot be read (400, or 413). Django's own page reads the form again, which is what failed."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return refuse(
            request, 413, code="too_large", message=_("What was sent is larger than any form here.")
        )
    return _plain(request, 400, "400.html")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers an unknown address (404), also when a form that cannot be read was sent there."""
    return _plain(request, 404, "404.html")


def _plain(request: HttpRequest, status: int, template: str) -> HttpResponse:
    if wants_json(request) or request.headers.get("HX-Request"):
        return refuse(request, status)
    return render(request, template, status=status)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answers allauth's limits (429)."""
    return refuse(request, 429, code="too_many_tries", message=_("Too many tries in a short time."))
