"""Steps of the front office after receipt: correct with the applicant, have the facts checked, hand over."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.documents import api as documents
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.entering import asks_for_part, entered, files_in, parts, redraws
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("cases.enter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def task(request: AtCentre, centre: str, counter: str, task: UUID) -> HttpResponse:
    """One step: what it is about, the form where it may be corrected, the document where it is to be checked."""
    if request.method != "POST":
        if (charge := _to_pay(request, task)) is not None:
            return redirect("desk:cash_pay", centre=centre, counter=counter, charge=charge)
        return _page(request, centre, counter, task, None, {})
    at = now()
    view = cases.task_of(request.actor, task=task, at=at)
    if view.unit != request.centre:
        raise cases.NoSuchTask
    outcome, posted = request.POST.get("outcome", "")[:30], None
    files = files_in(request) if view.edits else {}
    if view.edits:
        form = catalogue.form_to_ask(view.edition)
        posted = entered(request, form)
        more = request.POST.get("_add", "")
        if redraws(request) and asks_for_part(request):
            return render(request, "ui/form/asked.html", {"parts": parts(form, posted, more=more)})
        if redraws(request):
            return _page(request, centre, counter, task, posted, {}, more=more)
    once = Once(
        actor=request.actor.id,
        key=_key(request),
        body=_said(request),
        answer=lambda done: Answer(200, done.status),
    )
    try:
        replaying(
            once,
            at=at,
            act=lambda: cases.complete(
                by=request.actor,
                at=at,
                task=task,
                outcome=outcome,
                reason=request.POST.get("reason", ""),
                data=posted,
                files=files,
                once=once,
            ),
        )
    except cases.FormIsNotValid as fault:
        return _page(request, centre, counter, task, posted, fault.faults, status=422)
    except Invalid as fault:
        return _page(request, centre, counter, task, posted, {fault.field: fault.message}, status=422)
    messages.success(request, _("Done. The case has moved on."))
    return redirect("desk:application", centre=centre, counter=counter)


def _to_pay(request: AtCentre, task: UUID) -> UUID | None:
    """The charge for which this step waits; it is done at the drawer, not here."""
    view = cases.task_of(request.actor, task=task, at=now())
    if view.unit != request.centre or not catalogue.process_of(view.edition).node(view.node).waits_for:
        return None
    charge = payments.charge_for(view.case)
    return charge.id if charge is not None else None


def _case(request: AtCentre, task: UUID) -> cases.CaseView:
    held = cases.case_view(by=request.actor, at=now(), task=task)
    if held.centre != request.centre:
        raise cases.NoSuchTask
    return held


def _page(
    request: AtCentre,
    centre: str,
    counter: str,
    task: UUID,
    data: dict[str, Any] | None,
    faults: dict[str, Any],
    *,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    case = _case(request, task)
    if case.task is None or case.task.state != "open":
        raise cases.TaskIsDone
    form = catalogue.form_to_ask(case.edition)
    living = [each for each in documents.of_subject(case.id) if each.state != "revoked"]
    returned = [step for step in case.steps if step.reason]
    context = {
        **frame(request, centre, counter),
        "case": case,
        "task": case.task,
        "parts": parts(form, case.data if data is None else data, faults, more=more)
        if case.task.edits
        else (),
        "errors": catalogue.summary(form, faults),
        "document": living[0] if living else None,
        "owes": payments.charge_for(case.id),
        "last_reason": returned[-1] if returned else None,
        "paper_codes": catalogue.service_version(case.edition).papers,
        "outcomes": [
            (code, cases.action_words(code), key, code in case.task.reason_for)
            for code, key in zip(case.task.outcomes, ("Ctrl+Enter", "Alt+2", "Alt+3"), strict=False)
        ],
        "key": new_id().hex,
    }
    return render(request, "desk/application_task.html", context, status=status)


def _said(request: AtCentre) -> bytes:
    """What was asked, without the token that differs on each page; files by their name and size."""
    kept = sorted(held for held in request.POST.lists() if held[0] != "csrfmiddlewaretoken")
    files = sorted(
        (question, str(each), getattr(each, "size", 0)) for question, each in request.FILES.items()
    )
    return repr((kept, files)).encode()


def _key(request: AtCentre) -> str:
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    return f"desk/task/{key}"
