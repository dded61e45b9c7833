"""What the same people did for other services beside: how long it took them, and how sure that is."""

import math
from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean, pstdev

from onedoor.domain.planning.rules.bounds import SURE
from onedoor.domain.planning.rules.past import Beside, Past
from onedoor.domain.planning.rules.replay import Run
from onedoor.domain.planning.rules.version import Ground


def beside_in_fact(ground: Ground) -> list[float | None]:
    """Office hours from when each step of another service could begin to when it was done."""
    return [_hours(ground, one, one.done) for one in ground.past.beside]


def beside_in(ground: Ground, run: Run) -> list[float | None]:
    """The same in a run."""
    return [_hours(ground, one, done) for one, done in zip(ground.past.beside, run.beside, strict=True)]


def _hours(ground: Ground, one: Beside, done: float) -> float:
    return ground.hours[one.lane[0]].between(one.since, done) / 3600


def load_by_role(past: Past) -> dict[str, tuple[float, float]]:
    """Hours of work for other services by role, and their error.

    Work that was not seen is as long as is usual for its step; where none was seen at all, it is as uncertain as it is long.
    """
    by_role: defaultdict[str, list[Beside]] = defaultdict(list)
    for one in past.beside:
        by_role[one.lane[1]].append(one)
    return {role: (_sum(steps) / 3600, _error(steps) / 3600) for role, steps in by_role.items()}


def _sum(steps: Iterable[Beside]) -> float:
    return sum(one.work for one in steps)


def _error(steps: list[Beside]) -> float:
    seen = [one.work for one in steps if one.seen]
    assumed = [one.work for one in steps if not one.seen]
    if len(seen) < 2 or not assumed:
        return sum(assumed)
    return SURE * pstdev(seen) * math.sqrt(len(assumed)) + len(assumed) * abs(fmean(seen) - fmean(assumed))
