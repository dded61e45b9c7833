"""A case by its number: how it stands, each step and the reasons, for the applicant who comes back to ask."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.queue import api as queue
from onedoor.doors.desk.frame import frame
from onedoor.doors.desk.visits import visit_beside
from onedoor.kernel.clock import now
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("cases.enter")
@require_POST
def find(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Lead from a number to its case; a draft is opened where it is entered."""
    try:
        found = cases.case_numbered(request.actor, number=request.POST.get("number", "")[:60])
    except cases.NoSuchCase as fault:
        messages.error(request, str(fault.message))
        return redirect("desk:application", centre=centre, counter=counter)
    return redirect("desk:application_case", centre=centre, counter=counter, case=found)


@needs("cases.enter")
@never_cache
@require_safe
def case(request: AtCentre, centre: str, counter: str, case: UUID) -> HttpResponse:
    """The case as it stands; what was answered and scanned lies beside it."""
    held = cases.standing_of(request.actor, case=case)
    if held.centre != request.centre:
        raise cases.NoSuchCase
    if held.status == "draft":
        return redirect("desk:application_draft", centre=centre, counter=counter, case=case)
    view = cases.case_view(by=request.actor, at=now(), case=case)
    refused = view.status == "refused" and next((one for one in reversed(view.steps) if one.reason), None)
    about: dict[str, Any] = {"case": view, "refused": refused, **visit_beside(request, view.visit)}
    if (ready := cases.to_collect(view.id)) is not None:
        about |= {"collects": ready, "booked": queue.appointment_of_subject(view.id)}
        about["books"] = access.may(request.actor, queue.BOOK, at=request.centre)
    return render(request, "desk/application_case.html", {**frame(request, centre, counter), **about})
