"""Everybody who waits, as one short list; and one of them called out of turn, for a reason."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.frame import said
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

_ROW = "<tr><td>{}<td>{}<td>{}<td>{}<td>{}"
"""A row without the ends that HTML lets one leave out: of five hundred each sign counts."""


@needs("queue.call")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """The whole line. Who is called from here is called before her turn, so a reason is kept."""
    here = centres.counter_by_code(request.centre, counter)
    if request.method != "POST":
        return _page(request, centre, here)
    try:
        _call(request, here)
    except DomainError as fault:
        return _page(request, centre, here, fault=fault)
    return redirect("desk:home", centre=centre, counter=counter)


def _call(request: AtCentre, here: centres.CounterView) -> None:
    at, key = now(), request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    chosen = queue.waiting_by_number(request.centre, number=request.POST.get("number", ""), at=at)
    once = Once(
        actor=request.actor.id,
        key=f"desk/out_of_turn/{key}",
        body=said(request),
        answer=lambda ticket: Answer(200, ticket.number),
    )
    replaying(
        once,
        at=at,
        act=lambda: queue.call_one(
            by=request.actor,
            at=at,
            counter=here,
            ticket=chosen.id,
            reason=request.POST.get("reason", ""),
            once=once,
        ),
    )


def _page(
    request: AtCentre, centre: str, here: centres.CounterView, *, fault: DomainError | None = None
) -> HttpResponse:
    at = now()
    line = queue.places(request.centre, at=at)
    where = {queue.TicketUnknown: "id_number", queue.ReasonNeeded: "id_reason"}
    context: dict[str, Any] = {
        "centre": centre,
        "counter": here.code,
        "place": here,
        "view": centres.centre(request.centre),
        "waiting": len(line),
        "rows": _rows(request, line, here),
        "reasons": queue.OUT_OF_TURN.items(),
        "said": request.POST if fault else {},
        "errors": [(where.get(type(fault), ""), fault.message)] if fault else [],
        "key": new_id().hex,
    }
    return render(request, "desk/waiting.html", context, status=fault.status if fault else 200)


def _rows(request: AtCentre, line: list[queue.Place], here: centres.CounterView) -> str:
    """The rows, written at once: five hundred of them cost a template more than the question to the database."""
    at, zone = now(), ZoneInfo(here.zone)
    names = {one.code: text(one.name) for one in queue.calling_rule(request.centre).zones}
    first, booked, later = _("first"), _("booked"), _("later")
    return format_html_join(
        "\n",
        _ROW,
        (
            (
                one.number,
                f"{one.issued_at.astimezone(zone):%H:%M}",
                int((at - one.issued_at).total_seconds() // 60),
                names.get(one.zone, one.zone),
                later
                if one.not_before is not None and one.not_before > at
                else first
                if one.priority
                else booked
                if one.appointment
                else "",
            )
            for one in line
        ),
    )
