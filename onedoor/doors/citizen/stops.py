"""Where mobile units come next, by district and date; a stop with what it brings; and a village asks for a visit."""

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError, Invalid
from onedoor.kernel.i18n import format_number, language, sort_key, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request

AHEAD = timedelta(days=92)
NEAREST = 6


@public
@require_safe
def stops(request: Request) -> HttpResponse:
    """The announced stops of the next three months, of one district when it is chosen."""
    chosen, day = request.GET.get("district", ""), _today()
    district = next((one for one in access.units(kind="district", on=day) if one.code == chosen), None)
    held = centres.stops(first=day, last=day + AHEAD, district=district.id if district else None, public=True)
    others = centres.near_stops(district.id, first=day, last=day + AHEAD) if district else []
    away = [row for row in others if district and row[0].district != district.id]
    about = {
        "rows": [_row(one) for one in held],
        "away": [
            {**_row(one), "way": _way(kilometres, same=same)}
            for one, kilometres, same in away
            if one.state != "cancelled"
        ][:NEAREST],
        "districts": [("", _("All districts")), *_districts(day)],
        "chosen": chosen if district else "",
    }
    return render(request, "citizen/stops.html", about)


@public
@require_safe
def stop(request: Request, stop: UUID) -> HttpResponse:
    """One stop: when, where, what it brings, and whether it was cancelled."""
    return render(request, "citizen/stop.html", _about(stop))


@public
@require_safe
def notice(request: Request, stop: UUID) -> HttpResponse:
    """The same as a sheet for the village's notice board, in Lao and English, with its QR."""
    codes = [code for code, _name in settings.LANGUAGES]
    return render(request, "citizen/stop_notice.html", {**_about(stop), "codes": codes})


@public
@require_safe
def qr(request: Request, stop: UUID) -> HttpResponse:
    """The code that opens the stop on a telephone."""
    drawn = io.BytesIO()
    address = settings.PUBLIC_ADDRESS + reverse("citizen:stop", kwargs={"stop": _public(stop).id})
    segno.make(address, error="m").save(drawn, kind="svg", border=2, scale=6)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """A village asks for a visit; sending twice makes one request."""
    if request.method != "POST":
        return _ask(request)
    try:
        centres.ask_for_stop(
            by=Actor.public(),
            at=now(),
            district=_district(request.POST.get("district", "")),
            village=request.POST.get("village", "").replace("\x00", ""),
            services=[_id(one) for one in request.POST.getlist("service")[:60]],
            people=_people(request.POST.get("people", "")),
            address=request.META.get("REMOTE_ADDR", ""),
            phone=request.POST.get("phone", "")[:40],
            language=language(),
            id=_id(request.POST.get("id", "")) if request.POST.get("id") else None,
        )
    except DomainError as fault:
        return _ask(request, fault=fault)
    return render(request, "citizen/stop_asked.html", {"village": request.POST.get("village", "")})


def _ask(request: Request, *, fault: DomainError | None = None) -> HttpResponse:
    field = getattr(fault, "field", "") if fault else ""
    services = sorted(catalogue.services(), key=lambda one: sort_key(text(one.name)))
    chosen = request.POST.getlist("service")
    about = {
        "districts": [("", _("Choose")), *_districts(_today())],
        "services": [(one, str(one.id) in chosen) for one in services],
        "given": request.POST,
        "id": request.POST.get("id") or new_id(),
        "bad": {field: fault.message} if fault else {},
        "faults": [(f"id_{field or 'village'}", fault.message)] if fault else [],
    }
    return render(request, "citizen/stop_ask.html", about, status=fault.status if fault else 200)


def _about(stop: UUID) -> dict[str, Any]:
    held = _public(stop)
    named = {one.id: one for one in catalogue.services()}
    return {
        **_row(held),
        "services": [named[one] for one in held.services if one in named],
        "past": held.day < _today(),
    }


def _public(stop: UUID) -> centres.StopView:
    """A stop that was announced. Raises UnknownStop, also for one that is only planned."""
    held = centres.stop(stop)
    if held.announced_on is None:
        raise centres.UnknownStop
    return held


def _row(held: centres.StopView) -> dict[str, Any]:
    above = access.ancestors(held.district)
    province = next((one for one in above if one.kind == "province"), None)
    return {
        "stop": held,
        "unit": centres.centre(held.centre),
        "district": access.unit(held.district).name,
        "province": province.name if province else {},
        "services_count": len(held.services),
    }


def _way(kilometres: float | None, *, same: bool) -> str:
    """How far a stop is, in words; without known places, whether it is in the same province."""
    if kilometres is not None:
        return _("about %(number)s km away") % {"number": format_number(max(1, round(kilometres)))}
    return _("in the same province") if same else _("in another province")


def _districts(day: date) -> list[tuple[str, str]]:
    found = []
    for one in access.units(kind="district", on=day):
        province = next((above for above in access.ancestors(one.id) if above.kind == "province"), None)
        words = f"{text(province.name)} · {text(one.name)}" if province else text(one.name)
        found.append((one.code, words))
    return sorted(found, key=lambda pair: sort_key(pair[1]))


def _district(code: str) -> UUID:
    found = next((one for one in access.units(kind="district", on=_today()) if one.code == code), None)
    if found is None:
        raise Invalid(_("Choose a district."), field="district")
    return found.id


def _people(said: str) -> int:
    if not said.strip().isdecimal() or len(said) > 6:
        raise Invalid(_("Say how many people need it, from 1 to 10,000."), field="people")
    return int(said)


def _id(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as wrong:
        raise Invalid(_("Choose at least one service."), field="services") from wrong


def _today() -> date:
    return now().astimezone(ZONE).date()


urlpatterns = [
    path("stops/", stops, name="stops"),
    path("stops/ask/", ask, name="stop_ask"),
    path("stops/<uuid:stop>/", stop, name="stop"),
    path("stops/<uuid:stop>/notice/", notice, name="stop_notice"),
    path("stops/<uuid:stop>/qr/", qr, name="stop_qr"),
]
