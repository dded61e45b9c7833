"""What ministries promised: kept, late, missed, open, taken back; writing a promise down, and taking one back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.doors.console.offers_place import day_said, words_said
from onedoor.doors.console.offers_words import STANDINGS, promise_rows, province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid, Missing
from onedoor.kernel.i18n import text
from onedoor.kernel.ids import named_id, new_id
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

LONGEST_REASON, LONGEST_KEY = 1_000, 60


@needs("monitoring.see")
@never_cache
@require_safe
def listed(request: Request) -> HttpResponse:
    """All promises, the missed ones first, each with who must act."""
    names = {one.id: one for one in catalogue.services()}
    ministry, standing = request.GET.get("ministry", ""), request.GET.get("standing", "")
    own = access.descendants(access.unit_by_code(ministry).id) if ministry else None
    rows = [
        {**row, "service": names.get(row["service_id"])}
        for row in promise_rows(centres.commitments(), on=access.today())
        if own is None or row["of"].authority in own
    ]
    states = [place["standing"] for row in rows for place in row["places"]]
    if standing in STANDINGS:
        rows = [row for row in rows if any(place["standing"] == standing for place in row["places"])]
    context = {
        "tab": "offers",
        "rows": rows,
        "counts": [(STANDINGS[one], states.count(one), one) for one in centres.STANDINGS],
        "standings": STANDINGS.items(),
        "standing": standing,
        "ministry": ministry,
        "ministries": sorted(
            {access.unit(one.authority) for one in names.values()}, key=lambda one: one.code
        ),
        "may": access.may(request.actor, centres.OFFER),
    }
    return render(request, "console/offers/promises.html", context)


@needs("centres.offer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: Request) -> HttpResponse:
    """Write a promise down: a service, its centres, by when, and in which document."""
    if request.method != "POST":
        return _form(request, {})
    said, known = request.POST, {view.code: view.id for view in centres.centres()}
    try:
        chosen = [known[code] for code in said.getlist("centres") if code in known]
        service = next((one for one in _mine(request) if one.code == said.get("service")), None)
        if service is None:
            raise Invalid(_("Choose a service of your ministry."), field="service")
        centres.promise(
            by=request.actor,
            at=now(),
            id=_id(said.get("key", "")),
            service=service.id,
            centres=chosen,
            promised_on=day_said(said, "promised_on"),
            due=day_said(said, "due"),
            document=words_said(said, "document"),
        )
    except Invalid as fault:
        return _form(request, {fault.field: fault.reason}, status=422)
    except DomainError as fault:
        if fault.status != 409:
            raise
        return _form(request, {"": fault.message}, status=409)
    messages.success(
        request, _("The promise is written down. Whether it is kept is worked out from the offers.")
    )
    return redirect("console:offers_promises")


@needs("centres.offer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: Request, commitment: UUID) -> HttpResponse:
    """Take a promise back for some centres, with a reason. It stays in the list."""
    held = centres.commitment(commitment)
    if not any(
        centres.may_offer(request.actor, authority=held.authority, centre=one.centre) for one in held.promises
    ):
        raise Missing
    if request.method != "POST":
        return _back(request, held, {})
    known = {view.code: view.id for view in centres.centres()}
    try:
        centres.withdraw_promise(
            by=request.actor,
            at=now(),
            commitment=held.id,
            centres=[known[code] for code in request.POST.getlist("centres") if code in known],
            reason={
                code: words_said(request.POST, f"reason_{code}", longest=LONGEST_REASON)
                for code in ("lo", "en")
            },
        )
    except Invalid as fault:
        field = "reason_lo" if fault.field == "reason" else fault.field
        sentence = (
            _("Say why the promise is taken back.")
            if fault.field == "reason"
            else _("Choose at least one centre.")
        )
        return _back(request, held, {field: sentence}, status=422)
    except DomainError as fault:
        if fault.status != 409:
            raise
        return _back(request, held, {"": fault.message}, status=409)
    messages.success(request, _("The promise is taken back. It stays in the list with its reason."))
    return redirect("console:offers_promises")


def _mine(request: Request) -> list[catalogue.ServiceView]:
    """The services that this person may promise: of their ministry, or all for the network's owner."""
    country = access.units(kind="country")
    everywhere = bool(country) and access.may(request.actor, centres.OFFER, at=country[0].id)
    return [
        one
        for one in catalogue.services()
        if everywhere or access.may(request.actor, centres.OFFER, at=one.authority)
    ]


def _form(request: Request, faults: dict[str, Any], *, status: int = 200) -> HttpResponse:
    said, chosen = request.POST, request.POST.getlist("centres")
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for view in centres.centres():
        line = (view.code, text(view.name), view.code in chosen)
        groups.setdefault(text(province_of(view).name), []).append(line)
    context = {
        "tab": "offers",
        "services": [(one.code, text(one.name)) for one in _mine(request)],
        "groups": groups.items(),
        "said": said,
        "key": said.get("key") or str(new_id()),
        "today": access.today().isoformat(),
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in faults.items()],
        "faults": faults,
    }
    return render(request, "console/offers/promise.html", context, status=status)


def _back(
    request: Request, held: centres.CommitmentView, faults: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    row = next(iter(promise_rows([held], on=access.today())), None)
    if row is None:
        raise Missing
    context = {
        "tab": "offers",
        "row": {**row, "service": catalogue.service_by_id(held.service)},
        "said": request.POST,
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in faults.items()],
        "faults": faults,
    }
    return render(request, "console/offers/take_back.html", context, status=status)


def _id(key: str) -> UUID:
    """The promise that a form stands for, so that one sent twice is one promise; never the id of anything else."""
    return named_id(key[:LONGEST_KEY] or str(new_id()), "promise")
