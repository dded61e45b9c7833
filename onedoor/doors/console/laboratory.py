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

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.planning import api as planning
from onedoor.doors.console.laboratory_found import found, role_names
from onedoor.doors.console.laboratory_words import FAULTS, assumed, claim_row, plain_figures, tried
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.csv import download
from onedoor.ui.request import Request

ZONE = ZoneInfo("Asia/Vientiane")
FIELDS = (
    *("try", "paper", "merge", "time", "limit", "limit_to", "since", "until", "work_minutes", "rest_hours"),
    *("paper_minutes", "merging", "errand", "key", "seed", "prepared", "prepared_minutes"),
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
        "logs": planning.logs_to_try(request.actor),
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
        context |= found(view)
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
        _("Difference at least"),
        _("Difference at most"),
        _("The model missed the past by"),
        _("One case by"),
        _("Told apart"),
    ]
    rows: list[list[str | int | float | None]] = []
    for claim in view.result.get("claims", ()):
        said = claim_row(claim)
        plain = [None if one is None else round(one, 4) for one in plain_figures(claim)]
        rows.append([str(said["label"]), claim["n"], *plain, _("yes") if claim["told_apart"] else _("no")])
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
        "prepared_minutes": f"{usual.prepared_minutes:g}",
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
        "prepared": said["prepared"],
    }
    return planning.begin_experiment(
        by=request.actor,
        at=now(),
        id=id_of(said["key"], "key"),
        service=held.id,
        since=day_of(said["since"], "since"),
        until=day_of(said["until"], "until"),
        draft_id=id_of(which, "try") if kind == "draft" else None,
        edition=_edition(service, which) if kind == "edition" else None,
        change=change,
        assumptions={
            name: said[name]
            for name in (
                "work_minutes",
                "rest_hours",
                "paper_minutes",
                "prepared_minutes",
                "merging",
                "errand",
            )
        },
        seed=seed(said["seed"]),
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
        since, until = day_of(said["since"], "since"), day_of(said["until"], "until")
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
    known = role_names()
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


def _about(view: planning.ExperimentView) -> dict[str, Any]:
    """What was tried and assumed, in words."""
    steps = view.result.get("steps", {})
    papers = {paper.code: paper.name for paper in view.service.papers}
    return {
        "tried": tried(view, papers=papers, steps=steps, roles=role_names()),
        "assumed": assumed(view),
        "name": text(view.service.name),
    }


def day_of(typed: str, field: str) -> date:
    """A day as somebody typed it. Errors: Invalid."""
    try:
        day = date.fromisoformat(typed)
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=field) from fault
    if not 2000 <= day.year <= 2100:
        raise Invalid(_("This is not a day of the calendar."), field=field)
    return day


def seed(typed: str) -> int:
    """The seed of chance that was asked for; 1 where it is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1


def id_of(typed: str, field: str) -> UUID:
    """An id as a form sends it. Errors: Invalid."""
    try:
        return UUID(typed)
    except ValueError as fault:
        raise Invalid(field=field) from fault


def _edition(service: str, number: str) -> UUID:
    try:
        return catalogue.edition_numbered(service, int(number))
    except (ValueError, DomainError) as fault:
        raise Invalid(field="try") from fault
