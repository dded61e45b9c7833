"""Tickets of a centre, from taking to the end of the service: the hot path, so these answer without a second look."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.answers import Key, answered, once
from onedoor.doors.exchange.paging import After, Limit, page
from onedoor.doors.exchange.shapes.tickets import (
    LinePage,
    QueueOut,
    StatusWord,
    TakeTicket,
    TicketOut,
    TicketPage,
    place_json,
    ticket_json,
    ticket_line,
    wait_json,
)
from onedoor.doors.exchange.v1.base import ASKED, REFUSALS
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.inbox import replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

router = Router(tags=["tickets"])
AfterTicket = Query(None, alias="after", description="`next` of the page before; without it the first page.")
InZone = Query("", max_length=20, description="Only this part of the hall (its code).")


@router.get("/centres/{slug:centre}/queue", response={200: QueueOut, **ASKED}, operation_id="seeQueue")
@needs("queue.take")
def see_queue(request: AtCentre, centre: str) -> dict[str, Any]:
    """How many wait at a centre, and how long it may take."""
    at = now()
    seen = queue.board(request.centre, at=at)
    return {
        "waiting": seen.waiting,
        **wait_json(queue.expect(request.centre, at=at)),
        "called": [one.number for one in seen.called],
        "next": list(seen.next),
    }


@router.get("/centres/{slug:centre}/line", response={200: LinePage, **ASKED}, operation_id="listLine")
@needs("queue.take")
def list_line(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    zone: str = InZone,
    limit: int = Limit,
    after: UUID | None = AfterTicket,
) -> dict[str, Any]:
    """Everybody who waits at a centre now, in the order in which they are called; names and reasons stand in none."""
    if zone and zone not in {one.code for one in queue.calling_rule(request.centre).zones}:
        raise Invalid(_("The hall has no such part."), field="zone")
    found = queue.whole_line(request.centre, at=now(), zone=zone, after=after, limit=limit + 1)
    return page(
        request, response, found, limit=limit, cursor=lambda one: str(one.ticket.id), shown=place_json
    )


@router.post(
    "/centres/{slug:centre}/tickets", response={201: TicketOut, **REFUSALS}, operation_id="takeTicket"
)
@needs("queue.take")
def take_ticket(request: AtCentre, centre: str, body: TakeTicket, key: str = Key) -> HttpResponse:
    """Put a person in line for a service of the centre."""
    at, held = now(), once(request, key, ticket_json, status=201)
    return answered(
        held,
        replaying(
            held,
            at=at,
            act=lambda: queue.take_ticket(
                by=request.actor,
                at=at,
                centre=request.centre,
                service=service_named(body.service),
                name=body.name,
                phone=body.phone,
                priority=body.priority,
                once=held,
            ),
        ),
    )


@router.get("/centres/{slug:centre}/tickets", response={200: TicketPage, **ASKED}, operation_id="listTickets")
@needs("queue.take")
def list_tickets(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    day: date | None = None,
    status: StatusWord | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The tickets of a day (today where none is named), by number. The secret word of a ticket's page stands in none."""
    asked = day or queue.today_at(centre=request.centre, at=now())
    found = queue.tickets(request.centre, day=asked, status=status or "", after=after, limit=limit + 1)
    return page(request, response, found, limit=limit, cursor=lambda one: one.number, shown=ticket_line)


@router.get(
    "/centres/{slug:centre}/tickets/{uuid:ticket}",
    response={200: TicketOut, **ASKED},
    operation_id="seeTicket",
)
@needs("queue.take")
def see_ticket(request: AtCentre, centre: str, ticket: UUID) -> HttpResponse:
    """One ticket as it stands."""
    return HttpResponse(
        ticket_json(queue.ticket(ticket, centre=request.centre)), content_type="application/json"
    )


@router.post(
    "/centres/{slug:centre}/counters/{slug:counter}/call-next",
    response={200: TicketOut, **REFUSALS},
    operation_id="callNext",
)
@needs("queue.call")
def call_next(request: AtCentre, centre: str, counter: str, key: str = Key) -> HttpResponse:
    """Call the person whose turn it is to a counter."""
    at, held = now(), once(request, key, ticket_json)
    here = centres.counter_by_code(request.centre, counter)
    return answered(
        held,
        replaying(held, at=at, act=lambda: queue.call_next(by=request.actor, at=at, counter=here, once=held)),
    )


def _step(name: str, summary: str, action: Callable[..., queue.Ticket]) -> None:
    """Offer one step of a called ticket."""

    @router.post(
        f"/centres/{{slug:centre}}/tickets/{{uuid:ticket}}/{name}",
        response={200: TicketOut, **REFUSALS},
        operation_id=action.__name__.replace("_b", "B") + "Ticket",
        summary=summary,
    )
    @needs("queue.call")
    def step(request: AtCentre, centre: str, ticket: UUID, key: str = Key) -> HttpResponse:
        at, held = now(), once(request, key, ticket_json)
        return answered(
            held,
            replaying(
                held,
                at=at,
                act=lambda: action(by=request.actor, at=at, ticket=ticket, centre=request.centre, once=held),
            ),
        )


_step("start", "The person came: the service begins", queue.start)
_step("finish", "The service is over", queue.finish)
_step("miss", "The person did not come", queue.miss)
_step("hold", "The person fetches something and comes straight back", queue.hold)
_step("give-back", "Put the person back in line at the same place", queue.give_back)


def service_named(named: str) -> UUID:
    """A service's id, by itself or by its code."""
    try:
        return UUID(named)
    except ValueError:
        return catalogue.service(named).id
