"""Booking a time: which centre, which day, which time, who comes, a look over it all. Every step is a page of its own address."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.citizen.collecting import MOST_SIGNED, collected
from onedoor.doors.citizen.halls import NEAR, by_province, halls_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.i18n import language
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request

AT_ONCE = 14
"""Days on one page."""
MOST_MORE = 3
"""Services besides the first in one visit."""
FIELDS = ("name", "phone", "people", "id")


@dataclass(frozen=True)
class Place:
    """What is booked, where: the service, the centre, and what the centre promises."""

    service: catalogue.ServiceView
    view: centres.CentreView
    rule: queue.BookingRule
    others: tuple[catalogue.ServiceView, ...] = ()
    """What else is done in the same visit."""
    ticket: str = ""
    """The signed word of a case whose result is collected; empty for everything else."""
    collects: cases.ToCollect | None = None

    def asked(self, people: int = 1) -> queue.Booking:
        """What free times are looked for: long enough for all of it."""
        return queue.Booking(services=self.services, people=people, channel="portal")

    @property
    def services(self) -> tuple[UUID, ...]:
        """All that is done in the visit, what it was booked for first."""
        return (self.service.id, *(one.id for one in self.others))

    @property
    def carried(self) -> str:
        """What the next address says of the other services, and of a result that is collected."""
        said = [("with", one.code) for one in self.others] + [("for", self.ticket)] * bool(self.ticket)
        return f"?{urlencode(said)}" if said else ""

    def starts(self, day: date, moment: time) -> datetime:
        """An instant of the centre's clock."""
        return datetime.combine(day, moment, ZoneInfo(self.view.zone))


@public
@require_safe
def where(request: Request, code: str) -> HttpResponse:
    """The centres that give a service, by province; where there is one only, its days."""
    service = catalogue.service(code)
    views = [view for view, _days in centres.centres_with(service.id, on=today())]
    if len(views) == 1:
        return redirect("citizen:book_days", code=code, centre=views[0].code)
    regions = by_province(halls_of(views, at=now()), near=request.COOKIES.get(NEAR, ""))
    return render(request, "citizen/book_where.html", {"service": service, "regions": regions})


@public
@require_safe
def what(request: Request, centre: str) -> HttpResponse:
    """The services of a centre, one of which a time is booked for."""
    view = centres.centre_by_code(centre)
    known = catalogue.services_by_id([one.service for one in centres.offered_at(view, on=today())])
    return render(request, "citizen/book_what.html", {"view": view, "services": list(known.values())})


@public
@never_cache
@require_safe
def days(request: Request, code: str, centre: str) -> HttpResponse:
    """The coming days with how many times are free, or why there are none."""
    place = place_of(request, code, centre)
    about = {**days_shown(request, place), "step": 1, "more": _more(place)}
    return render(request, "citizen/book_days.html", about)


@public
@never_cache
@require_safe
def times(request: Request, code: str, centre: str, day: str) -> HttpResponse:
    """The free times of a day; a full day leads to its waiting list."""
    place, on = place_of(request, code, centre), day_of(day)
    return render(request, "citizen/book_times.html", {**times_shown(place, on), "step": 2})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: Request, code: str, centre: str, day: str, moment: str) -> HttpResponse:
    """Who comes; a look over it all; then it is booked, once however often the form is sent."""
    place, on = place_of(request, code, centre), day_of(day)
    starts = place.starts(on, time_of(moment))
    said = said_of(request)
    if request.method != "POST" or request.POST.get("step") == "back":
        return _form(request, place, on, said, starts=starts)
    try:
        if request.POST.get("step") != "book":
            check_said(said)
            return _check(request, place, on, said, starts=starts)
        made = queue.book(by=Actor.public(), at=now(), asking=_asking(request, place, said), starts=starts)
    except Invalid as fault:
        return _form(request, place, on, said, starts=starts, fault=fault)
    except (queue.SlotIsTaken, queue.DayCannotBeBooked) as fault:
        shown = {**times_shown(place, on), "step": 2, "sentence": fault.message}
        return render(request, "citizen/book_times.html", shown, status=fault.status)
    except (queue.TooManyAppointments, queue.BookedAlready) as fault:
        return _form(request, place, on, said, starts=starts, fault=fault)
    return made_page(made.id)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, code: str, centre: str, day: str) -> HttpResponse:
    """Wait for a time of a full day."""
    place, on, said = place_of(request, code, centre), day_of(day), said_of(request)
    if request.method != "POST" or request.POST.get("step") == "back":
        return _form(request, place, on, said)
    try:
        if request.POST.get("step") != "book":
            check_said(said)
            return _check(request, place, on, said)
        made = queue.join_list(by=Actor.public(), at=now(), asking=_asking(request, place, said), day=on)
    except queue.DayIsNotFull:
        return redirect(reverse("citizen:book_times", args=(code, centre, day)) + place.carried)
    except (Invalid, queue.TooManyAppointments, queue.BookedAlready) as fault:
        return _form(request, place, on, said, fault=fault)
    return made_page(made.id)


def place_of(request: Request, code: str, centre: str) -> Place:
    """What is booked, where, with what else in the same visit, for which case; 404 for what is not there."""
    view = centres.centre_by_code(centre)
    ticket = request.GET.get("for", "")[:MOST_SIGNED]
    wanted = dict.fromkeys(one for one in request.GET.getlist("with")[:MOST_MORE] if one != code)
    return Place(
        service=catalogue.service(code),
        view=view,
        rule=queue.booking_rule(view.id),
        others=tuple(catalogue.service(one) for one in wanted),
        ticket=ticket,
        collects=collected(ticket, centre=view.id) if ticket else None,
    )


