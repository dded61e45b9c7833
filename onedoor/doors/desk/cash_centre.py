"""Money of the whole centre, for its head: drawers, waivers to answer, receipts to void, the day's close."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import closing, person, said_of, said_subject, try_to_close
from onedoor.doors.desk.cash_receipts import ground_said, here
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

FIRST_YEAR, LAST_YEAR = 1900, 9000


@needs("payments.approve")
@never_cache
@require_safe
def centre_cash(request: AtCentre, centre: str) -> HttpResponse:
    """A day of the centre: what was taken by service and officer, the drawers, the receipts, what waits for the head."""
    day = _day(request.GET.get("day", ""))
    view, held = (
        centres.centre(request.centre),
        payments.day_of(by=request.actor, centre=request.centre, day=day),
    )
    names = catalogue.services_by_id(list({row.service for row in held.rows if row.service}))
    places = {one.id: one for one in centres.counters(request.centre)}
    largest = max([abs(row.total) for row in held.rows] or [1]) or 1
    receipts = payments.receipts(by=request.actor, centre=request.centre, day=day)
    about = {
        "centre": centre,
        "view": view,
        "held": held,
        "today": now().astimezone(ZONE).date(),
        "rows": [
            (row, _named(names, row.service), person(row.officer), max(0, row.total) * 100 // largest)
            for row in held.rows
        ],
        "sessions": [(one, person(one.officer), places.get(one.counter)) for one in held.sessions],
        "late": [
            (one, person(one.officer), places.get(one.counter))
            for one in payments.left_open(by=request.actor, centre=request.centre, at=now())
        ],
        "waivers": [
            (one, said_subject(request.actor, one.subject), ground_said(one), person(one.asked_by))
            for one in payments.waivers(by=request.actor, centre=request.centre)
            if one.asked_by
        ],
        "receipts": [(one, _named(names, one.service), person(one.officer)) for one in receipts],
        "reasons": payments.VOID_WORDS.items(),
        "owed": payments.owed(by=request.actor, centre=request.centre),
        "own": request.actor.id,
    }
    return render(request, "desk/cash_centre.html", about)


@needs("payments.approve")
@require_POST
def void(request: AtCentre, centre: str, receipt: UUID) -> HttpResponse:
    """Void a receipt: the number stays, the money goes back out of an open drawer."""
    held = here(request, receipt)
    session = None
    try:
        chosen = request.POST.get("session", "")
        session = UUID(chosen) if chosen else None
        payments.void(
            by=request.actor,
            at=now(),
            receipt=receipt,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
            session=session,
        )
    except ValueError:
        messages.error(request, str(payments.NoOpenSession()))
    except DomainError as fault:
        messages.error(request, str(fault))
    else:
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
    day = _day(request.POST.get("day", ""))
    try:
        payments.day_close(by=request.actor, at=now(), centre=request.centre, day=day)
    except DomainError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The day is closed."))
    return _back(centre, day)


def _day(said: str) -> date:
    """The day that is asked for; today where it is none, or none that a centre could have had."""
    try:
        asked = date.fromisoformat(said)
    except ValueError:
        asked = date.min
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else now().astimezone(ZONE).date()


def _named(names: dict[UUID, catalogue.ServiceView], service: UUID | None) -> str:
    if service is None:
        return _("Incidental charges alone")
    return text(names[service].name) if service in names else "–"


def _charge(request: AtCentre, charge: UUID) -> payments.Charge:
    held = payments.charge_of(by=request.actor, charge=charge)
    if held.centre_id != request.centre:
        raise payments.NoSuchCharge
    return held


def _back(centre: str, day: date) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:cash_centre', kwargs={'centre': centre})}?day={day}")
