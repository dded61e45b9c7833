"""The self-service screen: invite, choose a service, take a ticket, find a lost one. A kiosk is a paired device."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access.api import may
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.queue import api as queue
from onedoor.doors.kiosk.several import asked, helps_in, said_in, wanted_by
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import language
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui import clips
from onedoor.ui.buckets import Bucket
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import AtCentre

AT_ONCE = 4
PREPARED = KeptCode("onedoor_kiosk_prepared")  # the code of what is being filled in at this screen
MOST_A_MINUTE = 20
"""Tickets of one kiosk: more than people can press. Who stands before it meanwhile gets a ticket at the reception."""
PRESSES = Bucket("kiosk", most=MOST_A_MINUTE)
VIEW = Callable[..., HttpResponse]
Offered = tuple[catalogue.ServiceView, centres.OfferDays]


class KioskIsTooFast(DomainError):
    """One kiosk asked for more tickets in a minute than people can press."""

    status = 429
    message = _(
        "This kiosk gave too many tickets within a minute. Please wait a moment, or take your ticket at the reception."
    )


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
    no_paper = queue.out_of_paper(request.centre, device=request.actor.id)
    place = place_of(request, centre)
    about = {**place, "languages": settings.LANGUAGES, "no_paper": no_paper, "closed": _closed(place)}
    return PREPARED.forget(render(request, "kiosk/invite.html", about))


@needs("queue.take")
@require_safe
@apologises
def choose(request: AtCentre, centre: str) -> HttpResponse:
    """The services of this centre, four at a time: the second touch."""
    place = place_of(request, centre)
    _refuse_closed(place)
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
    if request.method != "POST":  # a press that is sent again still finds its ticket
        _refuse_closed(place)
    _refuse_unoffered(place, wanted)
    faults: list[tuple[str, Any]] = []
    if request.method == "POST":
        if not PRESSES.take(request.actor.id, at=time.monotonic()).allowed:
            queue.tell_flood(by=request.actor, at=place["at"], centre=request.centre, device=_device(request))
            raise KioskIsTooFast
        try:
            return redirect("kiosk:ticket", centre=centre, token=_taken(request, place, wanted))
        except (queue.NameOrPhoneInvalid, queue.TicketIsWrong) as fault:
            faults = [(f"id_{fault.field}", fault.message)]
    wait = queue.expect(request.centre, service=wanted.id, at=place["at"])
    waiting = queue.waiting_count(request.centre, at=place["at"])
    held = {**place, "service": wanted, "wait": wait, "waiting": waiting, "faults": faults}
    held["limit"] = getattr(monitoring.standards().get("wait"), "limit", None)
    held["key"] = new_id().hex
    held |= asked(offers_here(place["view"], at=place["at"]), wanted) | said_in(request)
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
            "day_words": queue.day_words(held, at=place["at"]),
            "no_paper": queue.out_of_paper(request.centre, device=request.actor.id),
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


@needs("queue.take")
@require_POST
@apologises
def paper(request: AtCentre, centre: str) -> HttpResponse:
    """The kiosk has no paper, or has some again: by its printer, or by whoever stands before it."""
    out = request.POST.get("out") == "yes"
    queue.tell_paper(by=request.actor, at=now(), centre=request.centre, device=_device(request), out=out)
    token = request.POST.get("ticket", "")[:22]
    if token:
        return redirect("kiosk:ticket", centre=centre, token=queue.ticket_by_token(token).token)
    return redirect("kiosk:home", centre=centre)


def _taken(request: AtCentre, place: dict[str, Any], wanted: catalogue.ServiceView) -> str:
    """The address of the ticket. A press that is sent again, after a lost link or a reload, gives the same one."""
    key = request.POST.get("key", "") or new_id().hex
    if not (len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    several = wanted_by(request, wanted)
    said = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    said |= {name: " ".join(request.POST.getlist(name)) for name in ("also", "help")}
    once = Once(
        actor=request.actor.id,
        key=f"kiosk/take/{key}",
        body=urlencode(sorted({**said, "service": str(wanted.id)}.items())).encode(),
        answer=lambda ticket: Answer(200, ticket.token),
    )
    taken = replaying(
        once,
        at=place["at"],
        act=lambda: queue.take_visit(
            by=request.actor,
            at=place["at"],
            centre=request.centre,
            wanted=several,
            help=helps_in(request),
            name=request.POST.get("name") or None,
            phone=request.POST.get("phone") or None,
            priority=request.POST.get("priority") == "yes",
            origin="kiosk",
            once=once,
        ),
    )
    return taken.text if isinstance(taken, Answer) else str(taken.token)


def _device(request: AtCentre) -> UUID:
    if request.actor.id is None:
        raise queue.TicketUnknown
    return request.actor.id


@needs("queue.take")
@require_safe
def aloud(request: AtCentre, centre: str, lang: str, name: str) -> HttpResponseBase:
    """What somebody recorded for a page."""
    return clips.clip(lang, name)


def place_of(request: AtCentre, code: str) -> dict[str, Any]:
    """What every page of the kiosk says: where it stands, the instant, and the clip that reads the page aloud."""
    view = centres.centre(request.centre)
    return {"centre": code, "view": view, "at": now(), "clip": _clip(request, code)}


def _clip(request: AtCentre, code: str) -> str:
    """The address of the clip of a page, by the page's name: ``page-services``."""
    match = request.resolver_match
    found = clips.recorded(language()).get(f"page-{match.url_name}") if match else None
    return reverse("kiosk:aloud", args=[code, language(), found]) if found else ""


def offers_here(view: centres.CentreView, *, at: datetime) -> list[Offered]:
    """The services of a centre with the days on which it offers them: those of today first, by name."""
    day = at.astimezone(ZoneInfo(view.zone)).date()
    days = {one.service: one for one in centres.offered_at(view, on=day)}
    found = [(service, days[service.id]) for service in catalogue.services() if service.id in days]
    return sorted(found, key=lambda pair: not pair[1].today)


def _closed(place: dict[str, Any]) -> str:
    """Why no ticket is given now and when again; empty while the centre is open."""
    if centres.is_open_now(place["view"], place["at"]):
        return ""
    return str(centres.closed_words(place["view"], at=place["at"]) or queue.CentreIsClosed.message)


def _refuse_closed(place: dict[str, Any]) -> None:
    """Whoever stands before a closed centre's screen reads so before anything is filled in."""
    if closed := _closed(place):
        raise queue.CentreIsClosed(closed)


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
