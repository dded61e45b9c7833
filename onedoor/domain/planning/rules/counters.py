"""What a service asks of the counters: how many people at them it needs day by day, and how long applicants wait in the hall."""

import math
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from onedoor.domain.planning.rules.bounds import p90
from onedoor.domain.planning.rules.hours import Hours
from onedoor.domain.planning.rules.lanes import Lane
from onedoor.domain.planning.rules.past import Past
from onedoor.domain.planning.rules.replay import Run
from onedoor.domain.planning.rules.version import Ground

FULL = 0.8  # of an office's time that a person can be busy with this service, when people are counted


def needed(lane: Lane) -> int:
    """How many people a lane needs on nine of ten of its days, when each is busy with this for at most four fifths."""
    loads = [math.ceil(_load(lane.hours, day, busy) - 1e-9) for day, busy in lane.by_day.items()]
    return int(p90([float(load) for load in loads])) if loads else 0


def counter_days(ground: Ground, *runs: Run) -> list[date]:
    """The days on which somebody worked on this service at a counter, in one of the runs or in fact."""
    front = _front(ground.past)
    days = {day for run in runs for key, lane in run.lanes.items() if key[1] in front for day in lane.by_day}
    return sorted(days | set(counters_in_fact(ground)))


def loads(past: Past, run: Run, days: Iterable[date]) -> list[float | None]:
    """How many people at counters each day asks for, all centres together, each busy for at most four fifths."""
    front = _front(past)
    lanes = [lane for key, lane in run.lanes.items() if key[1] in front]
    return [
        sum(_load(lane.hours, day, lane.by_day[day]) for lane in lanes if day in lane.by_day) for day in days
    ]


def counters_in_fact(ground: Ground) -> dict[date, float]:
    """The same, by what was done in fact."""
    found: defaultdict[date, float] = defaultdict(float)
    for arrival in ground.past.arrivals:
        hours = ground.hours[arrival.centre]
        spent = [(arrival.at, arrival.counter)]
        spent += [(visit.done, visit.work) for visit in arrival.order if visit.audience == "front"]
        for at, work in spent:
            if work:
                day = hours.day(at)
                found[day] += _load(hours, day, work)
    return dict(found)


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
    people = sum(ground.assumptions.people.get(role, 0) for role in _front(ground.past))
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


def _front(past: Past) -> frozenset[str]:
    return frozenset(role for audience, role in past.lanes if audience == "front")


def _load(hours: Hours, day: date, busy: float) -> float:
    start, end = (_midnight(hours, day + timedelta(days=later)) for later in (0, 1))
    open_for = hours.worked(end) - hours.worked(start)
    return busy / (FULL * open_for) if open_for > 0 and busy > 0 else 0.0


def _midnight(hours: Hours, day: date) -> float:
    return datetime.combine(day, time.min, hours.zone).timestamp()
