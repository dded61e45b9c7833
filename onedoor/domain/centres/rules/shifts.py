"""Who works when: shifts and their conflicts, weeks copied and repeated, skills. Pure decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from onedoor.domain.centres.rules import Calendar, Period

WEEK = timedelta(days=7)
MOST_WEEKS = 13
MOST_BREAKS = 4
Clash = Literal["officer", "counter"]
Warned = Literal["holiday", "closed", "outside"]
SkillKind = Literal["service", "language"]
SKILL_KINDS: tuple[SkillKind, ...] = ("service", "language")


@dataclass(frozen=True, kw_only=True)
class ShiftView:
    """An officer planned at a centre: from when to when, at which counter, with which breaks.

    Args:
        offered: she asks others to take it.
        taker: who asks to have it; until the head approves it stays the officer's.
    """

    id: UUID
    centre: UUID
    officer: UUID
    day: date
    starts: time
    ends: time
    counter: UUID | None = None
    breaks: tuple[Period, ...] = ()
    offered: bool = False
    taker: UUID | None = None
    version: int = 0

    def works_at(self, moment: time) -> bool:
        """Whether she is to be at her place at a time of the day: within the shift, and not on a planned break."""
        if not self.starts <= moment < self.ends:
            return False
        return not any(begins <= moment < ends for begins, ends in self.breaks)

    def periods(self) -> tuple[Period, ...]:
        """The stretches of the shift between its breaks."""
        found, since = [], self.starts
        for begins, ends in self.breaks:
            if since < begins:
                found.append((since, begins))
            since = ends
        return tuple([*found, (since, self.ends)] if since < self.ends else found)


@dataclass(frozen=True, kw_only=True)
class Skills:
    """What an officer may serve. Where nothing was said of a kind, she may serve all of it.

    Args:
        rows: (kind, value, from, until): a service by its id or a language by its code.
    """

    rows: tuple[tuple[SkillKind, str, date, date | None], ...] = ()

    def services(self, on: date) -> frozenset[UUID] | None:
        """The services she may serve on a day; None for any."""
        held = self._held("service", on)
        return None if held is None else frozenset(UUID(value) for value in held)

    def languages(self, on: date) -> frozenset[str] | None:
        """The languages she speaks with people; None where nobody said."""
        return self._held("language", on)

    def may_serve(self, service: UUID, on: date) -> bool:
        """Whether she may serve a service on a day."""
        held = self.services(on)
        return held is None or service in held

    def _held(self, kind: SkillKind, on: date) -> frozenset[str] | None:
        said = [row for row in self.rows if row[0] == kind]
        if not said:
            return None
        return frozenset(
            value for _kind, value, since, until in said if since <= on and (until is None or on < until)
        )


def meets(one: ShiftView, other: ShiftView) -> bool:
    """Whether two shifts share a minute of a day."""
    return one.day == other.day and one.starts < other.ends and other.starts < one.ends


def clashes(wanted: ShiftView, held: Iterable[ShiftView]) -> list[tuple[Clash, ShiftView]]:
    """What forbids a shift: the officer is planned elsewhere then, or somebody else sits at the counter."""
    found: list[tuple[Clash, ShiftView]] = []
    for other in held:
        if other.id == wanted.id or not meets(wanted, other):
            continue
        if other.officer == wanted.officer:
            found.append(("officer", other))
        elif wanted.counter is not None and other.counter == wanted.counter:
            found.append(("counter", other))
    return found


def warnings(shift: ShiftView, *, opening: Sequence[Period], calendar: Calendar) -> tuple[Warned, ...]:
    """What a head should know of a shift: it lies on a holiday, on a closed day, or outside the opening hours."""
    if calendar.holiday(shift.day) is not None:
        return ("holiday",)
    if not opening:
        return ("closed",)
    if shift.starts < opening[0][0] or shift.ends > opening[-1][1]:
        return ("outside",)
    return ()


def shift_fault(shift: ShiftView) -> tuple[str, str] | None:
    """The first thing that cannot be: (field, which fault); None when the shift is in order."""
    if shift.starts >= shift.ends:
        return "ends", "backwards"
    if len(shift.breaks) > MOST_BREAKS:
        return "breaks", "many"
    since = shift.starts
    for begins, ends in shift.breaks:
        if begins >= ends:
            return "breaks", "backwards"
        if begins < since or ends > shift.ends:
            return "breaks", "outside"
        since = ends
    return None


def moved(shift: ShiftView, *, to: date, id: UUID) -> ShiftView:
    """The same shift on another day, not offered to anybody."""
    return replace(shift, id=id, day=to, offered=False, taker=None, version=0)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.isoweekday() - 1)


def repeated(start: date, *, weekdays: Iterable[int], until: date) -> list[date]:
    """The days from ``start`` to ``until`` that fall on these weekdays (1 is Monday), at most 13 weeks of them."""
    wanted = frozenset(weekdays)
    last = min(until, start + MOST_WEEKS * WEEK - timedelta(days=1))
    days = (start + timedelta(days=step) for step in range((last - start).days + 1))
    return [day for day in days if day.isoweekday() in wanted]


def staffed(shifts: Iterable[ShiftView]) -> Mapping[UUID, tuple[Period, ...]]:
    """When each counter has an officer by the plan, in order, without the breaks."""
    found: dict[UUID, list[Period]] = {}
    for shift in shifts:
        if shift.counter is not None:
            found.setdefault(shift.counter, []).extend(shift.periods())
    return {counter: tuple(sorted(periods)) for counter, periods in found.items()}


@dataclass(frozen=True, kw_only=True)
class SittingView:
    """An officer at a counter today, as she sat down; ``away`` while she is on a break.

    Args:
        ended_at: when she rose.
        breaks: (from, until) of the breaks that are over.
    """

    id: UUID
    centre: UUID
    counter: UUID
    officer: UUID
    day: date
    began_at: datetime
    ended_at: datetime | None = None
    break_from: datetime | None = None
    break_until: datetime | None = None
    breaks: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def away(self) -> bool:
        """Whether she is on a break."""
        return self.break_from is not None and self.ended_at is None


Presence = Literal["to come", "here", "break", "late back", "late", "absent", "over", "gone"]


def presence(
    shift: ShiftView, sitting: SittingView | None, *, moment: datetime, begins: datetime
) -> Presence:
    """Where an officer is by plan and fact.

    Args:
        moment: now; begins: when her shift begins, both as instants.
    """
    if sitting is not None and sitting.ended_at is None:
        if not sitting.away:
            return "here"
        late = sitting.break_until is not None and sitting.break_until < moment
        return "late back" if late else "break"
    ends = begins + (datetime.combine(shift.day, shift.ends) - datetime.combine(shift.day, shift.starts))
    if sitting is not None:
        return "over" if moment >= ends else "gone"
    if moment >= ends:
        return "absent"
    if moment < begins:
        return "to come"
    return "late" if moment >= begins + LATE else "to come"


LATE = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What planning several shifts gave: those made, and the days left out with why."""

    made: tuple[ShiftView, ...] = ()
    left: tuple[tuple[ShiftView, Clash | Warned | str], ...] = field(default_factory=tuple)
