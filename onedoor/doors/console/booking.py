"""What a centre promises: its share of counters, the ways to book, how far ahead, and when it promises nothing."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.console.offers_words import province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict
from onedoor.kernel.i18n import format_weekdays
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request
from onedoor.ui.typed import typed_day, typed_hour

NUMBERS = {
    "share": gettext_lazy("Share of the counters that may be promised, per cent"),
    "step": gettext_lazy("Minutes between the times that are offered"),
    "usual": gettext_lazy("Minutes of a service whose length is not known"),
    "horizon": gettext_lazy("How many days ahead one can book"),
    "notice": gettext_lazy("How many minutes before its time one can still book on the portal"),
    "release": gettext_lazy("Hours before a time from which every way may take what is left"),
    "per_phone": gettext_lazy("Open appointments of one telephone number"),
    "per_address": gettext_lazy("Bookings a day from one network address"),
    "offer": gettext_lazy("Minutes for which a freed time is held for the next on the list"),
    "most_people": gettext_lazy("People in one appointment"),
}
WAYS = {
    "portal": gettext_lazy("Portal, per cent"),
    "calls": gettext_lazy("Call centre, per cent"),
    "centre": gettext_lazy("Centre, per cent"),
}
SPARE, MOST = 2, 60
Said = dict[str, Any]


@needs("queue.promise")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, place: str) -> HttpResponse:
    """The terms of a centre in a form; wrong ones are said at their fields and nothing is written."""
    view = centres.centre_by_code(place)
    access.require(request.actor, queue.PROMISE, at=view.id)
    held = queue.booking_rule(view.id)
    if request.method != "POST":
        return _page(request, view, held, _said(held))
    said = _given(request.POST)
    try:
        rule = _rule(said)
        seen = request.POST.get("seen", "")
        queue.save_booking_rule(
            by=request.actor,
            at=now(),
            centre=view.id,
            rule=rule,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 and held.revision else None,
        )
    except queue.BookingRuleIsWrong as fault:
        return _page(request, view, held, said, faults={fault.field: fault.reason}, status=422)
    except Conflict as fault:
        return _page(request, view, held, _said(held), faults={"": fault.message}, status=409)
    messages.success(request, _("What this centre promises was saved. What is booked already stays so."))
    return redirect(request.path)


def _page(
    request: Request,
    view: centres.CentreView,
    held: queue.BookingRule,
    said: Said,
    *,
    faults: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = faults or {}
    blocks = [*said["blocks"], *({} for _ in range(SPARE))][:MOST]
    context = {
        "tab": "offers",
        "view": view,
        "province": province_of(view),
        "held": held,
        "numbers": [(name, words, said[name], wrong.get(name)) for name, words in NUMBERS.items()],
        "ways": [(name, words, said[name], wrong.get(name)) for name, words in WAYS.items()],
        "open": said["open"],
        "blocks": [(place, one, wrong.get(f"blocks.{place}")) for place, one in enumerate(blocks)],
        "weekdays": [(str(day), format_weekdays([day])) for day in range(1, 8)],
        "errors": [(f"id_{name.replace('.', '-')}", sentence) for name, sentence in wrong.items()],
    }
    return render(request, "console/offers/booking.html", context, status=status)


def _said(rule: queue.BookingRule) -> Said:
    numbers = {name: str(getattr(rule, name)) for name in NUMBERS}
    ways = {name: str(rule.channels.get(name, 0)) for name in WAYS}
    blocks = [
        {
            "when": "day" if one.day else str(one.weekday),
            "nth": str(one.nth or ""),
            "day": one.day.isoformat() if one.day else "",
            "opens": f"{one.opens:%H:%M}",
            "closes": f"{one.closes:%H:%M}",
            "counters": str(one.counters or ""),
            "why": one.why,
        }
        for one in rule.blocks
    ]
    return {**numbers, **ways, "open": rule.open, "blocks": blocks}


def _given(posted: QueryDict) -> Said:
    """What the form says, as it was typed; lines without a time are no stretch."""

    def line(place: int, name: str) -> str:
        return posted.get(f"block-{place}-{name}", "")[:200].replace("\x00", "").strip()

    names = ("when", "nth", "day", "opens", "closes", "counters", "why")
    lines = [{name: line(place, name) for name in names} for place in range(MOST)]
    given = {name: posted.get(name, "")[:12].strip() for name in (*NUMBERS, *WAYS)}
    blocks = [one for one in lines if one["opens"] or one["closes"]]
    return {**given, "open": posted.get("open") == "yes", "blocks": blocks}


def _rule(said: Said) -> queue.BookingRule:
    """The rule that a form says.

    Raises:
        BookingRuleIsWrong: names the field.
    """
    numbers = {name: _number(said[name], name) for name in NUMBERS}
    channels = {name: _number(said[name], name) for name in WAYS}
    blocks = tuple(_block(one, f"blocks.{place}") for place, one in enumerate(said["blocks"]))
    usual = queue.BookingRule(channels=channels, open=said["open"], blocks=blocks)
    return replace(usual, **numbers)  # type: ignore[arg-type]  # all of them are numbers


def _block(said: dict[str, str], name: str) -> queue.Block:
    one_day = said["when"] == "day"
    try:
        return queue.Block(
            opens=typed_hour(said["opens"]),
            closes=typed_hour(said["closes"]),
            weekday=None if one_day else _number(said["when"], name),
            nth=_number(said["nth"], name) if said["nth"] and not one_day else None,
            day=typed_day(said["day"]) if one_day else None,
            counters=_number(said["counters"], name) if said["counters"] else None,
            why=said["why"],
        )
    except ValueError as fault:
        raise queue.BookingRuleIsWrong(
            field=name, reason=_("Say from when to when, and on which day.")
        ) from fault


def _number(typed: str, name: str) -> int:
    digits = typed.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        raise queue.BookingRuleIsWrong(field=name, reason=_("Write a whole number."))
    return int(typed)


urlpatterns = [path("centres/<slug:place>/booking/", page, name="offers_booking")]
