"""Follow a case by its number and secret code. Both travel in the body of a request, never in an address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.cases import api as cases
from onedoor.kernel.clock import now
from onedoor.kernel.scope import public
from onedoor.ui.request import Request


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
        wait = max(1, int((fault.until - now()).total_seconds()))
        about = {"number": number, "errors": [("", fault.message)], "until": fault.until}
        response = render(request, "citizen/follow.html", about, status=fault.status)
        response.headers["Retry-After"] = str(wait)
        return response
    except cases.NumberOrCodeIsWrong as fault:
        about = {"number": number, "errors": [("id_code", fault.message)]}
        return render(request, "citizen/follow.html", about, status=fault.status)
    response = render(
        request, "citizen/followed.html", {"case": held, "steps": [_step(step) for step in held.steps]}
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _step(step: cases.Step) -> dict[str, Any]:
    late = step.on_time is False or (
        step.state == "now" and step.due_on is not None and step.due_on < now().date()
    )
    return {
        "step": step,
        "state": "late" if late and step.state == "now" else {"done": "done"}.get(step.state, "now"),
    }


urlpatterns = [path("follow/", follow, name="follow")]
