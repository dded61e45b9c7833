"""Centres, how full they are, and the two trees of units: open to anybody who asks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.paging import After, Limit, behind, page
from onedoor.doors.exchange.shapes.places import (
    CellPage,
    CentreOut,
    CentrePage,
    LoadOut,
    UnitOut,
    UnitPage,
    cell_out,
    centre_line,
    unit_out,
)
from onedoor.doors.exchange.shapes.tickets import wait_json
from onedoor.doors.exchange.v1.base import OPEN
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

router = Router(tags=["centres"])
units = Router(tags=["units"])
On = Query(None, description="Only units that exist on this day.")


@router.get("/centres", response={200: CentrePage, **OPEN}, operation_id="listCentres")
@public
def list_centres(
    request: Request,
    response: HttpResponse,
    service: str = Query("", max_length=80, description="Only centres that offer this service (its code)."),
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The centres by code: whether each is open, and how many people wait there."""
    at = now()
    found = behind(_offering(service, at), after=after, key=lambda one: one.code, limit=limit)
    opened, waiting = centres.open_centres(found, at), _waiting(found, at)
    return page(
        request,
        response,
        found,
        limit=limit,
        cursor=lambda one: one.code,
        shown=lambda one: centre_line(one, opened=opened, waiting=waiting),
    )


@router.get("/centres/{slug:centre}", response={200: CentreOut, **OPEN}, operation_id="seeCentre")
@public
def see_centre(request: Request, centre: str) -> dict[str, Any]:
    """A centre by its code: where, when, and what it offers on which days."""
    at, view = now(), centres.centre_by_code(centre)
    today = at.astimezone(ZoneInfo(view.zone)).date()
    offered = centres.offered_at(view, on=today)
    known = catalogue.services_by_id([one.service for one in offered])
    opened, waiting = centres.open_centres([view], at), _waiting([view], at)
    return {
        **centre_line(view, opened=opened, waiting=waiting),
        "address": view.address,
        "phone": view.phone,
        "zone": view.zone,
        "hours": [{"weekday": one.weekday, "opens": one.opens, "closes": one.closes} for one in view.hours],
        "hours_confirmed": view.hours_confirmed,
        "offers": [
            {
                "service": known[one.service].code,
                "name": known[one.service].name,
                "weekdays": list(one.weekdays),
                "today": one.today,
                "following": one.following,
                "capacity": one.capacity,
                "demonstration": one.demonstration,
            }
            for one in offered
            if one.service in known
        ],
        "ending": _ending(view, today),
        "source": view.source,
    }


@router.get("/coverage", response={200: CellPage, **OPEN}, operation_id="listCoverage")
@public
def list_coverage(
    request: Request,
    response: HttpResponse,
    service: str = Query("", max_length=80, description="Only this service (its code)."),
    centre: str = Query("", max_length=20, description="Only this centre (its code)."),
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """Every service at every centre by code: offered, on some weekdays, promised, missed, or a gap."""
    services = [catalogue.service(service)] if service else catalogue.services()
    views = [centres.centre_by_code(centre)] if centre else centres.centres()
    today = now().astimezone(ZONE).date()
    found = centres.coverage([one.id for one in services], on=today, among={one.id for one in views})
    rows = [
        {"service": one.code, "centre": view.code, "cell": found.cell(one.id, view.id)}
        for one in services
        for view in views
    ]
    shown = behind(rows, after=after, key=_cell_key, limit=limit)
    return page(request, response, shown, limit=limit, cursor=_cell_key, shown=cell_out)


@router.get("/centres/{slug:centre}/load", response={200: LoadOut, **OPEN}, operation_id="seeLoad")
@public
def see_load(request: Request, centre: str) -> dict[str, Any]:
    """How many wait at a centre, how long it may take, and how many counters are open."""
    at, view = now(), centres.centre_by_code(centre)
    counters = centres.counters(view.id)
    waiting = queue.waiting_count(view.id, at=at)
    return {
        "centre": view.code,
        "waiting": waiting,
        **wait_json(queue.expect(view.id, at=at)),
        "counters_open": sum(one.state == "open" for one in counters),
        "counters": len(counters),
    }


@units.get("/units", response={200: UnitPage, **OPEN}, operation_id="listUnits")
@public
def list_units(
    request: Request,
    response: HttpResponse,
    tree: Literal["territory", "authority"] | None = None,
    kind: str = Query(
        "", max_length=40, description="country, province, district, village, centre, ministry …"
    ),
    parent: str = Query("", max_length=80, description="Only units directly below this one (its code)."),
    on: date | None = On,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """Units of the two trees, territory and authority, by code; those that have ended too, unless a day is named."""
    found: Iterable[access.Unit] = access.units(kind=kind or None, on=on)
    if parent:
        below = access.unit_by_code(parent).id
        found = (one for one in found if one.parent == below)
    kept = [one for one in found if tree in (None, one.tree)]
    shown = behind(kept, after=after, key=lambda one: one.code, limit=limit)
    return page(request, response, shown, limit=limit, cursor=lambda one: one.code, shown=unit_out)


@units.get("/units/{slug:unit}", response={200: UnitOut, **OPEN}, operation_id="seeUnit")
@public
def see_unit(request: Request, unit: str) -> dict[str, Any]:
    """A unit by its code."""
    return unit_out(access.unit_by_code(unit))


def _cell_key(row: dict[str, Any]) -> str:
    return f"{row['service']}/{row['centre']}"


def _ending(view: centres.CentreView, today: date) -> list[dict[str, Any]]:
    """What a centre stops offering or stopped within a year."""
    found = centres.stopping_at(view, on=today)
    known = catalogue.services_by_id([one["offer"].service for one in found])
    return [
        {
            "service": known[one["offer"].service].code,
            "name": known[one["offer"].service].name,
            "last_day": one["offer"].last_day,
            "reason": one["offer"].reason,
            "nearest": one["nearest"][0].code if one["nearest"] else None,
        }
        for one in found
        if one["offer"].service in known
    ]


def _offering(service: str, at: datetime) -> list[centres.CentreView]:
    if not service:
        return centres.centres()
    today = at.astimezone(ZONE).date()
    return [view for view, _ in centres.centres_with(catalogue.service(service).id, on=today)]


def _waiting(views: list[centres.CentreView], at: datetime) -> dict[UUID, int]:
    """How many wait at each; one statement for each zone."""
    counted: dict[UUID, int] = {}
    for zone in {view.zone for view in views}:
        among = [view.id for view in views if view.zone == zone]
        counted |= queue.waiting_counts(among, day=_day(at, zone))
    return counted


def _day(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
