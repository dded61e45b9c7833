"""How a centre calls people: its rule in a form with a preview, its virtual counters, and who was called out of turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.console.offers_calling_form import MOST_ZONES, SERVED, rule_of, said_of
from onedoor.doors.console.offers_words import province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs, open_scope
from onedoor.ui.request import Request

SHOWN = 3


@needs("centres.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, place: str) -> HttpResponse:
    """The rule of a centre; ``do`` says what a press means: save, preview, follow the unit above, add a counter."""
    view = centres.centre_by_code(place)
    access.require(request.actor, "centres.manage", at=view.id)
    held, counters = queue.calling_rule(view.id), centres.counters(view.id)
    if request.method != "POST":
        return _page(request, view, held, said_of(held, counters))
    at, do, seen = now(), request.POST.get("do", "save"), _number(request.POST.get("seen", ""))
    try:
        if do == "follow":
            queue.drop_calling_rule(by=request.actor, at=at, unit=view.id, seen=seen)
            messages.success(request, _("This centre follows the country's rule again."))
        elif do == "counter":
            _add_counter(request, view, at)
            messages.success(
                request, _("The virtual counter is set up. It is opened at the desk like any other.")
            )
        else:
            services = list(dict.fromkeys(one.service for one in view.offers))
            rule = rule_of(request.POST, held=held, services=services, counters=counters)
            if do == "preview":
                queue.check_rule(rule, counters=[one.code for one in counters])
                return _page(request, view, rule, request.POST, previewed=True)
            queue.save_calling_rule(by=request.actor, at=at, unit=view.id, rule=rule, seen=seen)
            messages.success(
                request, _("People are called by this rule from now on. Who waits already keeps the place.")
            )
    except queue.CallingRuleIsWrong as fault:
        return _page(request, view, held, request.POST, wrong={fault.field: fault.reason}, status=422)
    except centres.CounterIsWrong as fault:
        wrong = {f"new_{fault.field}": fault.reason}
        return _page(
            request, view, held, {**said_of(held, counters), **request.POST.dict()}, wrong=wrong, status=422
        )
    except Conflict as fault:
        return _page(request, view, held, said_of(held, counters), wrong={"": fault.message}, status=409)
    return redirect(request.path)


def _page(
    request: Request,
    view: centres.CentreView,
    rule: queue.CallingRule,
    said: Mapping[str, Any],
    *,
    wrong: Mapping[str, Any] | None = None,
    previewed: bool = False,
    status: int = 200,
) -> HttpResponse:
    at, counters, wrong = now(), centres.counters(view.id), wrong or {}
    with open_scope(centre=[view.id]):
        turns = [(one, _next(one, rule, at)) for one in counters if one.state == "open"]
        day = at.astimezone(ZoneInfo(view.zone)).date()
        out_of_turn = queue.called_out_of_turn(view.id, day=day)
        unreachable = queue.unreachable(view.id, at=at)
    get = said.get
    context = {
        "tab": "offers",
        "view": view,
        "province": province_of(view),
        "rule": rule,
        "has_own_rule": queue.own_rule(view.id) is not None,
        "seen": queue.rule_revision(view.id),
        "said": said,
        "wrong": {f"id_{name}": reason for name, reason in wrong.items()},
        "errors": [(f"id_{name}" if name else "", reason) for name, reason in wrong.items()],
        "zones": [
            (n, *(get(f"{key}-{n}", "") for key in ("zone", "zone_lo", "zone_en", "up_to")))
            for n in range(min(MOST_ZONES, len(rule.zones) + 2))
        ],
        "services": [
            (one, get(f"minutes-{one.id}", ""), get(f"by_hand-{one.id}", ""), _zone_name(rule, one.id))
            for one in _services(view)
        ],
        "counters": [(one, [get(f"serves-{one.code}-{n}", "") for n in range(SERVED)]) for one in counters],
        "grounds": [(code, word, get(f"ground_{code}", "")) for code, word in queue.GROUNDS.items()],
        "turns": turns,
        "previewed": previewed,
        "unreachable": unreachable,
        "out_of_turn": [
            (one, _code(counters, one), queue.OUT_OF_TURN.get(one.out_of_turn, one.out_of_turn))
            for one in out_of_turn
        ],
    }
    return render(request, "console/offers/calling.html", context, status=status)


def _next(counter: centres.CounterView, rule: queue.CallingRule, at: datetime) -> list[queue.Ticket]:
    return queue.next_at(counter, reach=queue.reach(counter, at=at, rule=rule), most=SHOWN)


def _services(view: centres.CentreView) -> list[catalogue.ServiceView]:
    offered = {one.service for one in view.offers}
    return [one for one in catalogue.services() if one.id in offered]


def _zone_name(rule: queue.CallingRule, service: Any) -> dict[str, str]:
    code = queue.zone_of(rule, service)
    return next((dict(zone.name) for zone in rule.zones if zone.code == code), {})


def _code(counters: list[centres.CounterView], ticket: queue.Ticket) -> str:
    return next((one.code for one in counters if one.id == ticket.counter_id), "")


def _add_counter(request: Request, view: centres.CentreView, at: datetime) -> None:
    said = {
        name: request.POST.get(f"new_{name}", "").strip()[:200]
        for name in ("code", "name_lo", "name_en", "to_lo", "to_en")
    }
    where = {"lo": said["to_lo"], "en": said["to_en"]}
    if not all(where.values()):
        raise centres.CounterIsWrong(field="remote", reason=_("Say in Lao and in English where people go."))
    name = {"lo": said["name_lo"], "en": said["name_en"]}
    centres.save_counter(
        by=request.actor,
        at=at,
        id=new_id(),
        centre=view.id,
        code=said["code"],
        name=name,
        state="closed",
        remote=where,
    )


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
