"""When a hall is busy and when it is quiet, by weekday and half hour, from days that are over."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from statistics import median
from typing import Any, Literal

from onedoor.domain.queue.rules.waits.days import Day
from onedoor.domain.queue.rules.waits.model import SLOT, slot_of

Load = Literal["quiet", "usual", "busy"]
ENOUGH_A_WEEKDAY, ENOUGH = 3, 5
"""Days from which something is said: of a weekday by itself, else of all weekdays together."""
LEAST_DAYS = 2
"""Days on which somebody must have come in a half hour for anything to be said of it."""
QUIET, BUSY = 10, 25
"""Minutes: a wait of at most the one is quiet, from the other on it is busy."""
BETTER = 0.6
"""Somewhat later is quiet, too, when one waits at most this part of the wait now, and less than a busy one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HalfHour:
    """A half hour of a weekday: the middle wait of who came then, in minutes, and on how many days somebody came."""

    starts: time
    wait: int
    days: int
    load: Load


@dataclass(frozen=True, kw_only=True, slots=True)
class Busy:
    """A day as such days are. ``days``: how many it rests on; with too few of them there are no half hours.

    ``now``: the load of this half hour. ``quiet_from``: from when today it is quiet, if it is not now; None when unknown.
    """

    days: int
    hours: tuple[HalfHour, ...] = ()
    now: Load | None = None
    quiet_from: time | None = None


def load_of(wait: float) -> Load:
    """How busy it is where one waits so many minutes."""
    return "quiet" if wait <= QUIET else "busy" if wait >= BUSY else "usual"


def tallied(days: Iterable[Day]) -> dict[str, Any]:
    """By weekday (1 is Monday; 0 all together): how many days, and by half hour the middle wait and on how many days."""
    by_weekday: defaultdict[int, list[Day]] = defaultdict(list)
    for day in days:
        if any(turn.wait is not None for turn in day.turns):
            by_weekday[day.day.isoweekday()].append(day)
            by_weekday[0].append(day)
    return {
        str(weekday): {"days": len(held), "halves": _halves(held)} for weekday, held in by_weekday.items()
    }


def _halves(days: Sequence[Day]) -> list[list[int]]:
    waits: defaultdict[int, list[float]] = defaultdict(list)
    seen: defaultdict[int, set[date]] = defaultdict(set)
    for day in days:
        for turn in day.turns:
            if turn.wait is not None:
                waits[slot_of(turn.issued)].append(turn.wait)
                seen[slot_of(turn.issued)].add(day.day)
    return [[slot, round(median(waits[slot])), len(seen[slot])] for slot in sorted(waits)]


def busy_day(tally: Mapping[str, Any], *, weekday: int) -> Busy:
    """Such a weekday as it was, else any day; with too few days only how many there were."""
    own, every = tally.get(str(weekday)), tally.get("0")
    if every is None:
        return Busy(days=0)
    held = own if own and own["days"] >= ENOUGH_A_WEEKDAY else every
    if held is every and held["days"] < ENOUGH:
        return Busy(days=held["days"])
    hours = tuple(
        HalfHour(
            starts=time(int(slot * SLOT) // 60, int(slot * SLOT) % 60),
            wait=wait,
            days=seen,
            load=load_of(wait),
        )
        for slot, wait, seen in held["halves"]
        if seen >= LEAST_DAYS
    )
    return Busy(days=held["days"], hours=hours)


def seen_from(day: Busy, *, minute: float, likely: int | None) -> Busy:
    """The day seen from a minute of it: how busy it is now, and from when it is quiet.

    Args:
        likely: the wait now, where it is known; else what is usual at this time.
    """
    slot = slot_of(minute)
    at = {_slot(one): one for one in day.hours}
    usual = at[slot].wait if slot in at else None
    wait = likely if likely is not None else usual
    if wait is None or not day.hours:
        return day
    now = load_of(wait)
    later = [one for one in day.hours if _slot(one) > slot]
    quiet = next((one.starts for one in later if _is_better(one.wait, wait)), None)
    return replace(day, now=now, quiet_from=None if now == "quiet" else quiet)


def _is_better(wait: int, now: int) -> bool:
    return wait <= QUIET or (wait <= now * BETTER and wait < BUSY)


def _slot(one: HalfHour) -> int:
    return slot_of(one.starts.hour * 60 + one.starts.minute)
