"""The Monday page: what the network's owner must know of the last week, and who must act."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from onedoor.domain.access.api import Holder, Unit, holders, unit
from onedoor.domain.cases.api import DECIDE
from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import MANAGE, CentreView, open_centres
from onedoor.domain.monitoring.models import floor
from onedoor.domain.monitoring.models.tallies import read_tallies
from onedoor.domain.monitoring.queries.sight import Lens, Sight, narrowed, province_of, sight_of
from onedoor.domain.monitoring.queries.standards import standards
from onedoor.domain.monitoring.rules.figures import Figures, Limit, summed
from onedoor.domain.monitoring.rules.periods import DAY, week_before
from onedoor.domain.monitoring.rules.tallies import Tally
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class Silent:
    """A centre that was not heard of on days on which it was open."""

    centre: CentreView
    province: Unit
    days: list[date]
    last_seen: datetime | None
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Missed:
    """A standard that a centre or a ministry missed in the week."""

    measure: str
    centre: CentreView | None
    ministry: Unit | None
    figures: Figures
    limit: Limit
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """Cases of a service that are past their due date now; the authority must act."""

    service: ServiceView
    ministry: Unit
    late: int
    oldest: date | None
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """A centre that owes answers to complaints past their day; its head must act."""

    centre: CentreView
    late: int
    oldest: date
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Monday:
    """The sheet. ``before`` are the figures of the week before; every row's ``holders`` are the people who must act."""

    first: date
    last: date
    figures: Figures
    before: Figures
    silent: list[Silent]
    missed: list[Missed]
    overdue: list[Overdue]
    unanswered: list[Unanswered]
    limits: dict[str, Limit]
    sight: Sight


def monday(*, by: Actor, at: datetime) -> Monday:
    """The last whole week of what an actor may watch.

    Raises:
        NotPermitted.
    """
    sight = sight_of(by)
    lens = narrowed(sight)
    first, last = week_before(at.astimezone(ZONE).date())
    limits = standards()
    by_day = read_tallies(
        units=lens.units, services=lens.services, grain=DAY, since=first, until=last, by_centre=True
    )
    heard = {(key.centre, key.period) for key, _tally in by_day}
    centres: dict[UUID, Tally] = {}
    for key, tally in by_day:
        centres.setdefault(key.centre, Tally()).add(tally)
    figures = {centre: Figures(tally) for centre, tally in centres.items()}
    week = timedelta(days=7)
    silent = _silent(sight, lens, heard, first) if sight.kind != "services" else []
    missed = [*_missed_by_centres(sight, figures, limits), *_missed_by_ministries(sight, lens, limits, first)]
    overdue = _overdue(sight, lens, at)
    unanswered = _unanswered(sight, lens, at) if sight.kind != "services" else []
    told = {row.centre.id for row in silent} | {row.centre.id for row in unanswered}
    told |= {row.centre.id for row in missed if row.centre}
    asked = {row.ministry.id for row in overdue} | {row.ministry.id for row in missed if row.ministry}
    heads, offices = holders(told, permission=MANAGE), holders(asked, permission=DECIDE)
    return Monday(
        first=first,
        last=last,
        figures=summed(list(figures.values())),
        before=summed([one for _, one in _all_days(lens, first - week, last - week)]),
        silent=[replace(row, holders=heads[row.centre.id]) for row in silent],
        missed=[replace(row, holders=_of(row, heads, offices)) for row in missed],
        overdue=[replace(row, holders=offices[row.ministry.id]) for row in overdue],
        unanswered=[replace(row, holders=heads[row.centre.id]) for row in unanswered],
        limits=limits,
        sight=sight,
    )


def _of(
    row: Missed, heads: Mapping[UUID, tuple[Holder, ...]], offices: Mapping[UUID, tuple[Holder, ...]]
) -> tuple[Holder, ...]:
    """Who must act: the centre's heads, or the ministry's officers."""
    if row.centre is not None:
        return heads[row.centre.id]
    return offices[row.ministry.id] if row.ministry is not None else ()


