"""A receipt at the counter: the change once more, the slip with its QR, change that is still owed."""

import io
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.payments import api as payments
from onedoor.doors.desk.cash import person, said_subject
from onedoor.doors.desk.frame import frame
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre


@needs("payments.read")
@never_cache
@require_safe
def receipt(request: AtCentre, centre: str, counter: str, receipt: UUID) -> HttpResponse:
    """What was taken and goes back, large, and the slip to print."""
    held = here(request, receipt)
    whole = payments.paid_together(by=request.actor, receipt=held)
    about = {
        "receipt": held,
        "number": said_subject(request.actor, held.subject),
        "back": payments.in_notes(
            sum(one.change_given for one in whole), payments.tariff(held.currency).notes
        )[0],
        "service_said": catalogue.service_by_id(held.service) if held.service else None,
        "who": person(held.officer),
        "together": [(one, said_subject(request.actor, one.subject)) for one in whole],
        "change": _change(whole),
    }
    return render(request, "desk/cash_receipt.html", {**frame(request, centre, counter), **about})


@needs("payments.read")
@require_POST
def print_slip(request: AtCentre, centre: str, counter: str, receipt: UUID) -> HttpResponse:
    """The slip, ready for the printer; every print is counted, and from the second on it says that it is a copy."""
    here(request, receipt)
    held = payments.note_print(by=request.actor, at=now(), receipt=receipt)
    place = centres.counter(held.counter) if held.counter else None
    whole = payments.paid_together(by=request.actor, receipt=held)
    about = {
        "receipt": held,
        "slips": [(one, said_subject(request.actor, one.subject), _code(one)) for one in whole],
        "change": _change(whole),
        "code": _code(held),
        "address": f"{settings.PUBLIC_ADDRESS}/receipts/",
        "where": centres.centre(held.centre_id),
        "at_counter": place,
        "case": said_subject(request.actor, held.subject),
        "who": person(held.officer),
        "second": person(held.second) if held.second else "",
        "both": _both_languages(),
    }
    return render(request, "desk/cash_slip.html", {**frame(request, centre, counter), **about})


@needs("payments.read")
@never_cache
@require_safe
def qr(request: AtCentre, centre: str, counter: str, receipt: UUID) -> HttpResponse:
    """The code that opens a receipt on a telephone."""
    held = here(request, receipt)
    where = reverse("citizen:receipt", kwargs={"number": held.number, "code": payments.code_for(held)})
    drawn = io.BytesIO()
    segno.make(f"{settings.PUBLIC_ADDRESS}{where}", error="m").save(drawn, kind="svg", border=2, scale=6)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@needs("payments.take")
@require_POST
def pay_owed(request: AtCentre, centre: str, counter: str, receipt: UUID) -> HttpResponse:
    """Pay out the change that is owed, against the receipt that the person shows."""
    here(request, receipt)
    try:
        payments.pay_owed(by=request.actor, at=now(), receipt=receipt)
    except DomainError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("The owed change is paid out."))
    return redirect("desk:cash_receipt", centre=centre, counter=counter, receipt=receipt)


def here(request: AtCentre, receipt: UUID) -> payments.Receipt:
    """The receipt, if it was written at the centre that the address names."""
    held = payments.receipt_of(by=request.actor, receipt=receipt)
    if held.centre_id != request.centre:
        raise payments.NoSuchReceipt
    return held


def _code(held: payments.Receipt) -> str:
    """The code of a receipt, in groups of four."""
    code = payments.code_for(held)
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def _change(whole: list[payments.Receipt]) -> dict[str, int]:
    """The money of one payment over all its receipts."""
    return {
        "total": sum(one.total for one in whole),
        "tendered": sum(one.tendered for one in whole),
        "given": sum(one.change_given for one in whole),
    }


def _both_languages() -> dict[str, Any]:
    """The words of the slip, which is in Lao and English whatever the screen speaks."""
    said: dict[str, Any] = {}
    for language in ("lo", "en"):
        with override(language):
            words = {
                "title": _("Receipt"),
                "copy": _("Copy"),
                "void": _("VOID"),
                "number": _("Number"),
                "date": _("Date and time"),
                "case": _("Application"),
                "counter": _("Counter"),
                "officer": _("Received by"),
                "fees": _("State fee"),
                "incidental": _("Incidental charges"),
                "waived": _("Waived"),
                "second": _("Approved by"),
                "total": _("Total"),
                "tendered": _("Money received"),
                "change": _("Change given"),
                "owed": _("Change still owed to you"),
                "check": _("Scan to see this receipt on your telephone, or write number and code at"),
                "code": _("Code"),
            }
        for name, word in words.items():
            said.setdefault(name, {})[language] = word
    return said


def ground_said(held: payments.Receipt | payments.Charge) -> str:
    """The ground of a waiver in the reader's language."""
    try:
        return text(payments.tariff(held.currency).ground(held.ground).name)
    except DomainError:
        return held.ground
