"""Documents at the counter: the applicant checks, the sheet is printed, and the officer says whether it came out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.cases import api as cases
from onedoor.domain.documents import api as documents
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LOOK_AGAIN = "2"  # seconds, while the worker sets the page


@needs("documents.read")
@never_cache
@require_safe
def papers(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """The documents of this centre on which somebody has to act."""
    waiting = documents.waiting(by=request.actor, centre=request.centre)
    return render(request, "desk/documents.html", {**frame(request, centre, counter), "waiting": waiting})


@needs("documents.read")
@never_cache
@require_safe
def of_case(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Leads from a case to its newest document."""
    found = documents.of_subject(case)
    if not found or found[0].centre != request.centre:
        raise Missing
    return redirect("desk:document", centre, counter, found[0].id)


@needs("documents.read")
@never_cache
@require_safe
def paper(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """One document: its facts in both scripts, where it stands, and what is to be done."""
    return _show(request, centre, counter, document)


@needs("documents.read")
@never_cache
@require_safe
def file(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """The signed PDF of the newest copy, or of the one asked for; before the number, the draft."""
    asked = request.GET.get("copy", "")
    copy = int(asked) if asked.isdecimal() and len(asked) < 4 else None
    content, name = documents.see_file(by=request.actor, at=now(), document=document, copy=copy)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@needs("documents.check")
@require_POST
def confirm(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """The applicant says that everything is right: the step of the case is done, or the document confirmed."""
    held = documents.document(by=request.actor, document=document)
    task = _check_of(request, held.subject)
    if task is not None:
        cases.complete(by=request.actor, at=now(), task=task.id, outcome="confirm")
    else:
        documents.confirm_facts(by=request.actor, at=now(), document=document)
    return redirect("desk:document", centre, counter, document)


@needs("documents.check")
@require_POST
def wrong(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """Something is wrong: the case goes back to be corrected, and is decided again."""
    held = documents.document(by=request.actor, document=document)
    reason = request.POST.get("reason", "").strip()
    task = _check_of(request, held.subject)
    try:
        if task is None:
            raise Missing
        if not reason:
            raise Invalid(_("Write what is wrong."), field="reason")
        cases.complete(by=request.actor, at=now(), task=task.id, outcome="wrong", reason=reason)
    except Invalid as fault:
        return _show(request, centre, counter, document, fault=fault)
    return redirect("desk:document", centre, counter, document)


@needs("documents.issue")
@require_POST
def issue(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """Give the confirmed document its number and have its file made."""
    documents.issue(by=request.actor, at=now(), document=document)
    return redirect("desk:document", centre, counter, document)


@needs("documents.print")
@require_POST
def print_sheet(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """Send the sheet to the printer; from now on nobody knows, until somebody says."""
    documents.begin_print(by=request.actor, at=now(), document=document)
    return redirect("desk:document", centre, counter, document)


@needs("documents.print")
@require_POST
def printed(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """Say whether the sheet came out right."""
    came = request.POST.get("came")
    if came not in ("yes", "no"):
        raise Invalid(_("Say whether the sheet came out right."), field="came")
    documents.confirm_print(by=request.actor, at=now(), document=document, printed=came == "yes")
    return redirect("desk:document", centre, counter, document)


@needs("documents.revoke")
@require_POST
def revoke(request: AtCentre, centre: str, counter: str, document: UUID) -> HttpResponse:
    """Take the document back, with the reason."""
    try:
        documents.revoke(by=request.actor, at=now(), document=document, reason=request.POST.get("reason", ""))
    except Invalid as fault:
        return _show(request, centre, counter, document, fault=fault)
    return redirect("desk:document", centre, counter, document)


def _check_of(request: AtCentre, subject: UUID) -> cases.TaskView | None:
    """The open step of the subject's case that waits for the applicant's word, if there is one."""
    return cases.open_task(request.actor, case=subject, at=now(), outcome="confirm")


def _show(
    request: AtCentre, centre: str, counter: str, document: UUID, *, fault: DomainError | None = None
) -> HttpResponse:
    held = documents.see_document(by=request.actor, at=now(), document=document)
    check = _check_of(request, held.subject) if held.state == "prepared" else None
    going = held.state == "numbered" or (
        held.state in ("prepared", "confirmed") and held.guided and not check
    )
    about = {
        **frame(request, centre, counter),
        "document": held,
        "last": held.copies[-1] if held.copies else None,
        "check": check,
        "asks": check is not None or (held.state == "prepared" and not held.guided),
        "going": going,
        "faults": [("id_reason", fault.message)] if fault else [],
    }
    response = render(request, "desk/document.html", about, status=fault.status if fault else 200)
    if going and fault is None and request.method == "GET":
        response.headers["Refresh"] = LOOK_AGAIN
    return response
