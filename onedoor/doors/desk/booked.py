"""Appointments at a centre: those of a day, who has come, and booking, moving or cancelling for a caller or a visitor."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Missing
from onedoor.kernel.i18n import format_time
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre
from onedoor.ui.typed import typed_day

WAYS = {"portal": _("Portal"), "calls": _("Telephone"), "centre": _("At the centre")}
STANDINGS = {
    "booked": _("booked"),
    "arrived": _("arrived"),
    "served": _("served"),
    "missed": _("missed"),
    "cancelled": _("cancelled"),
    "waiting": _("waiting list"),
    "offered": _("time offered"),
    "expired": _("offer over"),
}
SHOWN_DAYS = 14
FIELDS = ("name", "phone", "service", "day", "time", "people", "channel", "id", "case")


@needs("queue.take")
@never_cache
@require_safe
def listed(request: AtCentre, centre: str) -> HttpResponse:
    """The appointments of a day by their times, the waiting list after them."""
    return _list(request, centre)


@needs("queue.take")
@require_POST
def came(request: AtCentre, centre: str) -> HttpResponse:
    """Give who has come the ticket of the appointment: by the code that they show, or by a press on the list."""
    try:
        chosen = request.POST.get("appointment", "")
        found = (
            queue.appointment(_uuid(chosen), centre=request.centre)
            if chosen
            else queue.appointment_by_code(_code(request.POST.get("code", "")), centre=request.centre)
        )
        ticket = queue.arrive(by=request.actor, at=now(), appointment=found.id, centre=request.centre)
    except queue.TooEarly as fault:
        return _list(request, centre, sentence=_early(request, fault.opens), status=fault.status)
    except queue.AppointmentUnknown as unknown:
        return _list(request, centre, sentence=str(unknown.message), status=422)  # what was typed fits none
    except DomainError as fault:
        return _list(request, centre, sentence=str(fault.message), status=fault.status)
    response = redirect("desk:reception", centre=centre)
    response["Location"] += f"?ticket={ticket.token}"
    return response


@needs("queue.book")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: AtCentre, centre: str) -> HttpResponse:
    """Book a time for a caller or for who stands here: service, day and time on one page."""
    said = {
        name: request.POST.get(name, request.GET.get(name, ""))[:240].replace("\x00", "") for name in FIELDS
    }
    if request.method != "POST":
        return _book(request, centre, said)
    try:
        made = queue.book(
            by=request.actor,
            at=now(),
            asking=_asking(request, said),
            starts=_starts(request, said),
        )
    except DomainError as fault:
        return _book(request, centre, said, fault=fault)
    return redirect("desk:booked_one", centre=centre, appointment=made.id)


@needs("queue.book")
@never_cache
@require_safe
def one(request: AtCentre, centre: str, appointment: UUID) -> HttpResponse:
    """One appointment with its code, letter by letter to be read out; what can be done with it."""
    return _one(request, centre, queue.appointment(appointment, centre=request.centre))


@needs("queue.book")
@never_cache
@require_POST
def phone(request: AtCentre, centre: str, appointment: UUID) -> HttpResponse:
    """The same page with the telephone number; who looked at it is written down."""
    held = queue.appointment(appointment, centre=request.centre)
    number = queue.see_phone(by=request.actor, at=now(), appointment=held.id, centre=request.centre)
    return _one(request, centre, held, phone=number)


@needs("queue.book")
@require_POST
def move(request: AtCentre, centre: str, appointment: UUID) -> HttpResponse:
    """Give it another time."""
    held = queue.appointment(appointment, centre=request.centre)
    said = {name: request.POST.get(name, "")[:40] for name in ("day", "time")}
    try:
        starts = _starts(request, said)
        queue.move(
            by=request.actor,
            at=now(),
            appointment=held.id,
            starts=starts,
            channel="centre",
            centre=request.centre,
        )
    except DomainError as fault:
        return _one(request, centre, held, sentence=str(fault.message), status=fault.status)
    messages.success(request, gettext("The appointment was moved, and the person is told."))
    return redirect("desk:booked_one", centre=centre, appointment=appointment)


@needs("queue.book")
@require_POST
def cancel(request: AtCentre, centre: str, appointment: UUID) -> HttpResponse:
    """Cancel it for the person; the time goes to the waiting list."""
    held = queue.appointment(appointment, centre=request.centre)
    try:
        queue.cancel(by=request.actor, at=now(), appointment=held.id, centre=request.centre)
    except DomainError as fault:
        return _one(request, centre, held, sentence=str(fault.message), status=fault.status)
    messages.success(request, gettext("The appointment was cancelled."))
    return redirect("desk:booked_one", centre=centre, appointment=appointment)


@needs("queue.book")
@require_POST
def find(request: AtCentre, centre: str) -> HttpResponse:
    """Lead from a caller's code, or her telephone number, to the appointment."""
    asked = request.POST.get("asked", "")[:40].replace("\x00", "")
    try:
        found = queue.appointment_by_code(_code(asked), centre=request.centre)
    except queue.AppointmentUnknown as unknown:
        try:
            rows = queue.appointments_of_phone(request.centre, phone=asked)
        except queue.NameOrPhoneInvalid:
            rows = []
        if not rows:
            return _list(request, centre, sentence=str(unknown.message), status=422)
        found = rows[0]
    return redirect("desk:booked_one", centre=centre, appointment=found.id)


