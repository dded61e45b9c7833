"""Fitting the one thing about the past that cannot be seen: how much of the time beside others' work was waiting."""

from collections.abc import Callable, Generator
from statistics import fmean

from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.replay import Replay, Run
from onedoor.domain.planning.rules.version import Ground


def fitted(
    ground: Callable[[float], Ground], *, seed: int
) -> Generator[int, None, tuple[Ground, Run, float]]:
    """The ground on which the version in force comes nearest to what happened, its replay, and the share that was waiting.

    Args:
        ground: makes one for a share. All waiting is tried, and none, and what lies between them by how far each missed.
    Yields: how many cases came, again and again, so that whoever waits may be told.
    """
    tried: list[tuple[float, float, Ground, Run]] = []

    def attempt(share: float) -> Generator[int, None, float]:
        made = ground(share)
        replay = Replay(made, made.current, seed=seed)
        yield from replay.go()
        run = replay.run()
        missed = _missed(made, run)
        tried.append((abs(missed), share, made, run))
        return missed

    low = yield from attempt(1.0)
    if abs(low) > 1e-9:
        high = yield from attempt(0.0)
        if low < 0 < high:
            yield from attempt(high / (high - low))
    _by, share, made, run = min(tried, key=lambda one: one[:2])
    return made, run, share


def _missed(ground: Ground, run: Run) -> float:
    """By how many days the replay missed the past, on average."""
    pairs = [
        (one.days, (arrival.fact.answered - arrival.at) / DAY)
        for one, arrival in zip(run.outcomes, ground.past.arrivals, strict=True)
        if one.days is not None
    ]
    return fmean(again - once for again, once in pairs) if pairs else 0.0
