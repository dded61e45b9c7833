"""From a clock and an office's calendar to a due date: counted day by day, or hour by hour of the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.clock.state import Clock, Pause

ONE = timedelta(days=1)
FARTHEST = 20_000  # days: a calendar on which nobody works for so long is none
NO_HOURS = 14  # days without office hours after which there are none


class Days(Protocol):
    """What is asked of an office's calendar."""

    @property
    def zone(self) -> str:
        """The zone in which its days begin."""

    def is_working(self, day: date) -> bool:
        """Whether the office works on this day."""

    def holiday(self, day: date) -> Mapping[str, str] | None:
        """The holiday's name, if the day is one."""

    def periods(self, day: date) -> Sequence[tuple[time, time]]:
        """The office hours of a day."""

    def announces(self, year: int) -> bool:
        """Whether the holidays of a year are known."""


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """What a clock comes to.

    Args:
        on: the due date; None while it stands still, or where the office has no hours to count.
        at: the instant at which it runs out: the end of the due date, or an hour of it.
        skipped: days that did not count because nobody works. held: days that did not count because it stood still.
        left: how much was left when it stood still, in the term's unit.
        unknown: years on the way whose holidays are not announced.
    """

    on: date | None
    at: datetime | None = None
    skipped: tuple[date, ...] = ()
    held: tuple[date, ...] = ()
    left: int | None = None
    unknown: tuple[int, ...] = ()


def reckon_clock(clock: Clock, days: Days) -> Reckoned:
    """When the clock runs out by this calendar. The day on which it begins does not count, nor that of a pause's end."""
    if clock.kind == "hours":
        return _by_hours(clock, days)
    return _by_days(clock, days)


def _by_days(clock: Clock, days: Days) -> Reckoned:
    """First the days that count; then on to a day on which the office works, where the last of them was none."""
    way = _Way(clock, days)
    left, day = clock.whole, clock.start
    while left:
        day += ONE
        if way.ended(day):
            return way.standing(left, day)
        if way.counts(day, working=clock.kind == "working"):
            left -= 1
    while not way.counts(day, working=True):
        day += ONE
        if way.ended(day):
            return way.standing(0, day)
    return way.arrived(day, midnight_after(day, clock.zone))


def _by_hours(clock: Clock, days: Days) -> Reckoned:
    """Hours run only while the office is open and the applicant does not have the case."""
    way, zone = _Way(clock, days), ZoneInfo(clock.zone)
    began = clock.began or datetime.combine(clock.start, time.min, tzinfo=zone)
    left, day, empty = timedelta(hours=clock.whole), clock.start, 0
    while empty < NO_HOURS:
        working = days.is_working(day) or way.counts(day, working=True)
        periods = days.periods(day) if working else ()
        empty = 0 if periods else empty + 1
        for opens, closes in periods:
            span = (max(_instant(day, opens, zone), began), _instant(day, closes, zone))
            for begins, ends in _without(span, clock.pauses):
                if ends - begins >= left:
                    return way.arrived(day, begins + left)
                left -= ends - begins
        day += ONE
        if way.ended(day):
            return way.standing(-(-int(left.total_seconds()) // 3600), day)
    return way.standing(None, clock.start)


class _Way:
    """The days from a clock's beginning on, and why some of them did not count."""

    def __init__(self, clock: Clock, days: Days) -> None:
        self._clock, self._days = clock, days
        self._still = [
            (_local(each.since, clock.zone), each.until and _local(each.until, clock.zone))
            for each in clock.pauses
        ]
        self._skipped: list[date] = []
        self._held: list[date] = []

    def counts(self, day: date, *, working: bool) -> bool:
        """Whether a day counts; noted where it does not. A day of a pause is told as such, also where nobody works."""
        if any(since < day and (until is None or day <= until) for since, until in self._still):
            self._held.append(day)
            return False
        if working and not self._days.is_working(day):
            self._skipped.append(day)
            return False
        return True

    def ended(self, day: date) -> bool:
        """Whether the clock stands still on this day, and nobody knows until when."""
        if (day - self._clock.start).days > FARTHEST:
            raise ValueError("a calendar needs a working day")
        return any(until is None and since < day for since, until in self._still)

    def standing(self, left: int | None, day: date) -> Reckoned:
        """It stands still with so much left, or cannot be counted at all."""
        return Reckoned(
            on=None,
            skipped=tuple(self._skipped),
            held=tuple(self._held),
            left=left,
            unknown=self._unknown(day),
        )

    def arrived(self, day: date, at: datetime) -> Reckoned:
        """It runs out on this day."""
        return Reckoned(
            on=day, at=at, skipped=tuple(self._skipped), held=tuple(self._held), unknown=self._unknown(day)
        )

    def _unknown(self, day: date) -> tuple[int, ...]:
        return tuple(
            year for year in range(self._clock.start.year, day.year + 1) if not self._days.announces(year)
        )


def midnight_after(day: date, zone: str) -> datetime:
    """The end of a day in a zone."""
    return datetime.combine(day + ONE, time.min, tzinfo=ZoneInfo(zone))


def _local(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


def _instant(day: date, moment: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, moment, tzinfo=zone)


def _without(span: tuple[datetime, datetime], pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    """What is left of a stretch of office hours when the pauses are taken out of it."""
    found = [span] if span[0] < span[1] else []
    for pause in pauses:
        cut = []
        for begins, ends in found:
            until = pause.until or ends
            cut += [(begins, min(ends, pause.since)), (max(begins, until), ends)]
        found = [each for each in cut if each[0] < each[1]]
    return found
