"""The list of centres, and a centre's page: open or not, how many wait, hours, what it offers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import today, unit
from onedoor.domain.catalogue.api import ServiceView, services_by_id
from onedoor.domain.centres.api import (
    Calendar,
    CentreView,
    OfferDays,
    calendar_of,
    centre_by_code,
    closed_words,
    counters,
    offered_at,
    opening_of,
    stopping_at,
)
from onedoor.domain.centres.api import centres as all_centres
from onedoor.doors.citizen.halls import (
    A_YEAR,
    NEAR,
    by_province,
    hall_seen,
    halls_of,
    province_known,
    province_of,
    stretches,
)
from onedoor.doors.citizen.home import card, provinces
from onedoor.doors.citizen.words import weekday_said
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_period, sort_key, text
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

HOLIDAYS_SHOWN = 3


@public
@require_safe
def centres(request: Request) -> HttpResponse:
    """Every centre by province, or those of one province."""
    chosen = request.GET.get("province", "")
    chosen = chosen if chosen.isalnum() and province_known(chosen) else ""
    views = [view for view in all_centres() if not chosen or unit(province_of(view)).code == chosen]
    about = {
        "regions": by_province(halls_of(views, at=now()), near=request.COOKIES.get(NEAR, "")),
        "count": len(views),
        "provinces": provinces(),
        "chosen": chosen,
    }
    return render(request, "citizen/centres.html", about)


@public
@require_safe
def centre(request: Request, code: str) -> HttpResponse:
    """One centre; UnknownCentre is a 404. The browser remembers it as the one near its user."""
    view = centre_by_code(code)
    day, calendar = today(), calendar_of(view.id)
    offered = {one.service: one for one in offered_at(view, on=day)}
    listed = services_by_id(list(offered))
    rows, hall = counters(view.id), hall_seen(view, at=now())
    about = {
        "hall": hall,
        "usual": stretches(hall.busy) if hall.busy else [],
        "centre": view,
        "place": ", ".join(text(unit(one).name) for one in (view.district, province_of(view))),
        "today": [format_period(*period) for period in opening_of(view, day)],
        "holiday": calendar.holiday(day),
        "closed": closed_words(view, at=now()),
        "week": week(view, calendar),
        "confirmed": view.hours_confirmed if view.hours else calendar.confirmed,
        "holidays": coming(calendar),
        "stopping": stopping_said(view),
        "services": [card(one, days) for one, days in in_order(listed, offered)],
        "counters": len(rows),
        "counters_open": sum(row.state == "open" for row in rows),
    }
    response = render(request, "citizen/centre.html", about)
    response.set_cookie(
        NEAR, view.code, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


def stopping_said(view: CentreView) -> list[dict[str, Any]]:
    """What this centre stops offering, or stopped within a year: why, and where it still is."""
    found = stopping_at(view, on=today())
    names = services_by_id([one["offer"].service for one in found])
    return [
        {**one, "service": names[one["offer"].service], "past": one["offer"].last_day < today()}
        for one in found
        if one["offer"].service in names
    ]


def in_order(
    listed: dict[UUID, ServiceView], offered: dict[UUID, OfferDays]
) -> list[tuple[ServiceView, OfferDays]]:
    """What a centre offers: the services of today first, then those of other days, each by their names."""
    found = [(one, offered[one.id]) for one in listed.values()]
    return sorted(found, key=lambda pair: (not pair[1].today, sort_key(text(pair[0].name))))


def week(view: CentreView, calendar: Calendar) -> list[tuple[str, list[str]]]:
    """Each weekday with its hours in words; none when it is closed."""
    hours = view.hours or calendar.hours
    return [
        (weekday_said(day), [format_period(row.opens, row.closes) for row in hours if row.weekday == day])
        for day in range(1, 8)
    ]


def coming(calendar: Calendar) -> list[tuple[object, object]]:
    """The next holidays within a year."""
    day = today()
    found = sorted(one for one in calendar.holidays if day <= one <= day + timedelta(days=365))
    return [(one, calendar.holidays[one]) for one in found[:HOLIDAYS_SHOWN]]
