"""What is kept of a case's legal clock: the term, its beginning, and everything that moved it. Kept as data with the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

Kind = Literal["working", "calendar", "hours"]
KINDS: tuple[Kind, ...] = ("working", "calendar", "hours")
RETURNED, ASKED = "returned", "asked"


@dataclass(frozen=True, kw_only=True)
class Pause:
    """The applicant's turn: the clock stands still from the day after ``since`` to the day of ``until`` (open: None).

    Args:
        why: ``returned`` by a step of the process, or ``asked`` for by an officer, who gave the ``reason``.
    """

    since: datetime
    until: datetime | None = None
    why: str = ASKED
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Extension:
    """More time, in the term's own unit: by whom, when and why."""

    at: datetime
    by: UUID
    amount: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The calendar changed under an open case: which day, what it is called, and from which date to which it moved.

    Args:
        hours: whether it was the centre's own opening hours.
    """

    at: datetime
    was: date | None
    now: date | None
    day: date | None = None
    name: Mapping[str, str] = field(default_factory=dict)
    cancelled: bool = False
    hours: bool = False


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A term that runs.

    Args:
        count: how many working days, calendar days or office hours. start: the local day from which they count.
        began: the instant, where it is known (hours need it). zone: where days begin.
        chosen: the answer that the term goes by, empty where it goes by none.
        warn: how many units before the end it warns. times, most: how often, and by how much at most, it may be extended.
        calendar: whether an office calendar was found when it was last reckoned.
    """

    kind: Kind
    count: int
    start: date
    began: datetime | None = None
    zone: str = "Asia/Vientiane"
    chosen: str = ""
    warn: int = 1
    times: int = 0
    most: int = 0
    calendar: bool = True
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    shifts: tuple[Shift, ...] = ()

    @property
    def whole(self) -> int:
        """The term with every extension."""
        return self.count + sum(each.amount for each in self.extensions)

    @property
    def standing(self) -> Pause | None:
        """The pause that has not ended, if it stands still."""
        return next((each for each in self.pauses if each.until is None), None)


def clock_of(why: Mapping[str, Any]) -> Clock | None:
    """The clock as a case keeps it; None where no time is known, or an earlier system kept it."""
    kind = next((known for known in KINDS if known == why.get("kind")), None)
    if kind is None:
        return None
    return Clock(
        kind=kind,
        count=int(why["days"]),
        start=date.fromisoformat(why["from"]),
        began=_instant(why.get("began")),
        zone=why.get("zone") or "Asia/Vientiane",
        chosen=why.get("chosen") or "",
        warn=int(why.get("warn", 1)),
        times=int(why.get("times", 0)),
        most=int(why.get("most", 0)),
        calendar=not why.get("no_calendar"),
        pauses=tuple(_pause(each) for each in why.get("pauses", ())),
        extensions=tuple(_extension(each) for each in why.get("extended", ())),
        shifts=tuple(_shift(each) for each in why.get("moved", ())),
    )


def kept(clock: Clock) -> dict[str, Any]:
    """The clock as it is kept with a case; what is as usual is left out, since every step reads it."""
    found: dict[str, Any] = {"kind": clock.kind, "days": clock.count, "from": clock.start.isoformat()}
    if clock.began:
        found["began"] = clock.began.isoformat()
    usual = Clock(kind=clock.kind, count=0, start=clock.start)
    for name in ("zone", "chosen", "warn", "times", "most"):
        if getattr(clock, name) != getattr(usual, name):
            found[name] = getattr(clock, name)
    if not clock.calendar:
        found["no_calendar"] = True
    if clock.pauses:
        found["pauses"] = [
            [each.since.isoformat(), each.until and each.until.isoformat(), each.why, each.reason]
            for each in clock.pauses
        ]
    if clock.extensions:
        found["extended"] = [
            [each.at.isoformat(), str(each.by), each.amount, each.reason] for each in clock.extensions
        ]
    if clock.shifts:
        found["moved"] = [_shift_kept(each) for each in clock.shifts]
    return found


def _pause(row: Any) -> Pause:
    since, until, why, reason = row
    return Pause(since=datetime.fromisoformat(since), until=_instant(until), why=why, reason=reason)


def _extension(row: Any) -> Extension:
    at, by, amount, reason = row
    return Extension(at=datetime.fromisoformat(at), by=UUID(by), amount=int(amount), reason=reason)


def _shift_kept(each: Shift) -> list[Any]:
    days = [day and day.isoformat() for day in (each.was, each.now, each.day)]
    return [each.at.isoformat(), *days, dict(each.name), each.cancelled, *([True] if each.hours else [])]


def _shift(row: Any) -> Shift:
    at, was, now, day, name, cancelled, *hours = row
    return Shift(
        at=datetime.fromisoformat(at),
        was=_day(was),
        now=_day(now),
        day=_day(day),
        name=name,
        cancelled=bool(cancelled),
        hours=bool(hours),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
