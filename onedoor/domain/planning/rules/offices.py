"""By role: hours of work, files that waited, people needed, and the load of other services, each with its error."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import asdict
from functools import partial
from statistics import fmean, pstdev
from typing import Any

from onedoor.domain.planning.rules.beside import load_by_role
from onedoor.domain.planning.rules.bounds import Reckoning, claim, p90, total
from onedoor.domain.planning.rules.counters import (
    counter_days,
    loads,
    loads_in_fact,
    spent,
    spent_in_fact,
)
from onedoor.domain.planning.rules.past import FRONT, Past
from onedoor.domain.planning.rules.replay import Run
from onedoor.domain.planning.rules.version import Ground

Row = dict[str, Any]


def lane_rows(
    ground: Ground, now: Run, then: Sequence[Run], *, seed: int, unlike: tuple[Run, Run] | None
) -> Generator[int, None, list[Row]]:
    """A row for each role that works on this service, counters first.

    Args:
        then: the other version, once a seed. unlike: both versions by the other way to read the past.
    """
    runs = (now, *then, *(unlike or ()))
    roles = sorted({role for run in runs for _unit, role in run.lanes if role})
    beside, rows = load_by_role(ground.past), []
    for role in roles:
        only = frozenset([role])
        days = counter_days(ground, only, *runs)
        hours, people = spent_in_fact(ground, only), loads_in_fact(ground, only)

        def of(
            code: str,
            reckoning: Reckoning,
            facts: Sequence[float | None],
            get: Callable[[Run], Sequence[float | None]],
        ) -> Row:
            apart = (get(unlike[0]), get(unlike[1])) if unlike else None
            found = claim(
                code, reckoning, facts, get(now), [get(run) for run in then], seed=seed, unlike=apart
            )
            return {**asdict(found), "change": found.change, "told_apart": found.told_apart}

        there, its_error = beside.get(role, (0.0, 0.0))
        rows.append(
            {
                "role": role,
                "audience": _audience(ground.past, role),
                "hours": of(
                    "hours",
                    total,
                    [hours.get(day, 0.0) for day in days],
                    partial(spent, roles=only, days=days),
                ),
                "needed": of(
                    "needed",
                    p90,
                    [people.get(day, 0.0) for day in days],
                    partial(loads, roles=only, days=days),
                ),
                "waited": _waited(role, now, then, unlike),
                "beside": there,
                "beside_error": its_error,
                "people": sum(count for (_unit, its), count in ground.past.people.items() if its == role),
            }
        )
        yield len(now.outcomes)
    return sorted(rows, key=lambda row: (row["audience"] not in FRONT, -(row["hours"]["now"] or 0.0)))


def _waited(role: str, now: Run, then: Sequence[Run], unlike: tuple[Run, Run] | None) -> Row:
    """Hours for which files waited; nobody wrote these down, so its error is by chance and by the other reading."""
    before, after = _hours(now, role), [_hours(run, role) for run in then]
    change = fmean(after) - before
    other = _hours(unlike[1], role) - _hours(unlike[0], role) - change if unlike else 0.0
    return {"now": before, "then": fmean(after), "error": max(2 * pstdev(after), abs(other))}


def _hours(run: Run, role: str) -> float:
    return sum(lane.waited for (_unit, its), lane in run.lanes.items() if its == role) / 3600


def _audience(past: Past, role: str) -> str:
    return next((audience for audience, known in past.lanes if known == role), "back")
