"""What the head does with money, as the second person: voids, waivers, counting in an officer's place, the day's close."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import closing, said_of, try_to_close
from onedoor.doors.desk.cash_centre import day_asked, day_page
from onedoor.doors.desk.cash_receipts import here
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("payments.approve")
@require_POST
def void(request: AtCentre, centre: str, receipt: UUID) -> HttpResponse:
    """Void a receipt: the number stays, the money goes back out of an open drawer."""
    held = here(request, receipt)
    reason, note, chosen = (request.POST.get(name, "") for name in ("reason", "note", "session"))
    try:
        payments.void(
            by=request.actor,
            at=now(),
            receipt=receipt,
            reason=reason,
            note=note,
            session=_drawer(chosen),
        )
    except DomainError as fault:
        said = {"voiding": receipt, "void_reason": reason, "void_note": note, "void_session": chosen}
        return day_page(request, centre, held.day, faults=[fault], **said)
    messages.success(request, _("The receipt is void. Its number stays, and the fee is owed again."))
    return _back(centre, held.day)


@needs("payments.approve")
@require_POST
def answer(request: AtCentre, centre: str, charge: UUID) -> HttpResponse:
    """Approve or refuse a waiver, as the second person."""
    _charge(request, charge)
    try:
        if request.POST.get("answer") == "yes":
            payments.waive(by=request.actor, at=now(), charge=charge)
            messages.success(request, _("The fee is waived. A receipt over nothing was written."))
        elif request.POST.get("answer") == "no":
            payments.refuse_waiver(by=request.actor, at=now(), charge=charge)
            messages.success(request, _("The waiver is refused. The fee is still owed."))
        else:
            raise Invalid(field="answer")
    except DomainError as fault:
        messages.error(request, str(fault))
    return redirect("desk:cash_centre", centre=centre)


@needs("payments.approve")
@never_cache
@require_safe
def evidence(request: AtCentre, centre: str, charge: UUID) -> HttpResponse:
    """The paper that shows the ground of a waiver; the look is recorded."""
    _charge(request, charge)
    content, kind = payments.see_evidence(by=request.actor, at=now(), charge=charge)
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": "inline"})


@needs("payments.approve")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_for(request: AtCentre, centre: str, session: UUID) -> HttpResponse:
    """Count and close a drawer in its officer's place."""
    held = payments.session_of(by=request.actor, session=session)
    if held.centre_id != request.centre:
        raise payments.NoSuchSession
    about = {"centre": centre, "view": centres.centre(request.centre), **closing(request, held)}
    if request.method == "POST" and (closed := try_to_close(request, held, about)):
        messages.success(request, said_of(closed))
        return _back(centre, closed.day)
    return render(request, "desk/cash_close_for.html", about, status=about.get("status", 200))


@needs("payments.approve")
@require_POST
def close_day(request: AtCentre, centre: str) -> HttpResponse:
    """Close the day of the centre."""
    day = day_asked(request.POST.get("day", ""))
    said = {
        name.removeprefix("highest-")[:60]: str(value)[:60]
        for name, value in request.POST.items()
        if name.startswith("highest-")
    }
    reason = request.POST.get("lost_reason", "")
    try:
        payments.day_close(
            by=request.actor, at=now(), centre=request.centre, day=day, lost_reason=reason, highest=said
        )
    except Invalid as fault:
        return day_page(request, centre, day, faults=[fault], lost_reason=reason, highest=said)
    except DomainError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The day is closed."))
    return _back(centre, day)


def _drawer(said: str) -> UUID | None:
    """The drawer that was chosen. Raises NoOpenSession where it is none."""
    try:
        return UUID(said) if said else None
    except ValueError:
        raise payments.NoOpenSession from None


def _charge(request: AtCentre, charge: UUID) -> payments.Charge:
    held = payments.charge_of(by=request.actor, charge=charge)
    if held.centre_id != request.centre:
        raise payments.NoSuchCharge
    return held


def _back(centre: str, day: date) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:cash_centre', kwargs={'centre': centre})}?day={day}")
