"""A hall's day as it went, and what of it could be known at an instant. Times are minutes since the day's midnight."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

WINDOW = 60.0
"""Minutes back to which calls tell how fast it goes now."""
ACTIVE = 12.0
"""Minutes after which a counter that served nobody is not counted as working."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One ticket as it went.

    Args:
        service: by which lengths are told apart; empty where that is unknown.
        place: by which it stood in line, earlier than ``issued`` for who goes first.
        called, freed: when it was called, and when its counter was free again; None where that did not happen (yet).
        gone: when it left the line without having been called.
    """

    service: str
    place: float
    issued: float
    called: float | None = None
    freed: float | None = None
    gone: float | None = None
    counter: str = ""
    missed: bool = False

    @property
    def wait(self) -> float | None:
        """Minutes from the ticket to its call."""
        return None if self.called is None else self.called - self.issued


@dataclass(frozen=True, slots=True)
class Day:
    """A day of one line. ``opened``: how many counters were open from when on; empty where nobody wrote it down."""

    day: date
    turns: tuple[Turn, ...]
    opened: tuple[tuple[float, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a line when somebody takes a ticket: nothing of later.

    Args:
        ahead: the services of those who wait before them. busy: for how long each occupied counter has been.
        counters: how many counters work. calls: recent calls with their services, oldest first.
        waited: from when to when people waited, lately. before: how many counters worked, from when on, lately.
    """

    at: float
    ahead: tuple[str, ...]
    busy: tuple[float, ...]
    counters: int
    calls: tuple[tuple[float, str], ...]
    waited: tuple[tuple[float, float], ...]
    before: tuple[tuple[float, int], ...]


@dataclass(slots=True)
class Line:
    """A line whose turns are told in order; what is over long ago is forgotten."""

    turns: list[Turn] = field(default_factory=list)

    def forget(self, at: float) -> None:
        """Drop what no later question can need."""
        self.turns = [
            one
            for one in self.turns
            if max(_or(one.freed, at), _or(one.called, at)) > at - WINDOW - ACTIVE
            and (one.gone is None or one.gone > at)
        ]

    def moment(
        self, at: float, *, place: float, opened: Sequence[tuple[float, int]] = (), since: float = 0.0
    ) -> Moment:
        """What is known at an instant by who stands at this place.

        Args:
            opened: how many counters were open, from when on, where that is known: no more than those work.
            since: from when on calls are known, where that is later than the window begins.
        """
        since = max(since, at - WINDOW)
        ahead, busy, calls, active = [], [], [], set()
        waited: list[tuple[float, float]] = []
        for one in self.turns:
            if one.issued > at:
                continue
            called = one.called is not None and one.called <= at
            end = one.called if called else one.gone if one.gone is not None and one.gone <= at else at
            if end is not None and end > since:
                waited.append((max(one.issued, since), end))
            if not called or one.called is None:
                if end == at and one.place < place:
                    ahead.append(one.service)
                continue
            if one.called > since:
                calls.append((one.called, one.service))
            free = one.freed is not None and one.freed <= at
            if not free:
                busy.append(at - one.called)
            if one.counter and (one.freed is None or one.freed > at - ACTIVE):
                active.add(one.counter)
        here = opened_at(opened, at) if opened else len(active)
        counters = min(here, len(active)) if opened and active else here
        before = tuple(opened) if opened and not active else ((0.0, counters),)
        return Moment(at, tuple(ahead), tuple(busy), counters, tuple(sorted(calls)), _merged(waited), before)


def _merged(stretches: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Stretches of time as few that do not overlap."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return tuple(found)


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def moments(day: Day) -> Iterator[tuple[Turn, Moment]]:
    """Each ticket of a day with what was known when it was taken, in order."""
    line = Line()
    for number, one in enumerate(sorted(day.turns, key=lambda turn: turn.issued)):
        if number % 16 == 0:
            line.forget(one.issued)
        yield one, line.moment(one.issued, place=one.place, opened=day.opened)
        line.turns.append(one)


def opened_at(opened: Sequence[tuple[float, int]], at: float) -> int:
    """How many counters were open at an instant."""
    found = 0
    for since, count in opened:
        if since > at:
            break
        found = count
    return found


def spans(turns: Iterable[Turn]) -> list[tuple[float, int]]:
    """How many counters worked, from when on: each from its calls to a while after the person left."""
    steps: list[tuple[float, int]] = []
    held: dict[str, list[tuple[float, float]]] = {}
    for one in turns:
        if one.called is not None and one.counter:
            end = one.freed if one.freed is not None else one.called
            held.setdefault(one.counter, []).append((one.called, end + ACTIVE))
    for rows in held.values():
        rows.sort()
        start, end = rows[0]
        for begin, until in rows[1:]:
            if begin > end:
                steps += [(start, 1), (end, -1)]
                start = begin
            end = max(end, until)
        steps += [(start, 1), (end - ACTIVE, -1)]
    found: list[tuple[float, int]] = []
    count = 0
    for at, change in sorted(steps):
        count += change
        if found and found[-1][0] == at:
            found[-1] = (at, count)
        else:
            found.append((at, count))
    return found
