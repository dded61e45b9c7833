"""How honest the waits were that a centre told, and how many counters each half hour of a day needs."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.centres.api import CentreView
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.planning import api as planning
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_date, format_number
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download
from onedoor.ui.request import Request

DAYS = 28
LEAST, MOST = 85, 95
"""Of a hundred people, how many an honest interval of nine in ten holds."""
LIMIT, SHARE = 25, 80
WIDE = 1000


@needs("monitoring.see")
@never_cache
@require_safe
def waits(request: Request, place: str) -> HttpResponse:
    """What was told of waits, day by day, against what happened."""
    view = monitoring.sight_of(request.actor).centre(place)
    until = queue.today_at(centre=view.id, at=now())
    days = queue.told_days(view.id, since=until - timedelta(days=DAYS), until=until)
    learnt = [day for day in days if not day.guessed]
    judged = learnt or days
    people = sum(day.told for day in judged)
    share = 100 * sum(day.held for day in judged) / people if people else None
    context = {
        "tab": "live",
        "centre": view,
        "finding": _honest(share) if learnt else _guess(share),
        "guessed": _guessed(days) if learnt else 0,
        "all_guessed": bool(days) and not learnt,
        "people": people,
        "share": None if share is None else round(share),
        "longer": round(100 * sum(day.longer for day in judged) / people) if people else None,
        "missed_by": round(sum(day.missed_by * day.told for day in judged) / people) if people else None,
        "rows": [_row(day) for day in reversed(days)],
    }
    return render(request, "console/waits.html", context)


@needs("monitoring.see")
@never_cache
@require_safe
def staff_plan(request: Request, place: str) -> HttpResponse:
    """Counters by half hour for a day, with what it rests on and how far it strays."""
    view = monitoring.sight_of(request.actor).centre(place)
    day, found = _planned(request, view)
    most = max([slot.needed for slot in found.slots] + [slot.planned or 0 for slot in found.slots] + [1])
    local = now().astimezone(ZoneInfo(view.zone)).date()
    context = {
        "tab": "live",
        "centre": view,
        "day": day,
        "days": [local + timedelta(days=ahead) for ahead in range(7)],
        "plan": found,
        "finding": _finding(found, day),
        "has_plan": any(slot.planned for slot in found.slots),
        "slots": [_slot(slot, most, found.share) for slot in found.slots],
        "checked": [_check(one) for one in reversed(found.checked)],
        "error": None if found.error is None else round(found.error),
        "off": None if found.off is None else abs(round(found.off)),
        "above": (found.off or 0) > 0,
    }
    return render(request, "console/staff_plan.html", context)


@needs("monitoring.see")
@never_cache
@require_safe
def staff_plan_csv(request: Request, place: str) -> HttpResponse:
    """The same as a table."""
    view = monitoring.sight_of(request.actor).centre(place)
    day, found = _planned(request, view)
    head = [_("From"), _("People expected"), _("At least"), _("At most"), _("Counters needed")]
    head += [_("Counters planned"), _("Counters on past days"), _("Called in time, %"), _("With the plan, %")]
    rows = [
        (
            _clock(slot.starts),
            round(slot.people, 1),
            slot.low,
            slot.high,
            slot.needed,
            slot.planned,
            round(slot.before, 1),
            None if slot.within is None else round(slot.within),
            None if slot.within_planned is None else round(slot.within_planned),
        )
        for slot in found.slots
    ]
    return download(f"counters-{view.code}-{day}", head, rows)


def _planned(request: Request, view: CentreView) -> tuple[date, planning.StaffPlan]:
    standard = monitoring.standards().get("wait")
    limit, share = (standard.limit, standard.share) if standard else (LIMIT, SHARE)
    today = queue.today_at(centre=view.id, at=now())
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    day = day if today - timedelta(days=366) <= day <= today + timedelta(days=366) else today
    return day, planning.staff_plan(view.id, day=day, limit=limit, share=share)


def _guess(share: float | None) -> str:
    if share is None:
        return _("No wait was told here yet")
    said = {"share": round(share)}
    return _("%(share)s of 100 people waited as they were told: what was told was still a guess") % said


def _guessed(days: list[queue.ToldDay]) -> int:
    """People who were told a guess, before there was enough to learn from."""
    return sum(day.told for day in days if day.guessed)


def _honest(share: float | None) -> str:
    if share is None:
        return _("No wait was told here yet")
    said = {"share": round(share)}
    if share < LEAST:
        return _("Only %(share)s of 100 people waited as they were told: the intervals are too narrow") % said
    if share > MOST:
        return _("%(share)s of 100 people waited as they were told: the intervals could be narrower") % said
    return _("%(share)s of 100 people waited as they were told: the intervals are honest") % said


def _row(day: queue.ToldDay) -> dict[str, Any]:
    share = 100 * day.held / day.told
    return {
        "day": day.day,
        "told": day.told,
        "share": round(share),
        "width": round(share * WIDE / 100),
        "off": share < LEAST and not day.guessed,
        "guessed": day.guessed,
        "waited": round(day.waited),
        "missed_by": round(day.missed_by),
        "low": round(day.low),
        "high": round(day.high),
    }


def _finding(found: planning.StaffPlan, day: date) -> str:
    said = {"day": format_date(day, "full"), "limit": found.limit, "share": found.share}
    if not found.slots:
        return _("Not known yet: past days are too few to plan from")
    busiest = max(found.slots, key=lambda slot: slot.needed)
    said |= {"time": _clock(busiest.starts), "most": busiest.needed}
    if any(slot.planned for slot in found.slots):
        short = [slot for slot in found.slots if slot.needed > (slot.planned or 0)]
        if short:
            said |= {"from": _clock(short[0].starts), "number": short[0].needed - (short[0].planned or 0)}
            return _("The plan is short from %(from)s: the standard needs %(number)s more") % said
        return _("The plan keeps the standard: %(most)s counters at %(time)s are enough") % said
    return _("The most counters are needed at %(time)s: %(most)s") % said


def _slot(slot: planning.Slot, most: int, share: int) -> dict[str, Any]:
    within = slot.within_planned if slot.planned else slot.within
    return {
        "time": _clock(slot.starts),
        "people": format_number(round(slot.people)),
        "low": slot.low,
        "high": slot.high,
        "needed": slot.needed,
        "planned": slot.planned,
        "before": format_number(round(slot.before, 1), places=1),
        "within": None if within is None else round(within),
        "short": slot.planned is not None and slot.needed > slot.planned,
        "missed": within is not None and within < share,
        "width": slot.needed * WIDE // most,
        "mark": min(
            WIDE - 6, round((slot.planned if slot.planned is not None else slot.before) * WIDE / most)
        ),
    }


def _check(one: planning.Checked) -> dict[str, Any]:
    return {
        "day": one.day,
        "people": one.people,
        "foretold": round(one.foretold),
        "happened": round(one.happened),
        "off": round(abs(one.foretold - one.happened)),
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
