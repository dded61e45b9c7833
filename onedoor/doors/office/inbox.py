"""The worklist and the case: filters by due date, the list, the case with its papers, the decision at the bottom."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

PAGE = 50
KEYS = {
    "approve": "Alt+A",
    "return": "Alt+R",
    "refuse": "Alt+X",
    "done": "Alt+A",
    "confirm": "Alt+A",
    "wrong": "Alt+R",
}
KINDS = {"approve": "good", "done": "good", "confirm": "good", "refuse": "danger"}


@needs("cases.decide")
@never_cache
@require_safe
def worklist(request: Request) -> HttpResponse:
    """What waits, by due date; choosing one opens it beside the list."""
    work = cases.lane_work(request.actor, at=now())
    return render(request, "office/worklist.html", {**_list(request), "work": work})


@needs("cases.decide")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: Request, task: UUID) -> HttpResponse:
    """One case with its papers, and the decision."""
    if request.method != "POST":
        return _page(request, task, {})
    at = now()
    outcome, reason = request.POST.get("outcome", "")[:30], request.POST.get("reason", "")
    once = Once(
        actor=request.actor.id,
        key=_key(request),
        body=f"{task}\n{outcome}\n{reason}".encode(),
        answer=lambda done: Answer(200, done.status),
    )
    try:
        replaying(
            once,
            at=at,
            act=lambda: cases.complete(
                by=request.actor, at=at, task=task, outcome=outcome, reason=reason, once=once
            ),
        )
    except Invalid as fault:
        return _page(request, task, {fault.field: fault.message}, reason=reason, status=422)
    messages.success(request, _("Done: %(outcome)s.") % {"outcome": cases.outcome_words(outcome)})
    return redirect(f"{reverse('office:worklist')}{_query(request.GET.get('due'))}")


def _list(request: Request) -> dict[str, Any]:
    due = request.GET.get("due")
    due = due if due in cases.WHENS else None
    found = cases.worklist(
        request.actor, at=now(), due=due, after=request.GET.get("after") or None, limit=PAGE
    )
    total = sum(found.counts.values())
    filters = [
        ("", _("All"), total),
        *((when, cases.WHEN_WORDS[when], found.counts[when]) for when in cases.WHENS),
    ]
    return {
        "list": found,
        "due": due or "",
        "query": _query(due),
        "filters": filters,
        "total": total,
        "more": _query(due, after=found.after) if found.after else "",
        "mends": access.may(request.actor, cases.MEND),
        "oversees": access.may(request.actor, cases.OVERSEE),
    }


def _page(
    request: Request, task: UUID, faults: dict[str, Any], *, reason: str = "", status: int = 200
) -> HttpResponse:
    case = cases.case_view(by=request.actor, at=now(), task=task)
    if case.task is None:
        raise cases.NoSuchTask
    outcomes = [
        (code, cases.action_words(code), KEYS.get(code, ""), KINDS.get(code, "secondary"))
        for code in case.task.outcomes
    ]
    context = {
        **_list(request),
        "case": case,
        "task": case.task,
        "open": case.task.state == "open",
        "outcomes": outcomes,
        "steps": [_step(step) for step in case.steps],
        "errors": [(f"id_{field}", sentence) for field, sentence in faults.items()],
        "reason": reason,
        "key": new_id().hex,
    }
    return render(request, "office/case.html", context, status=status)


def _step(step: cases.Step) -> dict[str, Any]:
    """A step as the timeline component shows it."""
    return {"step": step, "state": {"now": "now", "done": "done"}.get(step.state, "late")}


def _query(due: str | None, **more: str) -> str:
    kept = {**({"due": due} if due else {}), **more}
    return f"?{urlencode(kept)}" if kept else ""


def _key(request: Request) -> str:
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    return f"office/task/{key}"
