"""The payment at the person: what is owed, what is handed over, what goes back; and the request to waive a fee."""

from typing import Any
from urllib.parse import urlencode
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
    if request.POST.get("step") != "take":
        return _look(request, centre, counter, held)
    try:
        receipt = payments.settle_cash(
            by=request.actor, at=now(), charge=charge, key=key_of(request), **handed_in(request)
        )
    except payments.AlreadyPaid as fault:
        messages.error(request, str(fault))
        return redirect("desk:cash", centre=centre, counter=counter)
    except DomainError as fault:
        return _page(request, centre, counter, held, faults=[fault])
    return redirect("desk:cash_receipt", centre=centre, counter=counter, receipt=receipt.id)


@needs("payments.take")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: AtCentre, centre: str, counter: str) -> HttpResponse:
    """Incidental charges alone: a copy, a photograph, a form."""
    if request.POST.get("step") != "take":
        return _look(request, centre, counter, None)
    try:
        receipt = payments.sell(
            by=request.actor, at=now(), centre=request.centre, key=key_of(request), **handed_in(request)
        )
    except DomainError as fault:
        return _page(request, centre, counter, None, faults=[fault])
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


def _about(request: AtCentre, held: payments.Charge | None) -> dict[str, Any]:
    if held is None:
        return {"charge": None}
    return {
        "charge": held,
        "edition": catalogue.service_version(held.edition) if held.edition else None,
        "number": said_subject(request.actor, held.subject),
    }


def _look(request: AtCentre, centre: str, counter: str, held: payments.Charge | None) -> HttpResponse:
    """Show the sum and the change. What was written stands in the address, so the page can be loaded again."""
    if request.method != "POST":
        return _page(request, centre, counter, held, faults=[])
    faults: list[DomainError] = []
    _seen(request, held, faults)
    if faults:
        return _page(request, centre, counter, held, faults=[])
    return redirect(f"{request.path}?{urlencode(said_in(request))}")


def _page(
    request: AtCentre,
    centre: str,
    counter: str,
    held: payments.Charge | None,
    *,
    faults: list[DomainError],
) -> HttpResponse:
    known = payments.tariff(held.currency if held else "LAK")
    seen, said = _seen(request, held, faults), said_in(request)
    amounts = {line["code"]: line["amount"] for line in seen.sum.lines if line["kind"] == "incidental"}
    about = {
        **_about(request, held),
        "items": [
            (item, said.get(f"item-{item.code}", ""), amounts.get(item.code, 0), item.ceiling // item.price)
            for item in known.items
        ],
        "sum": seen.sum,
        "paid": seen.paid,
        "back": seen.notes,
        "tendered": said.get("tendered", ""),
        "given": said.get("given", ""),
        "quick": payments.quick_tenders(seen.sum.total, known.notes) if seen.sum.total else [],
        "faults": faults_of(faults),
        "session": payments.open_session_of(request.actor),
        "payment_key": request.POST.get("key") or new_id().hex,
    }
    status = faults[0].status if faults else 200
    return render(request, "desk/cash_pay.html", {**frame(request, centre, counter), **about}, status=status)


def _seen(request: AtCentre, held: payments.Charge | None, faults: list[DomainError]) -> payments.Preview:
    """The sum and the change; what cannot be is said, and the rest is shown all the same."""
    said = said_in(request)
    handed = {"tendered": said.get("tendered"), "given": said.get("given")}
    items = items_in(said)
    for chosen, money in ((items, handed), (items, {}), ([], {})):
        try:
            if held is None:
                return payments.preview_sale(by=request.actor, centre=request.centre, items=chosen, **money)
            return payments.preview(by=request.actor, charge=held.id, items=chosen, **money)
        except DomainError as fault:
            faults.extend([] if any(type(each) is type(fault) for each in faults) else [fault])
    raise payments.NoSuchCharge


def said_in(request: AtCentre) -> dict[str, str]:
    """What was written: in the form, or in the address after a look. A button with an amount counts as written."""
    told = request.POST if request.method == "POST" else request.GET
    said = {
        name[:60]: str(value).strip()[:60]
        for name, value in told.items()
        if name in ("tendered", "given") or name.startswith("item-")
    }
    if told.get("quick"):
        said |= {"tendered": str(told["quick"])[:60], "given": ""}
    return dict([pair for pair in said.items() if pair[1]][:24])


def handed_in(request: AtCentre) -> dict[str, Any]:
    """What was handed over, what was given back, and the incidental charges, as the form says them."""
    said = said_in(request)
    return {"tendered": said.get("tendered", ""), "given": said.get("given"), "items": items_in(said)}


def items_in(said: dict[str, str]) -> list[tuple[str, str]]:
    """The incidental charges that a form says, by code."""
    return [(name.removeprefix("item-"), value) for name, value in said.items() if name.startswith("item-")]


def key_of(request: AtCentre) -> str:
    """The key of this very form, by which a repeated press takes nothing again."""
    key = request.POST.get("key", "")
    if not (0 < len(key) <= 64 and key.isalnum()):
        raise Invalid(field="key")
    return f"desk/{key}"
