"""Histograms that can be added: fixed buckets whose edges grow by a tenth, so that any quantile is within five per cent."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GROWTH = 1.1
ERROR_PERCENT = 5  # sqrt(1.1) - 1 is 4.9 %


@dataclass(frozen=True)
class Scale:
    """Bucket 0 holds what is below ``first`` seconds; bucket k holds from first x 1.1^(k-1) up to first x 1.1^k.

    Args:
        first: seconds; below it the bound does not hold (what is that short is shown as "under").
        size: how many buckets; the last one holds everything above.
    """

    first: int
    size: int

    def bucket(self, seconds: float) -> int:
        """In which bucket a duration falls."""
        if seconds < self.first:
            return 0
        place = int(math.log(seconds / self.first) / math.log(GROWTH)) + 1
        return min(place, self.size - 1)

    def middle(self, bucket: int) -> float:
        """The duration (seconds) that stands for a bucket: its geometric middle."""
        return self.first / 2 if bucket == 0 else self.first * GROWTH ** (bucket - 0.5)

    def quantile(self, counts: Sequence[int], share: float) -> float | None:
        """The duration (seconds) that this share of all stays at or below; None without any."""
        total = sum(counts)
        if not total:
            return None
        wanted, passed = max(1, math.ceil(total * share)), 0
        for bucket, count in enumerate(counts):
            passed += count
            if passed >= wanted:
                return self.middle(bucket)
        raise AssertionError("the counts add up")


WAIT = Scale(first=30, size=90)  # half a minute to a day and more
DURATION = Scale(first=600, size=130)  # ten minutes to four years


def added(histograms: Iterable[Sequence[int] | None]) -> list[int]:
    """The sum of histograms, which may be of different lengths as trailing zeros are not kept."""
    total: list[int] = []
    for counts in histograms:
        if not counts:
            continue
        if len(counts) > len(total):
            total += [0] * (len(counts) - len(total))
        for bucket, count in enumerate(counts):
            total[bucket] += count
    return total


def counted(buckets: Iterable[int]) -> list[int]:
    """The histogram of some buckets, without trailing zeros."""
    found = list(buckets)
    counts = [0] * (max(found, default=-1) + 1)
    for bucket in found:
        counts[bucket] += 1
    return counts
