"""The hall: people wait by their tickets for the counters that were open, so that shorter work at a counter shortens waiting."""

from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from uuid import UUID

from onedoor.domain.queue.api import Stay

SHORTEST = 30.0  # seconds that nobody at a counter is quicker than
LONGEST_CALL = 600.0
Place = tuple[UUID, date]


@dataclass(slots=True)
class _Counter:
    """A counter of a day: which services it took, how many people, when it is free next (first: when it opened)."""

    takes: set[UUID] = field(default_factory=set)
    free: float = float("inf")
    served: int = 0


class Hall:
    """The halls of some centres on some days, as they can be gone through again.

    A counter opens with the first person it was seen with, and takes the services it took that day. Between two
    people who both waited it takes a while to call: the middle of what it took.
    """

    def __init__(self, stays: Iterable[Stay], *, about: Collection[UUID]) -> None:
        """Args: about: the tickets that are asked about; days without any of them are not gone through."""
        days: defaultdict[Place, list[Stay]] = defaultdict(list)
        for stay in stays:
            if stay.issued_at <= stay.started_at <= stay.ended_at:
                days[stay.centre, stay.day].append(stay)
        asked = frozenset(about)
        self.days = {place: held for place, held in days.items() if any(one.ticket in asked for one in held)}
        self.calls = {place: _call(held) for place, held in self.days.items()}

    def seen(self) -> dict[UUID, float]:
        """How long each ticket waited in fact, in minutes."""
        return {
            stay.ticket: (stay.started_at - stay.issued_at).total_seconds() / 60
            for held in self.days.values()
            for stay in held
        }

    def waits(
        self, *, longer: Mapping[UUID, float], more: int = 0
    ) -> Generator[int, None, dict[UUID, float]]:
        """How long each would wait, in minutes; yields after each day of a hall.

        Args:
            longer: seconds by which the work at the counter changes, by ticket. more: counters more (or fewer) at each centre.
        """
        found: dict[UUID, float] = {}
        for place, held in self.days.items():
            found |= _gone_through(held, _counters(held, more), self.calls[place], longer)
            yield 0
        return found


def _call(held: Sequence[Stay]) -> float:
    """Seconds from the end of one person to the start of the next, where the next was there already."""
    by_counter: defaultdict[UUID, list[Stay]] = defaultdict(list)
    for stay in held:
        by_counter[stay.counter].append(stay)
    gaps = []
    for one in by_counter.values():
        one.sort(key=lambda stay: stay.started_at)
        for before, after in zip(one, one[1:], strict=False):
            gap = (after.started_at - before.ended_at).total_seconds()
            if after.issued_at <= before.ended_at and 0 <= gap <= LONGEST_CALL:
                gaps.append(gap)
    return median(gaps) if gaps else 0.0


def _counters(held: Sequence[Stay], more: int) -> list[_Counter]:
    """The counters that were open, and those that are added; those that served fewest go first, and the last one stays."""
    by_id: defaultdict[UUID, _Counter] = defaultdict(_Counter)
    for stay in held:
        one = by_id[stay.counter]
        one.takes.add(stay.service)
        one.free = min(one.free, stay.started_at.timestamp())
        one.served += 1
    counters = sorted(by_id.values(), key=lambda one: -one.served)
    everything = {stay.service for stay in held}
    if more < 0:
        counters = counters[: max(1, len(counters) + more)]
        lost = everything - set().union(*(one.takes for one in counters))
        counters[0].takes |= lost
    opened = min(one.free for one in counters)
    return counters + [_Counter(set(everything), opened) for _ in range(more)]


def _gone_through(
    held: Sequence[Stay], counters: list[_Counter], call: float, longer: Mapping[UUID, float]
) -> dict[UUID, float]:
    """The counter that can begin first takes whoever of its services stands first in line."""
    left = sorted(held, key=lambda stay: stay.issued_at)
    found: dict[UUID, float] = {}
    while left:
        at, number, counter = min(
            (
                (max(one.free, left[number].issued_at.timestamp()), number, one)
                for one in counters
                if (number := _first(one, left)) is not None
            ),
            key=lambda row: row[:2],
        )
        stay = left.pop(number)
        work = (stay.ended_at - stay.started_at).total_seconds() + longer.get(stay.ticket, 0.0)
        found[stay.ticket] = (at - stay.issued_at.timestamp()) / 60
        counter.free = at + max(SHORTEST, work) + call
    return found


def _first(counter: _Counter, left: Sequence[Stay]) -> int | None:
    """Who of those that are there when the counter is free stands first; else who comes next. None where it takes none."""
    found: int | None = None
    for number, stay in enumerate(left):
        if stay.issued_at.timestamp() > counter.free:
            break
        if stay.service in counter.takes and (found is None or stay.place < left[found].place):
            found = number
    if found is not None:
        return found
    return next((number for number, stay in enumerate(left) if stay.service in counter.takes), None)
