"""Version 1 of the API: tickets of a centre, from taking to the end of the service.

Every write asks for an ``Idempotency-Key``: the same key and body are answered by the first answer, another body by 409.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import Header, NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.exchange import problems
from onedoor.doors.exchange.shapes import Problem, QueueOut, TakeTicket, TicketOut, ticket_json
from onedoor.kernel.clock import now
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs, permission_of, public
from onedoor.ui.request import AtCentre

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LARGEST = 64 * 1024  # bytes of a request
REFUSALS = {frozenset({400, 401, 403, 404, 409, 413, 422}): Problem}
Key = Header(alias="Idempotency-Key", min_length=1, max_length=200)


class Reader(Parser):
    """Reads JSON."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as values; nothing is an empty object."""
        return orjson.loads(request.body or b"{}")


class Writer(BaseRenderer):
    """Writes JSON without escaping Lao."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The values as bytes."""
        return orjson.dumps(data, option=orjson.OPT_UTC_Z)


api = NinjaAPI(
    title="OneDoor",
    version="1",
    description="Tickets of one-door service centres. Errors are problem documents; times are UTC.",
    urls_namespace="v1",
    docs_url=None,
    openapi_url=None,
    parser=Reader(),
    renderer=Writer(),
)
problems.install(api)
router = Router(tags=["queue"])


@router.get("/centres/{slug:centre}/queue", response={200: QueueOut, **REFUSALS}, operation_id="seeQueue")
@needs("queue.take")
def see_queue(request: AtCentre, centre: str) -> dict[str, Any]:
    """How many wait at a centre, and how long it may take."""
    at = now()
    seen = queue.board(request.centre, at=at)
    return {
        "waiting": seen.waiting,
        "expected_wait_minutes": queue.expected_wait(request.centre, at=at, ahead=seen.waiting),
        "called": [one.number for one in seen.called],
        "next": list(seen.next),
    }


@router.post(
    "/centres/{slug:centre}/tickets", response={201: TicketOut, **REFUSALS}, operation_id="takeTicket"
)
@needs("queue.take")
def take_ticket(request: AtCentre, centre: str, body: TakeTicket, key: str = Key) -> HttpResponse:
    """Put a person in line for a service of the centre."""
    at, once = now(), _once(request, key, status=201)
    return _answered(
        once,
        replaying(
            once,
            at=at,
            act=lambda: queue.take_ticket(
                by=request.actor,
                at=at,
                centre=request.centre,
                service=_service(body.service),
                name=body.name,
                phone=body.phone,
                priority=body.priority,
                once=once,
            ),
        ),
    )


@router.get(
    "/centres/{slug:centre}/tickets/{uuid:ticket}",
    response={200: TicketOut, **REFUSALS},
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
    at, once = now(), _once(request, key)
    here = centres.counter_by_code(request.centre, counter)
    return _answered(
        once,
        replaying(once, at=at, act=lambda: queue.call_next(by=request.actor, at=at, counter=here, once=once)),
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
        at, once = now(), _once(request, key)
        return _answered(
            once,
            replaying(
                once,
                at=at,
                act=lambda: action(by=request.actor, at=at, ticket=ticket, centre=request.centre, once=once),
            ),
        )


_step("start", "The person came: the service begins", queue.start)
_step("finish", "The service is over", queue.finish)
_step("miss", "The person did not come", queue.miss)
_step("hold", "The person fetches something and comes straight back", queue.hold)
_step("give-back", "Put the person back in line at the same place", queue.give_back)
api.add_router("", router)


@public
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description, as it is committed under docs/openapi."""
    return HttpResponse(described(), content_type="application/json")


@lru_cache(maxsize=1)
def described() -> bytes:
    """The OpenAPI description as bytes, the same at every call."""
    whole = OpenAPISchema(api, path_prefix="/api/v1/")
    whole["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    whole["security"] = [{"token": []}]
    option = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS
    return orjson.dumps(whole, option=option)


def addresses() -> list[URLPattern]:
    """The routes, each with the permission that each method asks for."""
    found = [path("openapi.json", description, name="description")]
    for bound in api._get_bound_routers():
        for address, held in bound.path_operations.items():
            offered = {method: one for one in held.operations for method in one.methods}
            view = _careful(held.get_view(), allowed=sorted(offered))
            # A method that is not offered asks for what the address asks for, and is then refused with 405.
            asked = dict.fromkeys(METHODS, permission_of(held.operations[0].view_func))
            asked |= {method: permission_of(one.view_func) for method, one in offered.items()}
            view.permission = asked  # type: ignore[attr-defined]
            found.append(path(_route(address), view, name=held.operations[0].operation_id))
    return found


def _careful(view: Callable[..., Any], *, allowed: list[str]) -> Callable[..., Any]:
    """Refuse another method, what is too large, and what is no JSON, before anything is read."""

    def guarded(request: HttpRequest, **named: Any) -> Any:
        length = request.headers.get("Content-Length") or "0"
        if request.method not in allowed:
            refusal = problems.problem(405, code="method_not_offered")
            refusal["Allow"] = ", ".join(allowed)
            return refusal
        if not length.isdigit() or int(length) > LARGEST:
            return problems.problem(413, code="too_large", detail="A request has at most 64 KiB.")
        if length != "0" and request.content_type != "application/json":
            return problems.problem(415, code="not_json", detail="Send application/json.")
        return view(request, **named)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # tokens only: the guard takes no session here
    return guarded


def _route(address: str) -> str:
    return address.lstrip("/").replace("{", "<").replace("}", ">")


def _once(request: AtCentre, key: str, *, status: int = 200) -> Once:
    said = request.path.encode() + b"\n" + request.body
    return Once(
        actor=request.actor.id, key=key, body=said, answer=lambda ticket: Answer(status, ticket_json(ticket))
    )


def _answered(once: Once, done: queue.Ticket | Answer) -> HttpResponse:
    """The first answer, or the stored one with a header that says so."""
    answer = done if isinstance(done, Answer) else once.answer(done)
    response = HttpResponse(answer.text, status=answer.status, content_type="application/json")
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _service(named: str) -> UUID:
    """A service's id, by itself or by its code."""
    try:
        return UUID(named)
    except ValueError:
        return catalogue.service(named).id
