"""The list of services, and a service's page: papers, fee, time, law, where, and how many wait there."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import today
from onedoor.domain.catalogue.api import Ending, ending_of, told
from onedoor.domain.catalogue.api import service as one_service
from onedoor.domain.catalogue.api import services as all_services
from onedoor.domain.centres.api import centres_with, stopping_of
from onedoor.doors.citizen.halls import NEAR, by_province, halls_of
from onedoor.doors.citizen.home import card
from onedoor.doors.citizen.words import authority_said, duration_said, fee_said, law_said
from onedoor.kernel.clock import now
from onedoor.kernel.scope import public
from onedoor.ui.request import Request


@public
@require_safe
def services(request: Request) -> HttpResponse:
    """Every service that is listed."""
    return render(request, "citizen/services.html", {"found": [card(one) for one in all_services()]})


@public
@require_safe
def service(request: Request, code: str) -> HttpResponse:
    """Everything one needs to know before going; UnknownService is a 404."""
    found = one_service(code)
    day = today()
    offering = centres_with(found.id, on=day)
    states = halls_of([view for view, _days in offering], at=now())
    halls = [replace(hall, days=days) for hall, (_view, days) in zip(states, offering, strict=True)]
    fee = found.fee_on(day)
    over = ending_of(found.id, on=day)
    about = {
        "service": found,
        "ending": over,
        "fee": fee_said(fee),
        "fee_lines": told(fee, found.form),
        "duration": duration_said(found.duration),
        "authority": authority_said(found.authority),
        "laws": [law_said(law) for law in found.legal_basis],
        "regions": by_province(halls, near=request.COOKIES.get(NEAR, "")),
        "centres": len(halls),
        "today": sum(days.today for _view, days in offering),
        "stopping": _stopping(found.id, on=day, over=over),
        "demonstration_offers": any(days.demonstration for _view, days in offering),
    }
    return render(request, "citizen/service.html", about)


def _stopping(service: UUID, *, on: date, over: Ending | None) -> list[dict[str, Any]]:
    """The centres that stop before the service itself ends: that it ends is said once, not again for each of them."""
    found = stopping_of(service, on=on)
    earlier = [one for one in found if over is None or one["offer"].valid_until < over.since]
    return [{**one, "past": one["offer"].last_day < on} for one in earlier]
