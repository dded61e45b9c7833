"""The live pages: the country, a province, a centre, a counter. The chosen measure goes along on the way down."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access import api as access
from onedoor.domain.monitoring import api as monitoring
from onedoor.doors.console.hall import drawn
from onedoor.doors.console.templatetags.console import seen
from onedoor.doors.console.tiles import CHOICES, Choice, tile_map
from onedoor.doors.console.words import (
    VERDICT_TAGS,
    alert_actor,
    alert_number,
    alert_text,
    alerts_text,
    drawer_text,
    interval_text,
    late_text,
    minutes_text,
    value_text,
)
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.scope import needs
from onedoor.ui.templatetags.ui import icon

SHOWN_ALERTS = 6


@needs("monitoring.see")
@never_cache
@require_safe
def country(request: Any) -> HttpResponse:
    """Everything that one may watch, on one page: alerts first, the map, a row for each centre."""
    floor = monitoring.floor_now(by=request.actor, at=now())
    if floor.sight.kind == "centres" and len(floor.rows) == 1:
        return place(request, floor.rows[0].centre.code)
    return _show(
        request, "console/country.html", {**_floor(request, floor), "map": tile_map(floor, _measure(request))}
    )


@needs("monitoring.see")
@never_cache
@require_safe
def province(request: Any, province: str) -> HttpResponse:
    """The centres of one province."""
    floor = monitoring.floor_now(by=request.actor, at=now(), province=province)
    here = floor.sight.province(province)
    return _show(request, "console/province.html", {**_floor(request, floor), "province": here})


@needs("monitoring.see")
@never_cache
@require_safe
def place(request: Any, place: str) -> HttpResponse:
    """One centre with its counters and its day."""
    at = now()
    floor = monitoring.floor_now(by=request.actor, at=at, centre=place)
    hours = monitoring.hours_today(by=request.actor, at=at, centre=place)
    context = {
        **_floor(request, floor),
        "row": floor.rows[0],
        "province": floor.rows[0].province,
        "counters": monitoring.counters_now(by=request.actor, at=at, centre=place),
        "hours": _bars(hours),
        "hall": drawn(monitoring.hall_at(by=request.actor, at=at, centre=place)),
        "work": monitoring.open_work(by=request.actor, at=at, centre=place),
        "watches": access.may(request.actor, monitoring.WATCH, at=floor.rows[0].centre.id),
    }
    return _show(request, "console/place.html", context)


@needs("monitoring.see")
@never_cache
@require_safe
def counter(request: Any, place: str, counter: str) -> HttpResponse:
    """One counter: who stands there, and its day."""
    at = now()
    floor = monitoring.floor_now(by=request.actor, at=at, centre=place)
    rows = monitoring.counters_now(by=request.actor, at=at, centre=place)
    found = next((row for row in rows if row.code == counter), None)
    if found is None:
        raise Missing
    hours = monitoring.hours_today(by=request.actor, at=at, centre=place, counter=counter)
    context = {
        **_floor(request, floor),
        "row": floor.rows[0],
        "province": floor.rows[0].province,
        "counter": found,
        "hours": _bars(hours),
    }
    return _show(request, "console/counter.html", context)


def _show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context)


def _measure(request: HttpRequest) -> str:
    asked = request.GET.get("measure", "")
    return asked if asked in CHOICES else "waiting"


def _floor(request: HttpRequest, floor: monitoring.Floor) -> dict[str, Any]:
    measure = _measure(request)
    found = floor.alerts
    month = floor.month
    return {
        "at": floor.at,
        "floor": floor,
        "kind": floor.sight.kind,
        "alerts": _grouped(found, here=len(floor.rows) == 1),
        "alerts_all": len(found),
        "late_steps": [_late(step) for step in floor.late_steps[:SHOWN_ALERTS]],
        "late_more": max(0, len(floor.late_steps) - SHOWN_ALERTS),
        "late_told": any(pair[1].code == "overdue" for pair in found),
        "rows": [_row(row, floor, CHOICES[measure]) for row in _worst_first(floor.rows)],
        "flag": icon("alert"),
        "satisfied": _share(month, "satisfied", floor),
        "within": _share(month, "wait_share", floor),
        "tab": "live",
        "served": floor.today.count("served"),
        "taken": floor.today.count("taken"),
        "measure": measure,
        "choice": CHOICES[measure],
        "choices": CHOICES.values(),
        "query": f"?{urlencode({'measure': measure})}",
        "stream": "/live/country" if len(floor.rows) != 1 else f"/live/centres/{floor.rows[0].centre.id}",
        "fragment": request.get_full_path(),
    }


def _late(step: monitoring.LateStep) -> dict[str, Any]:
    """Late cases of one office in words, with who must act."""
    return {"says": late_text(step), "acting": step.acting, "told": step.holder is not None}


def _worst_first(rows: list[monitoring.HallRow]) -> list[monitoring.HallRow]:
    """Centres with alerts, then those that are open by their longest wait, then the others."""
    return sorted(rows, key=lambda row: (not row.alerts, not row.is_open, -row.longest, -row.waiting))


def _grouped(found: list[tuple[monitoring.HallRow, monitoring.Alert]], *, here: bool) -> list[dict[str, Any]]:
    """Alerts of one kind together, so that a bad morning still fits on the page; each names its centres."""
    groups: dict[str, list[tuple[monitoring.HallRow, monitoring.Alert]]] = {}
    for row, alert in found:
        groups.setdefault(alert.code, []).append((row, alert))
    return [
        {
            "severity": those[0][1].severity,
            "says": alert_text(those[0][1]) if here else alerts_text(code, len(those)),
            "who": alert_actor(those[0][1]),
            "rows": [{"row": row, "number": alert_number(alert)} for row, alert in those[:SHOWN_ALERTS]],
            "more": max(0, len(those) - SHOWN_ALERTS),
            "here": here,
            "late": code == "overdue",
        }
        for code, those in groups.items()
    ]


def _share(figures: monitoring.Figures, code: str, floor: monitoring.Floor) -> dict[str, Any]:
    measure = monitoring.MEASURES[code]
    verdict = figures.verdict(code, floor.limits)
    return {
        "n": figures.n(code),
        "text": value_text(measure, figures.value(code)),
        "interval": interval_text(figures.interval(code)),
        "tag": VERDICT_TAGS[verdict],
        "verdict": verdict,
        "limit": floor.limits.get(measure.standard),
    }


def _row(row: monitoring.HallRow, floor: monitoring.Floor, choice: Choice) -> dict[str, Any]:
    """A centre's cells as texts: there are a hundred of them, and a template is slow at thinking."""
    limit = floor.limits.get("wait")
    satisfied, rated = monitoring.MEASURES["satisfied"], row.month.n("satisfied")
    bad = any(alert.severity == "bad" for alert in row.alerts)
    return {
        "css": f"{'bad' if bad else 'warn' if row.alerts else ''}{'' if row.is_open else ' shut'}",
        "alarmed": bool(row.alerts),
        "href": reverse("console:place", args=[row.centre.code]),
        "name": text(row.centre.name),
        "province": text(row.province.name),
        "shut": not row.is_open,
        "waiting": format_number(row.waiting),
        "longest": minutes_text(row.longest) if row.waiting else "",
        "waits_long": limit is not None and row.longest > limit.limit,
        "open": row.counters_open,
        "counters": row.counters,
        "served": format_number(row.today.count("served")),
        "satisfied": value_text(satisfied, row.month.value("satisfied")),
        "rated": format_number(rated) if rated else "",
        "drawer": drawer_text(row.drawer),
        "seen": seen(row.last_seen, floor.at) if row.last_seen else _("never"),
        "chosen": choice.show(choice.number([row])),
    }


def _bars(hours: list[tuple[int, int, float]]) -> list[dict[str, Any]]:
    most = max((served for _hour, served, _wait in hours), default=0)
    return [
        {"hour": f"{hour:02d}:00", "served": served, "minutes": round(wait), "width": 1000 * served // most}
        for hour, served, wait in hours
    ]
