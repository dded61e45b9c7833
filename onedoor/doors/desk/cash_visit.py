"""The payment of a whole visit: every application that owes a fee, one sum, one change, one press."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import faults_of, said_subject
from onedoor.doors.desk.cash_pay import handed_in, items_in, key_of, said_in
from onedoor.doors.desk.frame import frame
from onedoor.doors.desk.visits import visit_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("payments.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: AtCentre, centre: str, counter: str, visit: UUID) -> HttpResponse:
    """Look at the sum and the change first, then take the money; both by the same form."""
    visit_of(request, visit)
    if request.method != "POST":
        return _page(request, centre, counter, visit, faults=[])
    if request.POST.get("step") != "take":
        said = [*said_in(request).items(), *(("charge", str(one)) for one in _chosen(request))]
        return redirect(f"{request.path}?{urlencode(said)}")
    try:
        receipts = payments.settle_together(
            by=request.actor,
            at=now(),
            centre=request.centre,
            visit=visit,
            charges=_chosen(request),
            key=key_of(request),
            **handed_in(request),
        )
    except payments.AlreadyPaid as fault:
        messages.error(request, str(fault))
        return redirect("desk:cash", centre=centre, counter=counter)
    except DomainError as fault:
        return _page(request, centre, counter, visit, faults=[fault])
    return redirect("desk:cash_receipt", centre=centre, counter=counter, receipt=receipts[0].id)


def _chosen(request: AtCentre) -> list[UUID]:
    """The charges that the form names; what is no id is left out."""
    told = request.POST if request.method == "POST" else request.GET
    found = []
    for each in told.getlist("charge")[:60]:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


def _page(
    request: AtCentre, centre: str, counter: str, visit: UUID, *, faults: list[DomainError]
) -> HttpResponse:
    owed = payments.open_of_visit(by=request.actor, centre=request.centre, visit=visit)
    chosen = _chosen(request) or [one.id for one in owed]
    said, known = said_in(request), payments.tariff()
    seen = _seen(request, visit, chosen, said, faults) if owed else None
    about: dict[str, Any] = {
        "visiting": visit_of(request, visit),
        "charges": [
            (
                one,
                one.id in chosen,
                said_subject(request.actor, one.subject),
                catalogue.service_version(one.edition),
            )
            for one in owed
            if one.edition
        ],
        "sum": seen.sum if seen else None,
        "paid": seen.paid if seen else None,
        "back": seen.notes if seen else (),
        "tendered": said.get("tendered", ""),
        "given": said.get("given", ""),
        "quick": payments.quick_tenders(seen.sum.total, known.notes) if seen and seen.sum.total else [],
        "faults": faults_of(faults),
        "session": payments.open_session_of(request.actor),
        "payment_key": request.POST.get("key") or new_id().hex,
    }
    status = faults[0].status if faults else 200
    return render(
        request, "desk/cash_visit.html", {**frame(request, centre, counter), **about}, status=status
    )


def _seen(
    request: AtCentre, visit: UUID, chosen: list[UUID], said: dict[str, str], faults: list[DomainError]
) -> payments.Preview | None:
    """The sum and the change; what cannot be is said, and the rest is shown all the same."""
    handed = {"tendered": said.get("tendered"), "given": said.get("given")}
    for money in (handed, {}):
        try:
            return payments.preview_together(
                by=request.actor,
                centre=request.centre,
                visit=visit,
                charges=chosen,
                items=items_in(said),
                **money,
            )
        except DomainError as fault:
            faults.extend([] if any(type(each) is type(fault) for each in faults) else [fault])
    return None
