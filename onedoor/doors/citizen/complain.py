"""Complaining about a centre: what happened, where, and how to reach whoever wants an answer. Gives a number."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.centres.api import centre_by_code, centres
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import sort_key, text
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request

TOPICS = {
    "waiting": gettext_lazy("I waited too long"),
    "conduct": gettext_lazy("How I was treated"),
    "money": gettext_lazy("I was asked for money that is not owed"),
    "information": gettext_lazy("Wrong or missing information"),
    "result": gettext_lazy("The result of my application"),
    "building": gettext_lazy("The building or its equipment"),
    "other": gettext_lazy("Something else"),
}


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
        )
    except Invalid as fault:
        return _ask(request, fault=(fault.field, fault.message), status=fault.status, **given)
    except DomainError as fault:
        return _ask(request, fault=("centre", fault.message), status=fault.status, **given)
    return render(request, "citizen/complained.html", {"complaint": made, "days": voice.ANSWER_WITHIN})


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
        "topics": TOPICS.items(),
        "id": new_id(),
    }
    return render(request, "citizen/complain.html", held, status=status)


urlpatterns = [path("complain/", complain, name="complain")]
