"""Who asked for help today, who comes, and who is still missing: for greeters, the reception and the head."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.roster import place_words
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

AHEAD = timedelta(days=14)
"""So far ahead requests of appointments are listed, so that interpreters can be asked in time."""
STEPS: dict[str, Callable[..., queue.Help]] = {
    "book": queue.book_help,
    "here": queue.help_here,
    "done": queue.end_help,
    "withdraw": queue.end_help,
}


@needs("queue.take")
@never_cache
@require_safe
def helps(request: AtCentre, centre: str) -> HttpResponse:
    """The list of today; what is missing somebody stands first."""
    return render(request, "desk/helps.html", _about(request, centre))


@needs("queue.take")
@never_cache
@require_safe
def part(request: AtCentre, centre: str) -> HttpResponse:
    """The list alone; fetched again at each change."""
    return render(request, "desk/helps_list.html", _about(request, centre))


@needs("queue.take")
@require_POST
def turn(request: AtCentre, centre: str, help: UUID, turn: str) -> HttpResponse:
    """Say who comes, that they are with the person, that it is over, or that nobody is wanted any more."""
    if turn not in STEPS:
        raise Http404
    more: dict[str, Any] = {}
    if turn == "book":
        name = request.POST.get("name", "").strip()
        more = {"name": name} if name else {"helper": request.actor.id}
    elif turn == "withdraw":
        more = {"given": False}
    try:
        STEPS[turn](by=request.actor, at=now(), centre=request.centre, help=help, **more)
    except queue.HelpUnknown:
        raise
    except DomainError as fault:
        messages.error(request, str(fault.message))
    return redirect("desk:helps", centre=centre)


def _about(request: AtCentre, centre: str) -> dict[str, Any]:
    at, view = now(), centres.centre(request.centre)
    day = queue.today_at(centre=request.centre, at=at)
    counters = {one.id: one for one in centres.counters(request.centre)}
    hour = at.astimezone(ZoneInfo(view.zone)).time()
    rows = [_row(one, counters) for one in queue.helps_today(request.centre, day=day, at=at)]
    coming = queue.helps_coming(request.centre, after=day, until=day + AHEAD)
    return {
        "centre": centre,
        "view": view,
        "rows": rows,
        "coming": [_row(one, counters) for one in coming],
        "missing": sum(row["view"].missing for row in rows),
        "on_duty": [_on_duty(one) for one in centres.duties(request.centre, day, day) if one.ends > hour],
    }


def _row(one: queue.HelpView, counters: Mapping[UUID, centres.CounterView]) -> dict[str, Any]:
    at_counter = one.ticket.counter_id if one.ticket else None
    return {
        "view": one,
        "words": queue.HELP_WORDS.get(one.help.code, one.help.code),
        "who": _who(one.help),
        "counter": counters.get(at_counter) if at_counter else None,
    }


def _on_duty(duty: centres.DutyView) -> dict[str, str]:
    """Somebody of today's roster as a choice: the name, and where and until when she is there."""
    until = _("until %s") % duty.ends.strftime("%H:%M")
    return {"name": duty.helper.name, "words": f"{place_words().get(duty.place, '')} · {until}"}


def _who(help: queue.Help) -> str:
    known = access.login(help.helper_id) if help.helper_id else None
    return text(known.name) if known is not None else help.helper_name


HELP = "<slug:centre>/help/"
urlpatterns = [
    path(HELP, helps, name="helps"),
    path(f"{HELP}part/", part, name="helps_part"),
    path(f"{HELP}<uuid:help>/<slug:turn>/", turn, name="help_turn"),
]
