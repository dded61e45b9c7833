"""Opening and closing of the centre: what is ticked, what is measured, and how the days before went."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.staffing import frame, named, officers, today
from onedoor.kernel.clock import machine_seconds, now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import format_time
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

DAYS = 14


@needs("centres.counter")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: AtCentre, centre: str) -> HttpResponse:
    """Today's two lists; each press keeps what was found, the last one signs it."""
    if request.method != "POST":
        return _page(request, centre)
    phase: centres.Phase = "closing" if request.POST.get("phase") == "closing" else "opening"
    try:
        kept = centres.keep_checklist(
            by=request.actor,
            at=now(),
            centre=request.centre,
            day=today(),
            phase=phase,
            ticks=_ticks(request, phase),
            measured=measured(request, phase),
            sign=request.POST.get("sign") == "yes",
        )
    except DomainError as fault:
        return _page(request, centre, fault=fault, phase=phase)
    messages.success(request, _("The list is signed.") if kept.signed_at else _("Kept."))
    return redirect("desk:checklist", centre=centre)


def measured(request: AtCentre, phase: centres.Phase) -> dict[str, centres.Measured]:
    """What machines say of this moment: the clock, the link, and the drawers that were counted."""
    found = {}
    for item in centres.checklist_items(request.centre, phase):
        if item.measure == "clock":
            found[item.code] = centres.measured_clock(machine_seconds())
        elif item.measure == "float":
            found[item.code] = _drawers(request, phase)
        elif item.measure == "link":
            found[item.code] = _link(request)
    return found


def _drawers(request: AtCentre, phase: centres.Phase) -> centres.Measured:
    count = payments.open_drawers(request.centre)
    words = _("%(count)d drawers open") % {"count": count}
    return centres.Measured(fine=count == 0 if phase == "closing" else count > 0, value=words)


def _link(request: AtCentre) -> centres.Measured:
    state, held = centres.measured_link(request.centre, now())
    about = {
        "count": held.waiting if held else 0,
        "time": format_time(held.since) if held and held.since else "",
    }
    words = {
        "hub": _("this is the hub"),
        "none": _("no link to the hub is set up"),
        "sent": _("everything is sent"),
        "sending": _("%(count)d to send, since %(time)s") % about,
        "cut": _("cut off: %(count)d to send, since %(time)s") % about,
    }
    return centres.Measured(fine=state not in ("none", "cut"), value=words[state])


def _ticks(request: AtCentre, phase: centres.Phase) -> dict[str, tuple[bool, str]]:
    found = {}
    for item in centres.checklist_items(request.centre, phase):
        said = request.POST.get(f"item_{item.code}", "")
        if said and said not in ("fine", "trouble"):
            raise Invalid(field=f"item_{item.code}")
        if said:
            note = request.POST.get(f"note_{item.code}", "").replace("\x00", "")
            found[item.code] = (said == "fine", note)
    return found


def _page(
    request: AtCentre, centre: str, *, fault: DomainError | None = None, phase: str = "opening"
) -> HttpResponse:
    day, known = today(), officers(request.centre)
    field = f"item_{getattr(fault, 'field', '')}" if fault else ""
    about = {
        **frame(request, centre, "checklist"),
        "lists": [_list(request, one, known) for one in centres.PHASES],
        "before": _before(request, known),
        "faults": [(f"id_{field}", fault.message)] if fault else [],
        "day": day,
    }
    return render(request, "desk/checklist.html", about, status=fault.status if fault else 200)


def _list(request: AtCentre, phase: centres.Phase, known: dict[Any, str]) -> dict[str, Any]:
    held = centres.checklist(request.centre, today(), phase)
    signed = held is not None and held.signed_at is not None
    live = {} if signed else measured(request, phase)
    rows = []
    for item in centres.checklist_items(request.centre, phase):
        entry = held.entries.get(item.code) if held else None
        rows.append(
            {
                "item": item,
                "entry": entry,
                "live": live.get(item.code),
                "who": named(known, entry.by) if entry and entry.by else "",
                "said": request.POST.get(f"item_{item.code}") if request.POST.get("phase") == phase else None,
                "note": request.POST.get(f"note_{item.code}", "")
                if request.POST.get("phase") == phase
                else "",
            }
        )
    left = len(centres.open_items(centres.checklist_items(request.centre, phase), held))
    who = named(known, held.signed_by) if held and held.signed_by else ""
    return {"phase": phase, "rows": rows, "held": held, "signed": signed, "who": who, "left": left}


def _before(request: AtCentre, known: dict[Any, str]) -> list[dict[str, Any]]:
    last = today() - timedelta(days=1)
    first = today() - timedelta(days=DAYS)
    held = {(one.day, one.phase): one for one in centres.checklists([request.centre], first=first, last=last)}
    found = []
    for step in range(DAYS):
        day = last - timedelta(days=step)
        if not centres.opening(request.centre, day):
            continue
        lists = [held.get((day, phase)) for phase in centres.PHASES]
        troubles = [one for each in lists if each for one in each.entries.values() if not one.fine]
        found.append(
            {
                "day": day,
                "lists": [
                    (phase, one, named(known, one.signed_by) if one and one.signed_by else "")
                    for phase, one in zip(centres.PHASES, lists, strict=True)
                ],
                "troubles": [one.note or one.value for one in troubles],
            }
        )
    return found


def opening_missed(centre: UUID) -> bool:
    """Whether the centre is open today without its opening list signed: visible to everybody, and it forbids nothing."""
    at = now()
    if not centres.is_open(centre, at) or not centres.checklist_items(centre, "opening"):
        return False
    held = centres.checklist(centre, at.astimezone(ZONE).date(), "opening")
    return held is None or held.signed_at is None
