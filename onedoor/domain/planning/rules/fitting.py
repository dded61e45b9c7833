"""Fitting the one thing about the past that cannot be seen: how much of the time beside others' work was waiting."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from statistics import fmean

from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.replay import Replay, Run
from onedoor.domain.planning.rules.version import Ground

BELIEVABLE = 0.1


@dataclass(frozen=True)
class Fit:
    """One way to read the past: the share that was waiting, the ground by it, and the replay of the version in force."""

    missed: float
    share: float
    ground: Ground
    run: Run


def fitted(
    ground: Callable[[float], Ground], *, seed: int, middle: bool = False
) -> Generator[int, None, tuple[Fit, Fit | None]]:
    """The way to read the past by which the version in force comes nearest to what happened, and the one most unlike it
    among those that are believable too: they miss the past by a tenth at most.

    A change that comes out differently by the two is no surer than they agree.

    Args:
        middle: take what lies in the middle of all that is believable. Where no waiting is seen, more people change nothing,
            and where all is waiting, they change most: neither end may stand for what they bring.
        ground: makes one for a share. All waiting is tried, and none, and what lies between them by how far each missed.
    Yields: how many cases came, again and again, so that whoever waits may be told.
    """
    tried: list[Fit] = []

    def attempt(share: float) -> Generator[int, None, float]:
        made = ground(share)
        replay = Replay(made, made.current, seed=seed)
        yield from replay.go()
        run = replay.run()
        missed = _missed(made, run)
        tried.append(Fit(missed, share, made, run))
        return missed

    low = yield from attempt(1.0)
    high = yield from attempt(0.0)
    if low < 0 < high:
        yield from attempt(high / (high - low))
    yield from attempt(0.5)
    best = min(tried, key=lambda fit: (abs(fit.missed), fit.share))
    most = BELIEVABLE * _usual(best.ground)
    believable = [fit.share for fit in tried if abs(fit.missed) <= most]
    if middle and believable:
        centre = (min(believable) + max(believable)) / 2
        best = min(
            (fit for fit in tried if fit.share in believable),
            key=lambda fit: (abs(fit.share - centre), -fit.share),
        )
    others = [fit for fit in tried if abs(fit.missed) <= most and fit.share != best.share]
    return best, max(others, key=lambda fit: abs(fit.share - best.share), default=None)


def _usual(ground: Ground) -> float:
    """The days to the answer, on average, in fact."""
    held = [one for one in ground.past.arrivals if not one.fact.censored]
    return fmean((one.fact.answered - one.at) / DAY for one in held) if held else 0.0


def _missed(ground: Ground, run: Run) -> float:
    """By how many days the replay missed the past, on average."""
    pairs = [
        (one.days, (arrival.fact.answered - arrival.at) / DAY)
        for one, arrival in zip(run.outcomes, ground.past.arrivals, strict=True)
        if one.days is not None and not arrival.fact.censored
    ]
    return fmean(again - once for again, once in pairs) if pairs else 0.0
