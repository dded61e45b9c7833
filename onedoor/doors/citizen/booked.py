"""One's own appointment: seen, changed, cancelled, kept in a calendar. Its secret address is the permission, or its code."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.doors.citizen.booking import Place, day_of, days_shown, time_of, times_shown
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import language, text
from onedoor.kernel.scope import Actor, public
from onedoor.ui.ical import CONTENT_TYPE, Entry, calendar_file
from onedoor.ui.request import Request

CHANGEABLE = ("booked", "offered")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """Lead from the code to the page; wrong ones make the next try wait."""
    typed = request.POST.get("code", "").replace("\x00", "")[:40]
    if request.method != "POST":
        return render(request, "citizen/booked_ask.html", {"faults": []})
    address = request.META.get("REMOTE_ADDR", "")
    try:
        found = queue.find_appointment(code=typed, address=address, at=now())
    except DomainError as fault:
        held = {"faults": [("id_code", fault.message)], "typed": typed}
        return render(request, "citizen/booked_ask.html", held, status=fault.status)
    return redirect("citizen:appointment", token=queue.token_of(found.id))


@public
@never_cache
@require_safe
def appointment(request: Request, token: str) -> HttpResponse:
    """The appointment as it stands: when, where, what to bring, and what can be done with it."""
    held = queue.appointment_by_token(token)
    return _page(request, held, new="new" in request.GET)


@public
@never_cache
@require_safe
def change(request: Request, token: str) -> HttpResponse:
    """Another day."""
    held = queue.appointment_by_token(token)
    if held.standing not in CHANGEABLE:
        return redirect("citizen:appointment", token=token)
    place = _place(held)
    shown = days_shown(request, place, asked=_asked(held))
    return render(request, "citizen/book_days.html", {**shown, "moving": held, "token": token})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_to(request: Request, token: str, day: str) -> HttpResponse:
    """Another time of a day; a press moves the appointment there."""
    held, on = queue.appointment_by_token(token), day_of(day)
    place = _place(held)
    if request.method == "POST":
        starts = place.starts(on, time_of(request.POST.get("time", "")))
        try:
            queue.move(by=Actor.public(), at=now(), appointment=held.id, starts=starts)
            return redirect("citizen:appointment", token=token)
        except (queue.SlotIsTaken, queue.DayCannotBeBooked, queue.ServiceNotOfferedHere) as fault:
            shown = {**times_shown(place, on, asked=_asked(held)), "sentence": fault.message}
            about = {**shown, "moving": held, "token": token}
            return render(request, "citizen/book_times.html", about, status=fault.status)
        except queue.AppointmentHasMoved:
            return redirect("citizen:appointment", token=token)
    about = {**times_shown(place, on, asked=_asked(held)), "moving": held, "token": token}
    return render(request, "citizen/book_times.html", about)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Request, token: str) -> HttpResponse:
    """Give the appointment, or the place on the waiting list, back."""
    held = queue.appointment_by_token(token)
    if request.method != "POST":
        return render(request, "citizen/booked_cancel.html", {**_about(held), "token": token})
    try:
        queue.cancel(by=Actor.public(), at=now(), appointment=held.id)
    except queue.AppointmentHasMoved as fault:
        return _page(request, held, sentence=fault.message, status=fault.status)
    return redirect("citizen:appointment", token=token)


@public
@require_POST
def accept(request: Request, token: str) -> HttpResponse:
    """Take the time that became free."""
    held = queue.appointment_by_token(token)
    try:
        queue.accept(by=Actor.public(), at=now(), appointment=held.id)
    except queue.AppointmentHasMoved as fault:
        return _page(request, held, sentence=fault.message, status=fault.status)
    return redirect("citizen:appointment", token=token)


@public
@never_cache
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:
    """The time as a calendar file; ``?feed`` for a calendar that reads it again and again."""
    held, feed = queue.appointment_by_token(token), "feed" in request.GET
    response = HttpResponse(
        calendar_file(_entries(held), name=_("My appointments"), language=language(), feed=feed),
        content_type=CONTENT_TYPE,
    )
    response["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


def _entries(held: queue.Appointment) -> list[Entry]:
    if held.starts_at is None or held.ends_at is None or held.standing == "waiting":
        return []
    about = _about(held)
    code, view = about["code"], about["view"]
    asked = about["services"][1:] if held.subject else about["services"]
    papers = list(dict.fromkeys(text(one.name) for each in asked for one in each.papers))
    words = [
        _("Code: %(code)s") % {"code": code},
        *([_("Bring: %(papers)s") % {"papers": "; ".join(papers)}] if papers else []),
    ]
    return [
        Entry(
            uid=f"{held.id}@{settings.PUBLIC_ADDRESS.split('://')[-1]}",
            sequence=held.sequence,
            starts=held.starts_at,
            ends=held.ends_at,
            written=held.ended_at or held.made_at,
            title=", ".join(text(one.name) for one in about["services"]),
            place=", ".join(part for part in (text(view.name), text(view.address)) if part),
            words="\n".join(words),
            address=f"{settings.PUBLIC_ADDRESS}/a/{queue.token_of(held.id)}/",
            cancelled=held.standing in ("cancelled", "expired"),
        )
    ]


def _place(held: queue.Appointment) -> Place:
    view = centres.centre(held.centre_id)
    first, *others = _services(held)
    return Place(service=first, view=view, rule=queue.booking_rule(view.id), others=tuple(others))


def _services(held: queue.Appointment) -> list[catalogue.ServiceView]:
    return [catalogue.service_by_id(one) for one in queue.booking_of(held).services]


def _asked(held: queue.Appointment) -> queue.Booking:
    return replace(queue.booking_of(held), channel="portal", moving=held.id)


def _about(held: queue.Appointment) -> dict[str, Any]:
    return {
        "held": held,
        "code": queue.code_of(held.id),
        "view": centres.centre(held.centre_id),
        "service": catalogue.service_by_id(held.service_id),
        "services": _services(held),
    }


def _page(
    request: Request, held: queue.Appointment, *, new: bool = False, sentence: object = "", status: int = 200
) -> HttpResponse:
    at, token = now(), queue.token_of(held.id)
    address = f"{settings.PUBLIC_ADDRESS}/a/{token}/"
    rule = queue.calling_rule(held.centre_id)
    about = {
        **_about(held),
        "token": token,
        "new": new,
        "sentence": sentence,
        "changeable": held.standing in CHANGEABLE and (held.starts_at is None or held.starts_at > at),
        "position": queue.position_of(held),
        "doors_open": held.starts_at - timedelta(minutes=rule.early) if held.starts_at else None,
        "late": rule.late,
        "told": notices.told(held.id, at=at),
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=6),
        "feed": address.replace("https://", "webcal://").replace("http://", "webcal://")
        + "calendar.ics?feed",
    }
    response = render(request, "citizen/booked.html", about, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


OWN = "a/<slug:token>/"
urlpatterns = [
    path("appointments/", find, name="appointments"),
    path(OWN, appointment, name="appointment"),
    path(f"{OWN}change/", change, name="appointment_change"),
    path(f"{OWN}change/<str:day>/", change_to, name="appointment_change_to"),
    path(f"{OWN}cancel/", cancel, name="appointment_cancel"),
    path(f"{OWN}accept/", accept, name="appointment_accept"),
    path(f"{OWN}calendar.ics", calendar, name="appointment_calendar"),
]