def _list(request: AtCentre, centre: str, *, sentence: str = "", status: int = 200) -> HttpResponse:
    view, at = centres.centre(request.centre), now()
    today = queue.today_at(centre=view.id, at=at)
    day = _day(request.GET.get("day", ""), today)
    held = queue.appointments(view.id, day=day)
    names = catalogue.services_by_id([one.service_id for one in held])
    rows = [
        {
            "held": one,
            "service": names.get(one.service_id),
            "way": WAYS.get(one.channel, ""),
            "standing": STANDINGS.get(one.standing, one.standing),
            "late": one.standing == "booked" and one.starts_at is not None and one.starts_at < at,
            "may_come": day == today and one.standing in ("booked", "missed"),
        }
        for one in held
    ]
    about = {
        **_frame(request, centre),
        "rows": rows,
        "day": day,
        "today": today,
        "before": day - timedelta(days=1),
        "following": day + timedelta(days=1),
        "coming": sum(one.standing == "booked" for one in held),
        "sentence": sentence,
    }
    return render(request, "desk/booked.html", about, status=status)


def _book(
    request: AtCentre, centre: str, said: dict[str, str], *, fault: DomainError | None = None
) -> HttpResponse:
    view, at = centres.centre(request.centre), now()
    today = queue.today_at(centre=view.id, at=at)
    offered = catalogue.services_by_id([one.service for one in centres.offered_at(view, on=today)])
    chosen = next((one for one in offered.values() if one.code == said["service"]), None)
    day = _day(said["day"], today) if said["day"] else None
    channel = "calls" if said["channel"] == "calls" else "centre"
    days: list[queue.DayView] = []
    times: list[tuple[str, str]] = []
    if chosen is not None:
        asked = queue.Booking(services=(chosen.id,), channel=channel)
        days = [one for one in queue.free_days(view, asked=asked, at=at) if one.free][:SHOWN_DAYS]
        times = _times(view, asked, day, at) if day else []
    field = getattr(fault, "field", "")
    about = {
        **_frame(request, centre),
        "said": {**said, "id": said["id"] or str(new_id())},
        "channel": channel,
        "services": list(offered.values()),
        "chosen": chosen,
        "collects": _collected(request, said),
        "days": days,
        "day": day,
        "times": times,
        "faults": [(f"id_{field}" if field else "", fault.message)] if fault else [],
        "bad": {field: fault.message} if fault and field else {},
    }
    return render(request, "desk/booked_new.html", about, status=fault.status if fault else 200)


