"""The calendar of the year for the network's owner: its holidays, declared and taken back, and which cases each moved."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

FIRST_YEAR, LAST_YEAR, LONGEST = 2000, 2100, 200
FIELDS = ("day", "name_lo", "name_en", "source")


@needs("centres.calendar")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """The holidays of a year; declaring one, or taking one back with a reason."""
    if request.method != "POST":
        return _page(request, {})
    said = {
        name: " ".join(request.POST.get(name, "").replace("\x00", "").split())[:LONGEST] for name in FIELDS
    }
    off = request.POST.get("do") == "cancel"
    try:
        day = _day(said["day"])
        name = None if off else {"lo": _said(said, "name_lo"), "en": _said(said, "name_en")}
        centres.save_holiday(
            by=request.actor,
            at=now(),
            unit=_country(),
            day=day,
            name=name,
            source=_said(said, "source"),
            in_lieu=request.POST.get("in_lieu") == "yes",
        )
    except Invalid as fault:
        return _page(request, {fault.field: fault.message}, said=said, status=422)
    messages.success(request, _("The calendar was changed. Open cases are counted anew within seconds."))
    return redirect(f"{request.path}?year={day.year}")


@needs("centres.calendar")
@never_cache
@require_safe
def change(request: Request, change: UUID) -> HttpResponse:
    """One change of the calendar, and the cases that it moved."""
    held, rows = cases.recount(request.actor, id=change)
    return render(request, "console/calendar_change.html", {"tab": "calendar", "change": held, "rows": rows})


def _page(
    request: Request, faults: dict[str, Any], *, said: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    year = _year(request.GET.get("year", ""))
    context = {
        "tab": "calendar",
        "year": year,
        "before": year - 1,
        "next": year + 1,
        "days": centres.holidays(_country(), year=year),
        "changes": cases.recounts(request.actor),
        "said": said or {},
        "errors": [(f"id_{field}", sentence) for field, sentence in faults.items()],
    }
    return render(request, "console/calendar.html", context, status=status)


def _country() -> UUID:
    return access.units(kind="country")[0].id


def _year(typed: str) -> int:
    return (
        int(typed)
        if typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed) <= LAST_YEAR
        else access.today().year
    )


def _day(typed: str) -> date:
    try:
        day = date.fromisoformat(typed)
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field="day") from fault
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(_("This is not a day of the calendar."), field="day")
    return day


def _said(said: dict[str, str], field: str) -> str:
    if not said[field]:
        raise Invalid(_("Fill this in."), field=field)
    return said[field]
