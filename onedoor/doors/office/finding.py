"""All cases of one's units: found by number or name, narrowed by what is chosen, newest first; and one case with its history."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import format_number, sort_key, text
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

PAGE, LONGEST = 50, 100
FIELDS = ("q", "status", "due", "service", "since", "until")
DAY, HOUR, MINUTE = 86_400, 3_600, 60


@needs("cases.decide")
@never_cache
@require_safe
def found(request: Request) -> HttpResponse:
    """The list; what cannot be looked for is said beside its field, and nothing is listed."""
    asked = {
        name: " ".join(request.GET.get(name, "").replace("\x00", "").split())[:LONGEST] for name in FIELDS
    }
    services = _services(request)
    context: dict[str, Any] = {
        "asked": asked,
        "narrowed": any(asked.values()),
        "statuses": _options(cases.STATUS_WORDS, leave="draft"),
        "dues": _options(cases.WHEN_WORDS),
        "services": [("", _("Any service")), *((str(each.id), text(each.name)) for each in services)],
        "oversees": access.may(request.actor, cases.OVERSEE),
        "mends": access.may(request.actor, cases.MEND),
        "faults": {},
        "errors": [],
    }
    try:
        page = cases.find_cases(
            request.actor,
            at=now(),
            text=asked["q"],
            status=asked["status"],
            due=asked["due"],
            service=_chosen(asked["service"]),
            since=_day(asked, "since"),
            until=_day(asked, "until"),
            after=request.GET.get("after") or None,
            limit=PAGE,
        )
    except Invalid as fault:
        field = fault.field if fault.field in FIELDS else ""
        context |= {
            "rows": (),
            "faults": {field: fault.message},
            "errors": [(f"id_{field}" if field else "", fault.message)],
        }
        return render(request, "office/cases.html", context, status=422)
    kept = {name: value for name, value in asked.items() if value}
    more = f"?{urlencode({**kept, 'after': page.after})}" if page.after else ""
    context |= {"rows": page.rows, "more": more, "further": bool(request.GET.get("after"))}
    context["back"] = f"?{urlencode(kept)}" if kept else "?"
    return render(request, "office/cases.html", context)


@needs("cases.decide")
@never_cache
@require_safe
def record(request: Request, case: UUID) -> HttpResponse:
    """One case: where it stands, what was answered, its papers and each step with how long it took; the look is recorded."""
    return recorded(request, case)


def recorded(
    request: Request,
    case: UUID,
    *,
    faults: dict[str, Any] | None = None,
    amount: str = "1",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one case; ``faults``, ``amount`` and ``reason`` of a form for more time that was not right."""
    held = cases.see_case(by=request.actor, at=now(), case=case)
    context = {
        "case": held,
        "steps": [_step(step) for step in held.steps],
        "mends": access.may(request.actor, cases.MEND),
        "oversees": access.may(request.actor, cases.OVERSEE),
        "extends": access.may(request.actor, cases.EXTEND),
        "errors": [(f"id_{field}", sentence) for field, sentence in (faults or {}).items()],
        "amount": amount,
        "reason": reason,
        "key": new_id().hex,
    }
    return render(request, "office/record.html", context, status=status)


def _step(step: cases.Step) -> dict[str, Any]:
    """A step as the timeline shows it, with how long it took."""
    took = (step.done_at - step.opened_at).total_seconds() if step.done_at else 0
    state = {"now": "now", "done": "done"}.get(step.state, "late")
    return {"step": step, "state": state, "took": took_words(took) if step.done_at else ""}


def took_words(seconds: float) -> str:
    """A stretch of time in its largest unit."""
    if seconds >= DAY:
        days = round(seconds / DAY, 1)
        said = ngettext("after %(number)s day", "after %(number)s days", 1 if days == 1 else 2)
        return said % {"number": format_number(days)}
    if seconds >= HOUR:
        hours = round(seconds / HOUR, 1)
        said = ngettext("after %(number)s hour", "after %(number)s hours", 1 if hours == 1 else 2)
        return said % {"number": format_number(hours)}
    if seconds >= MINUTE:
        minutes = int(seconds // MINUTE)
        said = ngettext("after %(number)s minute", "after %(number)s minutes", minutes)
        return said % {"number": minutes}
    return _("at once")


def _services(request: Request) -> list[catalogue.ServiceView]:
    """The services of the authorities that this officer works for, by name."""
    ours = access.reach(request.actor).authorities
    found = [each for each in catalogue.services() if each.authority in ours]
    return sorted(found, key=lambda each: sort_key(text(each.name)))


def _options(words: Any, *, leave: str = "") -> list[tuple[str, str]]:
    return [("", _("Any")), *((code, str(said)) for code, said in words.items() if code != leave)]


def _chosen(service: str) -> UUID | None:
    try:
        return UUID(service) if service else None
    except ValueError as fault:
        raise Invalid(field="service") from fault


def _day(asked: dict[str, str], field: str) -> date | None:
    try:
        return date.fromisoformat(asked[field]) if asked[field] else None
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=field) from fault
