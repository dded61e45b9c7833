"""The live floor: a row for each centre, its alerts, and its counters."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from onedoor.domain.access.api import Holder, Unit, ancestors, holders, unit
from onedoor.domain.cases.api import OVERSEE
from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import CentreView, open_centres, spaces
from onedoor.domain.monitoring.models import floor
from onedoor.domain.monitoring.models.tallies import read_tallies
from onedoor.domain.monitoring.queries.sight import Lens, Sight, narrowed, province_of, sight_of
from onedoor.domain.monitoring.queries.standards import standards
from onedoor.domain.monitoring.rules.alerts import Alert, Facts, alerts
from onedoor.domain.monitoring.rules.figures import Figures, Limit, summed
from onedoor.domain.monitoring.rules.hall import covered_since
from onedoor.domain.monitoring.rules.periods import DAY, MONTH
from onedoor.domain.monitoring.rules.tallies import Tally
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor

NOTHING = Figures(Tally())
DRAWERS_LOOK_BACK = timedelta(hours=18)
MISSED_LOOK_BACK = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class HallRow:
    """A centre as the country sees it now.

    Args:
        since: when the first of the line took a ticket; None when nobody waits.
        late: cases past their due date; logged: those of earlier systems' logs, which are left out of it and of the alerts.
        complaints: those whose answer is overdue. drawer: open, closed (today), or none.
        month: the figures of this month; today: of today.
    """

    centre: CentreView
    province: Unit
    is_open: bool
    waiting: int
    serving: int
    since: datetime | None
    longest: int
    counters_open: int
    counters: int
    late: int
    logged: int
    complaints: int
    drawer: str
    last_seen: datetime | None
    today: Figures
    month: Figures
    alerts: list[Alert] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class LateStep:
    """Open cases past their due date whose step one office has.

    Args:
        holder: the office; None while nobody was told yet. told: the units above it that were told, upwards.
        number: how many cases. oldest: the first of their due dates. acting: who must act, at the unit told last.
    """

    holder: Unit | None
    told: tuple[Unit, ...]
    number: int
    oldest: date
    acting: tuple[Holder, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Floor:
    """Everything that the live page of a country, a province or a centre shows."""

    at: datetime
    sight: Sight
    rows: list[HallRow]
    limits: dict[str, Limit]
    late_steps: list[LateStep] = field(default_factory=list)
    near: int = 0

    @property
    def waiting(self) -> int:
        """People who wait now."""
        return sum(row.waiting for row in self.rows)

    @property
    def open(self) -> int:
        """Centres that are open now."""
        return sum(row.is_open for row in self.rows)

    @property
    def counters_open(self) -> int:
        """Counters that serve now."""
        return sum(row.counters_open for row in self.rows)

    @property
    def longest(self) -> HallRow | None:
        """The centre with the longest wait."""
        return max((row for row in self.rows if row.waiting), key=lambda row: row.longest, default=None)

    @property
    def today(self) -> Figures:
        """The figures of today, of all rows."""
        return summed([row.today for row in self.rows])

    @property
    def month(self) -> Figures:
        """The figures of this month, of all rows."""
        return summed([row.month for row in self.rows])

    @property
    def late(self) -> int:
        """Open cases past their due date."""
        return sum(row.late for row in self.rows)

    @property
    def logged(self) -> int:
        """Cases of earlier systems' logs that were left open past their due date."""
        return sum(row.logged for row in self.rows)

    @property
    def alerts(self) -> list[tuple[HallRow, Alert]]:
        """All alerts, the worst first."""
        every = [(row, alert) for row in self.rows for alert in row.alerts]
        return sorted(every, key=lambda pair: (pair[1].severity != "bad", pair[1].code, -pair[1].number))


