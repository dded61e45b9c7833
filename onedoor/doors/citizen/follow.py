"""Follow a case by its number and secret code. Both travel in the body of a request, never in an address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access.api import today
from onedoor.domain.cases import api as cases
from onedoor.domain.queue import api as queue
from onedoor.doors.citizen.collecting import to_book
from onedoor.kernel.clock import now
from onedoor.kernel.scope import public
from onedoor.ui.keeping import KeptCode
from onedoor.ui.request import Request

# Number, code, case and edition of a case that waits for its applicant, so that she can correct it on the next page.
OPENED = KeptCode("onedoor_followed", path="/follow/")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: Request) -> HttpResponse:
    """Ask for number and code; show where the case is, who has it, when it is due and why."""
    if request.method != "POST":
        return render(request, "citizen/follow.html", {"number": "", "errors": []})
    number = request.POST.get("number", "")[:60]
    try:
        held = cases.follow(
            number=number,
            code=request.POST.get("code", "")[:60],
            address=request.META.get("REMOTE_ADDR", ""),
            at=now(),
        )
    except cases.WaitBeforeTrying as fault:
        return too_often(request, fault, number=number)
    except cases.NumberOrCodeIsWrong as fault:
        about = {"number": number, "errors": [("id_code", fault.message)]}
        return render(request, "citizen/follow.html", about, status=fault.status)
    returned = [step for step in held.steps if step.reason and step.audience == "back"]
    shown: dict[str, Any] = {
        "case": held,
        "steps": [_step(step) for step in held.steps],
        "returned": returned[-1] if returned else None,
        "visiting": _visit(held),
        **to_book(held),
    }
    response = render(request, "citizen/followed.html", shown)
    response.headers["Cache-Control"] = "private, no-store"
    if held.corrects:
        kept = f"{held.number} {request.POST['code'][:60].replace(' ', '')} {held.case} {held.edition}"
        return OPENED.keep(response, kept, request=request)
    return response


def _visit(held: cases.Followed) -> queue.Ticket | None:
    """The visit in which the application was made, by the number that was called."""
    try:
        return queue.visit_ticket(held.visit) if held.visit is not None else None
    except queue.VisitUnknown:
        return None


def too_often(request: Request, fault: cases.WaitBeforeTrying, *, number: str) -> HttpResponse:
    """Too many wrong codes came from this network: when to try again."""
    about = {"number": number, "errors": [("", fault.message)], "until": fault.until}
    response = render(request, "citizen/follow.html", about, status=fault.status)
    response.headers["Retry-After"] = str(max(1, int((fault.until - now()).total_seconds())))
    return response


def _step(step: cases.Step) -> dict[str, Any]:
    late = step.on_time is False or (
        step.state == "now" and step.due_on is not None and step.due_on < today()
    )
    return {
        "step": step,
        "state": "late" if late and step.state == "now" else {"done": "done"}.get(step.state, "now"),
    }


urlpatterns = [path("follow/", follow, name="follow")]
