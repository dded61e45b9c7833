"""Tickets and the hall, as the API takes and gives them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from ninja import Schema
from pydantic import StringConstraints

from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.shapes.common import Code, Said

StatusWord = Literal["waiting", "called", "serving", "held", "served", "missed", "carried over", "left"]


class TakeTicket(Said):
    """A person who wants to stand in line. ``service`` is a service's id or its code."""

    service: Code
    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    priority: bool = False


class TicketLine(Schema):
    """A place in line, as a list has it."""

    id: UUID
    number: str
    status: StatusWord
    centre: UUID
    service: UUID
    visit: UUID
    counter: UUID | None
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class TicketOut(TicketLine):
    """A place in line. ``token`` is the secret word of the person's own page."""

    token: str


class TicketPage(Schema):
    """Tickets by number."""

    items: list[TicketLine]
    next: str | None


class QueueOut(Schema):
    """The hall of a centre now. The wait is an estimate by the naive formula; null when no counter is open."""

    waiting: int
    expected_wait_minutes: int | None
    called: list[str]
    next: list[str]


def ticket_line(ticket: queue.Ticket) -> dict[str, Any]:
    """A ticket as `TicketLine`."""
    return {
        "id": ticket.id,
        "number": ticket.number,
        "status": ticket.status,
        "centre": ticket.centre_id,
        "service": ticket.service_id,
        "visit": ticket.visit,
        "counter": ticket.counter_id,
        "issued_at": ticket.issued_at,
        "called_at": ticket.called_at,
        "started_at": ticket.started_at,
        "ended_at": ticket.ended_at,
    }


def ticket_json(ticket: queue.Ticket) -> str:
    """A ticket as `TicketOut`, Lao unescaped."""
    return orjson.dumps({**ticket_line(ticket), "token": ticket.token}, option=orjson.OPT_UTC_Z).decode()
