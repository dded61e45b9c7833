"""The payment at the person: what is owed, what is handed over, what goes back; and the request to waive a fee."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import faults_of, said_subject
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre

LARGEST_UPLOAD = 11 * 1024 * 1024


@needs("payments.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: AtCentre, centre: str, counter: str, charge: UUID) -> HttpResponse:
    """Look at the change first, then take the money; both by the same form."""
    held = _here(request, charge)
    if request.method != "POST":
        return _page(request, centre, counter, held)
    if request.POST.get("step") != "take":
        return _page(request, centre, counter, held, look=True)
    try:
        receipt = payments.settle_cash(
            by=request.actor,
            at=now(),
            charge=charge,
            tendered=request.POST.get("tendered", ""),
            given=request.POST.get("given", "").strip() or None,
            items=_items(request),
            key=_key(request),
        )
    except payments.AlreadyPaid as fault:
        messages.error(request, str(fault))
        return redirect("desk:cash", centre=centre, counter=counter)
    except DomainError as fault:
        return _page(request, centre, counter, held, fault=fault)
    return redirect("desk:cash_receipt", centre=centre, counter=counter, receipt=receipt.id)


@needs("payments.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def waiver(request: AtCentre, centre: str, counter: str, charge: UUID) -> HttpResponse:
    """Ask that the fee be waived: the ground, and the paper that shows it."""
    held = _here(request, charge)
    fault: DomainError | None = None
    if request.method == "POST":
        upload = request.FILES.get("evidence")
        try:
            payments.ask_waiver(
                by=request.actor,
                at=now(),
                charge=charge,
                ground=request.POST.get("ground", "")[:40],
                content=upload.read(LARGEST_UPLOAD) if upload else b"",
                name=(upload.name if upload else "") or "evidence",
                note=request.POST.get("note", ""),
            )
        except DomainError as refusal:
            fault = refusal
        else:
            messages.success(request, _("The waiver is asked for. The head of the centre answers."))
            return redirect("desk:cash", centre=centre, counter=counter)
    about = {
        **_about(request, held),
        "grounds": payments.tariff(held.currency).grounds,
        "ground": request.POST.get("ground", ""),
        "note": request.POST.get("note", ""),
        "faults": faults_of([fault]) if fault else [],
    }
    status = fault.status if fault else 200
    return render(
        request, "desk/cash_waiver.html", {**frame(request, centre, counter), **about}, status=status
    )


def _here(request: AtCentre, charge: UUID) -> payments.Charge:
    """The charge, if it lies at the centre that the address names."""
    held = payments.charge_of(by=request.actor, charge=charge)
    if held.centre_id != request.centre:
        raise payments.NoSuchCharge
    return held


def _about(request: AtCentre, held: payments.Charge) -> dict[str, Any]:
    return {
        "charge": held,
        "edition": catalogue.service_version(held.edition),
        "number": said_subject(request.actor, held.subject),
    }


def _page(
    request: AtCentre,
    centre: str,
    counter: str,
    held: payments.Charge,
    *,
    look: bool = False,
    fault: DomainError | None = None,
) -> HttpResponse:
    known = payments.tariff(held.currency)
    said = request.POST.get("quick") or request.POST.get("tendered", "")
    items = _items(request)
    faults = [fault] if fault else []
    seen = _looked(request, held, items, said if look else None, faults)
    numbers = dict(items)
    amounts = {line["code"]: line["amount"] for line in seen.sum.lines if line["kind"] == "incidental"}
    about = {
        **_about(request, held),
        "items": [
            (item, numbers.get(item.code, ""), amounts.get(item.code, 0), item.ceiling // item.price)
            for item in known.items
        ],
        "sum": seen.sum,
        "paid": seen.paid,
        "back": seen.notes,
        "tendered": said,
        "quick": payments.quick_tenders(seen.sum.total, known.notes),
        "faults": faults_of(faults),
        "session": payments.open_session_of(request.actor),
        "payment_key": request.POST.get("key") or new_id().hex,
    }
    status = faults[0].status if faults else 200
    return render(request, "desk/cash_pay.html", {**frame(request, centre, counter), **about}, status=status)


def _looked(
    request: AtCentre,
    held: payments.Charge,
    items: list[tuple[str, str]],
    tendered: str | None,
    faults: list[DomainError],
) -> payments.Preview:
    """The sum and the change; what cannot be is said, and the rest is shown all the same."""
    ask: dict[str, Any] = {"by": request.actor, "charge": held.id}
    for chosen, handed in ((items, tendered), (items, None), ([], None)):
        try:
            return payments.preview(**ask, items=chosen, tendered=handed)
        except DomainError as fault:
            faults.extend([] if any(type(each) is type(fault) for each in faults) else [fault])
    raise payments.NoSuchCharge


def _items(request: AtCentre) -> list[tuple[str, str]]:
    """The incidental charges that a form says, by code."""
    return [
        (name.removeprefix("item-")[:40], str(value).strip())
        for name, value in request.POST.items()
        if name.startswith("item-") and str(value).strip()
    ][:20]


def _key(request: AtCentre) -> str:
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    return f"desk/{key}"
