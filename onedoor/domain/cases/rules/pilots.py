"""Figures of two groups of cases beside each other: those of a trial, and those of before. No database, no clock."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

Z95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What is known of a case: when it came and was answered, how it ended, and whether its applicant was asked for more."""

    received_at: datetime
    answered_at: datetime | None
    refused: bool
    returned: bool


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of a number of cases, with its 95 % interval."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share; None without a case."""
        return self.hits / self.of if self.of else None


@dataclass(frozen=True, kw_only=True)
class Side:
    """One group: how many cases came and were answered, the median days with its 95 % interval, returns and refusals."""

    came: int
    answered: int
    days: float | None
    days_low: float | None
    days_high: float | None
    returned: Share
    refused: Share


def side(cases: Sequence[Lived]) -> Side:
    """The figures of one group."""
    over = [each for each in cases if each.answered_at is not None]
    days = sorted(
        (each.answered_at - each.received_at).total_seconds() / 86_400 for each in over if each.answered_at
    )
    low, high = _around_median(days)
    return Side(
        came=len(cases),
        answered=len(over),
        days=median(days) if days else None,
        days_low=low,
        days_high=high,
        returned=share(sum(each.returned for each in cases), len(cases)),
        refused=share(sum(each.refused for each in over), len(over)),
    )


def share(hits: int, of: int) -> Share:
    """A share with its interval after Wilson; without a case it may be anything."""
    if of <= 0:
        return Share(hits=0, of=0, low=0.0, high=1.0)
    part, square = hits / of, Z95 * Z95
    middle = (part + square / (2 * of)) / (1 + square / of)
    reach = Z95 / (1 + square / of) * math.sqrt(part * (1 - part) / of + square / (4 * of * of))
    return Share(hits=hits, of=of, low=max(0.0, middle - reach), high=min(1.0, middle + reach))


def _around_median(days: Sequence[float]) -> tuple[float | None, float | None]:
    """The order statistics between which the median lies with 95 %; none for fewer than six cases."""
    count = len(days)
    if count < 6:
        return None, None
    reach = Z95 * math.sqrt(count) / 2
    low, high = max(0, math.floor(count / 2 - reach)), min(count - 1, math.ceil(count / 2 + reach))
    return days[low], days[high]
