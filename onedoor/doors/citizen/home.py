"""The first page, search and life events."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import units
from onedoor.domain.catalogue.api import ServiceView, life_events
from onedoor.domain.catalogue.api import search as find
from onedoor.domain.catalogue.api import services as all_services
from onedoor.domain.centres.api import OfferDays, UnknownCentre, centre_by_code
from onedoor.doors.citizen.halls import NEAR, Hall, halls_of
from onedoor.doors.citizen.words import Said, duration_said, fee_said
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

RESULTS = 10
LONGEST = 120
ICONS = {
    "birth": "birth",
    "education": "school",
    "family": "ring",
    "work": "work",
    "business": "shop",
    "home": "house",
    "travel": "car",
    "loss": "flower",
}


@public
@require_safe
def home(request: Request) -> HttpResponse:
    """What do you need? Search, life events, the centre that was looked at last."""
    events = [(event, ICONS.get(event.code, "paper")) for event in life_events()]
    about = {"events": events, "near": near(request), "provinces": provinces()}
    return render(request, "citizen/home.html", about)


@public
@require_safe
def search(request: Request) -> HttpResponse:
    """Services for what was typed."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    found = [card(hit.service) for hit in find(asked, limit=RESULTS)] if asked else []
    return render(request, "citizen/search.html", {"asked": asked, "found": found})


@public
@require_safe
def life_event(request: Request, code: str) -> HttpResponse:
    """Services for a moment of life."""
    event = next((one for one in life_events() if one.code == code), None)
    if event is None:
        raise Http404
    found = [card(service) for service in all_services(life_event=code)]
    icon = ICONS.get(code, "paper")
    return render(request, "citizen/life_event.html", {"event": event, "found": found, "icon": icon})


def card(
    service: ServiceView, days: OfferDays | None = None
) -> tuple[ServiceView, Said, Said, OfferDays | None]:
    """A service in a list: itself, its fee and its time in words, and when a centre offers it."""
    return service, fee_said(service.fee), duration_said(service.duration), days


def provinces() -> list[tuple[str, str]]:
    """Code and name of every province, in the official order."""
    return [(unit.code, text(unit.name)) for unit in units(kind="province")]


def near(request: Request) -> Hall | None:
    """The centre that this browser looked at last, with its hall now."""
    code = request.COOKIES.get(NEAR, "")
    if not code:
        return None
    try:
        return halls_of([centre_by_code(code)], at=now())[0]
    except UnknownCentre:
        return None
