"""Fees for the network's owner: the table by ministry with what is to be set, a fee's history, and the check of receipts."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_date, sort_key, text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

PAGE = 50
STATES = {
    "set": (gettext_lazy("Set"), "info"),
    "partly": (gettext_lazy("Partly to be set"), "warn"),
    "free": (gettext_lazy("Free by law"), "good"),
    "to_be_set": (gettext_lazy("To be set"), "warn"),
}
STANDINGS = {
    "equal": gettext_lazy("As the table says"),
    "different": gettext_lazy("Different"),
    "unknown": gettext_lazy("Cannot be told"),
    "void": gettext_lazy("Void"),
    "other": gettext_lazy("Without a state fee"),
}
PER = {
    "centre_id": gettext_lazy("Centre"),
    "service": gettext_lazy("Service"),
    "month": gettext_lazy("Month"),
}


@needs("monitoring.see")
@never_cache
@require_safe
def table(request: Request) -> HttpResponse:
    """Every service by ministry: its fee, its law, who bears the cost, and what is still to be set."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in catalogue.national_fees(on=access.today()):
        groups.setdefault(text(each.authority), []).append(_fee_row(each))
    ministries: list[dict[str, Any]] = [
        {"name": name, "rows": rows, "open": sum(row["state"] in ("to_be_set", "partly") for row in rows)}
        for name, rows in sorted(groups.items(), key=lambda one: sort_key(one[0]))
    ]
    context = {
        "tab": "fees",
        "ministries": ministries,
        "all": sum(len(each["rows"]) for each in ministries),
        "open": sum(each["open"] for each in ministries),
        "unfounded": sum(not row["cited"] for each in ministries for row in each["rows"]),
        "checks": access.may(request.actor, cases.CHECK_FEES),
    }
    return render(request, "console/fees.html", context)


def _fee_row(held: catalogue.NationalFee) -> dict[str, Any]:
    fee, funding = held.fee, held.fee.funding
    words, tag = STATES[held.state]
    return {
        "service": held.service,
        "state": held.state,
        "words": words,
        "tag": tag,
        "amount": _amount(fee),
        "law": text(fee.law),
        "cited": bool(fee.law) or fee.state == "to_be_set",
        "since": fee.valid_from,
        "funding": catalogue.FUNDING_WORDS[funding.model][0] if funding else "",
        "demonstration": bool(funding and funding.demonstration),
    }


def _amount(fee: catalogue.Fee) -> str:
    if fee.state != "set":
        return ""
    if not fee.lines:
        return catalogue.money_said(fee.amount, fee.currency)
    return _("from %(amount)s") % {"amount": catalogue.money_said(catalogue.least_of(fee), fee.currency)}


@needs("monitoring.see")
@never_cache
@require_safe
def history(request: Request, service: str) -> HttpResponse:
    """What a service cost, period by period, the newest first; an unknown service is a 404."""
    held = catalogue.service(service)
    rows = [
        {
            "edition": each.edition,
            "published": each.published,
            "words": STATES[each.fee.state][0],
            "tag": STATES[each.fee.state][1],
            "amount": _amount(each.fee),
            "law": text(each.fee.law),
            "since": each.fee.valid_from,
            "until": each.fee.valid_until,
            "lines": each.lines,
        }
        for each in catalogue.fee_history(service)
    ]
    return render(request, "console/fee_history.html", {"tab": "fees", "service": held, "rows": rows})


@needs("cases.check_fees")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipts(request: Request) -> HttpResponse:
    """What the newest check of receipts found; having them compared anew."""
    if request.method == "POST":
        return _begin(request)
    checks = cases.fee_checks(by=request.actor)
    chosen = _chosen(request, checks)
    context: dict[str, Any] = {"tab": "fees", "checks": checks, "check": chosen, "errors": []}
    if chosen is not None:
        context |= _found(request, chosen)
    return render(request, "console/receipts.html", context)


def _begin(request: Request) -> HttpResponse:
    typed = request.POST.get("since", "")[:20]
    try:
        since = date.fromisoformat(typed) if typed else None
    except ValueError:
        checks = cases.fee_checks(by=request.actor)
        wrong = [("id_since", _("This is not a day of the calendar."))]
        context = {"tab": "fees", "checks": checks, "check": None, "errors": wrong, "since": typed}
        return render(request, "console/receipts.html", context, status=422)
    cases.begin_fee_check(by=request.actor, at=now(), since=since)
    messages.success(request, _("The receipts are being compared. This page shows how far it is."))
    return redirect("console:receipts")


def _chosen(request: Request, checks: list[cases.CheckView]) -> cases.CheckView | None:
    """The check that is asked for, or the newest one that is done."""
    wanted = request.GET.get("check", "")
    for each in checks:
        if str(each.id) == wanted:
            return each
    if wanted:
        raise Http404
    return next((each for each in checks if each.done_at), checks[0] if checks else None)


def _found(request: Request, check: cases.CheckView) -> dict[str, Any]:
    wanted = request.GET.get("standing", "")
    standing = wanted if wanted in ("different", "unknown") else ""
    centre, service = _id(request.GET.get("centre", "")), _id(request.GET.get("service", ""))
    after = request.GET.get("after", "")
    rows = cases.fee_findings(
        by=request.actor,
        check=check.id,
        standing=standing,
        centre=centre,
        service=service,
        after=int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else None,
        limit=PAGE,
    )
    per = request.GET.get("per", "centre_id")
    per = per if per in PER else "centre_id"
    names = _services()
    asked = {"standing": standing, "centre": centre, "service": service}
    kept = {name: str(value) for name, value in asked.items() if value} | {"check": str(check.id)}
    return {
        "standings": [(code, words, check.counts.get(code, 0)) for code, words in STANDINGS.items()],
        "rows": [_finding(row, names) for row in rows],
        "more": f"?{urlencode({**kept, 'after': rows[-1].id})}" if len(rows) == PAGE else "",
        "narrowed": bool(standing or centre or service),
        "per": per,
        "pers": [(code, words, f"?{urlencode({**kept, 'per': code})}") for code, words in PER.items()],
        "tallies": [
            _tally(key, counts, per, names, check)
            for key, counts in cases.fee_tallies(
                by=request.actor, check=check.id, per=per, centre=centre, service=service
            )
        ],
    }


def _services() -> dict[UUID, str]:
    return {each.id: text(each.name) for each in catalogue.services()}


def _tally(
    key: Any, counts: Mapping[str, int], per: str, names: Mapping[UUID, str], check: cases.CheckView
) -> dict[str, Any]:
    if per == "month":
        name, link = format_date(key, "MMMM y"), ""
    elif per == "service":
        name = names.get(key, _("Without a service"))
        link = f"?{urlencode({'check': check.id, 'service': key})}" if key else ""
    else:
        name, link = text(access.unit(key).name), f"?{urlencode({'check': check.id, 'centre': key})}"
    return {
        "name": name,
        "link": link,
        "counts": [counts[code] for code in STANDINGS],
        "bad": counts["different"],
    }


def _finding(row: cases.FeeFound, names: Mapping[UUID, str]) -> dict[str, Any]:
    held = access.login(row.officer)
    return {
        "row": row,
        "centre": text(access.unit(row.centre).name),
        "service": names.get(row.service, "") if row.service else "",
        "officer": text(held.name) if held else "",
        "words": STANDINGS[row.standing],
        "tag": "bad" if row.standing == "different" else "warn",
        "why": cases.WHY_WORDS[row.why],
        "more": row.difference > 0,
        "by": abs(row.difference),
    }


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed[:40]) if typed else None
    except ValueError:
        return None
