"""The wait of one person: the work ahead of them, over what the counters will get done from now on.

What is learnt of a centre: how much work a service is, how much the counters get done in each half hour of the day, how
many of them work then, who still comes in front, and how far such estimates strayed on days that are over. Each call of
today moves the pace. Pure: no table, no clock.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onedoor.domain.queue.rules.waits.days import Moment, opened_at
from onedoor.domain.queue.rules.waits.expected import Expected, Why

SLOT = 30.0
SLOTS = 48
LONGEST = 600.0
"""Minutes; a wait beyond the day is not told apart from this."""
LOW, LIKELY, HIGH = 0, 1, 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Tuning:
    """What was chosen on days of its own.

    Args:
        trust: calls that the learnt pace is worth beside today's. fades: minutes after which today's pace counts half.
        returns: how far the number of counters returns to what is usual at a later half hour. first: the part of a turn
            that the first in line waits while all counters are taken.
    """

    trust: float = 6.0
    fades: float = 180.0
    returns: float = 0.7
    first: float = 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class Learnt:
    """What is learnt of one line.

    Args:
        pace: units of work that a working counter gets done a minute, by half hour. counters: how many work then.
        front: units of work that come in front of who waits already, a minute, by half hour. ahead: for how long they can.
        work: units of work of a service; 1 is the middle one. comes: the share of those ahead that is called in the end.
        edges, strays: of estimates up to each edge, how the wait in fact strayed: 5 %, middle and 95 %, as a share of
            the estimate and two minutes. days: how many days it rests on.
    """

    pace: tuple[float, ...]
    counters: tuple[float, ...]
    front: tuple[float, ...] = (0.0,) * SLOTS
    ahead: float = 30.0
    work: Mapping[str, float] = field(default_factory=dict)
    comes: float = 1.0
    edges: tuple[float, ...] = ()
    strays: tuple[tuple[float, float, float], ...] = ()
    days: int = 0
    tuning: Tuning = Tuning()


def slot_of(minute: float) -> int:
    """The half hour of a minute of the day."""
    return max(0, min(SLOTS - 1, int(minute // SLOT)))


def estimate(learnt: Learnt, moment: Moment, *, opened: int | None = None) -> float:
    """Minutes until who comes at this moment is called, before it is corrected by how estimates strayed."""
    usual = round(max(1.0, learnt.counters[slot_of(moment.at)]))  # open is not yet at work
    counters = moment.counters or usual
    if opened is not None:
        counters = min(counters, opened)
    if not moment.ahead and len(moment.busy) < counters and moment.busy:
        return 0.0
    work = learnt.comes * sum(learnt.work.get(one, 1.0) for one in moment.ahead)
    work += learnt.tuning.first
    return _time_for(learnt, work, at=moment.at, counters=counters, pace=pace_now(learnt, moment))


def pace_now(learnt: Learnt, moment: Moment) -> float:
    """How much faster than learnt it goes today, by the calls that were made lately while people waited."""
    done = sum(learnt.work.get(service, 1.0) for at, service in moment.calls if _within(moment.waited, at))
    meant = sum(_capacity(learnt, moment.before, start, end) for start, end in moment.waited)
    trust = learnt.tuning.trust
    return (trust + done) / (trust + meant)


def expected(learnt: Learnt, moment: Moment, *, opened: int | None = None) -> Expected:
    """What is told at this moment, in whole minutes."""
    low, likely, high = told(learnt, estimate(learnt, moment, opened=opened))
    return Expected(
        low=round(low),
        likely=round(likely),
        high=max(round(low) + 1, round(high)),
        why=Why.LEARNT if learnt.strays else Why.GUESSED,
    )


def told(learnt: Learnt, minutes: float) -> tuple[float, float, float]:
    """From when to when, with the likely time between: the estimate as such estimates strayed on days that are over."""
    if not learnt.strays:
        return minutes * 0.4, minutes, minutes * 1.9 + 3
    return tuple(max(0.0, minutes + part * (minutes + 2)) for part in _stray(learnt, minutes))  # type: ignore[return-value]


def _stray(learnt: Learnt, minutes: float) -> tuple[float, float, float]:
    """How such an estimate strays, between the middles of two neighbouring bins in proportion."""
    place = bisect_left(learnt.edges, minutes)
    if place == 0:
        return learnt.strays[0]
    if place >= len(learnt.edges):
        return learnt.strays[-1]
    low, high = learnt.edges[place - 1], learnt.edges[place]
    part = (minutes - low) / (high - low) if high > low else 0.0
    before, after = learnt.strays[place - 1], learnt.strays[place]
    return tuple(one + part * (two - one) for one, two in zip(before, after, strict=True))  # type: ignore[return-value]


def _within(stretches: Sequence[tuple[float, float]], at: float) -> bool:
    return any(start < at <= end for start, end in stretches)


def _capacity(learnt: Learnt, counters: Sequence[tuple[float, int]], start: float, end: float) -> float:
    """Units of work that the counters would have got done by the learnt pace between two instants."""
    found, at = 0.0, start
    changes = [since for since, _count in counters if start < since < end]
    while at < end:
        until = min(end, (int(at // SLOT) + 1) * SLOT, *(since for since in changes if since > at))
        found += (until - at) * opened_at(counters, at) * learnt.pace[slot_of(at)]
        at = until
    return found


def _time_for(learnt: Learnt, work: float, *, at: float, counters: float, pace: float) -> float:
    """Minutes until the counters have done this work, half hour by half hour, while others come in front."""
    here, now, left = slot_of(at), at, work
    tuning = learnt.tuning
    while left > 0 and now - at < LONGEST:
        slot = slot_of(now)
        until = min((slot + 1) * SLOT, at + learnt.ahead if now < at + learnt.ahead else math.inf)
        if until <= now:
            return LONGEST
        some = counters + tuning.returns * (learnt.counters[slot] - learnt.counters[here])
        fading = math.pow(0.5, (now - at) / tuning.fades)
        done = max(0.0, some) * learnt.pace[slot] * math.pow(pace, fading)
        done -= learnt.front[slot] if now < at + learnt.ahead else 0.0
        done = max(done, 1e-4)
        if left <= done * (until - now):
            return now + left / done - at
        left -= done * (until - now)
        now = until
    return LONGEST
