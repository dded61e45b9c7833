"""A code before the kiosk's reader, or typed: a ticket, an appointment or a document leads to its page; anything else is said."""

import re
import time
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.documents import api as documents
from onedoor.domain.queue import api as queue
from onedoor.doors.kiosk.arriving import sentence_of
from onedoor.doors.kiosk.views import PRESSES, KioskIsTooFast, apologises, place_of
from onedoor.kernel.errors import DomainError
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LONGEST = 500
_ADDRESS = re.compile(r"https?://[^/\s]+(/\S*)")
_TICKET = re.compile(r"/t/([\w-]{16,40})/?")
_DOCUMENT = re.compile(r"/verify/([\w-]{4,60})/([\w-]{4,60})/?")
_APPOINTMENT = re.compile(r"/(?:a|appointments?|booking)/([\w-]{6,40})/?\S*")
_CASE = re.compile(r"\d{4}-\d{1,2}-\d{2}-[A-Z]-\d{6}-\d", re.IGNORECASE)
_TOKEN, _CODE = re.compile(r"[\w-]{20,24}"), re.compile(r"[A-Z0-9]{4}[ -]?[A-Z0-9]{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Scanned:
    """What a code is: ticket, document, appointment (by token), code (of an appointment), case, or nothing we know."""

    kind: str
    words: tuple[str, ...] = ()


def read(typed: str) -> Scanned:
    """What stands in a QR code or was typed."""
    said = typed.strip()[:LONGEST]
    address = _ADDRESS.fullmatch(said)
    if address:
        for kind, known in (("ticket", _TICKET), ("document", _DOCUMENT), ("appointment", _APPOINTMENT)):
            found = known.fullmatch(address[1])
            if found:
                return Scanned(kind, found.groups())
        return Scanned("unknown")
    if _CASE.fullmatch(said):
        return Scanned("case", (said.upper(),))
    if _CODE.fullmatch(said):
        return Scanned("code", (said,))
    return Scanned("ticket", (said,)) if _TOKEN.fullmatch(said) else Scanned("unknown")


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
def scan(request: AtCentre, centre: str) -> HttpResponse:
    """Asks for a code, or goes where it leads: a ticket (who took it from home has come), an appointment, a document."""
    place = place_of(request, centre)
    if request.method != "POST":
        return render(request, "kiosk/scan.html", place)
    if not PRESSES.take(request.actor.id, at=time.monotonic()).allowed:
        raise KioskIsTooFast
    found = read(request.POST.get("code", ""))
    about = {**place, "kind": found.kind, "words": found.words}
    try:
        if found.kind == "ticket":
            held = queue.ticket_by_token(found.words[0])
            queue.come_in(by=request.actor, at=place["at"], ticket=held.id, centre=request.centre)
            return redirect("kiosk:ticket", centre=centre, token=held.token)
        if found.kind in ("code", "appointment"):
            by_code = found.kind == "code"
            look = queue.appointment_by_code if by_code else queue.appointment_by_token
            booked = look(found.words[0])
            given = queue.arrive(
                by=request.actor, at=place["at"], appointment=booked.id, centre=request.centre
            )
            return redirect("kiosk:ticket", centre=centre, token=given.token)
        if found.kind == "document":
            number, code = found.words
            device = str(request.actor.id)
            about["verdict"] = documents.verify(number=number, code=code, address=device, at=place["at"])
    except DomainError as fault:
        about["faults"] = [("id_code", sentence_of(fault, place))]
        return render(request, "kiosk/scan.html", about, status=fault.status)
    return render(request, "kiosk/scan.html", about, status=422 if found.kind == "unknown" else 200)


urlpatterns = [path("<slug:centre>/scan/", scan, name="scan")]
