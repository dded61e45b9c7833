"""Money between a drawer and the safe: one counts it here, the other confirms it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import counted_in, faults_of, person, rows_of
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

FORM = ["GET", "HEAD", "POST"]


@needs("payments.take")
@never_cache
@require_http_methods(FORM)
def move(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """One's own drawer: count what goes to the safe, or what came from it."""
    mine = payments.open_session_of(request.actor)
    if mine is None or mine.centre_id != request.centre:
        messages.error(request, str(payments.NoOpenSession()))
        return redirect("desk:cash", centre=centre, counter=counter)
    about = {**frame(request, centre, counter), **_shown(request, mine)}
    if request.method == "POST" and _asked(request, mine, about):
        return redirect("desk:cash", centre=centre, counter=counter)
    return render(request, "desk/cash_safe.html", about, status=about.get("status", 200))


@needs("payments.approve")
@never_cache
@require_http_methods(FORM)
def move_for(request: AtCentre, centre: str, session: UUID) -> HttpResponse:
    """The head brings change to a drawer, or fetches money from it; its officer confirms."""
    held = payments.session_of(by=request.actor, session=session)
    if held.centre_id != request.centre:
        raise payments.NoSuchSession
    about = {"centre": centre, "view": centres.centre(request.centre), **_shown(request, held)}
    if request.method == "POST" and _asked(request, held, about):
        return redirect("desk:cash_centre", centre=centre)
    return render(request, "desk/cash_safe_for.html", about, status=about.get("status", 200))


@needs("payments.take")
@require_POST
def answer(request: AtCentre, centre: str, counter: str, transfer: UUID) -> HttpResponse:
    """The officer confirms what the head brought or fetched, or takes one's own request back."""
    _answered(request, transfer)
    return redirect("desk:cash", centre=centre, counter=counter)


@needs("payments.approve")
@require_POST
def answer_for(request: AtCentre, centre: str, transfer: UUID) -> HttpResponse:
    """The head confirms or refuses what an officer counted."""
    _answered(request, transfer)
    return redirect("desk:cash_centre", centre=centre)


def _shown(request: AtCentre, held: payments.Session) -> dict[str, Any]:
    way = request.POST.get("way", "")
    return {
        "session": held,
        "who": person(held.officer),
        "notes": rows_of(counted_in(request)),
        "ways": [
            (payments.TO_SAFE, _("From the drawer to the safe"), way == payments.TO_SAFE),
            (payments.TO_DRAWER, _("From the safe to the drawer"), way == payments.TO_DRAWER),
        ],
        "faults": [],
    }


def _asked(request: AtCentre, held: payments.Session, about: dict[str, Any]) -> bool:
    """Ask for the transfer; when it is refused, ``about`` says why."""
    try:
        payments.ask_transfer(
            by=request.actor,
            at=now(),
            session=held.id,
            way=request.POST.get("way", ""),
            notes=counted_in(request),
        )
    except DomainError as fault:
        about |= {"faults": faults_of([fault]), "status": fault.status}
        return False
    messages.success(request, _("It is written down. The money has moved when the other person confirms it."))
    return True


def _answered(request: AtCentre, transfer: UUID) -> None:
    if payments.transfer_of(by=request.actor, transfer=transfer).centre_id != request.centre:
        raise payments.NoSuchTransfer
    agreed = request.POST.get("answer") == "yes"
    try:
        payments.answer_transfer(by=request.actor, at=now(), transfer=transfer, agreed=agreed)
    except DomainError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The money has changed hands.") if agreed else _("No money was moved."))