def floor_now(*, by: Actor, at: datetime, province: str = "", centre: str = "") -> Floor:
    """The live floor of what an actor may watch, or of a part of it.

    Raises:
        NotPermitted, OutOfSight.
    """
    sight = sight_of(by)
    lens = narrowed(sight, province=province, centre=centre)
    limits = standards()
    listed = [view for view in sight.centres if lens.units is None or view.id in lens.units]
    late_steps, near = _rung(lens, at=at)
    rows = _rows(listed, lens, limits, at=at)
    return Floor(at=at, sight=sight, rows=rows, limits=limits, late_steps=late_steps, near=near)


def _rung(lens: Lens, *, at: datetime) -> tuple[list[LateStep], int]:
    """The late cases by whose step they are, the most first; and how many are near their due date."""
    day = at.astimezone(ZONE).date()
    rows = floor.rung(units=lens.units, services=lens.services, day=day, at=at)
    late = [
        (holder, told, number, first) for is_near, holder, told, _level, number, first in rows if not is_near
    ]
    acting = holders({told for _holder, told, *_ in late if told}, permission=OVERSEE) if late else {}
    steps = [
        LateStep(
            holder=unit(holder) if holder else None,
            told=_upwards(holder, told),
            number=number,
            oldest=first or day,
            acting=acting.get(told, ()) if told else (),
        )
        for holder, told, number, first in late
    ]
    near = sum(number for is_near, *_, number, _first in rows if is_near)
    return sorted(steps, key=lambda step: (-step.number, step.oldest)), near


def _upwards(holder: UUID | None, told: UUID | None) -> tuple[Unit, ...]:
    """The units above an office, from the next one up to the one that was told last; none where it has none above it."""
    above = tuple(reversed(ancestors(holder))) if holder and holder != told else ()
    ids = [one.id for one in above]
    return above[: ids.index(told) + 1] if told in ids else ()


