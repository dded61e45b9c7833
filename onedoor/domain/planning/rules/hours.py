"""Instants and the office hours between them, as numbers: seconds since 1970, and seconds of office time."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import Protocol
from zoneinfo import ZoneInfo

DAY = 86_400.0
USUAL = ((time(8), time(16)),)  # of an office whose hours nobody has written down


class Days(Protocol):
    """What is asked of an office's calendar."""

    @property
    def zone(self) -> str:
        """The zone in which its days begin."""

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""

    def periods(self, day: date) -> Sequence[tuple[time, time]]:
        """The office hours of a day."""


class Hours:
    """The office hours of a stretch of days; outside of it every second counts."""

    def __init__(self, days: Days, first: date, last: date) -> None:
        """Args: days: the office's calendar. first, last: the stretch, both included."""
        self.zone = ZoneInfo(days.zone)
        self.starts: list[float] = []
        self.ends: list[float] = []
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            for opens, closes in _periods(days, day):
                self.starts.append(datetime.combine(day, opens, self.zone).timestamp())
                self.ends.append(datetime.combine(day, closes, self.zone).timestamp())
        lengths = [end - start for start, end in zip(self.starts, self.ends, strict=True)]
        self.before = list(accumulate(lengths, initial=0.0))

    def worked(self, at: float) -> float:
        """Office seconds from the beginning of the stretch to an instant."""
        if not self.starts or at <= self.starts[0]:
            return 0.0
        if at >= self.ends[-1]:
            return self.before[-1] + at - self.ends[-1]
        place = bisect_right(self.starts, at) - 1
        return self.before[place] + min(at, self.ends[place]) - self.starts[place]

    def between(self, since: float, until: float) -> float:
        """Office seconds between two instants; 0 when the second is the earlier one."""
        return max(0.0, self.worked(until) - self.worked(since))

    def after(self, at: float, seconds: float) -> float:
        """The instant at which so many office seconds have passed; nothing to do takes no time, at any hour."""
        if seconds <= 0 or not self.starts:
            return at + max(0.0, seconds)
        target = self.worked(at) + seconds
        if target > self.before[-1]:
            return max(at, self.ends[-1] + target - self.before[-1])
        place = max(0, bisect_right(self.before, target) - 1)
        if place and self.before[place] == target:
            return max(at, self.ends[place - 1])
        return max(at, self.starts[place] + target - self.before[place])

    def day(self, at: float) -> date:
        """The local day of an instant."""
        return datetime.fromtimestamp(at, self.zone).date()


def _periods(days: Days, day: date) -> Sequence[tuple[time, time]]:
    found = list(days.periods(day))
    if found or not days.is_working(day):
        return found
    return USUAL if _silent(days, day) else ()


def _silent(days: Days, day: date) -> bool:
    """Whether no hours are written down for any weekday."""
    return not any(days.periods(day + timedelta(days=offset)) for offset in range(1, 15))
