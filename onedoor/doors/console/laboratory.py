"""The reform laboratory: another version of a service, tried out on the cases that are over."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.planning import api as planning
from onedoor.doors.console.laboratory_words import (
    FAULTS,
    GROUPS,
    assumed,
    claim_row,
    group_value,
    headline,
    lane_rows,
    tried,
    why,
)
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.ids import new_id
from onedoor.kernel.money import format_kip
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download
from onedoor.ui.request import Request

ZONE = ZoneInfo("Asia/Vientiane")
PLOT = (600, 240)
FIELDS = (
    *("try", "paper", "merge", "time", "limit", "limit_to", "since", "until", "work_minutes", "rest_hours"),
    *("paper_minutes", "merging", "errand", "key", "seed"),
)
LONGEST = 300


@needs("planning.experiment")
@never_cache
@require_safe
def page(request: Request) -> HttpResponse:
    """The experiments of one's ministries, and the services that can be tried."""
    context = {
        "tab": "laboratory",
        "experiments": planning.experiments(request.actor),
        "services": planning.services_to_try(request.actor),
    }
    return render(request, "console/laboratory.html", context)


@needs("planning.experiment")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, service: str) -> HttpResponse:
    """Choosing what is tried, on which cases; sending it begins the experiment."""
    if request.method != "POST":
        return _ask(request, service, _first_said())
    said = {
        name: " ".join(request.POST.get(name, "").replace("\x00", "").split())[:LONGEST] for name in FIELDS
    }
    people = {
        name.removeprefix("people-"): request.POST.get(name, "").strip()[:6]
        for name in request.POST
        if name.startswith("people-") and request.POST.get(name, "").strip()
    }
    try:
        asked = _begin(request, service, said, people)
    except Invalid as fault:
        return _ask(request, service, said, people=people, faults={fault.field: fault.message}, status=422)
    except planning.TooManyExperiments as fault:
        return _ask(request, service, said, people=people, faults={"": fault.message}, status=409)
    return redirect("console:laboratory_result", experiment=asked)


