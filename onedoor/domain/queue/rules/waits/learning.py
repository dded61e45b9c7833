"""What past days teach of a line; also how far estimates made on some of them strayed on the others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from statistics import fmean, median

from onedoor.domain.queue.rules.waits.days import Day, Moment, Turn, moments, opened_at, spans
from onedoor.domain.queue.rules.waits.model import SLOT, SLOTS, Learnt, Tuning, estimate, slot_of

ENOUGH_DAYS = 3
SHRINK = 12.0
"""Turns that the average of all services is worth beside those of one."""
SHRINK_SLOT = 90.0
"""Minutes of a counter that the pace of the whole day is worth beside that of a half hour."""
USUAL_PACE, USUAL_COUNTERS = 0.1, 2.0
FOLDS, BINS, LEAST_A_BIN, JUDGES = 4, 8, 40, 600
TRIED = tuple(
    Tuning(trust=trust, fades=fades, returns=returns, first=first)
    for trust, fades, returns, first in product((3.0, 8.0, 20.0), (90.0, 300.0), (0.4, 1.0), (0.5, 1.0))
)


def learn(days: Sequence[Day], *, tuning: Tuning | None = None) -> Learnt:
    """What these days teach; the tuning is chosen on them where none is given, each day judged by the others."""
    held = [day for day in days if any(turn.called is not None for turn in day.turns)]
    if not held:
        return bare()
    parts = [held[fold::FOLDS] for fold in range(min(FOLDS, len(held)))]
    pairs = (
        [(_facts([day for day in held if day not in part]), part) for part in parts] if len(parts) > 1 else []
    )
    seen = [(known, [pair for day in part for pair in moments(day)]) for known, part in pairs]
    if tuning is None:
        tuning = _tuned(seen) if len(held) >= ENOUGH_DAYS else Tuning()
    edges, strays = _strays(_pairs(seen, tuning))
    return replace(_facts(held), tuning=tuning, edges=edges, strays=strays)


def can_judge(*, days: int, people: int) -> bool:
    """Whether so many days with so many people called teach how far estimates stray; until then an interval is a guess."""
    return days > 1 and people >= LEAST_A_BIN


def bare() -> Learnt:
    """What is assumed where nothing is known."""
    return Learnt(pace=(USUAL_PACE,) * SLOTS, counters=(USUAL_COUNTERS,) * SLOTS)


Seen = Sequence[tuple[Learnt, Sequence[tuple[Turn, Moment]]]]


def _tuned(seen: Seen) -> Tuning:
    """The tuning that errs least; of many tickets some are asked."""
    every = max(1, sum(len(rows) for _known, rows in seen) // JUDGES)
    some = [(known, rows[::every]) for known, rows in seen]
    return min(
        TRIED, key=lambda one: fmean(abs(fact - guess) for guess, fact in _pairs(some, one) or [(0.0, 0.0)])
    )


def _pairs(seen: Seen, tuning: Tuning) -> list[tuple[float, float]]:
    """Estimates with the waits in fact."""
    found = []
    for known, rows in seen:
        tuned = replace(known, tuning=tuning)
        found += [(estimate(tuned, moment), turn.wait) for turn, moment in rows if turn.wait is not None]
    return found


def _strays(
    pairs: Sequence[tuple[float, float]],
) -> tuple[tuple[float, ...], tuple[tuple[float, float, float], ...]]:
    """By bins of estimates of about as many each: their middles, and between what the waits in fact strayed."""
    rows = sorted(pairs)
    if len(rows) < LEAST_A_BIN:
        return (), ()
    count = max(1, min(BINS, len(rows) // LEAST_A_BIN))
    edges, strays = [], []
    for number in range(count):
        part = rows[number * len(rows) // count : (number + 1) * len(rows) // count]
        edges.append(median(guess for guess, _fact in part))
        off = sorted((fact - guess) / (guess + 2) for guess, fact in part)
        strays.append(tuple(_quantile(off, share) for share in (0.05, 0.5, 0.95)))
    return tuple(edges), tuple(strays)  # type: ignore[arg-type]


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The value with this share below it, with the rank that keeps its promise for one more value (split conformal)."""
    rank = (len(ordered) + 1) * share - 1
    if share == 0.5:
        return median(ordered)
    place = int(rank) if share < 0.5 else int(rank + 0.999999)
    return ordered[max(0, min(len(ordered) - 1, place))]


