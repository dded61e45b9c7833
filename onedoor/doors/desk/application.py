"""The application at the counter: opened with the called ticket, entered by keyboard, papers scanned, handed on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.entering import (
    LARGEST_UPLOAD,
    asks_for_part,
    entered,
    files_in,
    parts,
    redraws,
)
from onedoor.doors.desk.frame import frame
from onedoor.doors.desk.visits import visit_beside
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre, Request


@needs("cases.enter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Take up the application of a ticket, or see what is begun and what waits at the front office."""
    if request.method != "POST":
        waiting = cases.front_list(request.actor, centre=request.centre, at=now())
        held = {"waiting": waiting.rows, "drafts": cases.drafts(request.actor, centre=request.centre)}
        return render(request, "desk/application_list.html", {**frame(request, centre, counter), **held})
    ticket = queue.ticket(_uuid(request.POST.get("ticket", "")), centre=request.centre)
    errand = request.POST.get("errand", "")[:40]
    chosen = [each for each in queue.errands(visit=ticket.visit) if str(each.id) == errand]
    if errand and not chosen:
        raise queue.ErrandUnknown
    draft = cases.open_draft(
        by=request.actor,
        at=now(),
        centre=request.centre,
        service=chosen[0].service_id if chosen else ticket.service_id,
        ticket=ticket.id,
        visit=ticket.visit,
        errand=chosen[0].id if chosen else None,
    )
    return redirect("desk:application_draft", centre=centre, counter=counter, case=draft.id)


