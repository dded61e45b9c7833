"""Rows of centres as readers get them, kept by version: a new version is a new entry, so nothing stale is read."""

import json
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from onedoor.domain.centres.models import Centre, OfficeCalendar, OpeningHours
from onedoor.domain.centres.models import Offer as OfferRow
from onedoor.domain.centres.rules import Calendar, CentreView, CounterState, CounterView, Hours, Offer
from onedoor.domain.centres.rules.closures import Closure, Kind


def centre_view(row: Centre) -> CentreView:
    """A centre's row as readers get it."""
    return CentreView(
        id=row.unit_id,
        code=row.code,
        name=row.name,
        district=row.district_id,
        demonstration=row.demonstration,
        address=row.address,
        phone=row.phone,
        zone=row.zone,
        hours=tuple(hours_view(one) for one in row.hours.all()),
        hours_confirmed=row.hours_confirmed,
        offers=tuple(offer_view(one) for one in row.offers.all()),
        source=row.source,
        kind="mobile" if row.kind == "mobile" else "fixed",
    )


def hours_view(row: OpeningHours) -> Hours:
    """A row of opening hours as readers get it."""
    return Hours(weekday=row.weekday, opens=row.opens, closes=row.closes)


def offer_view(row: OfferRow) -> Offer:
    """A row of an offer as readers get it."""
    return Offer(
        service=row.service_id,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        weekdays=tuple(row.weekdays),
        capacity=row.capacity,
        demonstration=row.demonstration,
        counters=tuple(row.counters),
        revision=row.revision,
        withdrawn_on=row.withdrawn_on,
        reason=row.reason,
    )


def with_children(rows: QuerySet[Centre]) -> QuerySet[Centre]:
    """Centres with what their content is made of."""
    return rows.prefetch_related("hours", "offers")


# Centres as they were read one by one, by row and version.
_known: dict[tuple[UUID, int], CentreView] = {}
KNOWN = 512


def known_centre(row_id: UUID, version: int) -> CentreView:
    """A centre as it was at one version; a new version is a new entry, so nothing stale is read.

    Within a transaction nothing is kept: what it has changed may still be taken back. What was kept before is true
    there too, because a transaction that changes a centre makes a version of its own.
    """
    view = _known.get((row_id, version))
    if view is None:
        view = centre_view(with_children(Centre.objects.filter(id=row_id)).get())
        if not connection.in_atomic_block:
            if len(_known) >= KNOWN:
                _known.clear()
            _known[row_id, version] = view
    return view


@lru_cache(maxsize=2048)
def known_counter(
    id: UUID,
    centre: UUID,
    code: str,
    name: str,
    state: str,
    zone: str,
    back_at: datetime | None,
    remote: str,
) -> CounterView:
    """A counter's columns as readers get them."""
    known: CounterState = "open" if state == "open" else "closed"
    return CounterView(
        id=id,
        centre=centre,
        code=code,
        name=json.loads(name),
        state=known,
        zone=zone,
        back_at=back_at,
        remote=json.loads(remote),
    )


@lru_cache(maxsize=64)
def known_calendar(calendar_id: UUID, version: int) -> Calendar:
    """A calendar as it was at one version; a new version is a new entry, so nothing stale is read."""
    row = OfficeCalendar.objects.prefetch_related("holidays").get(id=calendar_id)
    return Calendar(
        zone=row.zone,
        rest=frozenset(row.rest),
        holidays={holiday.day: holiday.name for holiday in row.holidays.all() if not holiday.cancelled},
        hours=tuple(
            Hours(weekday=weekday, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))
            for weekday, opens, closes in row.hours
        ),
        confirmed=row.confirmed,
    )


@lru_cache(maxsize=512)
def known_closure(id: UUID, centre: UUID, kind: Kind, since: datetime, last: date, reason: str) -> Closure:
    """A closure's columns as readers get them."""
    return Closure(id=id, centre=centre, kind=kind, since=since, last=last, reason=json.loads(reason))