def _facts(days: Sequence[Day]) -> Learnt:
    """What can be counted: work by service, pace and counters by half hour, who goes in front, who does not come."""
    turns = [turn for day in days for turn in day.turns]
    work = _work(turns)
    called = [turn for turn in turns if turn.called is not None]
    gone = sum(turn.gone is not None and turn.called is None for turn in turns)
    done, spent, there = [0.0] * SLOTS, [0.0] * SLOTS, [0.0] * SLOTS
    front, before = [0.0] * SLOTS, 0.0
    for day in days:
        timeline = day.opened or tuple(spans(day.turns))
        _count_pace(day, timeline, work, done, spent)
        for slot in range(SLOTS):
            there[slot] += _mean_open(timeline, slot)
        for turn in day.turns:
            if turn.place < turn.issued - 0.01:
                front[slot_of(turn.issued)] += work.get(turn.service, 1.0) / SLOT
                before = max(before, turn.issued - turn.place)
    whole = sum(done) / sum(spent) if sum(spent) else USUAL_PACE
    pace = tuple(
        (one + SHRINK_SLOT * whole) / (minutes + SHRINK_SLOT)
        for one, minutes in zip(done, spent, strict=True)
    )
    number = len(days)
    return Learnt(
        pace=pace,
        counters=tuple(one / number for one in there),
        front=tuple(one / number for one in front),
        ahead=min(before, 60.0),
        work=work,
        comes=(len(called) + 1) / (len(called) + gone + 1),
        days=number,
    )


def _work(turns: Iterable[Turn]) -> dict[str, float]:
    """How much work a service is, beside the average; few turns say little."""
    lengths: defaultdict[str, list[float]] = defaultdict(list)
    for turn in turns:
        if turn.service and turn.called is not None and turn.freed is not None:
            lengths[turn.service].append(min(turn.freed - turn.called, 240.0))
    every = [one for held in lengths.values() for one in held]
    if not every:
        return {}
    mean = max(fmean(every), 0.1)
    return {
        service: (sum(held) + SHRINK * mean) / (len(held) + SHRINK) / mean
        for service, held in lengths.items()
    }


def _count_pace(
    day: Day,
    timeline: Sequence[tuple[float, int]],
    work: Mapping[str, float],
    done: list[float],
    spent: list[float],
) -> None:
    """Add, by half hour, the work that was called while people waited, and the minutes of the counters that worked then."""
    waits = sorted((turn.issued, _end(turn)) for turn in day.turns if _end(turn) > turn.issued)
    merged: list[list[float]] = []
    for start, end in waits:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    for turn in day.turns:
        if turn.called is not None and turn.called > turn.issued:
            done[slot_of(turn.called)] += work.get(turn.service, 1.0)
    for start, end in merged:
        at = start
        while at < end:
            until = min(end, (int(at // SLOT) + 1) * SLOT, next((t for t, _n in timeline if t > at), end))
            spent[slot_of(at)] += (until - at) * opened_at(timeline, at)
            at = until


def _end(turn: Turn) -> float:
    return turn.called if turn.called is not None else turn.gone if turn.gone is not None else turn.issued


def _mean_open(timeline: Sequence[tuple[float, int]], slot: int) -> float:
    """How many counters worked in a half hour, on average."""
    start = slot * SLOT
    points = [start, *(t for t, _n in timeline if start < t < start + SLOT), start + SLOT]
    return (
        sum(
            (end - begin) * opened_at(timeline, begin) for begin, end in zip(points, points[1:], strict=False)
        )
        / SLOT
    )