def _all_days(lens: Lens, first: date, last: date) -> list[tuple[date, Figures]]:
    found = read_tallies(units=lens.units, services=lens.services, grain=DAY, since=first, until=last)
    return [(key.period, Figures(tally)) for key, tally in found]


def _silent(sight: Sight, lens: Lens, heard: set[tuple[UUID, date]], first: date) -> list[Silent]:
    seen = floor.last_seen(units=lens.units)
    found = []
    days = {day: _working(sight, day) for day in (first + timedelta(days=number) for number in range(7))}
    for view in sight.centres:
        quiet = [day for day, working in days.items() if view.id in working and (view.id, day) not in heard]
        if quiet:
            found.append(
                Silent(centre=view, province=province_of(view.id), days=quiet, last_seen=seen.get(view.id))
            )
    return sorted(found, key=lambda one: -len(one.days))


def _working(sight: Sight, day: date) -> set[UUID]:
    """The centres that were open in the middle of the morning or of the afternoon of a day; two looks for all of them."""
    hours = (datetime.combine(day, hour, tzinfo=ZONE) for hour in (time(10), time(14)))
    return {centre for hour in hours for centre in open_centres(sight.centres, hour)}


def _missed_by_centres(sight: Sight, figures: dict[UUID, Figures], limits: dict[str, Limit]) -> list[Missed]:
    """Waits and satisfaction: the head of the centre must act."""
    return [
        Missed(measure=measure, centre=view, ministry=None, figures=figures[view.id], limit=limits[standard])
        for measure, standard in (("wait_share", "wait"), ("satisfied", "satisfied"))
        for view in sight.centres
        if view.id in figures and figures[view.id].verdict(measure, limits) == "missed"
    ]


def _missed_by_ministries(sight: Sight, lens: Lens, limits: dict[str, Limit], first: date) -> list[Missed]:
    """Cases in time: the ministry must act."""
    found = read_tallies(
        units=lens.units,
        services=lens.services,
        grain=DAY,
        since=first,
        until=first + timedelta(days=6),
        by_service=True,
    )
    of = {view.id: view.authority for view in sight.services}
    sums: dict[UUID, Tally] = {}
    for key, tally in found:
        if key.service in of:
            sums.setdefault(of[key.service], Tally()).add(tally)
    return [
        Missed(
            measure="on_time",
            centre=None,
            ministry=one,
            figures=Figures(sums[one.id]),
            limit=limits["on_time"],
        )
        for one in sight.ministries()
        if one.id in sums and Figures(sums[one.id]).verdict("on_time", limits) == "missed"
    ]


def _overdue(sight: Sight, lens: Lens, at: datetime) -> list[Overdue]:
    today = at.astimezone(ZONE).date()
    late: dict[UUID, int] = {}
    oldest: dict[UUID, date] = {}
    for _centre, service, number, due, _logged in floor.unfinished(
        units=lens.units, services=lens.services, day=today, at=at
    ):
        if number and due is not None:
            late[service] = late.get(service, 0) + number
            oldest[service] = min(due, oldest.get(service, due))
    rows = [
        Overdue(service=view, ministry=unit(view.authority), late=late[view.id], oldest=oldest.get(view.id))
        for view in sight.services
        if view.id in late
    ]
    return sorted(rows, key=lambda row: -row.late)


def _unanswered(sight: Sight, lens: Lens, at: datetime) -> list[Unanswered]:
    owed = floor.owed(units=lens.units, day=at.astimezone(ZONE).date(), at=at)
    rows = [
        Unanswered(centre=view, late=owed[view.id][0], oldest=owed[view.id][1])
        for view in sight.centres
        if view.id in owed
    ]
    return sorted(rows, key=lambda row: (row.oldest, -row.late))