def _rows(listed: list[CentreView], lens: Lens, limits: dict[str, Limit], *, at: datetime) -> list[HallRow]:
    today = at.astimezone(ZONE).date()
    now_open = open_centres(listed, at)
    quiet = timedelta(minutes=limits["silent"].limit if "silent" in limits else 0)
    steady = now_open & open_centres(listed, at - quiet)
    lines = floor.lines(units=lens.units, services=lens.services, day=today, at=at)
    seen = floor.last_seen(units=lens.units)
    posts = floor.posts(units=lens.units)
    # A drawer holds the money of all services, and a complaint is about the centre, so a ministry is not told of them.
    whole = lens.services is None
    drawers = floor.tills(units=lens.units, since=at - DRAWERS_LOOK_BACK) if whole else {}
    owed = floor.owed(units=lens.units, day=today, at=at) if whole else {}
    late: Counter[UUID] = Counter()
    logged: Counter[UUID] = Counter()
    for where, _service, overdue, _due, from_logs in floor.unfinished(
        units=lens.units, services=lens.services, day=today, at=at
    ):
        late[where] += overdue
        logged[where] += from_logs
    missed = _missed(lens, limits, at=at)
    idle = _idle(lens, limits, at=at)
    seats = {centre: space.seats for centre, space in spaces().items()} if "hall_full" in limits else {}
    days = _by_centre(lens, DAY, at)
    months = _by_centre(lens, MONTH, at)
    rows = []
    for view in listed:
        waiting, serving, since = lines.get(view.id, (0, 0, None))
        counters_open, counters = posts.get(view.id, (0, 0))
        open_drawers, drawer_since, closed = drawers.get(view.id, (0, None, None))
        facts = Facts(
            at=at,
            today=today,
            steadily_open=view.id in steady,
            last_seen=seen.get(view.id),
            waiting=waiting,
            since=since,
            counters_open=counters_open,
            counters=counters,
            late=late[view.id],
            complaints=owed[view.id][0] if view.id in owed else 0,
            drawers_open=open_drawers,
            drawer_since=drawer_since,
            drawer_day=drawer_since.astimezone(ZONE).date() if drawer_since else None,
            missed=missed.get(view.id),
            idle=idle.get(view.id, 0),
            seats=seats.get(view.id),
        )
        rows.append(
            HallRow(
                centre=view,
                province=province_of(view.id),
                is_open=view.id in now_open,
                waiting=waiting,
                serving=serving,
                since=since,
                longest=int((at - since).total_seconds() // 60) if since else 0,
                counters_open=counters_open,
                counters=counters,
                late=facts.late,
                logged=logged[view.id],
                complaints=facts.complaints,
                drawer="open" if open_drawers else "closed" if closed else "none",
                last_seen=seen.get(view.id),
                today=days.get(view.id, NOTHING),
                month=months.get(view.id, NOTHING),
                alerts=alerts(facts, limits),
            )
        )
    return rows


def _missed(lens: Lens, limits: dict[str, Limit], *, at: datetime) -> dict[UUID, datetime]:
    """By centre: since when somebody has been waiting longer than the standard, without a pause."""
    if "wait" not in limits or "standard_missed" not in limits:
        return {}
    limit = timedelta(minutes=limits["wait"].limit)
    spans = floor.over(
        units=lens.units,
        services=lens.services,
        day=at.astimezone(ZONE).date(),
        at=at,
        since=at - limit - MISSED_LOOK_BACK,
        limit=limit,
    )
    since = {centre: covered_since(those, at) for centre, those in spans.items()}
    return {centre: first for centre, first in since.items() if first is not None}


def _idle(lens: Lens, limits: dict[str, Limit], *, at: datetime) -> dict[UUID, int]:
    if "idle_counter" not in limits:
        return {}
    return floor.idle(units=lens.units, since=at - timedelta(minutes=limits["idle_counter"].limit))


def _by_centre(lens: Lens, grain: str, at: datetime) -> dict[UUID, Figures]:
    """The figures of each centre today or in this month."""
    day = at.astimezone(ZONE).date()
    start = day if grain == DAY else day.replace(day=1)
    found = read_tallies(
        units=lens.units,
        services=lens.services,
        grain=grain,
        since=start,
        until=start,
        by_centre=True,
        histograms=False,
    )
    tallies: dict[UUID, Tally] = {}
    for key, tally in found:
        tallies.setdefault(key.centre, Tally()).add(tally)
    return {centre: Figures(tally) for centre, tally in tallies.items()}


@dataclass(frozen=True, kw_only=True)
class CounterRow:
    """A counter now: who stands there, for what and since when; what it did today."""

    code: str
    is_open: bool
    number: str
    status: str
    service: ServiceView | None
    since: datetime | None
    served: int
    minutes: float | None
    drawer_open: bool


def counters_now(*, by: Actor, at: datetime, centre: str) -> list[CounterRow]:
    """The counters of a centre.

    Raises:
        NotPermitted, OutOfSight.
    """
    sight = sight_of(by)
    view, lens = sight.centre(centre), narrowed(sight, centre=centre)
    known = {service.id: service for service in sight.services}
    day = at.astimezone(ZONE).date()
    rows = []
    for code, is_open, number, status, service, since, served, seconds, drawer in floor.counters(
        units=[view.id], services=lens.services, day=day
    ):
        rows.append(
            CounterRow(
                code=code,
                is_open=is_open,
                number=number or "",
                status=status or "",
                service=known.get(service) if service else None,
                since=since,
                served=served,
                minutes=float(seconds) / 60 if seconds is not None else None,
                drawer_open=drawer,
            )
        )
    return rows


def hours_today(*, by: Actor, at: datetime, centre: str, counter: str = "") -> list[tuple[int, int, float]]:
    """By hour of today: people served at a centre or one of its counters, and their wait on average (minutes).

    Raises:
        NotPermitted, OutOfSight: also when the centre has no such counter.
    """
    sight = sight_of(by)
    lens = narrowed(sight, centre=centre)
    post = floor.post(units=[sight.centre(centre).id], code=counter) if counter else None
    rows = floor.by_hour(
        units=lens.units,
        services=lens.services,
        day=at.astimezone(ZONE).date(),
        zone=str(ZONE),
        counter=post,
    )
    return [(hour, served, seconds / 60) for hour, served, seconds in rows]
