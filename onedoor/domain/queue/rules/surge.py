"""How many days it takes to serve everybody who waits, by what was served on past days; an interval, and its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from uuid import UUID

DAYS = 20
"""Working days that are looked back upon at most."""
FEWEST = 5
"""With fewer days nothing is said."""
_T90 = {5: 2.132, 6: 2.015, 7: 1.943, 8: 1.895, 9: 1.860, 10: 1.833, 12: 1.796, 15: 1.761, 20: 1.729}
"""Student's t for 90 %, by the number of days; between two of them the larger value."""


@dataclass(frozen=True, kw_only=True)
class Clearing:
    """How long open work lasts at the pace of past days.

    Args:
        subject: the service, or the office. work: what is open now.
        days: past working days that were counted (n). a_day: their mean.
        low, likely, high: days to clear; None where too little is known; ``high`` alone where there is no bound.
    """

    subject: UUID
    work: int
    days: int
    a_day: float = 0.0
    low: float | None = None
    likely: float | None = None
    high: float | None = None


def clearing(*, subject: UUID, work: int, done: Sequence[int]) -> Clearing:
    """Open work over the mean of what was done a day, with the 90 % interval of that mean.

    Args:
        done: what was done on each working day, noughts too.
    """
    n = len(done)
    if n < FEWEST or not any(done):
        return Clearing(subject=subject, work=work, days=n)
    mean = fmean(done)
    half = _t90(n) * stdev(done) / sqrt(n)
    slowest = mean - half
    return Clearing(
        subject=subject,
        work=work,
        days=n,
        a_day=mean,
        low=work / (mean + half),
        likely=work / mean,
        high=work / slowest if slowest > 0 else None,
    )


def _t90(n: int) -> float:
    return _T90[max(known for known in _T90 if known <= n)]
