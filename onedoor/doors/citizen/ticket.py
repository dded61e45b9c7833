"""A ticket on one's own telephone. Its unguessable address is the permission; nothing else opens it."""

from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.api import AHEAD_CHOICES
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.i18n import language
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request


@public
@never_cache
@require_safe
def ticket(request: Request, token: str) -> HttpResponse:
    """Where the ticket stands now; the page keeps itself fresh."""
    try:
        held = queue.ticket_by_token(token)
    except queue.TicketUnknown as none:
        return render(request, "citizen/no_ticket.html", {"sentence": none.message}, status=404)
    return render(request, "citizen/ticket.html", _shown(held))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: Request, token: str) -> HttpResponse:
    """Leave a name and a telephone number, by which a lost ticket is found."""
    try:
        held = queue.ticket_by_token(token)
        if request.method == "POST":
            queue.name_ticket(
                by=Actor.public(),
                at=now(),
                ticket=held.id,
                centre=held.centre_id,
                name=request.POST.get("name", ""),
                phone=request.POST.get("phone", ""),
            )
            return redirect("citizen:ticket", token=token)
    except queue.NameOrPhoneInvalid as fault:
        shown = {"ticket": held, "faults": [(f"id_{fault.field}", fault.message)]}
        return render(request, "citizen/ticket_name.html", shown, status=422)
    except (queue.TicketUnknown, queue.TicketHasMoved):
        return redirect("citizen:ticket", token=token)
    return render(request, "citizen/ticket_name.html", {"ticket": held})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, token: str) -> HttpResponse:
    """Give up the place; whoever was called or served meanwhile just sees the present state."""
    try:
        held = queue.ticket_by_token(token)
        if request.method != "POST":
            return render(request, "citizen/ticket_leave.html", {"ticket": held})
        queue.leave(by=Actor.public(), at=now(), ticket=held.id, centre=held.centre_id)
    except (queue.TicketUnknown, queue.TicketHasMoved):
        return redirect("citizen:ticket", token=token)
    return redirect("citizen:ticket", token=token)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def when_near(request: Request, token: str) -> HttpResponse:
    """Be told when few people are before one: on this page, and by message when a number is left."""
    try:
        held = queue.ticket_by_token(token)
        if request.method == "POST":
            queue.watch_ticket(
                by=Actor.public(),
                at=now(),
                ticket=held.id,
                centre=held.centre_id,
                ahead=request.POST.get("ahead", ""),
                phone=request.POST.get("phone", "")[:24],
                language=language(),
            )
            return redirect("citizen:ticket", token=token)
    except Invalid as fault:
        shown = {"ticket": held, "choices": AHEAD_CHOICES, "faults": [(f"id_{fault.field}", fault.message)]}
        return render(request, "citizen/ticket_tell.html", shown, status=422)
    except (queue.TicketUnknown, queue.TicketHasMoved):
        return redirect("citizen:ticket", token=token)
    shown = {"ticket": held, "choices": AHEAD_CHOICES, "watch": queue.watch_of(held, at=now())}
    return render(request, "citizen/ticket_tell.html", shown)


@public
@never_cache
@require_POST
def more(request: Request, token: str) -> HttpResponse:
    """Ten more minutes; the place stays. What cannot be given is said on the ticket's page."""
    try:
        held = queue.ticket_by_token(token)
        queue.ten_more_minutes(by=Actor.public(), at=now(), ticket=held.id, centre=held.centre_id)
    except (queue.TicketUnknown, queue.TicketHasMoved):
        return redirect("citizen:ticket", token=token)
    except Conflict as fault:
        return render(request, "citizen/ticket.html", {**_shown(held), "refused": fault.message}, status=409)
    return redirect("citizen:ticket", token=token)


def _shown(held: queue.Ticket) -> dict[str, Any]:
    at, ahead = now(), queue.people_ahead(held)
    counters = {counter.id: counter for counter in centres.counters(held.centre_id)}
    return {
        "at": at,
        "ticket": held,
        "qr": _qr(held) if held.origin == "home" and held.not_before else "",
        "day_words": queue.day_words(held, at=at),
        "later": held.day > queue.today_at(centre=held.centre_id, at=at),
        "view": centres.centre(held.centre_id),
        "service": catalogue.service_by_id(held.service_id),
        "counter": counters.get(held.counter_id) if held.counter_id else None,
        "place_in_line": ahead + 1,
        "wait": queue.expect(held.centre_id, at=at, ticket=held) if held.status == "waiting" else None,
        "told": _told(held),
        "watch": queue.watch_of(held, at=at),
        "messages_told": notices.told(held.id, at=at, limit=3),
        "errands": _errands(held),
        "helps": [(one, queue.HELP_WORDS[one.code]) for one in queue.helps_of(visit=held.visit)],
        "limit": getattr(monitoring.standards().get("wait"), "limit", None),
    }


def _qr(held: queue.Ticket) -> str:
    """What the kiosk of the centre reads when its holder comes."""
    address = f"{settings.PUBLIC_ADDRESS}/t/{held.token}/"
    return str(segno.make(address, error="m").svg_data_uri(border=2, scale=4))


def _errands(held: queue.Ticket) -> list[tuple[queue.Errand, catalogue.ServiceView, str]]:
    """What the visit is for: each service, and the number of its application once there is one."""
    rows = queue.errands(visit=held.visit)
    numbers = cases.numbers_in_visit(held.visit) if rows else {}
    return [
        (row, catalogue.service_by_id(row.service_id), numbers.get(row.case_id, "") if row.case_id else "")
        for row in rows
    ]


def _told(held: queue.Ticket) -> queue.Expected | None:
    """What was told when it was taken."""
    if held.promised_low is None or held.promised_high is None:
        return None
    middle = (held.promised_low + held.promised_high) // 2
    return queue.Expected(low=held.promised_low, likely=middle, high=held.promised_high, why=queue.Why.LEARNT)


urlpatterns = [
    path("t/<slug:token>/", ticket, name="ticket"),
    path("t/<slug:token>/name/", name, name="ticket_name"),
    path("t/<slug:token>/tell/", when_near, name="ticket_tell"),
    path("t/<slug:token>/more/", more, name="ticket_more"),
    path("t/<slug:token>/leave/", leave, name="ticket_leave"),
]
