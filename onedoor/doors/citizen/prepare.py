"""Before the visit: a few questions tell what to bring and the likely fee; the form to look at or to print. Nothing is kept."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.citizen.halls import days_at
from onedoor.doors.citizen.home import near, provinces
from onedoor.doors.citizen.identity import identity_said
from onedoor.doors.citizen.words import duration_said, fee_said, quote_said
from onedoor.kernel.errors import Invalid, Missing
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

BESIDE = frozenset({"csrfmiddlewaretoken", "_again", "_add", "_remove"})
# Choices are shown at once up to this many; more open as a list.
FEW = 7


class NotAsked(Invalid):
    """The page said something that these questions do not ask."""

    status = 400


@public
@require_safe
def form(request: Request, code: str) -> HttpResponse:
    """The whole form as it is asked at the counter, to look at, to fill at home and to print."""
    service = catalogue.service(code)
    if not service.form:
        raise Missing()
    asked = catalogue.form_to_ask(service.version_id)
    parts = catalogue.form_shown(asked, catalogue.Showing(paper=True))
    return render(request, "citizen/form.html", {"service": service, "parts": parts, "paper": True})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: Request, code: str) -> HttpResponse:
    """The questions on which papers and fee depend; once they are answered, what to bring and what it will cost."""
    service = catalogue.service(code)
    asked = _questions(service)
    if asked is None:
        return _told(request, service, {}, ())
    if request.method != "POST":
        return _ask(request, service, asked, {}, {})
    if strange := asked.unknown(name for name in request.POST if name not in BESIDE):
        raise NotAsked(field=strange[0][:200])
    data = asked.read(request.POST)
    if "_again" in request.POST:
        return _ask(request, service, asked, data, {})
    faults = asked.faults(data, today=today(), units=catalogue.known_places())
    if faults:
        return _ask(request, service, asked, data, faults)
    return _told(request, service, data, asked.asked(data))


def _questions(service: catalogue.ServiceView) -> catalogue.Form | None:
    """The questions of the form on which papers, fee, time and who may apply depend; None when there are none."""
    names = catalogue.decisive(service.papers) | catalogue.demanded(service.eligibility)
    names = (names | catalogue.fee_questions(service.fee_on(today())) | {service.duration.by}) - {""}
    if not service.form or not names:
        return None
    return catalogue.form_to_ask(service.version_id).part(names)


def _ask(
    request: Request,
    service: catalogue.ServiceView,
    asked: catalogue.Form,
    data: dict[str, Any],
    faults: dict[str, Any],
) -> HttpResponse:
    showing = catalogue.Showing(data=data, faults=faults, few=FEW)
    about = {
        "service": service,
        "ending": catalogue.ending_of(service.id, on=today()),
        "parts": catalogue.form_shown(asked, showing),
        "errors": catalogue.summary(asked, faults),
    }
    return render(request, "citizen/prepare.html", about, status=422 if faults else 200)


def _told(
    request: Request,
    service: catalogue.ServiceView,
    data: dict[str, Any],
    asked: tuple[catalogue.Question, ...],
) -> HttpResponse:
    quote, here = _quote(service.version_id, data), near(request)
    known = catalogue.answers_known(service.version_id, data)
    about = {
        "service": service,
        "ending": catalogue.ending_of(service.id, on=today()),
        "answers": [
            (question.label, catalogue.KINDS[question.kind].said(question, data[question.name], _place))
            for question in asked
            if question.name in data
        ],
        "may": catalogue.eligibility(service.eligibility, known, today=today()),
        "papers": catalogue.to_bring(service.papers, known),
        "held": [paper for paper in service.papers if paper.form == "held" and catalogue.holds(paper, known)],
        "identity": identity_said(service.identity),
        "quote": quote_said(quote) if quote else None,
        "fee": fee_said(service.fee_on(today())),
        "duration": duration_said(service.duration, data),
        "near": here,
        "days": days_at(here, service) if here else None,
        "provinces": provinces(),
    }
    return render(request, "citizen/prepared.html", about)


def _quote(edition: UUID, data: dict[str, Any]) -> catalogue.Quote | None:
    try:
        return catalogue.quote(service=edition, answers=data, on=today())
    except catalogue.FeeNeedsAnswer:
        return None


def _place(code: str) -> dict[str, str]:
    return {"lo": code}


urlpatterns = [
    path("services/<slug:code>/form/", form, name="service_form"),
    path("services/<slug:code>/prepare/", prepare, name="prepare"),
]