def _more(place: Place) -> list[catalogue.ServiceView]:
    """What else the centre offers, that could be done in the same visit."""
    offered = [one.service for one in centres.offered_at(place.view, on=today())]
    known = catalogue.services_by_id([one for one in offered if one != place.service.id])
    return list(known.values())


def day_of(typed: str) -> date:
    """A day of an address; anything else is not found."""
    try:
        found = date.fromisoformat(typed)
    except ValueError as fault:
        raise Missing() from fault
    if len(typed) != 10 or not 2000 <= found.year <= 2200:
        raise Missing()
    return found


def time_of(typed: str) -> time:
    """A time of an address, as 0930; anything else is not found."""
    if not (len(typed) == 4 and typed.isascii() and typed.isdigit()):
        raise Missing()
    try:
        return time(int(typed[:2]), int(typed[2:]))
    except ValueError as fault:
        raise Missing() from fault


def days_shown(request: Request, place: Place, *, asked: queue.Booking | None = None) -> dict[str, Any]:
    """One page of days, and where the next begins."""
    at, since = now(), request.GET.get("from", "")
    first = max(day_of(since), today()) if since else today()
    wanted = asked or place.asked()
    found = queue.free_days(place.view, asked=wanted, at=at, since=first, count=AT_ONCE)
    last = today() + timedelta(days=place.rule.horizon)
    following = first + timedelta(days=AT_ONCE)
    shut = {one.day: queue.SHUT_WORDS.get(one.shut) for one in found}
    return {
        "place": place,
        "days": [(one, shut[one.day]) for one in found],
        "none": not any(one.free for one in found),
        "following": following if following <= last else None,
        "before": max(today(), first - timedelta(days=AT_ONCE)) if first > today() else None,
    }


def times_shown(place: Place, on: date, *, asked: queue.Booking | None = None) -> dict[str, Any]:
    """The free times of a day, before noon and after, or why there are none."""
    at, wanted, zone = now(), asked or place.asked(), ZoneInfo(place.view.zone)
    found = [
        slot.starts.astimezone(zone) for slot in queue.free_slots(place.view, asked=wanted, day=on, at=at)
    ]
    (seen,) = queue.free_days(place.view, asked=wanted, at=at, since=on, count=1) or (None,)
    shut = seen.shut if seen and seen.day == on else "past" if on < today() else "beyond"
    return {
        "place": place,
        "day": on,
        "morning": [one for one in found if one.hour < 12],
        "afternoon": [one for one in found if one.hour >= 12],
        "full": shut == "full",
        "shut": queue.SHUT_WORDS.get(shut) if shut and shut != "full" else "",
    }


def said_of(request: Request) -> dict[str, Any]:
    """What the form says, cut to what can be read."""
    given = {name: request.POST.get(name, "").replace("\x00", "")[:240].strip() for name in FIELDS}
    return {**given, "help": [one[:20] for one in request.POST.getlist("help")[:8]]}


def check_said(said: dict[str, Any]) -> None:
    """A name and a number that can be, before one looks it over.

    Raises:
        NameOrPhoneInvalid: names the field.
    """
    queue.plain_name(said["name"])
    queue.plain_phone(said["phone"])


def made_page(appointment: UUID) -> HttpResponse:
    """To the person's own page."""
    response = redirect("citizen:appointment", token=queue.token_of(appointment))
    response["Location"] += "?new"
    return response


def _asking(request: Request, place: Place, said: dict[str, Any]) -> queue.Asking:
    people = said["people"]
    return queue.Asking(
        centre=place.view.id,
        service=place.service.id,
        services=[one.id for one in place.others],
        name=said["name"],
        phone=said["phone"],
        people=int(people)
        if people.isascii() and people.isdigit() and len(people) < 3
        else 0
        if people
        else 1,
        help=said["help"],
        language=language(),
        address=request.META.get("REMOTE_ADDR", ""),
        subject=place.collects.case if place.collects else None,
        id=_id(said["id"]),
    )


def _id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return new_id()


def _form(
    request: Request,
    place: Place,
    on: date,
    said: dict[str, Any],
    *,
    starts: datetime | None = None,
    fault: DomainError | None = None,
) -> HttpResponse:
    field = getattr(fault, "field", "")
    held = {
        "place": place,
        "day": on,
        "starts": starts,
        "said": {**said, "id": said["id"] or str(new_id()), "people": said["people"] or "1"},
        "helps": queue.HELP_WORDS.items(),
        "people": [(str(one), str(one)) for one in range(1, place.rule.most_people + 1)],
        "faults": [(f"id_{field}" if field else "", fault.message)] if fault else [],
        "bad": {field: fault.message} if fault and field else {},
    }
    return render(request, "citizen/book_who.html", held, status=fault.status if fault else 200)


def _check(
    request: Request, place: Place, on: date, said: dict[str, Any], *, starts: datetime | None = None
) -> HttpResponse:
    helps = [queue.HELP_WORDS[one] for one in said["help"] if one in queue.HELP_WORDS]
    held = {"place": place, "day": on, "starts": starts, "said": said, "helps": helps}
    return render(request, "citizen/book_check.html", held)


HERE = "book/<slug:code>/<slug:centre>/"
urlpatterns = [
    path("book/<slug:code>/", where, name="book"),
    path("centres/<slug:centre>/book/", what, name="book_what"),
    path(HERE, days, name="book_days"),
    path(f"{HERE}<str:day>/", times, name="book_times"),
    path(f"{HERE}<str:day>/list/", join, name="book_list"),
    path(f"{HERE}<str:day>/<str:moment>/", who, name="book_who"),
]
