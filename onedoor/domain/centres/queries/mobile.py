"""Reading the stops of mobile units, what they did, and what villages ask for."""

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from onedoor.domain.access.api import ancestors
from onedoor.domain.centres.errors import UnknownStop, stop_full
from onedoor.domain.centres.models import Stop, StopReport, StopRequest
from onedoor.domain.centres.queries import centres
from onedoor.domain.centres.queries.space import areas
from onedoor.domain.centres.rules import CentreView, StopHours
from onedoor.domain.centres.rules.distance import Site
from onedoor.domain.centres.rules.mobile import (
    Demand,
    Proposal,
    ReportView,
    StopState,
    StopView,
    proposals,
)
from onedoor.domain.centres.rules.mobile import near_stops as nearest_first
from onedoor.kernel.crypto import keyring

AHEAD = timedelta(days=183)


def mobile_units() -> list[CentreView]:
    """The centres that travel, in the order of the reader's language."""
    return [one for one in centres() if one.kind == "mobile"]


def stop(id: UUID) -> StopView:
    """A stop with what it did. Raises UnknownStop."""
    found = _views(Stop.objects.filter(id=id))
    if not found:
        raise UnknownStop(id=id)
    return found[0]


def stops(
    *, first: date, last: date, centre: UUID | None = None, district: UUID | None = None, public: bool = False
) -> list[StopView]:
    """The stops from a day to another by day and hour; two statements.

    Args:
        public: only those that were announced, and those cancelled after it.
    """
    rows = Stop.objects.filter(day__range=(first, last))
    if centre is not None:
        rows = rows.filter(centre=centre)
    if district is not None:
        rows = rows.filter(district=district)
    if public:
        rows = rows.exclude(state="planned").exclude(announced_on=None)
    return _views(rows.order_by("day", "opens", "id"))


def stop_on(centre: UUID, day: date) -> StopView | None:
    """Where a mobile unit stands on a day: the stop that is open, else the next to open, else the last."""
    found = [
        one for one in stops(first=day, last=day, centre=centre) if one.state not in ("planned", "cancelled")
    ]
    order = {"open": 0, "announced": 1, "done": 2}
    return min(found, key=lambda one: (order[one.state], one.opens), default=None)


def stop_instead(centre: UUID, day: date, *, today: date) -> StopView | None:
    """Where a mobile unit stands in place of a stop of a day that it does not hold: on that day or the next after it.

    Where nothing is announced after it, the last stop before it that is still to come; None without any.
    """
    held = stops(first=min(today, day), last=day + AHEAD, centre=centre)
    coming = [one for one in held if one.state == "announced" and one.day >= today]
    earlier = [one for one in coming if one.day < day]
    return next((one for one in coming if one.day >= day), earlier[-1] if earlier else None)


def stop_is_full(centre: UUID, held: StopHours) -> Any:
    """The sentence that refuses one more person at a stop, naming the announced stop after it."""
    rows = Stop.objects.filter(centre=centre, state="announced", day__range=(held.day, held.day + AHEAD))
    later = [one for one in rows.order_by("day", "opens") if (one.day, one.opens) > (held.day, held.opens)]
    if not later:
        return stop_full("", None, None)
    return stop_full(later[0].village, later[0].day, (later[0].opens, later[0].closes))


def near_stops(district: UUID, *, first: date, last: date) -> list[tuple[StopView, float | None, bool]]:
    """The public stops as somebody of a district reaches them: (stop, kilometres or None, same province), the nearest first."""
    held = stops(first=first, last=last, public=True)
    asked = {one.district for one in held} | {district}
    province_of = {one: _province(one) for one in asked}
    return nearest_first(held, district=district, province_of=province_of, areas=areas())


def demand(*, since: date) -> list[Demand]:
    """What villages have asked for since a day and no stop has answered, by district, the most people first."""
    rows = StopRequest.objects.filter(stop=None, asked_on__gte=since).order_by("asked_on", "id")
    people: dict[UUID, Tally[UUID]] = {}
    villages: dict[UUID, Tally[str]] = {}
    named: dict[tuple[UUID, str], str] = {}
    asked: Tally[UUID] = Tally()
    # A village that asks again with more people means them all, not those and the first ones too.
    newest = {(row.district_id, row.village_key, tuple(row.services)): row for row in rows}
    largest: dict[tuple[UUID, str], int] = {}
    for (district, key, _services), row in newest.items():
        asked[district] += 1
        named[district, key] = row.village
        largest[district, key] = max(largest.get((district, key), 0), row.people)
        for one in row.services:
            people.setdefault(district, Tally())[UUID(one)] += row.people
    for (district, key), number in largest.items():
        villages.setdefault(district, Tally())[named[district, key]] += number
    found = [
        Demand(
            district=district,
            people=sum(villages[district].values()),
            requests=asked[district],
            services=dict(people[district].most_common()),
            villages=tuple(villages[district].most_common()),
        )
        for district in asked
    ]
    return sorted(found, key=lambda one: (-one.people, str(one.district)))


def where_next(*, since: date) -> list[Proposal]:
    """The districts where a stop would spare people the most way, by what villages asked for since a day."""
    sites = [_site(one) for one in centres() if one.kind == "fixed"]
    return proposals(demand(since=since), sites=sites, areas=areas())


def askers_of(stop: UUID) -> list[tuple[UUID, str, str]]:
    """Those whose request a stop answers and who left a number: (request, number, language)."""
    rows = StopRequest.objects.filter(stop=stop, phone__isnull=False).order_by("id")
    return [(row.id, keyring().unwrap(bytes(row.phone)).decode(), row.language) for row in rows if row.phone]


def _site(view: CentreView) -> Site:
    return Site(centre=view.id, district=view.district, province=_province(view.district))


def _province(district: UUID) -> UUID:
    """The province of a district; the district itself where it has none."""
    return next((one.id for one in ancestors(district) if one.kind == "province"), district)


def _views(rows: QuerySet[Stop]) -> list[StopView]:
    listed = list(rows)
    reports = {row.stop_id: report_view(row) for row in _reports(one.id for one in listed)}
    return [stop_view(row, reports.get(row.id)) for row in listed]


def _reports(stops: Iterable[UUID]) -> Iterable[StopReport]:
    return StopReport.objects.filter(stop__in=list(stops))


def report_view(row: StopReport) -> ReportView:
    """A report as readers get it."""
    return ReportView(
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        people=row.people,
        services={UUID(one): number for one, number in row.services.items()},
        cases=row.cases,
        cash=row.cash,
        wait_minutes=row.wait_minutes,
        kilometres=row.kilometres,
        unmet=row.unmet,
        note=row.note,
    )


def stop_view(row: Stop, report: ReportView | None = None) -> StopView:
    """A stop as readers get it: open while its report is begun, done when it is written."""
    state: StopState = "announced" if row.state == "announced" else "planned"
    if row.state == "cancelled":
        state = "cancelled"
    elif report is not None:
        state = "done" if report.closed_at else "open"
    return StopView(
        id=row.id,
        centre=row.centre_id,
        district=row.district_id,
        village=row.village,
        place=row.place,
        day=row.day,
        opens=row.opens,
        closes=row.closes,
        services=tuple(UUID(one) for one in row.services),
        capacity=row.capacity,
        state=state,
        announced_on=row.announced_on,
        reason=row.reason,
        on_holiday=row.on_holiday,
        demonstration=row.demonstration,
        version=row.version,
        report=report,
    )
