"""The national fee table: every service of the state, what it costs, by which law, who bears the cost, since when."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import today, unit
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.citizen.words import Said, fee_said, rate_said
from onedoor.kernel.i18n import format_date, sort_key, text
from onedoor.kernel.scope import public
from onedoor.ui.csv import download
from onedoor.ui.request import Request

LONGEST = 120
STATES = {
    "set": gettext_lazy("Set"),
    "partly": gettext_lazy("Partly to be set"),
    "free": gettext_lazy("Free by law"),
    "to_be_set": gettext_lazy("To be set"),
}
TAGS = {"set": "info", "partly": "warn", "free": "good", "to_be_set": "warn"}


@public
@require_safe
def fees(request: Request) -> HttpResponse:
    """The table, narrowed by words, by state and by ministry."""
    asked = _asked(request)
    found = _found(asked)
    every = catalogue.national_fees(on=today())
    ministries = {unit(each.authority_id).code: text(each.authority) for each in every}
    context = {
        "asked": asked,
        "narrowed": any(asked.values()),
        "rows": [_row(each) for each in found],
        "states": [("", _("Any")), *STATES.items()],
        "authorities": [("", _("Any")), *sorted(ministries.items(), key=lambda one: sort_key(one[1]))],
        "all": len(every),
        "open": sum(each.state in ("to_be_set", "partly") for each in every),
        "query": request.GET.urlencode(),
    }
    return render(request, "citizen/fees.html", context)


@public
@require_safe
def table(request: Request) -> HttpResponse:
    """The same for a spreadsheet, a row for each line of a fee."""
    head = [
        _("Service"),
        _("Code"),
        _("Ministry"),
        _("State of the fee"),
        _("Line"),
        _("When"),
        _("Amount"),
        _("Law"),
        _("Who bears the cost"),
        _("Since"),
    ]
    rows = []
    for each in _found(_asked(request)):
        row = _row(each)
        said = row["fee"]
        lines = each.lines or (catalogue.Told("", "", said.words),)
        about = [text(each.service.name), each.service.code, row["authority"], str(row["state_words"])]
        end = [str(row["funding"][0]) if row["funding"] else "", row["since"]]
        rows += [[*about, one.name, one.when, one.amount, one.law or row["law"], *end] for one in lines]
    return download("fees", head, rows)


def _asked(request: Request) -> dict[str, str]:
    given = {
        name: " ".join(request.GET.get(name, "").replace("\x00", "").split())[:LONGEST]
        for name in ("q", "state", "authority")
    }
    return {**given, "state": given["state"] if given["state"] in STATES else ""}


def _found(asked: dict[str, str]) -> list[catalogue.NationalFee]:
    return catalogue.national_fees(
        on=today(), words=asked["q"], state=asked["state"], authority=asked["authority"]
    )


def _row(held: catalogue.NationalFee) -> dict[str, Any]:
    fee, funding = held.fee, held.fee.funding
    said = fee_said(fee)
    return {
        "service": held.service,
        "state": held.state,
        "state_words": STATES[held.state],
        "tag": TAGS[held.state],
        "fee": said if fee.state == "set" else Said(said.words),
        "lines": held.lines,
        "rate": rate_said(fee),
        "law": text(fee.law) or ("" if fee.state == "to_be_set" else _("The law was not found.")),
        "cited": bool(fee.law),
        "authority": text(held.authority),
        "funding": catalogue.FUNDING_WORDS[funding.model] if funding else None,
        "cost": catalogue.money_said(funding.unit_cost, "LAK") if funding and funding.unit_cost else "",
        "share": funding.share if funding else "",
        "demonstration": bool(funding and funding.demonstration),
        "since": format_date(fee.valid_from) if fee.valid_from else "",
    }


urlpatterns = [path("fees/", fees, name="fees"), path("fees.csv", table, name="fees_csv")]
