"""The first page and search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import units
from onedoor.domain.catalogue.api import ServiceView, life_events
from onedoor.domain.catalogue.api import search as find
from onedoor.domain.centres.api import OfferDays, UnknownCentre, centre_by_code
from onedoor.doors.citizen.halls import NEAR, Hall, hall_seen
from onedoor.doors.citizen.words import Said, duration_said, fee_said
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

RESULTS = 10
LONGEST = 120
ICONS = {
    "birth": "birth",
    "marriage": "ring",
    "divorce": "apart",
    "loss": "flower",
    "moving": "boxes",
    "land": "land",
    "building": "bricks",
    "business": "shop",
    "vehicle": "car",
    "travel": "travel",
    "age": "old",
}


@public
@require_safe
def home(request: Request) -> HttpResponse:
    """What do you need? Search, life events, the centre that was looked at last."""
    moments = life_events()
    listed = [event for event in moments if event.services] or moments
    events = [(event, ICONS.get(event.code, "paper")) for event in listed]
    about = {"events": events, "near": near(request), "provinces": provinces()}
    return render(request, "citizen/home.html", about)


@public
@require_safe
def search(request: Request) -> HttpResponse:
    """Services for what was typed."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    found = [card(hit.service) for hit in find(asked, limit=RESULTS)] if asked else []
    return render(request, "citizen/search.html", {"asked": asked, "found": found})


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
        return hall_seen(centre_by_code(code), at=now())
    except UnknownCentre:
        return None