def _one(
    request: AtCentre,
    centre: str,
    held: queue.Appointment,
    *,
    sentence: str = "",
    phone: str = "",
    status: int = 200,
) -> HttpResponse:
    view, at = centres.centre(request.centre), now()
    asked = replace(queue.booking_of(held), channel="centre", moving=held.id)
    day = _day(request.GET.get("day", ""), held.day)
    movable = held.standing in ("booked", "offered", "waiting")
    about = {
        **_frame(request, centre),
        "held": held,
        "collects": cases.to_collect(held.subject) if held.subject else None,
        "code": queue.code_of(held.id),
        "phone": phone,
        "has_phone": held.sealed is not None,
        "services": [catalogue.service_by_id(each) for each in asked.services],
        "way": WAYS.get(held.channel, ""),
        "standing": STANDINGS.get(held.standing, held.standing),
        "movable": movable,
        "day": day,
        "days": [one for one in queue.free_days(view, asked=asked, at=at) if one.free][:SHOWN_DAYS]
        if movable
        else [],
        "times": _times(view, asked, day, at) if movable else [],
        "sentence": sentence,
    }
    return render(request, "desk/booked_one.html", about, status=status)


def _asking(request: AtCentre, said: dict[str, str]) -> queue.Asking:
    people = said["people"]
    return queue.Asking(
        centre=request.centre,
        service=catalogue.service(said["service"]).id,
        name=said["name"],
        phone=said["phone"],
        people=int(people)
        if people.isascii() and people.isdigit() and len(people) < 3
        else 0
        if people
        else 1,
        channel="calls" if said["channel"] == "calls" else "centre",
        subject=ready.case if (ready := _collected(request, said)) else None,
        id=_uuid(said["id"]),
    )


def _collected(request: AtCentre, said: dict[str, str]) -> cases.ToCollect | None:
    """The case whose result is to be handed over at this centre; None where a time is booked for something else."""
    if not said["case"]:
        return None
    ready = cases.to_collect(_uuid(said["case"]))
    if ready is None or ready.centre != request.centre:
        raise Missing()
    return ready


def _times(view: centres.CentreView, asked: queue.Booking, day: date, at: datetime) -> list[tuple[str, str]]:
    zone = ZoneInfo(view.zone)
    found = [
        slot.starts.astimezone(zone).time() for slot in queue.free_slots(view, asked=asked, day=day, at=at)
    ]
    return [(f"{one:%H%M}", format_time(one)) for one in found]


def _frame(request: AtCentre, centre: str) -> dict[str, Any]:
    view = centres.centre(request.centre)
    may = access.may(request.actor, queue.BOOK, at=view.id)
    return {"centre": centre, "view": view, "may_book": may}


def _starts(request: AtCentre, said: dict[str, str]) -> datetime:
    day, moment = said["day"], said["time"]
    try:
        local = datetime.combine(typed_day(day), time(int(moment[:2]), int(moment[2:4])))
    except ValueError as fault:
        raise queue.BookingIsWrong(_("Choose a day and a time."), field="time") from fault
    return local.replace(tzinfo=ZoneInfo(centres.centre(request.centre).zone))


def _early(request: AtCentre, opens: datetime) -> str:
    local = opens.astimezone(ZoneInfo(centres.centre(request.centre).zone))
    return gettext("It is too early for this appointment: the ticket is given from %(time)s on.") % {
        "time": format_time(local.time())
    }


def _code(typed: str) -> str:
    """A code as it was typed, or the address that the QR reader types."""
    return typed.replace("\x00", "")[:40]


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as fault:
        raise Missing() from fault


def _day(typed: str, usual: date) -> date:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return usual
    return found if 2000 <= found.year <= 2200 else usual


BOOKED = "<slug:centre>/appointments/"
urlpatterns = [
    path(BOOKED, listed, name="booked"),
    path(f"{BOOKED}came/", came, name="booked_came"),
    path(f"{BOOKED}find/", find, name="booked_find"),
    path(f"{BOOKED}new/", book, name="booked_new"),
    path(f"{BOOKED}<uuid:appointment>/", one, name="booked_one"),
    path(f"{BOOKED}<uuid:appointment>/phone/", phone, name="booked_phone"),
    path(f"{BOOKED}<uuid:appointment>/move/", move, name="booked_move"),
    path(f"{BOOKED}<uuid:appointment>/cancel/", cancel, name="booked_cancel"),
]
