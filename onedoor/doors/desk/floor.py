"""The counter's own page: call, serve, set aside, give back, step away."""

from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.fragments import after
from onedoor.doors.desk.frame import frame, said, standing
from onedoor.doors.desk.visits import about_visit
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

SERVE: dict[str, Callable[..., queue.Ticket]] = {
    "start": queue.start,
    "finish": queue.finish,
    "miss": queue.miss,
    "hold": queue.hold,
    "back": queue.give_back,
    "came": queue.come_back,
}
STAYS = ("next", "call", "start")


@needs("queue.call")
@never_cache
@require_safe
def home(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """The counter, with the line, the person and what the service asks for."""
    held = frame(request, centre, counter)
    if held["ticket"] is not None:
        held |= about_visit(request, held["ticket"])
    return render(request, "desk/home.html", held)


@needs("queue.call")
@never_cache
@require_safe
def line_part(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """The line alone; fetched again at each change."""
    here = centres.counter_by_code(request.centre, counter)
    line = queue.line(request.centre, counter=here.id, at=now(), officer=request.actor)
    held = {"centre": centre, "counter": counter, "line": line, **standing(None, at=now())}
    return render(request, "desk/line.html", {**held, "ticket": line.here})


@needs("queue.call")
@require_POST
def step(request: AtCentre, centre: str, counter: str, step: str) -> HttpResponse:
    """One step with the person who is called or served; a repeated press changes nothing."""
    at = now()
    once = Once(actor=request.actor.id, key=_key(request, step), body=said(request), answer=_answer)
    act: Callable[[], queue.Ticket]
    if step == "next":
        here = centres.counter_by_code(request.centre, counter)
        act = lambda: queue.call_next(by=request.actor, at=at, counter=here, once=once)  # noqa: E731
    elif step == "call":
        here = centres.counter_by_code(request.centre, counter)
        chosen = _ticket(request)
        act = lambda: queue.call_one(by=request.actor, at=at, counter=here, ticket=chosen, once=once)  # noqa: E731
    elif step in SERVE:
        chosen = _ticket(request)
        act = lambda: SERVE[step](by=request.actor, at=at, ticket=chosen, centre=request.centre, once=once)  # noqa: E731
    else:
        raise Http404
    done = replaying(once, at=at, act=act)
    if not request.headers.get("HX-Request") or isinstance(done, Answer):
        return _home(request, centre, counter)
    return after(request, centre, counter, done if step in STAYS else None, papers_too=step != "start")


@needs("centres.counter")
@require_POST
def switch(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Open or close the counter."""
    here = centres.counter_by_code(request.centre, counter)
    state: Literal["open", "closed"] = "open" if request.POST.get("state") == "open" else "closed"
    centres.set_counter_state(by=request.actor, at=now(), counter=here.id, state=state)
    return redirect("desk:home", centre=centre, counter=counter)


@needs("queue.call")
@require_POST
def away(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Step away: the person goes back to the line with their place, then the screen is locked; drafts stay saved."""
    here = centres.counter_by_code(request.centre, counter)
    held = queue.at_counter(request.centre, counter=here.id)
    if held is not None:
        queue.give_back(by=request.actor, at=now(), ticket=held.id, centre=request.centre)
    back = reverse("desk:home", kwargs={"centre": centre, "counter": counter})
    lock = HttpResponseRedirect(f"{reverse('staff_lock')}?next={back}")
    lock.status_code = 307  # the browser repeats this POST, with its token, at the lock
    return lock


def _home(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    address = reverse("desk:home", kwargs={"centre": centre, "counter": counter})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _answer(ticket: Any) -> Answer:
    return Answer(200, ticket.number)


def _key(request: AtCentre, step: str) -> str:
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    return f"desk/{step}/{key}"


def _ticket(request: AtCentre) -> UUID:
    try:
        return UUID(request.POST.get("ticket", ""))
    except ValueError as wrong:
        raise queue.TicketUnknown from wrong
