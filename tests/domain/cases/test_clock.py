"""The legal clock against an oracle that looks at every day, and what must always hold of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from onedoor.domain.cases.errors import (
    ExtensionIsTooLong,
    NoMoreExtensions,
    TermDoesNotStandStill,
    TermHasRunOut,
    TermStandsStill,
)
from onedoor.domain.cases.rules.clock import (
    Clock,
    Pause,
    breach_at,
    climb_at,
    clock_of,
    extended,
    kept,
    paused,
    reckon_clock,
    resumed,
    warning_at,
)
from onedoor.domain.centres.api import Calendar, Hours

YEAR_END = date(2026, 12, 31)
NAME = {"lo": "ວັນພັກ", "en": "A holiday"}
OFFICE = tuple(
    Hours(weekday=weekday, opens=time(opens), closes=time(closes))
    for weekday in range(1, 6)
    for opens, closes in ((8, 12), (13, 16))
)
SOMEBODY = UUID(int=7)

starts = some.dates(min_value=date(2026, 11, 1), max_value=date(2027, 1, 31))
holidays = some.sets(some.dates(min_value=date(2026, 11, 1), max_value=date(2027, 6, 30)), max_size=25)
counts = some.integers(min_value=0, max_value=40)
kinds = some.sampled_from(["working", "calendar"])
stretches = some.lists(some.tuples(some.integers(0, 60), some.integers(0, 12)), max_size=3)
few = settings(max_examples=60, deadline=None)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(5), tzinfo=UTC)  # noon in Vientiane


def calendar(days: set[date]) -> Calendar:
    return Calendar(holidays=dict.fromkeys(days, NAME), hours=OFFICE)


def with_pauses(clock: Clock, stretches: list[tuple[int, int]]) -> Clock:
    """Pauses that may overlap, as many days after the beginning and as many days long as named."""
    found = tuple(
        Pause(
            since=noon(clock.start + timedelta(days=after)),
            until=noon(clock.start + timedelta(days=after + long)),
        )
        for after, long in stretches
    )
    return replace(clock, pauses=found)


def oracle(clock: Clock, off: Mapping[date, object]) -> date:
    """Day after day: does it count?"""

    def free(day: date) -> bool:
        return day.weekday() >= 5 or day in off

    def still(day: date) -> bool:
        return any(each.since.date() < day <= each.until.date() for each in clock.pauses if each.until)

    day, counted = clock.start, 0
    while counted < clock.whole:
        day += timedelta(days=1)
        if not still(day) and not (clock.kind == "working" and free(day)):
            counted += 1
    while free(day) or still(day):
        day += timedelta(days=1)
    return day


def due(clock: Clock, days: Calendar) -> date:
    found = reckon_clock(clock, days).on
    assert found is not None
    return found


@few
@given(kinds, starts, counts, holidays, stretches)
def test_it_is_what_counting_by_hand_gives(
    kind: str, start: date, count: int, off: set[date], stretches: list[tuple[int, int]]
) -> None:
    clock = with_pauses(Clock(kind=kind, count=count, start=start), stretches)  # type: ignore[arg-type]
    days = calendar(off)
    found = reckon_clock(clock, days)
    assert found.on == oracle(clock, days.holidays)
    assert days.is_working(due(clock, days))
    if kind == "working" and count:
        lost = set(found.skipped) | set(found.held)
        assert count == (due(clock, days) - start).days - len(lost)
        assert not set(found.skipped) & set(found.held)


@few
@given(kinds, starts, counts, holidays, stretches)
def test_a_later_beginning_is_never_due_earlier(
    kind: str, start: date, count: int, off: set[date], stretches: list[tuple[int, int]]
) -> None:
    clock = with_pauses(Clock(kind=kind, count=count, start=start), stretches)  # type: ignore[arg-type]
    assert due(clock, calendar(off)) <= due(replace(clock, start=start + timedelta(days=1)), calendar(off))


@few
@given(kinds, starts, counts, holidays, stretches, some.integers(0, 90))
def test_one_more_holiday_or_pause_never_makes_it_earlier(
    kind: str, start: date, count: int, off: set[date], stretches: list[tuple[int, int]], after: int
) -> None:
    clock = with_pauses(Clock(kind=kind, count=count, start=start), stretches)  # type: ignore[arg-type]
    before = due(clock, calendar(off))
    assert before <= due(clock, calendar(off | {start + timedelta(days=after)}))
    assert before <= due(with_pauses(clock, [*stretches, (after, 3)]), calendar(off))
    assert before <= due(replace(clock, count=count + 1), calendar(off))


@few
@given(some.sampled_from(["working", "calendar", "hours"]), starts, counts, holidays, some.integers(0, 40))
def test_a_pause_of_no_length_changes_nothing(
    kind: str, start: date, count: int, off: set[date], after: int
) -> None:
    clock = Clock(kind=kind, count=count, start=start, began=noon(start))  # type: ignore[arg-type]
    days, at = calendar(off), noon(start + timedelta(days=after))
    turned = resumed(paused(clock, at=at, reason="x"), at=at)
    assert len(turned.pauses) == 1
    assert reckon_clock(turned, days).at == reckon_clock(clock, days).at
    assert resumed(paused(clock, at=at, why="returned"), at=at) == clock


@few
@given(starts, some.integers(min_value=1, max_value=60), holidays, stretches)
def test_office_hours_run_only_while_the_office_is_open(
    start: date, count: int, off: set[date], stretches: list[tuple[int, int]]
) -> None:
    clock = with_pauses(Clock(kind="hours", count=count, start=start, began=noon(start)), stretches)
    days = calendar(off)
    ends = reckon_clock(clock, days).at
    assert ends is not None
    # An oracle of minutes in steps of a half hour: all that is given falls on half hours.
    at, ran, half = noon(start), timedelta(), timedelta(minutes=30)
    while ran < timedelta(hours=count):
        local = at + timedelta(hours=7)
        open_ = days.is_working(local.date()) and any(
            a <= local.time() < b for a, b in days.periods(local.date())
        )
        still = any(each.since <= at < each.until for each in clock.pauses if each.until)
        at, ran = at + half, ran + (half if open_ and not still else timedelta())
    assert ends == at


@few
@given(starts, counts, holidays, stretches, some.booleans())
def test_what_is_kept_is_read_back(
    start: date, count: int, off: set[date], stretches: list[tuple[int, int]], open_end: bool
) -> None:
    clock = with_pauses(
        Clock(kind="working", count=count, start=start, times=1, most=9, chosen="x"), stretches
    )
    clock = extended(clock, at=noon(start), by=SOMEBODY, amount=2, reason="ເຫດຜົນ", due=None, ends=None)
    clock = paused(clock, at=noon(start + timedelta(days=99)), reason="y") if open_end else clock
    assert clock_of(kept(clock)) == clock


def test_a_holiday_on_the_due_date_and_over_the_new_year() -> None:
    days = Calendar(holidays={date(2026, 12, 2): NAME, date(2027, 1, 1): NAME})
    assert due(Clock(kind="working", count=1, start=date(2026, 12, 1)), days) == date(2026, 12, 3)
    assert due(Clock(kind="calendar", count=1, start=date(2026, 12, 1)), days) == date(2026, 12, 3)
    assert due(Clock(kind="working", count=1, start=YEAR_END), days) == date(2027, 1, 4)
    known = reckon_clock(Clock(kind="working", count=1, start=YEAR_END), days)
    assert known.unknown == ()
    later = reckon_clock(Clock(kind="working", count=1, start=date(2027, 12, 31)), days)
    assert (later.on, later.unknown) == (date(2028, 1, 3), (2028,))


def test_standing_still_there_is_no_due_date_but_what_is_left() -> None:
    days = calendar({date(2026, 12, 2)})
    clock = Clock(kind="working", count=5, start=date(2026, 11, 27))
    still = paused(clock, at=noon(date(2026, 12, 1)), reason="a paper is missing")
    found = reckon_clock(still, days)
    assert (found.on, found.left) == (None, 3)  # Monday and Tuesday were used
    assert due(resumed(still, at=noon(date(2026, 12, 3))), days) == date(2026, 12, 8)
    with pytest.raises(TermStandsStill):
        paused(still, at=noon(date(2026, 12, 4)))
    with pytest.raises(TermDoesNotStandStill):
        resumed(clock, at=noon(date(2026, 12, 4)))
    late = paused(clock, at=noon(date(2026, 12, 20)))
    assert due(late, days) == due(clock, days)  # it had run out before


def test_hours_that_stand_still_or_cannot_be_counted() -> None:
    clock = Clock(kind="hours", count=8, start=date(2026, 11, 27), began=noon(date(2026, 11, 27)))
    still = paused(clock, at=datetime(2026, 11, 27, 8, tzinfo=UTC))
    assert (reckon_clock(still, calendar(set())).on, reckon_clock(still, calendar(set())).left) == (None, 6)
    nowhere = reckon_clock(clock, Calendar())
    assert (nowhere.on, nowhere.left) == (None, None)


def test_a_machine_whose_clock_was_set_back_does_not_turn_a_pause_round() -> None:
    clock = Clock(kind="working", count=5, start=date(2026, 11, 27))
    still = paused(clock, at=noon(date(2026, 12, 1)), reason="x")
    turned = resumed(still, at=noon(date(2026, 11, 20)))
    assert turned.pauses[0].until == turned.pauses[0].since
    again = paused(turned, at=noon(date(2026, 11, 20)))
    assert again.pauses[1].since == turned.pauses[0].until


def test_more_time_as_often_and_as_much_as_the_service_allows() -> None:
    days = calendar(set())
    clock = Clock(kind="working", count=3, start=date(2026, 11, 27), times=1, most=5)
    now = {"by": SOMEBODY, "reason": "x", "due": date(2026, 12, 2), "ends": noon(date(2026, 12, 3))}
    more = extended(clock, at=noon(date(2026, 12, 1)), amount=5, **now)  # type: ignore[arg-type]
    assert due(more, days) == date(2026, 12, 9)
    with pytest.raises(NoMoreExtensions):
        extended(more, at=noon(date(2026, 12, 1)), amount=1, **now)  # type: ignore[arg-type]
    for amount in (0, -1, 6):
        with pytest.raises(ExtensionIsTooLong):
            extended(clock, at=noon(date(2026, 12, 1)), amount=amount, **now)  # type: ignore[arg-type]
    with pytest.raises(TermHasRunOut):
        extended(clock, at=noon(date(2026, 12, 3)), amount=1, **now)  # type: ignore[arg-type]


def test_when_it_rings() -> None:
    days = calendar({date(2026, 12, 2)})
    clock = Clock(kind="working", count=3, start=date(2026, 11, 27))
    found = reckon_clock(clock, days)
    assert found.on == date(2026, 12, 3)
    assert warning_at(clock, found, days) == datetime(
        2026, 11, 30, 17, tzinfo=UTC
    )  # 1 December, 2 is a holiday
    assert breach_at(found) == datetime(2026, 12, 3, 17, tzinfo=UTC)
    short = replace(clock, count=1)
    assert warning_at(short, reckon_clock(short, days), days) == datetime(2026, 11, 29, 17, tzinfo=UTC)
    assert climb_at(noon(date(2026, 12, 4)), zone="Asia/Vientiane", days=days) == datetime(
        2026, 12, 8, 17, tzinfo=UTC
    )
    still = paused(clock, at=noon(date(2026, 11, 28)))
    assert warning_at(still, reckon_clock(still, days), days) is None


def test_a_holiday_on_a_day_of_rest_gives_another_day() -> None:
    days = Calendar(in_lieu=True, holidays={date(2026, 12, 7): NAME})
    assert days.day_in_lieu(date(2026, 12, 5)) == date(2026, 12, 8)
    assert days.day_in_lieu(date(2026, 12, 4)) is None
    assert replace(days, in_lieu=False).day_in_lieu(date(2026, 12, 5)) is None


def test_a_calendar_on_which_nobody_works_is_refused() -> None:
    with pytest.raises(ValueError, match="working day"):
        reckon_clock(Clock(kind="working", count=1, start=YEAR_END), Calendar(rest=frozenset(range(1, 8))))
