"""Coming with an appointment: its code is typed, or read from the telephone by the reader; the place is the booked time's."""

import re
import time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.queue import api as queue
from onedoor.doors.kiosk.views import PRESSES, KioskIsTooFast, apologises, place_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import format_time
from onedoor.kernel.i18n.shown import format_datetime
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

SCANNED = re.compile(r"/a/([A-Za-z0-9_-]{22})/?")


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
def arrive(request: AtCentre, centre: str) -> HttpResponse:
    """Give the ticket of an appointment; who is too early is told from when on."""
    place = place_of(request, centre)
    if request.method != "POST":
        return _page(request, place)
    if not PRESSES.take(request.actor.id, at=time.monotonic()).allowed:
        raise KioskIsTooFast
    typed = request.POST.get("code", "").replace("\x00", "")[:120]
    try:
        scanned = SCANNED.search(typed)
        found = (
            queue.appointment_by_token(scanned[1])
            if scanned
            else queue.appointment_by_code(typed[:40], centre=request.centre)
        )
        ticket = queue.arrive(by=request.actor, at=now(), appointment=found.id, centre=request.centre)
    except DomainError as fault:
        return _page(request, place, sentence=sentence_of(fault, place), status=fault.status)
    return redirect("kiosk:ticket", centre=centre, token=ticket.token)


def sentence_of(fault: DomainError, place: dict[str, Any]) -> object:
    """What a refusal says to who stands before the kiosk; who is too early is told from when on."""
    if not isinstance(fault, queue.TooEarly):
        return fault.message
    zone = ZoneInfo(place["view"].zone)
    today = fault.opens.astimezone(zone).date() == place["at"].astimezone(zone).date()
    opens = format_time(fault.opens, zone) if today else format_datetime(fault.opens, zone=zone)
    sentence = _("You are early: your ticket is given from %(time)s on. Please come back then.")
    return sentence % {"time": opens}


def _page(
    request: AtCentre, place: dict[str, Any], *, sentence: object = "", status: int = 200
) -> HttpResponse:
    faults = [("id_code", sentence)] if sentence else []
    return render(request, "kiosk/arrive.html", {**place, "faults": faults}, status=status)


urlpatterns = [path("<slug:centre>/appointment/", arrive, name="arrive")]
