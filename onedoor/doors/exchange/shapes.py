"""What the API takes and gives, as it stands in its OpenAPI description."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from ninja import Schema
from pydantic import ConfigDict, StringConstraints

from onedoor.domain.queue import api as queue

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
StatusWord = Literal["waiting", "called", "serving", "held", "served", "missed", "carried over", "left"]


class TakeTicket(Schema):
    """A person who wants to stand in line. ``service`` is a service's id or its code."""

    model_config = ConfigDict(extra="forbid", strict=True)

    service: Code
    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    priority: bool = False


class TicketOut(Schema):
    """A place in line."""

    id: UUID
    number: str
    status: StatusWord
    centre: UUID
    service: UUID
    visit: UUID
    counter: UUID | None
    token: str
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class QueueOut(Schema):
    """The hall of a centre now. The wait is an estimate by the naive formula; null when no counter is open."""

    waiting: int
    expected_wait_minutes: int | None
    called: list[str]
    next: list[str]


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None
    field: str | None = None
    fields: list[dict[str, Any]] | None = None


def ticket_json(ticket: queue.Ticket) -> str:
    """A ticket as `TicketOut`, Lao unescaped."""
    return orjson.dumps(
        {
            "id": ticket.id,
            "number": ticket.number,
            "status": ticket.status,
            "centre": ticket.centre_id,
            "service": ticket.service_id,
            "visit": ticket.visit,
            "counter": ticket.counter_id,
            "token": ticket.token,
            "issued_at": ticket.issued_at,
            "called_at": ticket.called_at,
            "started_at": ticket.started_at,
            "ended_at": ticket.ended_at,
        },
        option=orjson.OPT_UTC_Z,
    ).decode()
