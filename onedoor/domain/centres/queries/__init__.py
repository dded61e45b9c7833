"""What can be read of centres. Centres, offers and hours are open data: every one may read them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import overload
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from onedoor.domain.access.api import ancestors
from onedoor.domain.centres.errors import NoCalendar, UnknownCentre, UnknownCounter
from onedoor.domain.centres.models import (
    Centre,
    OfficeCalendar,
    look_at_calendars,
    look_at_centre,
    look_at_closures,
    look_at_counter,
    look_at_counters,
    look_at_stops,
)
from onedoor.domain.centres.models import Offer as OfferRow
from onedoor.domain.centres.queries.kept import (
    centre_view,
    known_calendar,
    known_centre,
    known_closure,
    known_counter,
    offer_view,
    with_children,
)
from onedoor.domain.centres.rules import (
    Calendar,
    CentreView,
    CounterView,
    HolidayView,
    Hours,
    OfferDays,
    Period,
    StopHours,
    is_open_at,
    next_offered,
    offer_days,
    offer_on,
    periods_on,
)
from onedoor.domain.centres.rules.mobile import as_it_goes, capacity_of_day
from onedoor.kernel.i18n import language


def centres() -> list[CentreView]:
    """All centres in the order of the reader's language: one statement, and two more for those that are new or changed.

    Outside a transaction the content of each is kept by version, as in `centre`.
    """
    code = language()
    listed = list(Centre.objects.values_list("id", "version", "sort_keys", "code"))
    listed.sort(key=lambda row: row[2].get(code, row[3]))
    kept = {} if connection.in_atomic_block else _listed["views"]
    views = {id: kept[id, version] for id, version, _keys, _code in listed if (id, version) in kept}
    missing = [id for id, _version, _keys, _code in listed if id not in views]
    fresh = with_children(Centre.objects.filter(id__in=missing)) if missing else []
    read = {(row.id, row.version): centre_view(row) for row in fresh}
    views |= {id: view for (id, _version), view in read.items()}
    if read and not connection.in_atomic_block:
        still = {(id, version) for id, version, _keys, _code in listed}
        _listed["views"] = {
            key: view for key, view in {**kept, **read}.items() if key in still or key in read
        }
    return [_moving(views[id]) for id, _version, _keys, _code in listed if id in views]


def centre(centre_id: UUID) -> CentreView:
    """A centre by its id. Raises UnknownCentre.

    Its content is kept by version, so that reading it again is one small look.
    """
    found = look_at_centre(centres=(centre_id,))
    if found is None:
        raise UnknownCentre()
    return _moving(known_centre(*found))


def centre_by_code(code: str) -> CentreView:
    """A centre by its code. Raises UnknownCentre."""
    return _one(Centre.objects.filter(code=code))


def centres_offering(service: UUID, *, on: date) -> list[CentreView]:
    """The centres that offer a service on a day, in the order of the reader's language."""
    code = language()
    rows = Centre.objects.filter(offers__service=service, offers__valid_from__lte=on).distinct()
    found = [(row.sort_keys.get(code, row.code), _moving(centre_view(row))) for row in with_children(rows)]
    found.sort(key=lambda pair: pair[0])
    return [
        view
        for _key, view in found
        if any(offer.service == service and offer.holds_on(on) for offer in view.offers)
    ]


def is_offered(*, centre: UUID, service: UUID, on: date) -> bool:
    """Whether a centre offers a service on a day."""
    rows = OfferRow.objects.filter(centre__unit=centre, service_id=service, valid_from__lte=on)
    holding = [row for row in rows.select_related("centre") if offer_view(row).holds_on(on)]
    if not holding or holding[0].centre.kind != "mobile":
        return bool(holding)
    return any(one.day == on and service in one.services for one in stops_of(centre))


def offered_at(view: CentreView, *, on: date) -> list[OfferDays]:
    """What a centre offers, seen from a day, in the order of its offers: what it offers then, and on other days."""
    calendar = days_at(view, since=on)
    services = dict.fromkeys(offer.service for offer in view.offers)
    found = [offer_days(view, calendar, service, on=on) for service in services]
    return [one for one in found if one is not None]


def centres_with(service: UUID, *, on: date) -> list[tuple[CentreView, OfferDays]]:
    """The centres that offer a service, on this day or on later ones, in the order of the reader's language."""
    code = language()
    rows = with_children(Centre.objects.filter(offers__service=service).distinct())
    ordered = sorted(rows, key=lambda row: row.sort_keys.get(code, row.code))
    views = [_moving(centre_view(row)) for row in ordered]
    calendars = _closing(_calendars({view.id for view in views}), since=on)
    found = []
    for view in views:
        calendar = _with_stops(calendars[view.id], view)
        days = offer_days(view, calendar, service, on=on) if calendar else None
        if days is not None:
            found.append((view, days))
    return found


def next_day_of(view: CentreView, *, service: UUID, after: date) -> date | None:
    """The next day after ``after`` on which a centre offers a service and is open; None within a year."""
    return next_offered(
        view.offers, service, hours=view.hours, calendar=days_at(view, since=after), after=after
    )


def capacity_on(view: CentreView, *, service: UUID, on: date) -> int | None:
    """How many people a centre serves with a service on a day at most; None without a limit, or when not offered."""
    offer = offer_on(view.offers, service, on)
    return capacity_of_day(view, offer, on) if offer else None


def counter(counter_id: UUID) -> CounterView:
    """A counter by its id. Raises UnknownCounter."""
    row = look_at_counter(counter=counter_id)
    if row is None:
        raise UnknownCounter(id=counter_id)
    return known_counter(*row)


