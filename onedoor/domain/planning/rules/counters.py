"""What a service asks of the counters: how many people at them it needs day by day, and how long applicants wait in the hall."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from onedoor.domain.planning.rules.hours import Hours
from onedoor.domain.planning.rules.past import Past
from onedoor.domain.planning.rules.replay import Run
from onedoor.domain.planning.rules.version import Ground

Roles = frozenset[str]
FULL = 0.8  # of an office's time that a person can be busy with this service, when people are counted


def counter_days(ground: Ground, roles: Roles, *runs: Run) -> list[date]:
    """The days on which somebody of these roles worked on this service, in one of the runs or in fact."""
    days = {day for run in runs for key, lane in run.lanes.items() if key[1] in roles for day in lane.by_day}
    return sorted(days | set(loads_in_fact(ground, roles)))


def loads(run: Run, roles: Roles, days: Iterable[date]) -> list[float | None]:
    """How many people of these roles each day asks for, all offices together, each busy for at most four fifths."""
    lanes = [lane for key, lane in run.lanes.items() if key[1] in roles]
    return [
        sum(_load(lane.hours, day, lane.by_day[day]) for lane in lanes if day in lane.by_day) for day in days
    ]


def spent(run: Run, roles: Roles, days: Iterable[date]) -> list[float | None]:
    """Hours of work of these roles on each day."""
    lanes = [lane for key, lane in run.lanes.items() if key[1] in roles]
    return [sum(lane.by_day[day] for lane in lanes if day in lane.by_day) / 3600 for day in days]


def loads_in_fact(ground: Ground, roles: Roles) -> dict[date, float]:
    """How many people each day asked for, by what was done in fact."""
    found: defaultdict[date, float] = defaultdict(float)
    for hours, day, work in _done(ground, roles):
        found[day] += _load(hours, day, work)
    return dict(found)


def spent_in_fact(ground: Ground, roles: Roles) -> dict[date, float]:
    """Hours of work of each day in fact."""
    found: defaultdict[date, float] = defaultdict(float)
    for _hours, day, work in _done(ground, roles):
        found[day] += work / 3600
    return dict(found)


def _done(ground: Ground, roles: Roles) -> Iterator[tuple[Hours, date, float]]:
    """What these roles did in fact: the office's hours, the day, seconds of work; receiving is the centre's officers'."""
    for arrival in ground.past.arrivals:
        for role, unit, at, work in (
            (arrival.received_by, arrival.centre, arrival.at, arrival.counter),
            *((visit.role, visit.unit or arrival.centre, visit.done, visit.work) for visit in arrival.order),
        ):
            if work and role in roles:
                yield ground.hours[unit], ground.hours[unit].day(at), work


def halls(
    ground: Ground, *, base: Sequence[Run], tried: Sequence[Run]
) -> Generator[int, None, tuple[list[float | None], dict[int, list[float | None]]] | None]:
    """Minutes in the hall of each case that came by a ticket, in fact and by ``id`` of a run; None where nothing tells.

    Args:
        base: runs of the version in force, with the people that there were. tried: runs with those that are assumed.
    """
    arrivals = ground.past.arrivals
    tickets = [arrival.ticket for arrival in arrivals]
    if ground.hall is None:
        return None
    people = sum(ground.assumptions.people.get(role, 0) for role in front_roles(ground.past))
    found = {}
    for run, more in [*((run, 0) for run in base), *((run, people) for run in tried)]:
        longer = {
            ticket: outcome.counter - arrival.counter
            for ticket, outcome, arrival in zip(tickets, run.outcomes, arrivals, strict=True)
            if ticket is not None and outcome.counter
        }
        waits = yield from ground.hall.waits(longer=longer, more=more)
        found[id(run)] = _of(tickets, waits)
    return _of(tickets, ground.hall.seen()), found


def _of(tickets: Sequence[UUID | None], waits: dict[UUID, float]) -> list[float | None]:
    return [None if ticket is None else waits.get(ticket) for ticket in tickets]


def front_roles(past: Past) -> Roles:
    """The roles that work at counters."""
    return frozenset(role for audience, role in past.lanes if audience == "front")


def _load(hours: Hours, day: date, busy: float) -> float:
    start, end = (_midnight(hours, day + timedelta(days=later)) for later in (0, 1))
    open_for = hours.worked(end) - hours.worked(start)
    return busy / (FULL * open_for) if open_for > 0 and busy > 0 else 0.0


def _midnight(hours: Hours, day: date) -> float:
    return datetime.combine(day, time.min, hours.zone).timestamp()
