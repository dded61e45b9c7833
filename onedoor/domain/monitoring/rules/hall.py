"""How a hall looks at an instant: drawn from its reel, the record of a day. Now and any past day are drawn alike."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

AT_COUNTER = ("called", "serving")
ASIDE = ("held", "missed")
RECENT = timedelta(hours=1)
"""How far back those go who were served and answered the question how it was (what they said is told later, decision 15)."""


class Move(NamedTuple):
    """A ticket came to a status, at a counter if it was one of a counter."""

    at: datetime
    status: str
    counter: UUID | None


class Turn(NamedTuple):
    """A counter began to serve or ceased to, or another officer began to call there."""

    at: datetime
    counter: UUID
    code: str
    state: str
    officer: UUID | None


class Moment(NamedTuple):
    """Something that a hall shows as a sum: an answered rating, money taken (kip), a drawer opened (1) or closed (-1)."""

    at: datetime
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Stay:
    """A ticket of the day, from its taking on."""

    number: str
    service: UUID
    zone: str
    moves: tuple[Move, ...]

    def then(self, at: datetime) -> Move | None:
        """The last of its moves at an instant; None before it was taken."""
        place = bisect_right(self.moves, at, key=lambda move: move.at)
        return self.moves[place - 1] if place else None

    def waited(self) -> tuple[datetime, datetime | None]:
        """From when to when it waited for its first call; None while nobody has called it."""
        first = self.moves[0].at
        return first, next((move.at for move in self.moves[1:] if move.status != "waiting"), None)


@dataclass(frozen=True, slots=True)
class Reel:
    """A day of a hall: who came and where they stood, counters and their officers, ratings and money."""

    stays: tuple[Stay, ...]
    turns: tuple[Turn, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter at an instant. ``state``: closed, free, called or serving; ``since`` when."""

    code: str
    state: str
    officer: UUID | None
    number: str
    service: UUID | None
    since: datetime | None
    served: int


