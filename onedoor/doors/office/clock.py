"""The legal clock at the office: it stands still for a missing paper, goes on, gets more time; and what is late is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.doors.office.finding import recorded
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import format_date
from onedoor.kernel.inbox import Answer, remember
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request


@needs("cases.decide")
@require_POST
def turn(request: Request, task: UUID) -> HttpResponse:
    """Let the clock stand still, with what is missing, or go on."""
    wanted, reason = request.POST.get("do", ""), request.POST.get("reason", "")
    if wanted == "pause":
        cases.pause(by=request.actor, at=now(), task=task, reason=reason)
        messages.success(request, _("The clock stands still. The applicant sees why."))
    elif wanted == "resume":
        due = cases.resume(by=request.actor, at=now(), task=task)
        messages.success(
            request, _("The clock goes on. Due: %(day)s.") % {"day": format_date(due) if due else "–"}
        )
    else:
        raise Invalid(field="do")
    return redirect("office:task", task)


@needs("cases.extend")
@require_POST
def extend(request: Request, case: UUID) -> HttpResponse:
    """Give a case more time; what is wrong is said beside its field."""
    at, amount, reason = now(), request.POST.get("amount", "")[:9], request.POST.get("reason", "")
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")

    def act() -> Answer:
        due = cases.extend(by=request.actor, at=at, case=case, amount=_whole(amount), reason=reason)
        return Answer(200, due.isoformat() if due else "")

    try:
        body = f"{case}\n{amount}\n{reason}".encode()
        remember(actor=request.actor.id, key=f"office/extend/{key}", body=body, at=at, act=act)
    except Invalid as fault:
        return recorded(
            request, case, faults={fault.field: fault.message}, amount=amount, reason=reason, status=422
        )
    messages.success(request, _("More time was given."))
    return redirect("office:record", case)


@needs("cases.oversee")
@never_cache
@require_safe
def escalated(request: Request) -> HttpResponse:
    """Late cases of the offices under us."""
    rows = cases.escalated(request.actor, at=now())
    return render(
        request, "office/escalated.html", {"rows": rows, "mends": access.may(request.actor, cases.MEND)}
    )


def _whole(typed: str) -> int:
    try:
        return int(typed)
    except ValueError as fault:
        raise Invalid(_("Write a whole number."), field="amount") from fault
