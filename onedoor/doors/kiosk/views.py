"""The self-service screen: invite, choose a service, take a ticket, find a lost one. A kiosk is a paired device."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access.api import may
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import AtCentre

AT_ONCE = 4
PREPARED = KeptCode("onedoor_kiosk_prepared")  # the code of what is being filled in at this screen
VIEW = Callable[..., HttpResponse]
Offered = tuple[catalogue.ServiceView, centres.OfferDays]


def apologises(view: VIEW) -> VIEW:
    """Show a refusal on a kiosk page, with its status and the way back, instead of the ordinary error page."""

    @wraps(view)
    def shown(request: AtCentre, centre: str, **rest: Any) -> HttpResponse:
        try:
            return view(request, centre, **rest)
        except DomainError as fault:
            held = {**place_of(request, centre), "sentence": fault.message}
            return render(request, "kiosk/sorry.html", held, status=fault.status)

    return shown


@needs("queue.take")
@require_safe
def invite(request: AtCentre, centre: str) -> HttpResponse:
    """The inviting page: the first touch chooses the language. What the last person filled in is not left here."""
    about = {**place_of(request, centre), "languages": settings.LANGUAGES}
    return PREPARED.forget(render(request, "kiosk/invite.html", about))


@needs("queue.take")
@require_safe
@apologises
def choose(request: AtCentre, centre: str) -> HttpResponse:
    """The services of this centre, four at a time: the second touch."""
    place = place_of(request, centre)
    if not centres.is_open_now(place["view"], place["at"]):
        raise queue.CentreIsClosed
    offered = offers_here(place["view"], at=place["at"])
    page = _page(request, len(offered))
    return render(
        request,
        "kiosk/services.html",
        {
            **place,
            "offers": offered[page * AT_ONCE : (page + 1) * AT_ONCE],
            "following": page + 1 if (page + 1) * AT_ONCE < len(offered) else None,
            "before": page - 1 if page else None,
            "waiting": queue.waiting_count(request.centre, at=place["at"]),
        },
    )


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
def confirm(request: AtCentre, centre: str, service: str) -> HttpResponse:
    """The third touch takes the ticket; a name and a telephone number are left only by who wants to."""
    place = place_of(request, centre)
    wanted = catalogue.service(service)
    _refuse_unoffered(place, wanted)
    faults: list[tuple[str, Any]] = []
    if request.method == "POST":
        name, phone = request.POST.get("name", ""), request.POST.get("phone", "")
        try:
            taken = queue.take_ticket(
                by=request.actor,
                at=place["at"],
                centre=request.centre,
                service=wanted.id,
                name=name or None,
                phone=phone or None,
                priority=request.POST.get("priority") == "yes",
            )
            return redirect("kiosk:ticket", centre=centre, token=taken.token)
        except queue.NameOrPhoneInvalid as fault:
            faults = [(f"id_{fault.field}", fault.message)]
    wait = queue.expect(request.centre, service=wanted.id, at=place["at"])
    waiting = queue.waiting_count(request.centre, at=place["at"])
    held = {**place, "service": wanted, "wait": wait, "waiting": waiting, "faults": faults}
    held["limit"] = getattr(monitoring.standards().get("wait"), "limit", None)
    return render(request, "kiosk/confirm.html", held, status=422 if faults else 200)


@needs("queue.take")
@never_cache
@require_safe
@apologises
def ticket(request: AtCentre, centre: str, token: str) -> HttpResponse:
    """The ticket: number, place in line, an estimate, a QR to the same page on one's own telephone; printable."""
    place = place_of(request, centre)
    held = queue.ticket_by_token(token)
    if held.centre_id != request.centre:
        raise queue.TicketUnknown
    ahead = queue.people_ahead(held)
    address = f"{settings.PUBLIC_ADDRESS}/t/{held.token}/"
    return render(
        request,
        "kiosk/ticket.html",
        {
            **place,
            "ticket": held,
            "service": catalogue.service_by_id(held.service_id),
            "may_fill": may(request.actor, "cases.prepare", at=request.centre),
            "place_in_line": ahead + 1,
            "wait": queue.expect(request.centre, at=place["at"], ticket=held),
            "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=8),
        },
    )


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@apologises
def lost(request: AtCentre, centre: str) -> HttpResponse:
    """Find a lost ticket by name and telephone number and give it anew; the old one is dead."""
    place = place_of(request, centre)
    faults: list[tuple[str, Any]] = []
    if request.method == "POST":
        try:
            found = queue.find_lost(
                centre=request.centre,
                name=request.POST.get("name", ""),
                phone=request.POST.get("phone", ""),
                at=place["at"],
            )
            anew = queue.reissue(by=request.actor, at=place["at"], ticket=found.id, centre=request.centre)
            return redirect("kiosk:ticket", centre=centre, token=anew.token)
        except (queue.TicketNotFound, Invalid) as fault:
            field = getattr(fault, "field", "")
            faults = [(f"id_{field}" if field else "", fault.message)]
    held = {**place, "faults": faults}
    return render(request, "kiosk/lost.html", held, status=422 if faults else 200)


def place_of(request: AtCentre, code: str) -> dict[str, Any]:
    """What every page of the kiosk says: where it stands, and the instant."""
    view = centres.centre(request.centre)
    return {"centre": code, "view": view, "at": now()}


def offers_here(view: centres.CentreView, *, at: datetime) -> list[Offered]:
    """The services of a centre with the days on which it offers them: those of today first, by name."""
    day = at.astimezone(ZoneInfo(view.zone)).date()
    days = {one.service: one for one in centres.offered_at(view, on=day)}
    found = [(service, days[service.id]) for service in catalogue.services() if service.id in days]
    return sorted(found, key=lambda pair: not pair[1].today)


def _refuse_unoffered(place: dict[str, Any], wanted: catalogue.ServiceView) -> None:
    """A service of other days is refused before somebody enters a name; the next day is said."""
    day = place["at"].astimezone(ZoneInfo(place["view"].zone)).date()
    if not any(one.service == wanted.id and one.holds_on(day) for one in place["view"].offers):
        raise queue.ServiceNotOfferedHere(
            centres.why_not(place["view"], service=wanted.id, on=day), field="service"
        )


def _page(request: AtCentre, count: int) -> int:
    wanted = request.GET.get("page", "0")
    page = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0
    return page if page * AT_ONCE < count else 0
