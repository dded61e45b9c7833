"""Withdrawing a service from a centre: whom it leaves without is said before it asks once."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.console.offers_place import day_said, words_said
from onedoor.doors.console.offers_words import kilometres_text, province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

NOTICE = timedelta(days=30)  # the last day that the form proposes: people hear of it before
LONGEST, SHOWN = 1_000, 8


@needs("centres.offer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, place: str, service: str) -> HttpResponse:
    """What it means to people, then the last day and the reason that they will read."""
    view, wanted = centres.centre_by_code(place), catalogue.service(service)
    centres.require_offering(request.actor, service=wanted.id, centres=[view.id])
    if request.method != "POST":
        return _page(request, view, wanted, {})
    said = request.POST
    try:
        word = said.get("revision", "")
        seen = int(word) if word.isascii() and word.isdigit() and len(word) < 10 else -1
        centres.withdraw_offer(
            by=request.actor,
            at=now(),
            centre=view.id,
            service=wanted.id,
            last_day=day_said(said, "last_day"),
            reason={code: words_said(said, f"reason_{code}", longest=LONGEST) for code in ("lo", "en")},
            revision=seen,
        )
    except Invalid as fault:
        field = "reason_lo" if fault.field == "reason" else fault.field
        return _page(request, view, wanted, {field: fault.reason}, status=422)
    except DomainError as fault:
        if fault.status != 409:
            raise
        return _page(request, view, wanted, {"": fault.message}, status=409)
    about = {"service": text(wanted.name), "centre": text(view.name)}
    messages.success(
        request, _("%(service)s is withdrawn from %(centre)s. Its page says so from now on.") % about
    )
    return redirect("console:offers_place", view.code)


def _page(
    request: Request,
    view: centres.CentreView,
    wanted: catalogue.ServiceView,
    faults: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    day = access.today()
    left = centres.left_by(view, service=wanted.id, after=day)
    names = {one.id: one for one in centres.centres()}
    nearest = names.get(left.nearest) if left.nearest else None
    running = [
        one
        for one in centres.of_service(view.offers, wanted.id)
        if not one.withdrawn_on and (one.valid_until is None or one.valid_until > day)
    ]
    context = {
        "tab": "offers",
        "view": view,
        "service": wanted,
        "running": bool(running),
        "province": province_of(view),
        "left": left,
        "nearest": text(nearest.name) if nearest else "",
        "away": kilometres_text(left.away),
        "districts": [
            {
                "name": text(access.unit(one.district).name),
                "before": kilometres_text(one.before),
                "after": kilometres_text(one.after),
                "to": text(names[one.to].name) if one.to in names else "",
            }
            for one in left.districts[:SHOWN]
        ],
        "more": max(0, len(left.districts) - SHOWN),
        "open_cases": cases.unfinished(centre=view.id, service=wanted.id),
        "tickets": queue.taken_on(view.id, service=wanted.id, day=day),
        "last_day": request.POST.get("last_day", (day + NOTICE).isoformat()),
        "said": request.POST,
        "revision": centres.revision_of(view.offers, wanted.id),
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in faults.items()],
        "faults": faults,
    }
    return render(request, "console/offers/withdraw.html", context, status=status)