@needs("cases.enter")
@never_cache
@require_safe
def draft(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """The form with what has been entered so far, and the papers beside it."""
    return _page(request, centre, counter, case, None, {})


@needs("cases.enter")
@require_POST
def save(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Keep what has been typed, as it is; the page calls this while one types."""
    form = catalogue.form_to_ask(_here(request, case).edition)
    cases.save_draft(by=request.actor, at=now(), case=case, data=entered(request, form))
    return HttpResponse(status=204)


@needs("cases.enter")
@require_POST
def check(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Save what was typed; when everything is right, go on to the summary that is read to the applicant."""
    form = catalogue.form_to_ask(_here(request, case).edition)
    data = entered(request, form)
    try:
        saved = cases.save_draft(by=request.actor, at=now(), case=case, data=data, files=files_in(request))
    except DomainError as fault:
        question = next(iter(request.FILES), "")
        if not question or isinstance(fault, cases.NotAsked):
            raise
        return _page(request, centre, counter, case, data, {question: fault.message}, status=fault.status)
    more = request.POST.get("_add", "")
    if redraws(request) and asks_for_part(request):
        return render(request, "ui/form/asked.html", {"parts": parts(form, saved.data, more=more)})
    if redraws(request):
        return _page(request, centre, counter, case, saved.data, {}, more=more)
    faults = _faults(form, saved.data)
    if faults:
        return _page(request, centre, counter, case, saved.data, faults, status=422)
    return redirect("desk:application_summary", centre=centre, counter=counter, case=case)


@needs("cases.enter")
@never_cache
@require_safe
def read_back(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Everything once more, to be read to the applicant before it is handed on."""
    view = cases.case_view(by=request.actor, at=now(), case=case)
    if view.centre != request.centre:
        raise cases.NoSuchCase
    if view.status != "draft":
        raise cases.CaseIsNotADraft
    edition = catalogue.service_version(view.edition)
    known = catalogue.answers_known(view.edition, view.data)
    missing = catalogue.lacking(edition.papers, known, {paper.code for paper in view.papers})
    may = catalogue.eligibility(edition.eligibility, known, today=today())
    held = {
        "case": view,
        "missing": missing,
        "stopped": bool(missing or may.barred),
        "identity": edition.identity,
        "may": may,
        "disabilities": cases.DISABILITY_WORDS.items(),
        "languages": cases.LANGUAGE_WORDS.items(),
    }
    return render(request, "desk/application_summary.html", {**frame(request, centre, counter), **held})


def _vouchers(request: Request) -> list[cases.Voucher]:
    """Who vouches, as it was written: the village head, or two witnesses."""
    if request.POST.get("identity") != "vouched":
        return []
    kind = request.POST.get("voucher_kind", "")[:20]
    names = [request.POST.get(f"voucher_{number}", "").strip()[:300] for number in (1, 2)]
    return [cases.Voucher(kind=kind, name=name) for name in names if name]


@needs("cases.enter")
@require_POST
def receive(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Hand the application on; the number and the secret code are shown this once."""
    held = _here(request, case)
    told = {name: request.POST.get(name, "") for name in cases.ASKED}
    try:
        received = cases.receive(
            by=request.actor,
            at=now(),
            case=case,
            told=told,
            identity=request.POST.get("identity", "")[:20],
            vouchers=_vouchers(request),
        )
    except cases.FormIsNotValid as fault:
        return _page(request, centre, counter, case, None, fault.faults, status=422)
    except (cases.IdentityIsNotShown, cases.WhoVouches, cases.MayNotApply) as fault:
        messages.error(request, str(fault.message))
        return redirect("desk:application_summary", centre=centre, counter=counter, case=case)
    except cases.EditionIsOld as fault:
        messages.error(request, str(fault.message))
        return redirect("desk:application_draft", centre=centre, counter=counter, case=case)
    except (cases.PaperIsMissing, catalogue.FeeNeedsAnswer) as fault:
        return _page(request, centre, counter, case, None, {fault.field: fault.message}, status=422)
    about = {
        "received": received,
        "service": catalogue.service_version(held.edition),
        "charge": payments.charge_for(received.case),
        **visit_beside(request, cases.visit_of(request.actor, case=held.case)),
    }
    response = render(request, "desk/application_received.html", {**frame(request, centre, counter), **about})
    response.headers["Cache-Control"] = "no-store"
    return response


@needs("cases.enter")
@require_POST
def take_over(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Fill the draft with what the applicant prepared, by her code; what was typed here stays where she said nothing."""
    _here(request, case)
    try:
        code = request.POST.get("code", "")[:60]
        taken = cases.take_over(by=request.actor, at=now(), case=case, code=code)
        messages.success(request, _("What was prepared is taken over. Read it back before you go on."))
        if taken.newer is not None and taken.newer.lost:
            lost = "; ".join(f"{text(each.label)}: {each.said}" for each in taken.newer.lost)
            messages.warning(request, _("It was prepared for an older form. No longer asked: %s") % lost)
    except (cases.NothingPrepared, cases.AnotherService) as fault:
        messages.error(request, str(fault.message))
    return redirect("desk:application_draft", centre=centre, counter=counter, case=case)


@needs("cases.enter")
@require_POST
def share(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Fill in what was said in another application of the same visit; what was typed here stays."""
    _here(request, case)
    cases.share_facts(by=request.actor, at=now(), case=case)
    messages.success(request, _("What the family has in common is filled in. Read it back before you go on."))
    return redirect("desk:application_draft", centre=centre, counter=counter, case=case)


@needs("cases.enter")
@require_POST
def upgrade(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Take a draft over to the newer edition of its service; the questions that are asked again are named."""
    _here(request, case)
    again = cases.upgrade_of(request.actor, case=case, at=now())
    cases.upgrade_draft(by=request.actor, at=now(), case=case)
    if again is not None and again.again:
        labels = ", ".join(text(question.label) for question in again.again)
        messages.warning(request, _("The new form is taken over. To be asked: %s") % labels)
    else:
        messages.success(request, _("The new form is taken over; every answer was kept."))
    return redirect("desk:application_draft", centre=centre, counter=counter, case=case)


@needs("cases.enter")
@require_POST
def renew(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """A new secret code for somebody who lost hers and has shown who she is; shown this once."""
    try:
        received = cases.renew_code(by=request.actor, at=now(), number=request.POST.get("number", "")[:60])
    except cases.NoSuchCase as fault:
        messages.error(request, str(fault.message))
        return redirect("desk:application", centre=centre, counter=counter)
    edition = cases.standing_of(request.actor, case=received.case).edition
    about = {"received": received, "service": catalogue.service_version(edition), "renewed": True}
    response = render(request, "desk/application_received.html", {**frame(request, centre, counter), **about})
    response.headers["Cache-Control"] = "no-store"
    return response


@needs("cases.enter")
@require_POST
def attach(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """Put a scan to the application; what cannot be taken is said beside the papers."""
    _here(request, case)
    upload = request.FILES.get("file")
    code = request.POST.get("paper", "")[:80]
    back = request.POST.get("task", "")
    try:
        if upload is None:
            raise Invalid(_("Choose a file first."), field="file")
        content = upload.read(LARGEST_UPLOAD)
        cases.attach(
            by=request.actor, at=now(), case=case, paper=code, content=content, name=upload.name or "scan"
        )
    except DomainError as fault:
        if back:
            messages.error(request, str(fault.message))
            return redirect("desk:application_task", centre=centre, counter=counter, task=_uuid(back))
        return _page(
            request, centre, counter, case, None, {f"paper-{code}": fault.message}, status=fault.status
        )
    messages.success(request, _("The paper was attached."))
    if back:
        return redirect("desk:application_task", centre=centre, counter=counter, task=_uuid(back))
    return redirect("desk:application_draft", centre=centre, counter=counter, case=case)


def _here(request: AtCentre, case: UUID) -> cases.Standing:
    """How the application stands, if it lies at the centre that the address names."""
    held = cases.standing_of(request.actor, case=case)
    if held.centre != request.centre:
        raise cases.NoSuchCase
    return held


def _faults(form: catalogue.Form, data: Any) -> dict[str, Any]:
    return cases.faults_in(form, data, today=today())


def _page(
    request: AtCentre,
    centre: str,
    counter: str,
    case: UUID,
    data: Mapping[str, Any] | None,
    faults: dict[str, Any],
    *,
    more: str = "",
    status: int = 200,
) -> HttpResponse:
    if _here(request, case).status != "draft":
        raise cases.CaseIsNotADraft
    held = cases.see_draft(by=request.actor, at=now(), case=case)
    form, edition = catalogue.form_to_ask(held.edition), catalogue.service_version(held.edition)
    attached = {paper.code for paper in held.papers}
    context = {
        **frame(request, centre, counter),
        "case": held,
        "edition": edition,
        "parts": parts(
            form,
            held.data if data is None else data,
            faults,
            more=more,
        ),
        "errors": catalogue.summary(form, faults),
        "newer": cases.upgrade_of(request.actor, case=case, at=now()),
        "shared": cases.see_shared(by=request.actor, at=now(), case=case),
        "papers": [
            (paper, bool(paper.codes & attached), faults.get(f"paper-{paper.code}", ""))
            for paper in catalogue.to_bring(edition.papers, form.known(held.data))
        ],
        "other_fault": faults.get("paper-other", ""),
        "attached": held.papers,
    }
    return render(request, "desk/application_draft.html", context, status=status)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as fault:
        raise queue.TicketUnknown from fault
