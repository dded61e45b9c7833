"""How many counters each half hour of a day needs, so that the standard holds; and how far such a forecast strays.

A hall is lived through again and again with people who come by chance as often as they did on such days, with the lengths of
service that were seen, and so many counters in each half hour; who came first is served first. Queues that last from one
half hour to the next are seen that way; formulas for a steady state would not see them. Minutes of the day everywhere.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from statistics import fmean

from onedoor.domain.queue.api import HallDay

SLOT = 30
RUNS, SEED = 24, 7
ENOUGH_DAYS = 3
MOST_COUNTERS, MOST_STEPS = 60, 160
LEAST_PEOPLE = 2.0
"""People in a half hour, on average, from which its own share is watched."""
SHORTEST_STAY, USUAL_MINUTES, ENOUGH_STAYS = 0.2, 10.0, 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A half hour: who is expected, with the range of eight of ten past days; counters that are needed, that there were, that
    are planned; the share within the limit with what is needed and, where anything is planned, with the plan."""

    starts: int
    people: float
    low: int
    high: int
    needed: int
    before: float
    planned: int | None
    within: float | None
    within_planned: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A past day forecast by the others: the share within the limit as it was foretold with its counters, and as it was."""

    day: date
    people: int
    foretold: float
    happened: float


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffPlan:
    """A plan. ``days``: past days of this kind that it rests on. ``error``: mean distance of foretold shares, in points."""

    days: int
    limit: int
    share: int
    slots: tuple[Slot, ...] = ()
    within: float | None = None
    within_planned: float | None = None
    checked: tuple[Checked, ...] = ()

    @property
    def off(self) -> float | None:
        """By how many points foretold shares lay above what happened, over all held-out days; None without any."""
        return fmean(one.foretold - one.happened for one in self.checked) if self.checked else None

    @property
    def error(self) -> float | None:
        """By how many points of a hundred the share of a held-out day was missed on average; None without any."""
        if not self.checked:
            return None
        return fmean(abs(one.foretold - one.happened) for one in self.checked)


def plan(
    days: Sequence[HallDay],
    *,
    weekday: int,
    limit: int,
    share: int,
    planned: Mapping[int, int] | None = None,
) -> StaffPlan:
    """Counters by half hour for a weekday (1 is Monday).

    Args:
        days: past days. limit: minutes; share: per cent who wait no longer. planned: counters with an officer, by half hour.
    """
    whole = [day for day in days if day.turns]
    alike = [day for day in whole if day.day.isoweekday() == weekday]
    chosen = alike if len(alike) >= ENOUGH_DAYS else whole
    if len(chosen) < ENOUGH_DAYS:
        return StaffPlan(days=len(chosen), limit=limit, share=share)
    coming, lengths = _coming(chosen), [_lengths(day) for day in chosen]
    needed = _needed(chosen, coming, lengths, limit=limit, share=share)
    within = _lived(chosen, coming, lengths, needed.get, limit=limit)
    with_plan = _lived(chosen, coming, lengths, planned.get, limit=limit) if planned else {}
    before = [_counters(day) for day in chosen]
    slots = tuple(
        Slot(
            starts=slot * SLOT,
            people=fmean(counts),
            low=sorted(counts)[round(0.1 * (len(counts) - 1))],
            high=sorted(counts)[round(0.9 * (len(counts) - 1))],
            needed=needed.get(slot, 0),
            before=fmean(one.get(slot, 0.0) for one in before),
            planned=planned.get(slot, 0) if planned else None,
            within=_share(within.get(slot)),
            within_planned=_share(with_plan.get(slot)),
        )
        for slot, counts in sorted(coming.items())
    )
    return StaffPlan(
        days=len(chosen),
        limit=limit,
        share=share,
        slots=slots,
        within=_share(_all(within)),
        within_planned=_share(_all(with_plan)) if planned else None,
        checked=tuple(_checked(whole, limit=limit)),
    )


Waits = dict[int, list[float]]
"""By half hour of coming: how many of a hundred waited no longer than the limit, once for each person, as ones and zeros."""


def _coming(days: Sequence[HallDay]) -> dict[int, list[int]]:
    """How many came in each half hour of each day."""
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0] * len(days))
    for number, day in enumerate(days):
        for turn in day.turns:
            found[int(turn.issued // SLOT)][number] += 1
    return dict(found)


def _lengths(day: HallDay) -> list[float]:
    """For how long a counter was taken by each person, with the pause until the next where somebody was waiting."""
    by_counter: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for turn in day.turns:
        if turn.called is not None and turn.freed is not None and turn.counter:
            by_counter[turn.counter].append((turn.called, turn.freed, turn.issued))
    found = []
    for rows in by_counter.values():
        rows.sort()
        for (called, freed, _came), (then, _free, came) in zip(rows, rows[1:], strict=False):
            pause = then - freed if came <= freed and 0 <= then - freed <= SLOT / 2 else 0.0
            found.append(max(SHORTEST_STAY, freed - called + pause))
        found.append(max(SHORTEST_STAY, rows[-1][1] - rows[-1][0]))
    return found


def _leaving(days: Sequence[HallDay]) -> float:
    """How many of those who wait leave in a minute, on average: who left, over all minutes that people stood in line."""
    ends = [(turn.called, turn.gone, turn.issued) for day in days for turn in day.turns]
    left = sum(called is None and gone is not None for called, gone, _came in ends)
    minutes = sum(until - came for called, gone, came in ends if (until := called or gone) is not None)
    return left / minutes if minutes > 0 else 0.0


def _happened(day: HallDay, limit: int) -> list[float]:
    """Who was called within the limit, as ones; later, or left after it, as zeros; who left before counts as neither."""
    called = [float(turn.wait <= limit) for turn in day.turns if turn.wait is not None]
    left = [turn for turn in day.turns if turn.wait is None and turn.gone is not None]
    return called + [0.0 for turn in left if turn.gone is not None and turn.gone - turn.issued > limit]


def _counters(day: HallDay) -> dict[int, float]:
    """How many counters worked in each half hour of a day: from each one's first call to its last person's end, with pauses
    of more than a quarter of an hour left out during which somebody waited; an officer for whom nobody comes is there."""
    found: defaultdict[int, float] = defaultdict(float)
    held: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for turn in day.turns:
        if turn.called is not None and turn.counter:
            freed = turn.freed if turn.freed is not None else turn.called
            held[turn.counter].append((turn.called, freed, turn.issued))
    for rows in held.values():
        rows.sort()
        start, end, _came = rows[0]
        for called, freed, came in [*rows[1:], (math.inf, math.inf, 0.0)]:
            if called - max(end, came) > SLOT / 2:
                _spread(found, start, end)
                start = called
            end = max(end, freed)
    return dict(found)


def _spread(found: defaultdict[int, float], start: float, end: float) -> None:
    at = start
    while at < end:
        until = min(end, (at // SLOT + 1) * SLOT)
        found[int(at // SLOT)] += (until - at) / SLOT
        at = until


def _needed(
    days: Sequence[HallDay],
    coming: Mapping[int, Sequence[int]],
    lengths: Sequence[Sequence[float]],
    *,
    limit: int,
    share: int,
) -> dict[int, int]:
    """The fewest counters, added one by one where the standard is missed first, until it holds all day; then any that is
    not needed is taken away again."""
    mean = fmean([one for held in lengths for one in held] or [USUAL_MINUTES])
    needed = dict.fromkeys(range(min(coming), max(coming) + 1), 1)
    needed |= {slot: max(1, int(fmean(counts) * mean / SLOT / 2)) for slot, counts in coming.items()}
    busy = {slot for slot, counts in coming.items() if fmean(counts) >= LEAST_PEOPLE}

    def failing(counters: Mapping[int, int]) -> int | None:
        lived = _lived(days, coming, lengths, counters.get, limit=limit)
        missed = (
            slot for slot, marks in sorted(lived.items()) if slot in busy and 100 * fmean(marks) < share
        )
        return next(missed, None)

    for _ in range(MOST_STEPS):
        slot = failing(needed)
        if slot is None:
            break
        chosen = min((slot, slot + 1) if slot + 1 in needed else (slot,), key=lambda one: needed[one])
        if needed[chosen] >= MOST_COUNTERS:
            break
        needed[chosen] += 1
    else:
        return needed
    for slot in sorted(needed, key=lambda one: -needed[one]):
        fewer = {**needed, slot: needed[slot] - 1}
        if needed[slot] > 1 and failing(fewer) is None:
            needed = fewer
    return needed


def _lived(
    days: Sequence[HallDay],
    coming: Mapping[int, Sequence[int]],
    lengths: Sequence[Sequence[float]],
    counters: Callable[[int, int], int | float],
    *,
    limit: int,
) -> Waits:
    """Live through the day again and again; whether each person waited no longer than the limit, by half hour of coming."""
    chance, found = Random(SEED), defaultdict(list)
    totals = [sum(counts[number] for counts in coming.values()) for number in range(len(days))]
    usual, pooled = fmean(totals) or 1.0, [one for held in lengths for one in held] or [USUAL_MINUTES]
    leaving = _leaving(days)
    means = {slot: fmean(counts) for slot, counts in coming.items()}
    for run in range(RUNS):
        like = run % len(days)  # as many people, and as quick a hall, as on one of these days
        stays = lengths[like] if len(lengths[like]) >= ENOUGH_STAYS else pooled
        people: list[float] = []
        for slot, mean in means.items():
            count = _by_chance(chance, mean * totals[like] / usual)
            people += [slot * SLOT + chance.random() * SLOT for _ in range(count)]
        for came, wait in _served(sorted(people), stays, counters, chance, limit=limit, leaving=leaving):
            found[int(came // SLOT)].append(float(wait <= limit))
    return dict(found)


def _served(
    people: Sequence[float],
    lengths: Sequence[float],
    counters: Callable[[int, int], int | float],
    chance: Random,
    *,
    limit: float = math.inf,
    leaving: float = 0.0,
) -> list[tuple[float, float]]:
    """When each came and how long they waited, until the call or until they left, by a rate of ``leaving`` a minute;
    who left within the limit is left out.

    Who came first goes to the counter that is free first, and nobody is called before who came earlier; a counter that closes
    ends with the person at it. Where a counter worked a part of a half hour, it is there as often by chance.
    """
    free: list[float] = []
    found, last, turn = [], max((int(came // SLOT) for came in people), default=0), 0.0
    part = chance.random()
    for came in people:
        at = max(came, turn)
        while True:
            slot = min(int(at // SLOT), last)
            there = max(0, math.floor(counters(slot, 0) + part))
            while free and free[0] <= at:
                heapq.heappop(free)
            if len(free) < there:
                break
            ends = sorted(free)[len(free) - there] if there and len(free) >= there else math.inf
            at = min(ends, (int(at // SLOT) + 1.0) * SLOT) if int(at // SLOT) < last else ends
            if at == math.inf:
                break
        stayed = chance.expovariate(leaving) if leaving else math.inf
        if at - came > stayed:
            found.extend([(came, stayed)] if stayed > limit else [])
            continue
        found.append((came, at - came))
        if at == math.inf:
            continue
        turn = at
        heapq.heappush(free, at + chance.choice(lengths))
    return found


def _by_chance(chance: Random, expected: float) -> int:
    """A Poisson draw."""
    limit, count, product = math.exp(-min(expected, 500.0)), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count


def _checked(days: Sequence[HallDay], *, limit: int) -> list[Checked]:
    """The latest days, each foretold by what the others taught and by the counters that it had."""
    found = []
    for day in days[-10:]:
        others = [one for one in days if one is not day]
        alike = [one for one in others if one.day.isoweekday() == day.day.isoweekday()]
        chosen = alike if len(alike) >= ENOUGH_DAYS else others
        marks = _happened(day, limit)
        if len(chosen) < ENOUGH_DAYS or not marks:
            continue
        lived = _lived(
            chosen, _coming(chosen), [_lengths(one) for one in chosen], _counters(day).get, limit=limit
        )
        foretold = _share(_all(lived))
        if foretold is not None:
            happened = 100 * fmean(marks)
            found.append(Checked(day=day.day, people=len(marks), foretold=foretold, happened=happened))
    return found


def _all(lived: Waits) -> list[float]:
    return [mark for marks in lived.values() for mark in marks]


def _share(marks: Sequence[float] | None) -> float | None:
    return 100 * fmean(marks) if marks else None