def counter_by_code(centre_id: UUID, code: str) -> CounterView:
    """A counter of a centre by its code. Raises UnknownCounter."""
    rows = look_at_counters(centres=(centre_id,), code=code)
    if not rows:
        raise UnknownCounter(code=code)
    return known_counter(*rows[0])


def counters(centre_id: UUID) -> list[CounterView]:
    """A centre's counters by number."""
    rows = [known_counter(*row) for row in look_at_counters(centres=(centre_id,))]
    return sorted(rows, key=lambda row: (len(row.code), row.code))


def calendar_of(unit_id: UUID) -> Calendar:
    """The office calendar of a unit: its own or that of the nearest unit above it. Raises NoCalendar."""
    found = _calendars([unit_id])[unit_id]
    if found is None:
        raise NoCalendar(unit=unit_id)
    return found


def days_of(unit_id: UUID, *, since: date) -> Calendar:
    """The same with what closes the place itself on a day or later: for its opening, never for a legal term."""
    return _closing({unit_id: calendar_of(unit_id)}, since=since)[unit_id]  # type: ignore[return-value]


def days_at(view: CentreView, *, since: date) -> Calendar:
    """The same for a centre that is at hand; a mobile unit is open during its stops."""
    return _with_stops(days_of(view.id, since=since), view)


def stops_of(centre: UUID) -> tuple[StopHours, ...]:
    """The announced stops of a mobile unit by day. Kept in memory until a stop changes."""
    return tuple(
        StopHours(
            id=id,
            day=day,
            opens=opens,
            closes=closes,
            services=frozenset(UUID(one) for one in json.loads(services)),
            capacity=capacity,
            anyway=on_holiday,
        )
        for id, day, opens, closes, services, capacity, on_holiday in look_at_stops(centre=centre)
    )


def _moving(view: CentreView) -> CentreView:
    """A mobile unit with its stops; a place that stays as it is."""
    return as_it_goes(view, stops_of(view.id)) if view.kind == "mobile" else view


@overload
def _with_stops(calendar: Calendar, view: CentreView) -> Calendar: ...
@overload
def _with_stops(calendar: Calendar | None, view: CentreView) -> Calendar | None: ...
def _with_stops(calendar: Calendar | None, view: CentreView) -> Calendar | None:
    if calendar is None or view.kind != "mobile":
        return calendar
    return replace(calendar, stops=view.stops)


def hours_of(unit_id: UUID) -> tuple[Hours, ...]:
    """The hours that a unit keeps itself, where it is a centre with hours of its own; none elsewhere."""
    try:
        return centre(unit_id).hours
    except UnknownCentre:
        return ()


def _calendars(units: Iterable[UUID]) -> dict[UUID, Calendar | None]:
    """The calendar that holds for each of these units: its own or the nearest above. One look for all of them."""
    paths = {unit: (unit, *(above.id for above in reversed(ancestors(unit)))) for unit in units}
    held = look_at_calendars(units=tuple(sorted({one for path in paths.values() for one in path})))
    nearest = {unit: next((held[one] for one in path if one in held), None) for unit, path in paths.items()}
    return {unit: known_calendar(*key) if key else None for unit, key in nearest.items()}


def _closing(calendars: Mapping[UUID, Calendar | None], *, since: date) -> dict[UUID, Calendar | None]:
    """The same calendars with the closures of their places; one look for all of them."""
    rows = look_at_closures(centres=tuple(sorted(calendars)), since=since)
    held = dict(calendars)
    for centre in {row[1] for row in rows}:
        calendar = held[centre]
        if calendar:
            closures = tuple(known_closure(*row) for row in rows if row[1] == centre)
            held[centre] = replace(calendar, closures=closures)
    return held


def holidays(unit_id: UUID, *, year: int) -> list[HolidayView]:
    """The days without work of a unit's own calendar in a year, in order. Raises NoCalendar."""
    row = OfficeCalendar.objects.filter(unit=unit_id).first()
    if row is None:
        raise NoCalendar(unit=unit_id)
    return [
        HolidayView(day=one.day, name=one.name, source=one.source, declared=one.declared)
        for one in row.holidays.filter(day__year=year, cancelled=False)
    ]


def opening(centre_id: UUID, day: date) -> list[Period]:
    """When a centre is open on a day; empty on holidays and days of rest. Raises UnknownCentre."""
    return opening_of(centre(centre_id), day)


def opening_of(view: CentreView, day: date) -> list[Period]:
    """The same for a centre that is already at hand."""
    return periods_on(view.hours, days_at(view, since=day), day)


def is_open(centre_id: UUID, at: datetime) -> bool:
    """Whether a centre is open at an instant. Raises UnknownCentre."""
    return is_open_now(centre(centre_id), at)


def is_open_now(view: CentreView, at: datetime) -> bool:
    """The same for a centre that is already at hand."""
    local = at.astimezone(ZoneInfo(view.zone))
    return is_open_at(opening_of(view, local.date()), local.time())


def open_centres(views: Iterable[CentreView], at: datetime) -> frozenset[UUID]:
    """Which of these centres are open at an instant; one look for all their calendars."""
    listed = list(views)
    calendars = _closing(_calendars({view.id for view in listed}), since=at.date())
    found = set()
    for view in listed:
        calendar, local = _with_stops(calendars[view.id], view), at.astimezone(ZoneInfo(view.zone))
        if calendar and is_open_at(periods_on(view.hours, calendar, local.date()), local.time()):
            found.add(view.id)
    return frozenset(found)


def _one(rows: QuerySet[Centre]) -> CentreView:
    row = with_children(rows).first()
    if row is None:
        raise UnknownCentre()
    return _moving(centre_view(row))


# All centres as they were last listed, by row and version: a new version is a new entry, so nothing stale is read.
_listed: dict[str, dict[tuple[UUID, int], CentreView]] = {"views": {}}
