"""A receipt by number and code, as its QR carries them; and the public tariff of incidental charges."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access.api import unit
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.kernel.numbers import is_whole
from onedoor.kernel.scope import public


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_ask(request: HttpRequest) -> HttpResponse:
    """Asks for number and code; they lead to the address that the QR carries, too."""
    if request.method != "POST":
        return render(request, "citizen/receipt_ask.html", {})
    number = request.POST.get("number", "").strip().upper()[:40]
    code = "".join(sign for sign in request.POST.get("code", "")[:60].lower() if sign.isalnum())
    faults = []
    if not is_whole(number) or not number.replace("-", "").isalnum():
        faults.append(("id_number", _("Write the number that stands at the top of the receipt.")))
    if not (code and code.isascii()):
        faults.append(("id_code", _("Write the code that stands below the QR code.")))
    if faults:
        about = {"errors": faults, "number": number}
        return render(request, "citizen/receipt_ask.html", about, status=422)
    return redirect("citizen:receipt", number=number, code=code)


@public
@never_cache
@require_safe
def receipt(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """What was paid, for whoever has number and code; a guess shows nothing."""
    try:
        held = payments.receipt(number=number, code=code)
    except payments.NoSuchReceipt as fault:
        about: dict[str, Any] = {"errors": [("id_code", str(fault))], "number": number[:40]}
        return render(request, "citizen/receipt_ask.html", about, status=fault.status)
    service = catalogue.services_by_id([held.service]).get(held.service) if held.service else None
    about = {"receipt": held, "where": unit(held.centre_id).name, "service": service}
    response = render(request, "citizen/receipt.html", about)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@public
@require_safe
def tariff(request: HttpRequest) -> HttpResponse:
    """What a centre may charge beside the state's fees, with the ceilings, and where a fee can be waived."""
    try:
        known = payments.tariff()
    except payments.NoTariff:
        known = None
    return render(request, "citizen/tariff.html", {"tariff": known})


urlpatterns = [
    path("receipts/", receipt_ask, name="receipt_ask"),
    path("receipts/<str:number>/<str:code>/", receipt, name="receipt"),
    path("tariff/", tariff, name="tariff"),
]
