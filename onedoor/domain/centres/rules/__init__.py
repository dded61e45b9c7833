"""Working days, opening hours and offers as pure decisions. No database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres.rules.closures import Closure, left_open
from onedoor.kernel.i18n import Translated

CounterState = Literal["open", "closed"]
CentreKind = Literal["fixed", "mobile"]
COUNTER_STATES: tuple[CounterState, ...] = ("open", "closed")
Period = tuple[time, time]
LOOK_AHEAD = 366
HoursFault = Literal["weekday", "empty", "backwards", "overlap"]
_FAULTS: Mapping[HoursFault, str] = {
    "weekday": "a weekday is 1 (Monday) to 7 (Sunday), not {row.weekday}",
    "empty": "it closes when it opens ({row.opens:%H:%M})",
    "backwards": "it closes ({row.closes:%H:%M}) before it opens ({row.opens:%H:%M})",
    "overlap": "the hours of weekday {row.weekday} overlap",
}


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A stretch of a weekday (1 is Monday) in which a place is open."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, kw_only=True)
class StopHours:
    """An announced stop of a mobile unit as its opening hours of a day.

    Args:
        capacity: people that it serves at most.
        anyway: it is held although the day is a holiday.
    """

    id: UUID
    day: date
    opens: time
    closes: time
    services: frozenset[UUID]
    capacity: int
    anyway: bool = False


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A service at a centre: from when, on which weekdays, how many people a day at most.

    Args:
        valid_until: the first day on which it is no longer offered.
        counters: the codes of those that serve it; none means any.
        revision: how often people changed it; 0 as the pack brought it.
        withdrawn_on, reason: when it was decided to end it, and why; both or neither.
        days: of a mobile unit, the days of its stops with this service; None for a place that stays.
    """

    service: UUID
    valid_from: date
    valid_until: date | None = None
    weekdays: tuple[int, ...] = ()
    capacity: int | None = None
    demonstration: bool = False
    counters: tuple[str, ...] = ()
    revision: int = 0
    withdrawn_on: date | None = None
    reason: Translated = field(default_factory=dict)
    days: tuple[date, ...] | None = None

    @property
    def last_day(self) -> date | None:
        """The last day on which it is offered; None without an end."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None

    def holds_on(self, day: date) -> bool:
        """Whether the service is offered on this day."""
        return (
            self.valid_from <= day
            and (self.valid_until is None or day < self.valid_until)
            and (not self.weekdays or day.isoweekday() in self.weekdays)
            and (self.days is None or day in self.days)
        )


@dataclass(frozen=True, kw_only=True)
class OfferDays:
    """When a centre offers a service, seen from one day.

    Args:
        weekdays: 1 is Monday; empty when it is offered whenever the centre is open.
        today: whether it is offered on the day itself.
        following: the next day after it on which it is offered and the centre open; None within a year.
        capacity: people a day at most; None without a limit.
    """

    service: UUID
    weekdays: tuple[int, ...]
    today: bool
    following: date | None
    capacity: int | None
    demonstration: bool


@dataclass(frozen=True, kw_only=True)
class CentreView:
    """A centre as every reader gets it. ``id`` is its unit's; ``zone`` is where its days begin and end.

    Args:
        kind: a mobile unit is open during its ``stops`` and at no other time.
    """

    id: UUID
    code: str
    name: Translated
    district: UUID
    demonstration: bool
    address: Translated = field(default_factory=dict)
    phone: str = ""
    zone: str = "Asia/Vientiane"
    hours: tuple[Hours, ...] = ()
    hours_confirmed: bool = False
    offers: tuple[Offer, ...] = ()
    source: str = ""
    kind: CentreKind = "fixed"
    stops: tuple[StopHours, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CounterView:
    """A counter of a centre: its code is what the board shows; ``zone`` is the centre's.

    Args:
        back_at: when the officer means to be back, while it is closed for a break.
        remote: where people go when the officer sits elsewhere (a booth, a telephone); empty in the hall.
    """

    id: UUID
    centre: UUID
    code: str
    name: Translated
    state: CounterState
    zone: str = "Asia/Vientiane"
    back_at: datetime | None = None
    remote: Translated = field(default_factory=dict)

    @property
    def is_virtual(self) -> bool:
        """Whether its officer serves from another place."""
        return bool(self.remote)


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A day that did not count, and why: ``rest`` (weekday) or ``holiday`` with its name."""

    day: date
    why: Literal["rest", "holiday"]
    name: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class HolidayView:
    """A day without work: its name, where it is known from, and whether it was declared by notice."""

    day: date
    name: Translated
    source: str
    declared: bool


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The office calendar of a country or a unit.

    Args:
        zone: the zone in which days begin.
        rest: weekdays without work (6, 7: Saturday and Sunday).
        holidays: the names of days without work.
        hours: office hours that a centre without its own keeps.
        confirmed: whether the hours come from an official source.
        in_lieu: whether a holiday on a day of rest gives the next working day instead.
        closures: when the place itself is closed out of turn; they take hours away, never a working day from the law.
        stops: of a mobile unit, when it stands somewhere; None for a place that stays.
    """

    zone: str = "Asia/Vientiane"
    rest: frozenset[int] = frozenset({6, 7})
    holidays: Mapping[date, Translated] = field(default_factory=dict)
    hours: tuple[Hours, ...] = ()
    confirmed: bool = False
    in_lieu: bool = False
    closures: tuple[Closure, ...] = ()
    stops: tuple[StopHours, ...] | None = None

    def today(self, at: datetime) -> date:
        """The date at an instant, in the calendar's zone."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        return day.isoweekday() not in self.rest and day not in self.holidays

    def holiday(self, day: date) -> Translated | None:
        """The holiday's name, if the day is one."""
        return self.holidays.get(day)

    def periods(self, day: date) -> list[Period]:
        """The office hours of a day, in order; none on a holiday."""
        return periods_on((), self, day)

    def announces(self, year: int) -> bool:
        """Whether the holidays of a year are known: some day of it is one."""
        return any(day.year == year for day in self.holidays)

    def day_in_lieu(self, day: date) -> date | None:
        """The day that is given for a holiday on a day of rest, where the calendar gives one; None where it does not."""
        if not self.in_lieu or day.isoweekday() not in self.rest:
            return None
        return self.add_working_days(day, 1)

    def add_working_days(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; the first working day from ``start`` on when 0."""
        return self.explain(start, count)[0]

    def add_days(self, start: date, count: int, *, kind: Literal["working", "calendar"] = "working") -> date:
        """A legal due date: working days, or calendar days moved on to the next working day."""
        if kind == "working":
            return self.add_working_days(start, count)
        return self.add_working_days(start + timedelta(days=count), 0)

    def explain(self, start: date, count: int) -> tuple[date, tuple[Skipped, ...]]:
        """The due date with each day that was skipped on the way, and why."""
        if count < 0:
            raise ValueError("working days are counted forward")
        if len(self.rest) >= 7:
            raise ValueError("a calendar needs a working weekday")
        skipped: list[Skipped] = []
        day = start
        if count == 0:
            while not self.is_working(day):
                skipped.append(self._skipped(day))
                day += timedelta(days=1)
        while count:
            day += timedelta(days=1)
            if self.is_working(day):
                count -= 1
            else:
                skipped.append(self._skipped(day))
        return day, tuple(skipped)

    def _skipped(self, day: date) -> Skipped:
        if day in self.holidays:
            return Skipped(day=day, why="holiday", name=self.holidays[day])
        return Skipped(day=day, why="rest")

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before."""
        if end < start:
            return -self.working_days_between(end, start)
        return sum(self.is_working(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def periods_on(hours: Iterable[Hours], calendar: Calendar, day: date) -> list[Period]:
    """When a place is open on a day: never on a holiday, else by its own hours or, without any, the calendar's.

    What closes it out of turn is taken away. A mobile unit is open during its stops, on a holiday only where that was meant.
    """
    off = calendar.holiday(day) is not None
    if calendar.stops is not None:
        usual = sorted(
            (one.opens, one.closes) for one in calendar.stops if one.day == day and (one.anyway or not off)
        )
    elif off:
        return []
    else:
        kept = tuple(hours) or calendar.hours
        usual = sorted((row.opens, row.closes) for row in kept if row.weekday == day.isoweekday())
    return left_open(usual, calendar.closures, day=day, zone=calendar.zone) if calendar.closures else usual


def offer_on(offers: Iterable[Offer], service: UUID, day: date) -> Offer | None:
    """The offer of a service that holds on a day."""
    return next((offer for offer in offers if offer.service == service and offer.holds_on(day)), None)


def next_offered(
    offers: Iterable[Offer], service: UUID, *, hours: Iterable[Hours], calendar: Calendar, after: date
) -> date | None:
    """The first day after ``after`` on which the service is offered and the centre open; None within a year."""
    held, kept = [offer for offer in offers if offer.service == service], tuple(hours)
    for step in range(1, LOOK_AHEAD + 1) if held else ():
        day = after + timedelta(days=step)
        if any(offer.holds_on(day) for offer in held) and periods_on(kept, calendar, day):
            return day
    return None


def offer_days(view: CentreView, calendar: Calendar, service: UUID, *, on: date) -> OfferDays | None:
    """When a centre offers a service, seen from a day; None when it does not, and will not within a year."""
    offers = [
        offer
        for offer in view.offers
        if offer.service == service and (offer.valid_until is None or on < offer.valid_until)
    ]
    holding = offer_on(offers, service, on)
    today = holding is not None and bool(periods_on(view.hours, calendar, on))
    following = next_offered(offers, service, hours=view.hours, calendar=calendar, after=on)
    if not today and following is None:
        return None
    current = [offer for offer in offers if offer.valid_from <= on] or offers
    every = any(not offer.weekdays for offer in current)
    return OfferDays(
        service=service,
        weekdays=() if every else tuple(sorted({day for offer in current for day in offer.weekdays})),
        today=today,
        following=following,
        capacity=(holding or current[0]).capacity,
        demonstration=any(offer.demonstration for offer in current),
    )


def is_open_at(periods: Sequence[Period], moment: time) -> bool:
    """Whether a time of the day lies in one of the periods; the closing minute is outside."""
    return any(opens <= moment < closes for opens, closes in periods)


def hours_wrong(hours: Sequence[Hours]) -> list[tuple[int, HoursFault]]:
    """What is wrong with opening hours: (index of the row, what), at most one fault a row."""
    found: list[tuple[int, HoursFault]] = []
    for index, row in enumerate(hours):
        if not 1 <= row.weekday <= 7:
            found.append((index, "weekday"))
        elif row.opens == row.closes:
            found.append((index, "empty"))
        elif row.opens > row.closes:
            found.append((index, "backwards"))
        elif any(_meet(row, earlier) for earlier in hours[:index]):
            found.append((index, "overlap"))
    return found


def _meet(one: Hours, other: Hours) -> bool:
    """Whether two periods share a minute of the week."""
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes


def hours_faults(hours: Sequence[Hours]) -> list[tuple[int, str]]:
    """The same in words for whoever writes a pack: (index of the row, sentence)."""
    return [(index, _FAULTS[fault].format(row=hours[index])) for index, fault in hours_wrong(hours)]
