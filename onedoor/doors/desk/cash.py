"""The drawer of a counter: opened with a counted float, what is to be paid here, counted and closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor, needs
from onedoor.ui.request import AtCentre


@needs("payments.take")
@never_cache
@require_safe
def drawer(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """One's drawer with what is to be paid here; or the count of the float that opens it."""
    return _drawer(request, centre, counter, {}, [])


@needs("payments.take")
@require_POST
def open_drawer(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Open the drawer with the float that was counted."""
    here = centres.counter_by_code(request.centre, counter)
    notes = counted_in(request)
    try:
        payments.open_session(by=request.actor, at=now(), centre=request.centre, counter=here.id, notes=notes)
    except DomainError as fault:
        return _drawer(request, centre, counter, notes, [fault])
    messages.success(request, _("The drawer is open."))
    return redirect("desk:cash", centre=centre, counter=counter)


@needs("payments.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AtCentre, centre: str, counter: str, session: UUID) -> HttpResponse:
    """Count the drawer and close it; what differs is said, explained and signed."""
    held = payments.session_of(by=request.actor, session=session)
    if held.centre_id != request.centre:
        raise payments.NoSuchSession
    about = {**frame(request, centre, counter), **closing(request, held)}
    if request.method == "POST" and (closed := try_to_close(request, held, about)):
        messages.success(request, said_of(closed))
        return redirect("desk:cash", centre=centre, counter=counter)
    return render(request, "desk/cash_close.html", about, status=about.get("status", 200))


def closing(request: AtCentre, held: payments.Session) -> dict[str, Any]:
    """What the page of a count shows before anything was counted."""
    return {"session": held, "who": person(held.officer), "notes": rows_of({}), "faults": []}


def try_to_close(request: AtCentre, held: payments.Session, about: dict[str, Any]) -> payments.Session | None:
    """Close a drawer with the count of a form; when it is refused, ``about`` says why and what differs."""
    notes = counted_in(request)
    reason = request.POST.get("reason", "")
    try:
        return payments.close_session(
            by=request.actor,
            at=now(),
            session=held.id,
            notes=notes,
            reason=reason,
            signed=request.POST.get("signed") == "yes",
        )
    except Invalid as fault:
        about |= {"notes": rows_of(notes), "reason": reason, "faults": faults_of([fault]), "status": 422}
        if "expected" in fault.about:
            about |= {
                "expected": fault.about["expected"],
                "counted": fault.about["counted"],
                "difference": fault.about["counted"] - fault.about["expected"],
                "off": abs(fault.about["counted"] - fault.about["expected"]),
            }
        return None


def said_of(closed: payments.Session) -> str:
    """That a drawer is closed, and whether it was right."""
    if closed.difference > 0:
        return _("The drawer is closed. It was over; the difference is signed.")
    if closed.difference < 0:
        return _("The drawer is closed. It was short; the difference is signed.")
    return _("The drawer is closed. It was right.")


def counted_in(request: AtCentre) -> dict[str, str]:
    """The count of notes that a form says."""
    return {
        name.removeprefix("note-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("note-")
    }


def rows_of(said: dict[str, str]) -> list[tuple[int, str]]:
    """Each note that there is, largest first, with what was written for it."""
    return [(note, said.get(str(note), "")) for note in payments.tariff().notes]


def faults_of(faults: list[DomainError]) -> list[tuple[str, Any]]:
    """Refusals for the error summary, each with the field that it is about."""
    return [(f"id_{field}" if (field := getattr(fault, "field", "")) else "", str(fault)) for fault in faults]


def person(login: UUID) -> str:
    """An officer's name as the page shows it."""
    known = access.login(login)
    return text(known.name) if known is not None else "–"


def said_subject(actor: Actor, subject: UUID) -> str:
    """The number of the case that a charge is for."""
    try:
        return cases.standing_of(actor, case=subject).number
    except DomainError:
        return ""


def _drawer(
    request: AtCentre, centre: str, counter: str, said: dict[str, str], faults: list[DomainError]
) -> HttpResponse:
    at, about = now(), frame(request, centre, counter)
    mine = payments.open_session_of(request.actor)
    other = payments.session_at(by=request.actor, centre=request.centre, counter=about["place"].id)
    about |= {"mine": mine, "notes": rows_of(said), "faults": faults_of(faults)}
    if mine is not None:
        place = centres.counter(mine.counter)
        written = payments.receipts(by=request.actor, centre=mine.centre_id, day=mine.day, session=mine.id)
        about |= {
            "where": place,
            "elsewhere": place.id != about["place"].id,
            "close_at": (centres.centre(place.centre).code, place.code),
            "old": mine.day < at.astimezone(ZONE).date(),
            "receipts": written,
            "taken": sum(one.total for one in written if one.state == "valid"),
            "transfers": [
                (one, person(one.asked_by), one.asked_by == request.actor.id)
                for one in payments.transfers_of(by=request.actor, session=mine.id)
            ],
        }
    elif other is not None:
        about |= {"taken_by": person(other.officer)}
    charges = payments.due(by=request.actor, centre=request.centre, limit=30)
    names = catalogue.services_by_id([one.service for one in charges if one.service])
    numbers = cases.numbers_of(request.actor, cases=[one.subject for one in charges])
    about["due"] = [
        (one, names[one.service].name if one.service in names else {}, numbers.get(one.subject, ""))
        for one in charges
    ]
    about["owed"] = payments.owed(by=request.actor, centre=request.centre)
    status = faults[0].status if faults else 200
    return render(request, "desk/cash.html", about, status=status)
