"""Shares with their uncertainty, and small cells that stay hidden."""

import math
from collections.abc import Sequence

Z95 = 1.959964
SMALLEST = 5


def wilson(hits: int, of: int) -> tuple[float, float] | None:
    """The 95 % interval of a share after Wilson; None without observations. Right also at 0 and 1 and for few."""
    if of <= 0:
        return None
    share, z2 = hits / of, Z95 * Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    reach = Z95 / (1 + z2 / of) * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))


def judged(hits: int, of: int, percent: int) -> str:
    """Whether a standard of ``percent`` is met: met, missed, or open when the interval lies on both sides of it.

    A share that meets the standard counts as met; one below is missed only if chance cannot explain it.
    """
    interval = wilson(hits, of)
    if interval is None:
        return "none"
    if hits * 100 >= percent * of:
        return "met"
    return "missed" if interval[1] * 100 < percent else "open"


def hidden(counts: Sequence[int], *, smallest: int = SMALLEST) -> list[bool]:
    """Which cells of a row must not be shown so that nobody learns of fewer than ``smallest`` people.

    Zero says nothing about anybody and is shown. A small cell is hidden, and never alone: as the total is known, a
    single hidden cell could be had by subtraction, so the next smallest one is hidden with it; and if the two still
    come to less than ``smallest``, one more.
    """
    hide = [0 < count < smallest for count in counts]
    if not any(hide):
        return hide
    rest = sorted((count, place) for place, count in enumerate(counts) if count and not hide[place])
    while rest and (sum(hide) < 2 or sum(c for c, h in zip(counts, hide, strict=True) if h) < smallest):
        hide[rest.pop(0)[1]] = True
    return hide


def total_hidden(counts: Sequence[int], hide: Sequence[bool], *, smallest: int = SMALLEST) -> bool:
    """Whether the total must be hidden too, because too little is left to hide behind."""
    behind = [count for count, secret in zip(counts, hide, strict=True) if secret]
    return bool(behind) and (len(behind) < 2 or sum(behind) < smallest)
