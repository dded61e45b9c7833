"""Where one works today: a centre, then a counter."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.checklists import opening_missed
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("queue.call")
@never_cache
@require_safe
def choose(request: AtCentre) -> HttpResponse:
    """The centres where one may call people; with one only, its counters at once."""
    held = access.reach(request.actor).units
    within = [
        view
        for view in centres.centres()
        if view.id in held and access.may(request.actor, queue.CALL, at=view.id)
    ]
    if len(within) == 1:
        return redirect("desk:counters", centre=within[0].code)
    return render(request, "desk/choose.html", {"places": within})


@needs("queue.call")
@never_cache
@require_safe
def counters(request: AtCentre, centre: str) -> HttpResponse:
    """The counters of the centre: which are open, and whom they serve."""
    at = now()
    called = {one.counter: one.number for one in queue.board(request.centre, at=at).called}
    rows = [(counter, called.get(counter.id, "")) for counter in centres.counters(request.centre)]
    mine = payments.open_session_of(request.actor)
    left = mine if mine is not None and mine.day < at.astimezone(ZONE).date() else None
    held = {"centre": centre, "view": centres.centre(request.centre), "rows": rows, "left": left}
    held["head"] = access.may(request.actor, payments.APPROVE, at=request.centre)
    held["screens"] = access.may(request.actor, notices.BOARD, at=request.centre)
    held["day"] = access.may(request.actor, centres.MANAGE, at=request.centre)
    held["calls"] = access.may(request.actor, cases.PREPARE, at=request.centre)
    held["staff"] = access.may(request.actor, centres.COUNTER, at=request.centre)
    held["missed"] = held["staff"] and opening_missed(request.centre)
    if left is not None:
        place = centres.counter(left.counter)
        held["left_at"] = (centres.centre(place.centre).code, place.code)
    return render(request, "desk/counters.html", held)
