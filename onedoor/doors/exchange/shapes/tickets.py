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


class WaitOut(Schema):
    """The wait, in minutes, of who comes now, as it is told on the screens: by what the hall's own days taught and how its
    line stands. As many wait longer than ``expected_wait_minutes`` as less; nine of ten wait from ``wait_low_minutes`` to
    ``wait_high_minutes``. All three are null when no counter is open."""

    expected_wait_minutes: int | None
    wait_low_minutes: int | None
    wait_high_minutes: int | None


class QueueOut(WaitOut):
    """The hall of a centre now, with the wait of who comes now."""

    waiting: int
    called: list[str]
    next: list[str]


class PlaceOut(Schema):
    """A place in today's line: who is called in which order, without anything about the person. ``ahead``: how many wait
    before; in another part of the hall, or for another counter, somebody may be called sooner. ``zone`` is empty where the
    hall has no parts."""

    ticket: UUID
    number: str
    service: UUID
    zone: str
    counter: UUID | None
    people: int
    ahead: int
    issued_at: datetime
    promised_low_minutes: int | None
    promised_high_minutes: int | None


class LinePage(Schema):
    """The line in its order."""

    items: list[PlaceOut]
    next: str | None


def wait_json(expected: queue.Expected | None) -> dict[str, int | None]:
    """A wait as `WaitOut`."""
    return {
        "expected_wait_minutes": expected.likely if expected else None,
        "wait_low_minutes": expected.low if expected else None,
        "wait_high_minutes": expected.high if expected else None,
    }


def place_json(place: queue.PlaceInLine) -> dict[str, Any]:
    """A place in line as `PlaceOut`."""
    ticket = place.ticket
    return {
        "ticket": ticket.id,
        "number": ticket.number,
        "service": ticket.service_id,
        "zone": ticket.zone,
        "counter": ticket.counter_id,
        "people": ticket.people,
        "ahead": place.ahead,
        "issued_at": ticket.issued_at,
        "promised_low_minutes": ticket.promised_low,
        "promised_high_minutes": ticket.promised_high,
    }


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
