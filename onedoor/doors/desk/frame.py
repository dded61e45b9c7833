"""What every page at a counter shows around its own content: the counter, who is here, the line."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.ui.request import AtCentre


def frame(request: AtCentre, centre: str, counter: str) -> dict[str, Any]:
    """The context of ``desk/frame.html``: pages of the application extend it and fill `person` and `papers`."""
    at, here = now(), centres.counter_by_code(request.centre, counter)
    line = queue.line(request.centre, counter=here.id, at=at, officer=request.actor)
    return {
        "centre": centre,
        "counter": counter,
        "view": centres.centre(request.centre),
        "place": here,
        "line": line,
        "seated": _seated(request, here, at=at),
        **standing(line.here, at=at),
    }


def _seated(request: AtCentre, here: centres.CounterView, *, at: datetime) -> bool:
    """Whether whoever looks has sat down at this counter today."""
    held = centres.sitting_at(here.id, day=at.astimezone(ZONE).date())
    return held is not None and held.officer == request.actor.id


def said(request: AtCentre) -> bytes:
    """What a form said, in one order and without its token: by this a repeated press is known."""
    told = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    return urlencode(sorted(told.items())).encode()


def standing(ticket: queue.Ticket | None, *, at: datetime) -> dict[str, Any]:
    """Who is at the counter, as the panels show it; ``key`` makes the next step happen once."""
    service = catalogue.service_by_id(ticket.service_id) if ticket is not None else None
    return {"ticket": ticket, "service": service, "at": at, "key": new_id().hex}
