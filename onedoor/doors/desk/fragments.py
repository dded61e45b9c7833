"""The fragments of the desk that every person served needs anew, from moulds: after a step, and with a ticket that was given."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.middleware.csrf import get_token

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.visits import collects
from onedoor.kernel.i18n import format_time
from onedoor.kernel.ids import new_id
from onedoor.ui.moulds import Hole, Mould
from onedoor.ui.request import AtCentre


@dataclass(frozen=True)
class Standing:
    """On what the panels of a counter depend beside the values in them: how the person stands there, and for what.

    ``service`` is an edition, which never changes; None, with an empty status, when nobody is there.
    """

    papers_too: bool
    status: str = ""
    calls: int = 0
    named: bool = False
    several: bool = False
    service: UUID | None = None


def _after(shape: Standing, hole: Hole) -> dict[str, Any]:
    ticket = SimpleNamespace(
        id=hole("ticket"),
        number=hole("number"),
        status=shape.status,
        calls=shape.calls,
        name=hole("name") if shape.named else "",
        issued_at=hole("came"),
        called_at=hole("called"),
        started_at=hole("since"),
        visit=hole("visit"),
        several=shape.several,
    )
    return {
        "centre": hole("centre"),
        "counter": hole("counter"),
        "key": hole("key"),
        "csrf_token": hole("token"),
        "ticket": ticket if shape.status else None,
        "service": catalogue.service_version(shape.service) if shape.service else None,
        "papers_too": shape.papers_too,
    }


def _given(service: UUID, hole: Hole) -> dict[str, Any]:
    ticket = SimpleNamespace(number=hole("number"), token=hole("address"), people=1)
    return {
        "centre": hole("centre"),
        "key": hole("key"),
        "ticket": ticket,
        "service": catalogue.service_version(service),
        "help_words": queue.HELP_WORDS.items(),
    }


AFTER: Mould[Standing] = Mould("desk/after.html", _after)
GIVEN: Mould[UUID] = Mould("desk/given.html", _given)


def after(
    request: AtCentre, centre: str, counter: str, ticket: queue.Ticket | None, *, papers_too: bool
) -> HttpResponse:
    """The panels of a counter after a step, for who is there now; ``key`` makes the next step happen once."""
    here = {"centre": centre, "counter": counter, "key": new_id().hex, "token": _token(request)}
    if ticket is None:
        return HttpResponse(AFTER.filled(Standing(papers_too), **here))
    service = catalogue.service_by_id(ticket.service_id)
    several = ticket.people > 1 or bool(ticket.help) or collects(ticket) is not None
    shape = Standing(papers_too, ticket.status, ticket.calls, bool(ticket.name), several, service.version_id)
    person = {
        "ticket": ticket.id,
        "number": ticket.number,
        "visit": ticket.visit,
        "name": ticket.name,
        "came": format_time(ticket.issued_at),
        "called": format_time(ticket.called_at) if ticket.called_at else "",
        "since": format_time(ticket.started_at) if ticket.started_at else "",
    }
    return HttpResponse(AFTER.filled(shape, **here, **person))


def given(centre: str, ticket: queue.Ticket, service: catalogue.ServiceView) -> HttpResponse:
    """The slip of a ticket just given, and the empty questions for the next person."""
    return HttpResponse(
        GIVEN.filled(
            service.version_id,
            centre=centre,
            key=new_id().hex,
            number=ticket.number,
            address=ticket.token,
        )
    )


def _token(request: AtCentre) -> str:
    """The token of the form that was just sent, which was found good: the next form of this page may say it again."""
    return request.POST.get("csrfmiddlewaretoken") or get_token(request)