@needs("planning.experiment")
@never_cache
@require_safe
def result(request: Request, experiment: UUID) -> HttpResponse:
    """What an experiment found; while it runs, how far it is. The page looks again by itself."""
    view = planning.experiment(request.actor, id=experiment)
    context: dict[str, Any] = {"tab": "laboratory", "view": view, **_about(view)}
    if view.state == "done" and view.result.get("n"):
        context |= _found(view)
    context["fault"] = FAULTS.get(view.fault, _("Something in this version cannot be replayed."))
    context["percent"] = min(99, 100 * view.done // view.total) if view.total else 0
    answer = render(request, "console/laboratory_result.html", context)
    if view.state == "waiting":
        answer["Refresh"] = "3"
    return answer


@needs("planning.experiment")
@never_cache
@require_safe
def table(request: Request, experiment: UUID) -> HttpResponse:
    """The measures for a spreadsheet, in the reader's language."""
    view = planning.experiment(request.actor, id=experiment)
    head = [
        _("Measure"),
        _("Cases"),
        _("In fact"),
        _("Replay of the version in force"),
        _("This version"),
        _("Difference"),
        _("Error (±)"),
        _("The model missed the past by"),
        _("One case by"),
        _("Told apart"),
    ]
    rows: list[list[str | int | float | None]] = []
    for claim in view.result.get("claims", ()):
        figures = [claim[key] for key in ("fact", "now", "then", "change", "error", "missed", "mae")]
        plain = [None if one is None else round(one, 4) for one in figures]
        rows.append(
            [str(claim_row(claim)["label"]), claim["n"], *plain, _("yes") if claim["told_apart"] else _("no")]
        )
    return download(f"onedoor-experiment-{view.service.code}-{view.since:%Y%m%d}", head, rows)


def last_quarter(today: date) -> tuple[date, date]:
    """The first and the last day of the quarter before the one of this day."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = first - timedelta(days=1)
    return date(end.year, 3 * ((end.month - 1) // 3) + 1, 1), end


def _first_said() -> dict[str, str]:
    since, until = last_quarter(now().astimezone(ZONE).date())
    usual = planning.Assumptions()
    return {
        "try": "change",
        "since": since.isoformat(),
        "until": until.isoformat(),
        "key": str(new_id()),
        "seed": "1",
        "merging": "sum",
        "errand": "yes",
        "work_minutes": f"{usual.work_minutes:g}",
        "rest_hours": f"{usual.rest_hours:g}",
        "paper_minutes": f"{usual.paper_minutes:g}",
    }


def _begin(request: Request, service: str, said: dict[str, str], people: dict[str, str]) -> UUID:
    """What was filled in, as the experiment wants it. Errors: Invalid and those of `planning.begin_experiment`."""
    held = catalogue.service(service)
    kind, _colon, which = said["try"].partition(":")
    merge = said["merge"].split("|") if said["merge"] else None
    change = {
        "paper": said["paper"],
        "merge": merge,
        "time": said["time"],
        "limit": said["limit"],
        "limit_to": said["limit_to"],
        "people": people,
    }
    return planning.begin_experiment(
        by=request.actor,
        at=now(),
        id=_uuid(said["key"], "key"),
        service=held.id,
        since=_day(said["since"], "since"),
        until=_day(said["until"], "until"),
        draft_id=_uuid(which, "try") if kind == "draft" else None,
        edition=_edition(service, which) if kind == "edition" else None,
        change=change,
        assumptions={
            name: said[name] for name in ("work_minutes", "rest_hours", "paper_minutes", "merging", "errand")
        },
        seed=int(said["seed"])
        if said["seed"].isascii() and said["seed"].isdigit() and len(said["seed"]) < 10
        else 1,
    )


def _ask(
    request: Request,
    service: str,
    said: dict[str, str],
    *,
    people: dict[str, str] | None = None,
    faults: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    try:
        since, until = _day(said["since"], "since"), _day(said["until"], "until")
    except Invalid:
        since, until = last_quarter(now().astimezone(ZONE).date())
    choices = planning.choices(
        request.actor,
        code=service,
        since=datetime.combine(since, time.min, ZONE),
        until=datetime.combine(until + timedelta(days=1), time.min, ZONE),
    )
    what = [("change", _("The version in force, changed as below"))]
    what += [
        (f"draft:{each.id}", _("The draft of %(day)s") % {"day": _of_draft(each)}) for each in choices.drafts
    ]
    what += [
        (f"edition:{number}", _("Edition %(number)s") % {"number": number})
        for number in range(choices.service.version - 1, max(0, choices.service.version - 10), -1)
    ]
    none = [("", _("no change"))]
    known = _role_names()
    context = {
        "tab": "laboratory",
        "service": choices.service,
        "choices": choices,
        "said": said,
        "what": what,
        "papers": none + [(code, text(name)) for code, name in choices.papers],
        "merges": none + [(f"{a}|{b}", f"{text(one)} + {text(two)}") for a, b, one, two in choices.pairs],
        "limits": none + [(one.key, f"{one.label}: {one.number}") for one in choices.limits],
        "mergings": [("sum", _("the work of both")), ("longer", _("the work of the longer one"))],
        "people": [
            {"role": role, "name": text(known.get(role, name)), "value": (people or {}).get(role, "0")}
            for role, name in choices.roles
        ],
        "faults": faults or {},
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in (faults or {}).items()],
    }
    return render(request, "console/laboratory_ask.html", context, status=status)


def _of_draft(each: catalogue.Draft) -> str:
    name = each.documents.content.get("name") or {}
    return f"{text(name) or each.code} · {each.version}"


def _role_names() -> dict[str, Any]:
    return {role.code: role.name for role in access.roles()}


def _about(view: planning.ExperimentView) -> dict[str, Any]:
    """What was tried and assumed, in words."""
    steps = view.result.get("steps", {})
    papers = {paper.code: paper.name for paper in view.service.papers}
    return {
        "tried": tried(view, papers=papers, steps=steps),
        "assumed": assumed(view),
        "name": text(view.service.name),
    }


def _found(view: planning.ExperimentView) -> dict[str, Any]:
    """The result as the page draws it."""
    found = view.result
    rows = [claim_row(claim) for claim in found["claims"] if claim["n"]]
    provinces = {unit.code: unit.name for unit in access.units(kind="province")}
    questions = {
        name: about.get("x-title") or about.get("title") or {}
        for name, about in view.service.form.get("properties", {}).items()
    }
    demands = {each.code: each.words for each in view.service.eligibility}
    return {
        "rows": rows,
        "finding": headline(rows),
        "plot": _plot(found["plot"]),
        "points": found["plot"],
        "size": PLOT,
        "lanes": lane_rows(found["lanes"], _role_names()),
        "refusals": [
            _refusals(view, kind, label, questions, demands)
            for kind, label in (
                ("newly", _("Would be refused now")),
                ("no_longer", _("Would no longer be refused")),
            )
        ],
        "new_papers": [{"name": code, "n": _secret(count)} for code, count in found["new_papers"].items()],
        "groups": [
            {
                **row,
                "label": GROUPS[row["group"]],
                "name": group_value(row["group"], row["value"], provinces),
                **{
                    key: "–" if row.get(key) is None else format_number(row[key], places=1)
                    for key in (
                        "days_now",
                        "days_then",
                        "trips_now",
                        "trips_then",
                        "refused_now",
                        "refused_then",
                    )
                },
            }
            for row in found["groups"]
        ],
        "money": [
            {
                "label": _("version in force") if key == "now" else _("this version"),
                "cost": format_kip(one["cost"]),
                "unit": format_kip(one["unit_cost"]),
                "covered": format_number(one["covered"], places=1),
            }
            for key, one in found.get("money", {}).items()
        ],
        "smallest": monitoring.SMALLEST,
        "n": found["n"],
        "stuck": found["stuck"]["then"],
        "seeds": found["seeds"],
        "waiting_share": format_number(100 * found.get("waiting", 0), places=0),
        "several_editions": found.get("editions", 1) > 1,
    }


def _secret(count: int) -> str:
    """A number of people; of few of them only that they are few."""
    if 0 < count < monitoring.SMALLEST:
        return _("fewer than %(number)s") % {"number": monitoring.SMALLEST}
    return format_number(count)


def _refusals(
    view: planning.ExperimentView, kind: str, label: str, questions: dict[str, Any], demands: dict[str, Any]
) -> dict[str, Any]:
    """Whom it concerns: numbers of cases that one may open, and how many others there are."""
    held, count = view.result["refused"][kind], view.result["refused"][f"{kind}_count"]
    seen = [
        {
            "number": view.numbers[UUID(row["case"])],
            "why": why(row["why"], questions=questions, demands=demands),
        }
        for row in held
        if UUID(row["case"]) in view.numbers
    ]
    return {
        "label": label,
        "count": format_number(count) if seen else _secret(count),
        "any": count > 0,
        "seen": seen,
        "others": _secret(count - len(seen)) if count > len(seen) else "",
    }


def _plot(points: list[dict[str, float]]) -> dict[str, Any]:
    """Three curves: the share answered within so many days, on an axis on which early days have more room."""
    wide, high = PLOT
    step = wide / max(1, len(points) - 1)
    return {
        "lines": {
            name: " ".join(
                f"{place * step:.1f},{high - high * point[name] / 100:.1f}"
                for place, point in enumerate(points)
            )
            for name in ("fact", "now", "then")
        },
        "ticks": [
            {"x": f"{place * step:.1f}", "text": format_number(point["days"])}
            for place, point in enumerate(points)
            if place % 2 == 0
        ],
        "rows": [
            {
                "days": format_number(point["days"]),
                **{name: format_number(point[name], places=0) for name in ("fact", "now", "then")},
            }
            for point in points
        ],
    }


def _day(typed: str, field: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=field) from fault
    if not 2000 <= day.year <= 2100:
        raise Invalid(_("This is not a day of the calendar."), field=field)
    return day


def _uuid(typed: str, field: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as fault:
        raise Invalid(field=field) from fault


def _edition(service: str, number: str) -> UUID:
    try:
        return catalogue.edition_numbered(service, int(number))
    except (ValueError, DomainError) as fault:
        raise Invalid(field="try") from fault
