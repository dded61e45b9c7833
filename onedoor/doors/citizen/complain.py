"""Complaining about a centre: what happened, where, how to reach whoever wants an answer; following it by number and code."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.cases import api as cases
from onedoor.domain.centres.api import centre, centre_by_code, centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import sort_key, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: Request) -> HttpResponse:
    """The form; sending it twice makes one complaint."""
    if request.method != "POST":
        return _ask(request, centre=request.GET.get("centre", ""))
    given = {
        name: request.POST.get(name, "").replace("\x00", "")
        for name in ("centre", "topic", "text", "contact")
    }
    try:
        if not given["centre"]:
            raise Invalid(_("Choose the centre."), field="centre")
        made = voice.complain(
            by=Actor.public(),
            at=now(),
            centre=centre_by_code(given["centre"]).id,
            topic=given["topic"],
            text=given["text"],
            contact=given["contact"],
            id=_id(request.POST.get("id", "")),
            within=_term(),
        )
    except Invalid as fault:
        return _ask(request, fault=(fault.field, fault.message), status=fault.status, **given)
    except DomainError as fault:
        return _ask(request, fault=("centre", fault.message), status=fault.status, **given)
    held = {"complaint": made, "days": _term(), "code": voice.complaint_code(made.id)}
    response = render(request, "citizen/complained.html", held)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: Request) -> HttpResponse:
    """Ask for number and code; show what was complained about, by when an answer is owed, and the answer."""
    number = request.POST.get("number", "")[:60]
    if request.method != "POST":
        return render(request, "citizen/complaint_ask.html", {"number": number, "errors": []})
    at = now()
    try:
        held = voice.follow_complaint(
            number=number,
            code=request.POST.get("code", "")[:60],
            address=request.META.get("REMOTE_ADDR", ""),
            at=at,
        )
    except cases.WaitBeforeTrying as fault:
        about = {"number": number, "errors": [("", fault.message)], "until": fault.until}
        response = render(request, "citizen/complaint_ask.html", about, status=fault.status)
        response.headers["Retry-After"] = str(max(1, int((fault.until - at).total_seconds())))
        return response
    except cases.NumberOrCodeIsWrong as fault:
        about = {"number": number, "errors": [("id_code", fault.message)]}
        return render(request, "citizen/complaint_ask.html", about, status=fault.status)
    shown = {
        "complaint": held,
        "topic": voice.TOPIC_WORDS.get(held.topic, held.topic),
        "centre": centre(held.centre_id),
        "late": held.answered_at is None and at.astimezone(ZONE).date() > held.due_on,
    }
    response = render(request, "citizen/complaint.html", shown)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _term() -> int:
    """Within how many working days an answer is owed: the network's standard, where it has one."""
    held = monitoring.standards().get("complaint")
    return held.limit if held is not None else voice.ANSWER_WITHIN


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


def _ask(
    request: Request, *, status: int = 200, fault: tuple[str, Any] | None = None, **given: str
) -> HttpResponse:
    places = sorted(((view.code, text(view.name)) for view in centres()), key=lambda pair: sort_key(pair[1]))
    field, sentence = fault or ("", "")
    anchor = "id_topic_waiting" if field == "topic" else f"id_{field}"
    held = {
        "given": given,
        "faults": [(anchor, sentence)] if fault else [],
        "bad": {field: sentence},
        "places": [("", "—"), *places],
        "topics": voice.TOPIC_WORDS.items(),
        "id": new_id(),
    }
    return render(request, "citizen/complain.html", held, status=status)


urlpatterns = [
    path("complain/", complain, name="complain"),
    path("complain/follow/", complaint, name="complaint"),
]
