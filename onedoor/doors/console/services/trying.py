"""Trying a draft: an invented application, step by step, with a clock that is moved by hand. Nothing is written."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.doors.console.services.drafts import heading, opened
from onedoor.doors.console.services.listing import READ
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

FEW = 7
LONGEST_WAIT = 400
BROKEN = (catalogue.ProcessRefused, catalogue.DecisionsRefused, catalogue.FormRefused)
REDRAWN = ("_again", "_add", "_remove")


@needs(READ)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request, service: str, draft: UUID) -> HttpResponse:
    """The form to begin with; then where the application stands, and what can happen next."""
    held = opened(request, service, draft)
    if not held.documents.process:
        return _page(request, held, errors=[("", _("A draft without a process cannot be tried."))])
    try:
        if request.method != "POST" or any(name in request.POST for name in REDRAWN):
            return _form(request, held, {})
        if request.POST.get("do") == "begin":
            return _begin(request, held)
        return _go_on(request, held)
    except BROKEN as refused:
        return _page(request, held, errors=[("", str(refused)[:500])], status=422)


def _begin(request: Request, held: catalogue.Draft) -> HttpResponse:
    documents = held.documents
    answers: dict[str, Any] = {}
    start = request.POST.get("start", "")
    if documents.form:
        form = catalogue.compile_form(documents.form)
        answers = form.read(request.POST)
    try:
        trial = cases.trial_begin(
            documents=documents, answers=answers, at=now(), calendar=_days(), start=start
        )
    except cases.FormIsNotValid as fault:
        return _form(request, held, dict(fault.faults), status=422)
    return _stands(request, held, trial)


def _go_on(request: Request, held: catalogue.Draft) -> HttpResponse:
    try:
        kept = signing.loads(request.POST.get("trial", ""), salt=str(held.id))
        trial = cases.trial_of(kept)
    except (signing.BadSignature, ValueError) as fault:
        raise Invalid(
            _("This trial is of another draft or was changed. Begin again."), field="trial"
        ) from fault
    if trial.process != held.documents.process:
        return _stands(
            request, held, trial, _("The process was changed since this trial began: begin again."), 409
        )
    try:
        if request.POST.get("do") == "wait":
            return _stands(request, held, cases.trial_wait(trial, until=trial.at + _length(request)))
        return _stands(request, held, _stepped(request, trial))
    except DomainError as fault:
        return _stands(request, held, trial, fault.message, fault.status)


def _stepped(request: Request, trial: cases.Trial) -> cases.Trial:
    try:
        task = UUID(request.POST.get("task", ""))
    except ValueError as fault:
        raise cases.NoSuchTask() from fault
    return cases.trial_step(trial, task=task, outcome=request.POST.get("outcome", "done")[:40])


def _length(request: Request) -> timedelta:
    said = request.POST.get("days", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 4 and 0 < int(said) <= LONGEST_WAIT):
        raise Invalid(_("Give 1 to %s days.") % LONGEST_WAIT, field="days")
    return timedelta(days=int(said))


def _days() -> centres.Calendar:
    return centres.calendar_of(access.units(kind="country")[0].id)


def _form(
    request: Request, held: catalogue.Draft, faults: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    parts: Any = ()
    if held.documents.form:
        form = catalogue.compile_form(held.documents.form)
        data = form.read(request.POST, without=request.POST.get("_remove", ""))
        showing = catalogue.Showing(data=data, faults=faults, few=FEW, more=request.POST.get("_add", ""))
        parts = catalogue.form_shown(form, showing)
    errors = [(f"id_{name}", sentence) for name, sentence in faults.items()]
    about = {"starts": _starts(held), "start": request.POST.get("start", "")}
    return _page(request, held, errors=errors, parts=parts, begins=True, status=status, **about)


def _starts(held: catalogue.Draft) -> list[tuple[str, Any]]:
    """In which ways it can begin, to choose from; nothing where it is only handed in."""
    found = cases.trial_starts(held.documents)
    if not any(start.event for start in found):
        return []
    return [(start.id, BEGINS[start.event] % {"name": text(start.names)}) for start in found]


def _stands(
    request: Request, held: catalogue.Draft, trial: cases.Trial, wrong: Any = None, status: int = 200
) -> HttpResponse:
    roles = {one.code: one.name for one in access.roles()}
    return _page(
        request,
        held,
        errors=[("", wrong)] if wrong else [],
        status=status,
        trial=trial,
        kept=signing.dumps(cases.trial_kept(trial), salt=str(held.id), compress=True),
        clock=cases.trial_clock(trial),
        standing=cases.status_words(trial.status),
        tasks=[
            {
                "task": each,
                "role": roles.get(each.role, {"lo": each.role}),
                "ends": [(one, cases.action_words(one)) for one in each.outcomes or ("done",)],
            }
            for each in trial.tasks
        ],
        **_asked_of_her(held, trial),
        told=[
            {
                "one": each,
                "word": PASSED.get(each.what, each.what),
                "outcome": cases.outcome_words(each.outcome) if each.outcome not in ("", "done") else "",
            }
            for each in trial.passed
        ],
    )


def _asked_of_her(held: catalogue.Draft, trial: cases.Trial) -> dict[str, Any]:
    """What this applicant brings and pays; nothing where the description cannot be read yet."""
    try:
        service = catalogue.service_of(held.documents, code=held.code)
    except catalogue.ServiceIsNotComplete:
        return {}
    return {
        "papers": catalogue.to_bring(service.papers, catalogue.known_by(service.form, trial.answers)),
        "quote": catalogue.quote_of(service, answers=trial.answers, on=trial.began.astimezone(ZONE).date()),
    }


BEGINS = {
    "": gettext_lazy("It is handed in at a counter or door"),
    "message": gettext_lazy("A message comes: %(name)s"),
    "timer": gettext_lazy("A day of the calendar comes: %(name)s"),
}
PASSED = {
    "passed": gettext_lazy("went on"),
    "done": gettext_lazy("done"),
    "fired": gettext_lazy("the time ran out"),
    "heard": gettext_lazy("a message came"),
    "sent": gettext_lazy("a message was sent"),
    "stopped": gettext_lazy("stopped"),
    "warned": gettext_lazy("the office was reminded"),
    "breached": gettext_lazy("the term ran out"),
}


def _page(
    request: Request, held: catalogue.Draft, *, errors: list[Any], status: int = 200, **more: Any
) -> HttpResponse:
    context = {**heading(held), "errors": errors, **more}
    return render(request, "console/services/trial.html", context, status=status)
