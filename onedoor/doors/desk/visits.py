"""A visit at a counter: its people and services as a list, each with its application; sent on; help asked for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@dataclass(frozen=True)
class Row:
    """One service for one person as the list shows it; ``errand`` is None for a visit of one service."""

    person: int
    label: str
    service: catalogue.ServiceView
    state: str
    errand: UUID | None
    case: cases.VisitCase | None


def visit_of(request: AtCentre, visit: UUID | str) -> queue.Ticket:
    """The ticket of a visit at this centre."""
    try:
        ticket = queue.visit_ticket(visit if isinstance(visit, UUID) else UUID(visit))
    except ValueError as wrong:
        raise queue.VisitUnknown from wrong
    if ticket.centre_id != request.centre:
        raise queue.VisitUnknown
    return ticket


def about_visit(request: AtCentre, ticket: queue.Ticket) -> dict[str, Any]:
    """The list of a visit: services and people, what is owed for them, which help is asked for."""
    known = cases.visit_cases(request.actor, visit=ticket.visit)
    rows = [
        Row(
            person=each.person,
            label=each.label,
            service=catalogue.service_by_id(each.service_id),
            state=each.state,
            errand=each.id,
            case=known.get(each.case_id) if each.case_id else None,
        )
        for each in queue.errands(visit=ticket.visit)
    ]
    only = Row(1, "", catalogue.service_by_id(ticket.service_id), "asked", None, None)
    shown, collected = rows or [only], _collected(request, ticket)
    if collected is not None and shown[0].case is None:
        shown = [replace(shown[0], case=collected), *shown[1:]]
    takes = access.may(request.actor, payments.TAKE, at=request.centre)
    owed = (
        payments.open_of_visit(by=request.actor, centre=request.centre, visit=ticket.visit) if takes else []
    )
    return {
        "visiting": ticket,
        "errands": shown,
        "several": len(rows) > 1,
        "listed": len(rows) > 1 or collected is not None,
        "following": next(
            (row for row in shown if row.errand and row.state == "asked" and not row.case), None
        ),
        "ready": sum(_ready(row, {one.subject for one in owed}) for row in rows),
        "owed": owed,
        "owed_total": sum(one.fee for one in owed),
        "enters": access.may(request.actor, cases.ENTER, at=request.centre),
        "helps": [(one, queue.HELP_WORDS[one.code]) for one in queue.helps_of(visit=ticket.visit)],
    }


def collects(ticket: queue.Ticket) -> UUID | None:
    """The case for whose hand-over somebody with a booked time has come."""
    booked = ticket.appointment_id
    return queue.subject_of(booked, centre=ticket.centre_id) if booked is not None else None


def _collected(request: AtCentre, ticket: queue.Ticket) -> cases.VisitCase | None:
    subject = collects(ticket)
    return cases.collected(request.actor, case=subject) if subject is not None else None


def _ready(row: Row, owing: Collection[UUID]) -> bool:
    """Whether a result waits to be handed over, and nothing is known to be owed for it."""
    case = row.case
    return case is not None and case.task is not None and case.task.hands_over and case.case not in owing


def visit_beside(request: AtCentre, visit: UUID | None) -> dict[str, Any]:
    """The same beside an application; nothing where it was opened without a ticket."""
    try:
        return about_visit(request, visit_of(request, visit)) if visit is not None else {}
    except queue.VisitUnknown:
        return {}


@needs("queue.call")
@never_cache
@require_safe
def visit(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """The whole visit: its list, a service or person more, another counter, help."""
    return _page(request, centre, counter, visit)


@needs("queue.call")
@never_cache
@require_safe
def part(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """The list alone, beside the person at the counter."""
    held = {"centre": centre, "counter": counter, **about_visit(request, visit_of(request, visit))}
    return render(request, "desk/visit_list.html", held)


@needs("queue.call")
@require_POST
def add(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """A service for a person more."""
    ticket = visit_of(request, visit)
    code = request.POST.get("service", "")[:80]
    try:
        if not code:
            raise Invalid(_("Say at least one service."), field="service")
        wanted = queue.Wanted(
            service=catalogue.service(code).id,
            person=whole(request.POST.get("person", ""), field="person"),
            label=request.POST.get("label", ""),
        )
        queue.add_errand(by=request.actor, at=now(), centre=request.centre, ticket=ticket.id, wanted=wanted)
    except DomainError as fault:
        return _page(request, centre, counter, visit, fault=fault)
    return redirect("desk:visit", centre=centre, counter=counter, visit=visit)


@needs("queue.call")
@require_POST
def drop(request: AtCentre, centre: str, counter: str, visit: str, errand: UUID) -> HttpResponse:
    """Take a service back whose application was not opened."""
    visit_of(request, visit)
    try:
        queue.drop_errand(by=request.actor, at=now(), centre=request.centre, errand=errand)
    except (queue.ErrandHasBegun, queue.ErrandIsWrong) as fault:
        return _page(request, centre, counter, visit, fault=fault)
    return redirect("desk:visit", centre=centre, counter=counter, visit=visit)


@needs("queue.call")
@require_POST
def send(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """Send the person to another counter, service or part of the hall; the place is kept."""
    ticket = visit_of(request, visit)
    try:
        where = _target(request)
        queue.transfer(
            by=request.actor,
            at=now(),
            ticket=ticket.id,
            centre=request.centre,
            reason=request.POST.get("reason", ""),
            **where,
        )
    except DomainError as fault:
        return _page(request, centre, counter, visit, fault=fault)
    messages.success(request, _("%s waits there now, with the place kept.") % ticket.number)
    return redirect("desk:home", centre=centre, counter=counter)


@needs("queue.call")
@require_POST
def ask_help(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """Ask for help for the person at the counter."""
    ticket = visit_of(request, visit)
    codes = [code[:24] for code in request.POST.getlist("help")]
    try:
        queue.ask_help(by=request.actor, at=now(), centre=request.centre, visit=ticket.visit, codes=codes)
    except DomainError as fault:
        return _page(request, centre, counter, visit, fault=fault)
    return redirect("desk:visit", centre=centre, counter=counter, visit=visit)


@needs("cases.enter")
@require_POST
def hand_over(request: AtCentre, centre: str, counter: str, visit: str) -> HttpResponse:
    """Hand over every result of the visit that is ready; each is recorded by itself."""
    ticket = visit_of(request, visit)
    try:
        handed = cases.hand_over_visit(by=request.actor, at=now(), visit=ticket.visit)
    except (cases.NothingToHandOver, cases.FeeIsOwed) as fault:
        return _page(request, centre, counter, visit, fault=fault)
    said = ngettext("One result was handed over.", "%(number)s results were handed over.", len(handed))
    messages.success(request, said % {"number": len(handed)})
    return redirect("desk:visit", centre=centre, counter=counter, visit=visit)


def whole(text: str, *, field: str) -> int:
    """A small whole number as somebody typed it, perhaps below zero; anything else is refused."""
    plain = text.strip()
    if not plain.removeprefix("-").isdecimal() or len(plain) > 4:
        raise Invalid(_("Enter a whole number."), field=field)
    return int(plain)


def _target(request: AtCentre) -> dict[str, Any]:
    """Where the form sends somebody: ``counter:2``, ``service:passport`` or ``zone:quick``."""
    kind, _colon, code = request.POST.get("to", "")[:90].partition(":")
    if kind == "counter" and code:
        return {"counter": centres.counter_by_code(request.centre, code).id}
    if kind == "service" and code:
        return {"service": catalogue.service(code).id}
    return {"zone": code} if kind == "zone" else {}


def _page(
    request: AtCentre, centre: str, counter: str, visit: str, *, fault: DomainError | None = None
) -> HttpResponse:
    ticket, held = visit_of(request, visit), frame(request, centre, counter)
    listed = about_visit(request, ticket)
    people = sorted({(row.person, row.label) for row in listed["errands"]})
    known = {person for person, _label in people}
    day = held["at"].astimezone(ZoneInfo(held["view"].zone)).date()
    days = {one.service for one in centres.offered_at(held["view"], on=day) if one.today}
    offered = [each for each in catalogue.services() if each.id in days]
    about = {
        **held,
        **listed,
        "people": people,
        "next_person": next((n for n in range(1, 21) if n not in known), 20),
        "offered": offered,
        "counters": [
            one
            for one in centres.counters(request.centre)
            if one.state == "open" and one.id != ticket.counter_id
        ],
        "zones": queue.calling_rule(request.centre).zones,
        "reasons": queue.TRANSFER_WORDS.items(),
        "help_words": queue.HELP_WORDS.items(),
        "going": ticket.status in ("waiting", "called", "serving", "held", "missed"),
        "said": request.POST,
        "faults": [(f"id_{getattr(fault, 'field', '') or 'to'}", fault.message)] if fault else [],
    }
    return render(request, "desk/visit.html", about, status=fault.status if fault else 200)


VISIT = "<slug:centre>/<slug:counter>/visit/<slug:visit>/"
urlpatterns = [
    path(VISIT, visit, name="visit"),
    path(f"{VISIT}part/", part, name="visit_part"),
    path(f"{VISIT}add/", add, name="visit_add"),
    path(f"{VISIT}errands/<uuid:errand>/drop/", drop, name="visit_drop"),
    path(f"{VISIT}send/", send, name="visit_send"),
    path(f"{VISIT}hand-over/", hand_over, name="visit_hand_over"),
    path(f"{VISIT}help/", ask_help, name="visit_help"),
]
