"""Complaints for whoever answers them: what waits, the most urgent first; one of them, and its answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

ANSWERED = 20


@needs("voice.answer")
@never_cache
@require_safe
def complaints(request: Request) -> HttpResponse:
    """Those that wait for an answer, and the last that have one."""
    context = {
        "tab": "complaints",
        "waiting": [_row(one) for one in voice.complaints(by=request.actor, answered=False)],
        "answered": [_row(one) for one in voice.complaints(by=request.actor, answered=True, limit=ANSWERED)],
    }
    return render(request, "console/complaints.html", context)


@needs("voice.answer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: Request, complaint: UUID) -> HttpResponse:
    """One complaint; the look is recorded. Its answer is written once and read by whoever has number and code."""
    if request.method != "POST":
        return _show(request, voice.see_complaint(by=request.actor, at=now(), complaint=complaint))
    written = request.POST.get("text", "").replace("\x00", "")
    try:
        held = voice.answer(by=request.actor, at=now(), complaint=complaint, text=written)
    except Invalid as fault:
        held = voice.complaint(by=request.actor, complaint=complaint)
        return _show(request, held, written=written, fault=str(fault.message), status=fault.status)
    messages.success(request, _("The answer to %(number)s is given.") % {"number": held.number})
    return redirect("console:complaints")


def _show(
    request: Request, held: voice.Complaint, *, written: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "tab": "complaints",
        "row": _row(held),
        "complaint": held,
        "written": written,
        "fault": fault,
        "errors": [("id_text", fault)] if fault else [],
    }
    return render(request, "console/complaint.html", context, status=status)


def _row(held: voice.Complaint) -> dict[str, Any]:
    day = (held.answered_at or now()).astimezone(ZONE).date()
    return {
        "id": held.id,
        "number": held.number,
        "topic": voice.TOPIC_WORDS.get(held.topic, held.topic),
        "centre": text(access.unit(held.centre_id).name),
        "made_at": held.made_at,
        "due_on": held.due_on,
        "answered_at": held.answered_at,
        "late": day > held.due_on,
    }
