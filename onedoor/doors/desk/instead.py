"""An appointment in place of a place in line: days, times, name and number on one page."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Missing
from onedoor.kernel.i18n import format_time
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

SHOWN_DAYS = 10
FIELDS = {"day": 10, "time": 4, "name": 240, "phone": 40, "id": 36}


@needs("queue.book")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def instead(request: AtCentre, centre: str, ticket: UUID) -> HttpResponse:
    """Choose a time for who would wait until another day; the place in line ends with it, and the person is told."""
    held = queue.ticket(ticket, centre=request.centre)
    given = request.POST if request.method == "POST" else request.GET
    said = {name: given.get(name, "").replace("\x00", "")[:most] for name, most in FIELDS.items()}
    if request.method != "POST":
        return _page(request, centre, held, said)
    try:
        made = queue.book_instead(
            by=request.actor,
            at=now(),
            centre=request.centre,
            ticket=held.id,
            starts=_starts(said, ZoneInfo(centres.centre(request.centre).zone)),
            name=said["name"],
            phone=said["phone"],
            id=_id(said["id"]),
        )
    except DomainError as fault:
        return _page(request, centre, held, said, fault=fault)
    messages.success(
        request, _("%(number)s has an appointment now, and the person is told.") % {"number": held.number}
    )
    return redirect("desk:booked_one", centre=centre, appointment=made.id)


def _page(
    request: AtCentre,
    centre: str,
    held: queue.Ticket,
    said: dict[str, str],
    *,
    fault: DomainError | None = None,
) -> HttpResponse:
    view, at = centres.centre(request.centre), now()
    asked, day, field = queue.instead_of(held), _day(said["day"]), getattr(fault, "field", "")
    stands = held.status in (queue.Status.WAITING, queue.Status.HELD)
    context: dict[str, Any] = {
        "centre": centre,
        "view": view,
        "ticket": held,
        "stands": stands,
        "named": bool(held.name),
        "services": list(catalogue.services_by_id(list(asked.services)).values()),
        "said": {**said, "id": said["id"] or str(new_id())},
        "days": [one for one in queue.free_days(view, asked=asked, at=at) if one.free][:SHOWN_DAYS]
        if stands
        else [],
        "day": day,
        "times": _times(view, asked, day, at) if stands and day else [],
        "faults": [(f"id_{field}" if field else "", getattr(fault, "reason", fault.message))]
        if fault
        else [],
        "bad": {field: getattr(fault, "reason", fault.message)} if fault and field else {},
    }
    return render(request, "desk/instead.html", context, status=fault.status if fault else 200)


def _times(view: centres.CentreView, asked: queue.Booking, day: date, at: datetime) -> list[tuple[str, str]]:
    zone = ZoneInfo(view.zone)
    free = queue.free_slots(view, asked=asked, day=day, at=at)
    return [(f"{one.starts.astimezone(zone):%H%M}", format_time(one.starts.astimezone(zone))) for one in free]


def _starts(said: dict[str, str], zone: ZoneInfo) -> datetime:
    day, moment = _day(said["day"]), said["time"]
    if day is None or len(moment) != 4 or not (moment.isascii() and moment.isdecimal()):
        raise queue.BookingIsWrong(field="time", reason=_("Choose a day and a time."))
    hour, minute = int(moment[:2]), int(moment[2:])
    if hour > 23 or minute > 59:
        raise queue.BookingIsWrong(field="time", reason=_("Choose a day and a time."))
    return datetime.combine(day, time(hour, minute), tzinfo=zone)


def _day(typed: str) -> date | None:
    try:
        found = datetime.strptime(typed, "%Y-%m-%d").date()
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None


def _id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as wrong:
        raise Missing from wrong


urlpatterns = [path("<slug:centre>/day/places/<uuid:ticket>/", instead, name="instead")]
