"""The reception: tickets for those who do not use the kiosk, and lost ones."""

import io
import re
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.fragments import given
from onedoor.doors.desk.frame import said
from onedoor.doors.desk.visits import whole
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

ADDRESS = re.compile(r"(?:https?://[^/\s]+/t/)?([\w-]{22})/?")
"""What stands in the QR code of a ticket."""


@needs("queue.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reception(request: AtCentre, centre: str) -> HttpResponse:
    """Give a ticket with one press; name and telephone number are left only by who wants to."""
    if request.method != "POST":
        return _page(request, centre)
    at = now()
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    wanted = catalogue.service(request.POST.get("service", "")[:80])
    once = Once(
        actor=request.actor.id,
        key=f"desk/take/{key}",
        body=said(request),
        answer=lambda ticket: Answer(200, ticket.token),
    )
    try:
        several = _several(request, wanted.id)
        taken = replaying(
            once,
            at=at,
            act=lambda: queue.take_visit(
                by=request.actor,
                at=at,
                centre=request.centre,
                wanted=several,
                name=request.POST.get("name") or None,
                phone=request.POST.get("phone") or None,
                priority=request.POST.get("priority") == "yes",
                help=[code[:24] for code in request.POST.getlist("help")],
                origin="desk",
                once=once,
            ),
        )
    except DomainError as fault:
        if request.headers.get("HX-Request"):
            raise
        return _page(request, centre, fault=fault)
    token = taken.text if isinstance(taken, Answer) else taken.token
    if not request.headers.get("HX-Request"):
        return _given(centre, token)
    if isinstance(taken, Answer) or len(several) > 1:  # the slip then lists the whole visit
        return HttpResponse(headers={"HX-Redirect": _given(centre, token)["Location"]})
    return given(centre, taken, wanted)


def _several(request: AtCentre, first: UUID) -> tuple[queue.Wanted, ...]:
    """The pressed service, and those that are ticked beside it, for as many people as the form says."""
    said = request.POST.get("people", "").strip()
    people = whole(said, field="people") if said else 1
    queue.refuse_people(people)
    also = [catalogue.service(code[:80]).id for code in request.POST.getlist("also")[:20]]
    return queue.everybody(dict.fromkeys([first, *also]), people=people)


@needs("queue.take")
@require_POST
def came(request: AtCentre, centre: str) -> HttpResponse:
    """Who was called and did not come stands at the reception now: they wait again, by the rule for late people."""
    said_ticket = request.POST.get("ticket", "")
    if not said_ticket:
        raise Invalid(field="ticket")
    try:
        ticket = UUID(said_ticket)
    except ValueError as wrong:
        raise queue.TicketUnknown from wrong
    try:
        back = queue.come_back(by=request.actor, at=now(), ticket=ticket, centre=request.centre)
    except queue.TicketHasMoved as fault:
        return _page(request, centre, fault=fault)
    return _given(centre, back.token)


@needs("queue.take")
@require_POST
def here(request: AtCentre, centre: str) -> HttpResponse:
    """Who took a place from home stands at the reception: pressed in the list, or the code on the telephone is read."""
    at, code = now(), request.POST.get("code", "").strip()[:200]
    if not code:
        raise Invalid(field="code")
    try:
        found = _from_home(request.centre, code, at=at)
        come = queue.come_in(by=request.actor, at=at, ticket=found.id, centre=request.centre)
    except queue.TicketUnknown as fault:
        return _page(request, centre, fault=fault)
    return _given(centre, come.token)


def _from_home(centre: UUID, code: str, *, at: datetime) -> queue.Ticket:
    """By the number on the telephone, or by the address in its QR code."""
    day = at.astimezone(ZoneInfo(centres.centre(centre).zone)).date()
    away = {one.number: one for one in queue.on_their_way(centre, day=day)}
    if code.upper() in away:
        return away[code.upper()]
    address = ADDRESS.fullmatch(code)
    if not address:
        raise queue.TicketUnknown
    found = queue.ticket_by_token(address[1])
    if found.centre_id != centre or found.day != day:
        raise queue.TicketUnknown
    return found


@needs("queue.take")
@require_POST
def lost(request: AtCentre, centre: str) -> HttpResponse:
    """Find a lost ticket by name and telephone number and give it anew."""
    at = now()
    try:
        found = queue.find_lost(
            centre=request.centre,
            name=request.POST.get("name", ""),
            phone=request.POST.get("phone", ""),
            at=at,
        )
        anew = queue.reissue(by=request.actor, at=at, ticket=found.id, centre=request.centre)
    except DomainError as fault:
        return _page(request, centre, fault=fault)
    return _given(centre, anew.token)


@needs("queue.take")
@require_safe
def qr(request: AtCentre, centre: str, token: str) -> HttpResponse:
    """The code that opens a ticket on a telephone, drawn when the slip is shown."""
    ticket = queue.ticket_by_token(token)
    if ticket.centre_id != request.centre:
        raise queue.TicketUnknown
    drawn = io.BytesIO()
    address = f"{settings.PUBLIC_ADDRESS}/t/{ticket.token}/"
    segno.make(address, error="m").save(drawn, kind="svg", border=2, scale=6)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _given(centre: str, token: str) -> HttpResponse:
    response = redirect("desk:reception", centre=centre)
    response["Location"] += f"?ticket={token}"
    return response


def _page(request: AtCentre, centre: str, *, fault: DomainError | None = None) -> HttpResponse:
    at, view = now(), centres.centre(request.centre)
    day = at.astimezone(ZoneInfo(view.zone)).date()
    days = {one.service: one for one in centres.offered_at(view, on=day)}
    listed = [(service, days[service.id]) for service in catalogue.services() if service.id in days]
    held: dict[str, Any] = {
        "centre": centre,
        "view": view,
        "offers": [pair for pair in listed if pair[1].today],
        "other_days": [pair for pair in listed if not pair[1].today],
        "waiting": queue.waiting_count(request.centre, at=at),
        "wait": queue.expect(request.centre, at=at),
        "faults": [(f"id_{getattr(fault, 'field', '')}", fault.message)] if fault else [],
        "key": new_id().hex,
        "away": queue.on_their_way(request.centre, day=day),
        "missed": queue.tickets(request.centre, day=day, status="missed", limit=8),
        "help_words": queue.HELP_WORDS.items(),
        "most_people": queue.MOST_PEOPLE,
        "kiosks": queue.kiosks_in_need(request.centre, at=at),
        **_shown(request),
    }
    return render(request, "desk/reception.html", held, status=fault.status if fault else 200)


def _shown(request: AtCentre) -> dict[str, Any]:
    token = request.GET.get("ticket", "")
    if not token:
        return {}
    ticket = queue.ticket_by_token(token[:22])
    if ticket.centre_id != request.centre:
        raise queue.TicketUnknown
    return {
        "ticket": ticket,
        "service": catalogue.service_by_id(ticket.service_id),
        "ahead": queue.people_ahead(ticket),
        "errands": [
            (each, catalogue.service_by_id(each.service_id)) for each in queue.errands(visit=ticket.visit)
        ],
        "day_words": queue.day_words(ticket, at=now()),
    }
