"""Mobile units: their stops, what each did, what villages ask for, and where to go next."""

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, DomainError, Invalid
from onedoor.kernel.i18n import sort_key, text
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request
from onedoor.ui.typed import typed_day, typed_hour

SAID = {"unit", "district", "village", "place", "day", "opens", "closes", "capacity", "version"}
BEFORE, AHEAD, ASKED = timedelta(days=92), timedelta(days=183), timedelta(days=183)


@needs("centres.travel")
@never_cache
@require_safe
def mobile(request: Request) -> HttpResponse:
    """The stops to come and the last ones with their figures; the demand of villages, the most way spared first."""
    day = _today()
    units = {one.id: one for one in centres.mobile_units()}
    rows: list[dict[str, Any]] = [
        {"stop": one, "unit": units[one.centre], "district": access.unit(one.district).name}
        for one in centres.stops(first=day - BEFORE, last=day + AHEAD)
        if one.centre in units
    ]
    found = centres.where_next(since=day - ASKED)
    most = max((one.spared for one in found), default=1.0)
    named = {one.id: one.name for one in catalogue.services()}
    about = {
        "tab": "mobile",
        "units": list(units.values()),
        "coming": [row for row in rows if row["stop"].day >= day and row["stop"].state != "done"],
        "done": [row for row in reversed(rows) if row["stop"].state == "done"],
        "wishes": [
            {
                "district": access.unit(one.demand.district),
                "one": one,
                "share": round(100 * one.spared / most),
                "services": [
                    (text(named[key]), number) for key, number in one.demand.services.items() if key in named
                ],
            }
            for one in found[:30]
        ],
    }
    return render(request, "console/mobile.html", about)


@needs("centres.travel")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_new(request: Request) -> HttpResponse:
    """Plan a stop."""
    return _edit(request, None)


@needs("centres.travel")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_edit(request: Request, stop: UUID) -> HttpResponse:
    """Change a stop that was not held yet."""
    return _edit(request, centres.stop(stop))


@needs("centres.travel")
@require_POST
def stop_change(request: Request, stop: UUID) -> HttpResponse:
    """Announce a stop, or cancel it with a reason that people read."""
    held = centres.stop(stop)
    try:
        if request.POST.get("what") == "cancel":
            words = {"lo": request.POST.get("reason_lo", ""), "en": request.POST.get("reason_en", "")}
            reason = {code: word.replace("\x00", "").strip() for code, word in words.items() if word.strip()}
            centres.cancel_stop(by=request.actor, at=now(), stop=stop, reason=reason)
            messages.success(request, _("The stop is cancelled."))
        else:
            centres.announce_stop(by=request.actor, at=now(), stop=stop)
            messages.success(request, _("The stop is announced. Villages that asked are told."))
    except DomainError as fault:
        return _form(request, held, fault=fault)
    return redirect("console:mobile")


def _edit(request: Request, held: centres.StopView | None) -> HttpResponse:
    if request.method != "POST":
        return _form(request, held)
    try:
        centres.save_stop(by=request.actor, at=now(), stop=_read(request, held))
    except DomainError as fault:
        return _form(request, held, fault=fault)
    messages.success(request, _("The stop is planned. Announce it when it is certain."))
    return redirect("console:mobile")


def _read(request: Request, held: centres.StopView | None) -> centres.StopView:
    district = next(
        (one for one in access.units(kind="district") if one.code == request.POST.get("district")), None
    )
    if district is None:
        raise Invalid(_("Choose a district."), field="district")
    capacity = request.POST.get("capacity", "").strip()
    if not capacity.isdecimal() or len(capacity) > 6:
        raise Invalid(_("A stop serves 1 to 10,000 people."), field="capacity")
    try:
        services = tuple(UUID(one) for one in request.POST.getlist("service"))
        unit = held.centre if held else UUID(request.POST.get("unit", ""))
        version = int(request.POST.get("version") or 0)
    except ValueError as wrong:
        raise Invalid(_("Choose one."), field="unit") from wrong
    return centres.StopView(
        id=held.id if held else None,
        centre=unit,
        district=district.id,
        village=request.POST.get("village", "").replace("\x00", ""),
        place=request.POST.get("place", "").replace("\x00", ""),
        day=_day(request),
        opens=_time(request, "opens"),
        closes=_time(request, "closes"),
        services=services,
        capacity=int(capacity),
        on_holiday=request.POST.get("on_holiday") == "yes",
        demonstration=held.demonstration if held else False,
        version=version if held else 0,
    )


def _day(request: Request) -> date:
    try:
        return typed_day(request.POST.get("day", ""))
    except ValueError as wrong:
        raise Invalid(_("Write a day."), field="day") from wrong


def _time(request: Request, name: str) -> time:
    try:
        return typed_hour(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Invalid(_("Write an hour, such as 08:00."), field=name) from wrong


def _form(
    request: Request, held: centres.StopView | None, *, fault: DomainError | None = None
) -> HttpResponse:
    units = centres.mobile_units()
    offered = {offer.service for one in units for offer in one.offers}
    chosen = (
        request.POST.getlist("service")
        if request.POST
        else [str(one) for one in held.services]
        if held
        else []
    )
    said = {key: value for key, value in request.POST.items() if key in SAID}
    given: dict[str, Any] = {
        "district": access.unit(held.district).code if held else request.GET.get("district", ""),
        "village": held.village if held else request.GET.get("village", "")[:200],
        "place": held.place if held else "",
        "day": held.day.isoformat() if held else "",
        "opens": f"{held.opens:%H:%M}" if held else "09:00",
        "closes": f"{held.closes:%H:%M}" if held else "15:00",
        "capacity": held.capacity if held else 60,
        "version": held.version if held else 0,
        "on_holiday": request.POST.get("on_holiday") == "yes" if request.POST else held and held.on_holiday,
    }
    if (
        type(fault) is Conflict
    ):  # who was overtaken has seen it; any other fault keeps what the page was opened with
        said = {key: value for key, value in said.items() if key != "version"}
    field = getattr(fault, "field", "") if fault else ""
    services = sorted(
        (one for one in catalogue.services() if one.id in offered), key=lambda one: sort_key(text(one.name))
    )
    about = {
        "tab": "mobile",
        "stop": held,
        "units": [(one.id, text(one.name)) for one in units],
        "districts": [("", _("Choose")), *_districts()],
        "services": [(one, str(one.id) in chosen) for one in services],
        "given": {**given, **said},
        "bad": {field: fault.message} if fault else {},
        "faults": [(f"id_{field or 'village'}", fault.message)] if fault else [],
        "settled": held is not None and held.state not in ("planned", "announced"),
    }
    return render(request, "console/mobile_stop.html", about, status=fault.status if fault else 200)


def _districts() -> list[tuple[str, str]]:
    found = []
    for one in access.units(kind="district", on=_today()):
        province = next((above for above in access.ancestors(one.id) if above.kind == "province"), None)
        found.append((one.code, f"{text(province.name)} · {text(one.name)}" if province else text(one.name)))
    return sorted(found, key=lambda pair: sort_key(pair[1]))


def _today() -> date:
    return now().astimezone(ZONE).date()


urlpatterns = [
    path("mobile/", mobile, name="mobile"),
    path("mobile/new/", stop_new, name="mobile_new"),
    path("mobile/<uuid:stop>/", stop_edit, name="mobile_stop"),
    path("mobile/<uuid:stop>/change/", stop_change, name="mobile_change"),
]
