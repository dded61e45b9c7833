"""The rating tablet at a counter: after each visit five faces, a way to say nothing, and a QR for one's own telephone."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.centres.api import UnknownCounter, centre, counters
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid, Missing
from onedoor.kernel.scope import Actor, needs
from onedoor.ui.request import AtCentre

LOOK_AGAIN = 4  # seconds
FACES = [
    (5, _("Very good"), "face-5"),
    (4, _("Good"), "face-4"),
    (3, _("So-so"), "face-3"),
    (2, _("Bad"), "face-2"),
    (1, _("Very bad"), "face-1"),
]


@needs("voice.ask")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Waits for the end of a visit at this counter and asks; one touch answers. The counter never waits for it."""
    place, here = _here(request, counter)
    held = {"view": place, "counter": here, "code": centre, "again": LOOK_AGAIN, "faces": FACES}
    if request.method == "POST":
        return _answer(request, held)
    token = voice.asked_at(by=request.actor, centre=request.centre, counter=here.id, at=now())
    held["thanked"] = token is None and "thanks" in request.GET
    if token:
        address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}/rate/{token}/"
        held |= {"token": token, "qr": segno.make(address, error="m", micro=False).svg_data_uri(border=2)}
    return render(request, "kiosk/rate.html", held)


def _answer(request: AtCentre, held: dict[str, Any]) -> HttpResponse:
    token, at = request.POST.get("token", ""), now()
    try:
        if "decline" in request.POST:
            voice.decline(by=Actor.public(), at=at, token=token, channel="tablet")
        else:
            score = request.POST.get("score", "")
            voice.rate(by=Actor.public(), at=at, token=token, score=score, channel="tablet")
    except (Conflict, Invalid, Missing) as fault:
        held["refusal"] = fault.message
        return render(request, "kiosk/rate.html", held, status=fault.status)
    return redirect(f"{request.path}?thanks=1")


def _here(request: AtCentre, counter: str) -> tuple[Any, Any]:
    found = next((one for one in counters(request.centre) if one.code == counter), None)
    if found is None:
        raise UnknownCounter
    return centre(request.centre), found


urlpatterns = [path("<slug:centre>/rate/<slug:counter>/", tablet, name="rate")]