@dataclass(frozen=True, slots=True)
class Zone:
    """The people who wait in a part of the hall, by when they came."""

    code: str
    people: tuple[tuple[datetime, str], ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of their tickets."""
        return tuple(number for _, number in self.people)

    @property
    def since(self) -> datetime:
        """When the first of them came."""
        return self.people[0][0]


@dataclass(frozen=True, slots=True)
class Picture:
    """A hall at an instant.

    Args:
        missed: since when, without a pause, somebody has been waiting longer than the standard; None when nobody is.
        idle: counters that are open and free since the instant beside them while people wait.
        answered: of how many visits the question how it was has been answered within the last hour.
        lately: how many people were served within the last hour.
        drawers: open ones. money: what was taken, kip.
        heard: the last instant of which anything is known.
    """

    at: datetime
    desks: tuple[Desk, ...]
    zones: tuple[Zone, ...]
    aside: tuple[str, ...]
    taken: int
    served: int
    left: int
    missed: datetime | None
    idle: tuple[Desk, ...]
    answered: int
    lately: int
    drawers: int
    money: int
    heard: datetime | None

    @property
    def waiting(self) -> int:
        """How many people wait."""
        return sum(len(zone.people) for zone in self.zones)

    @property
    def since(self) -> datetime | None:
        """When the first of those who wait took a ticket."""
        return min((zone.since for zone in self.zones), default=None)


@dataclass(slots=True)
class _Sums:
    zones: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)
    here: dict[UUID, tuple[Stay, Move]] = field(default_factory=dict)
    freed: dict[UUID, datetime] = field(default_factory=dict)
    served: dict[UUID | None, int] = field(default_factory=dict)
    aside: list[tuple[datetime, str]] = field(default_factory=list)
    over: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    taken: int = 0
    left: int = 0
    lately: int = 0


def picture(reel: Reel, *, at: datetime, limit: int | None, idle: int | None) -> Picture:
    """The hall as it stood at an instant.

    Args:
        limit: the standard's wait in minutes. idle: minutes after which a free counter is idle. None: there is no such rule.
    """
    sums = _Sums()
    for stay in reel.stays:
        _place(sums, stay, at, limit)
    desks = _desks(reel.turns, sums, at)
    waiting = any(sums.zones.values())
    moments = [one for one in reel.moments if one.at <= at]
    return Picture(
        at=at,
        desks=desks,
        zones=tuple(Zone(code, tuple(sorted(those))) for code, those in sorted(sums.zones.items())),
        aside=tuple(number for _, number in sorted(sums.aside)),
        taken=sums.taken,
        served=sum(sums.served.values()),
        left=sums.left,
        missed=covered_since(sums.over, at),
        idle=tuple(desk for desk in desks if waiting and idle is not None and _idle(desk, at, idle)),
        answered=sum(one.kind == "answered" and one.at > at - RECENT for one in moments),
        lately=sums.lately,
        drawers=max(0, sum(one.number for one in moments if one.kind == "drawer")),
        money=sum(one.number for one in moments if one.kind == "money"),
        heard=_heard(reel, at),
    )


def covered_since(spans: Iterable[tuple[datetime, datetime | None]], at: datetime) -> datetime | None:
    """Since when some span has held at every instant up to ``at``; None when none holds then. A span without an end lasts."""
    begin: datetime | None = None
    reaching = sorted(
        ((min(end or at, at), start) for start, end in spans if start <= at),
        key=lambda span: span[0],
        reverse=True,
    )
    for reach, start in reaching:
        if reach < (begin or at):
            break
        begin = min(begin or start, start)
    return begin


def _place(sums: _Sums, stay: Stay, at: datetime, limit: int | None) -> None:
    """Put one ticket where it stood."""
    last = stay.then(at)
    if last is None:
        return
    sums.taken += 1
    first, called = stay.waited()
    if limit is not None:
        over = first + timedelta(minutes=limit)
        end = called if called is not None and called <= at else None
        if over <= at and (end is None or over < end):
            sums.over.append((over, end))
    for move in stay.moves:
        if move.at <= at and move.counter is not None:
            sums.freed[move.counter] = max(move.at, sums.freed.get(move.counter, move.at))
    if last.status == "waiting":
        sums.zones.setdefault(stay.zone, []).append((first, stay.number))
    elif last.status in AT_COUNTER and last.counter is not None:
        sums.here[last.counter] = (stay, last)
    elif last.status in ASIDE:
        sums.aside.append((last.at, stay.number))
    elif last.status == "served":
        sums.served[last.counter] = sums.served.get(last.counter, 0) + 1
        sums.lately += last.at > at - RECENT
    elif last.status == "left":
        sums.left += 1


def _desks(turns: Sequence[Turn], sums: _Sums, at: datetime) -> tuple[Desk, ...]:
    now: dict[UUID, Turn] = {}
    for turn in turns:
        if turn.at <= at:
            now[turn.counter] = turn
    return tuple(
        _desk(turn, sums) for turn in sorted(now.values(), key=lambda one: (len(one.code), one.code))
    )


def _desk(turn: Turn, sums: _Sums) -> Desk:
    stay, move = sums.here.get(turn.counter, (None, None))
    served = sums.served.get(turn.counter, 0)
    if stay is not None and move is not None:
        return Desk(turn.code, move.status, turn.officer, stay.number, stay.service, move.at, served)
    if turn.state != "open":
        return Desk(turn.code, turn.state, None, "", None, turn.at, served)
    freed = max(sums.freed.get(turn.counter, turn.at), turn.at)
    return Desk(turn.code, "free", turn.officer, "", None, freed, served)


def _idle(desk: Desk, at: datetime, minutes: int) -> bool:
    """A counter at which nobody has called yet is not idle: nobody may have sat down there."""
    if desk.state != "free" or desk.since is None or desk.officer is None:
        return False
    return at - desk.since >= timedelta(minutes=minutes)


def _heard(reel: Reel, at: datetime) -> datetime | None:
    known = [move.at for stay in reel.stays for move in stay.moves]
    known += [turn.at for turn in reel.turns] + [one.at for one in reel.moments]
    return max((one for one in known if one <= at), default=None)
