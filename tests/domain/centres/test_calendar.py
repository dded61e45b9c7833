"""Working days and opening hours as pure decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onedoor.domain.centres.api import Calendar, Hours, Offer, hours_faults
from onedoor.domain.centres.rules import is_open_at, periods_on

NATIONAL = date(2026, 12, 2)
NAME = {"lo": "ວັນຊາດ", "en": "National Day"}
MORNING = Hours(weekday=1, opens=time(8), closes=time(12))
AFTERNOON = Hours(weekday=1, opens=time(13), closes=time(16))
CALENDAR = Calendar(holidays={NATIONAL: NAME}, hours=(AFTERNOON, MORNING))
DAYS = some.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 11, 30), 1, date(2026, 12, 1)),
        (date(2026, 11, 30), 2, date(2026, 12, 3)),
        (date(2026, 12, 1), 3, date(2026, 12, 7)),
        (date(2026, 12, 4), 1, date(2026, 12, 7)),
        (date(2026, 12, 5), 0, date(2026, 12, 7)),
        (date(2026, 12, 2), 0, date(2026, 12, 3)),
        (date(2026, 12, 3), 0, date(2026, 12, 3)),
    ],
)
def test_working_days(start: date, count: int, due: date) -> None:
    assert CALENDAR.add_working_days(start, count) == due


def test_the_due_date_says_which_days_did_not_count() -> None:
    due, skipped = CALENDAR.explain(date(2026, 12, 1), 3)
    assert due == date(2026, 12, 7)
    assert [(one.day.day, one.why) for one in skipped] == [(2, "holiday"), (5, "rest"), (6, "rest")]
    assert skipped[0].name == NAME


def test_calendar_days_end_on_a_working_day() -> None:
    assert CALENDAR.add_days(date(2026, 11, 25), 7, kind="calendar") == date(2026, 12, 3)
    assert CALENDAR.add_days(date(2026, 11, 25), 1) == date(2026, 11, 26)


@given(DAYS, some.integers(min_value=0, max_value=60))
def test_a_due_date_is_a_working_day_as_far_away_as_asked(start: date, count: int) -> None:
    due = CALENDAR.add_working_days(start, count)
    assert CALENDAR.is_working(due)
    if count:
        assert CALENDAR.working_days_between(start, due) == count


@given(DAYS, DAYS)
def test_counting_back_is_counting_forth(start: date, end: date) -> None:
    assert CALENDAR.working_days_between(start, end) == -CALENDAR.working_days_between(end, start)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        CALENDAR.add_working_days(NATIONAL, -1)
    with pytest.raises(ValueError, match="working weekday"):
        Calendar(rest=frozenset(range(1, 8))).add_working_days(NATIONAL, 1)


def test_today_is_a_date_of_the_zone() -> None:
    assert CALENDAR.today(datetime(2026, 12, 1, 17, 30, tzinfo=UTC)) == NATIONAL


def test_hours_of_a_day() -> None:
    monday = date(2026, 11, 30)
    assert periods_on((), CALENDAR, monday) == [(time(8), time(12)), (time(13), time(16))]
    assert periods_on((), CALENDAR, monday + timedelta(days=1)) == []
    assert periods_on((Hours(weekday=6, opens=time(9), closes=time(11)),), CALENDAR, date(2026, 12, 5)) == [
        (time(9), time(11))
    ]
    assert periods_on((Hours(weekday=3, opens=time(9), closes=time(11)),), CALENDAR, NATIONAL) == []


def test_open_until_the_closing_minute() -> None:
    periods = [(time(8), time(12))]
    assert is_open_at(periods, time(8))
    assert is_open_at(periods, time(11, 59, 59))
    assert not is_open_at(periods, time(12))


def test_wrong_hours_are_named() -> None:
    faults = hours_faults(
        [
            MORNING,
            Hours(weekday=1, opens=time(11), closes=time(13)),
            Hours(weekday=2, opens=time(12), closes=time(8)),
            Hours(weekday=8, opens=time(8), closes=time(9)),
            Hours(weekday=3, opens=time(8), closes=time(8)),
        ]
    )
    assert [index for index, _sentence in faults] == [1, 2, 3, 4] and "when it opens (08:00)" in faults[3][1]


def test_an_offer_holds_on_its_days() -> None:
    offer = Offer(
        service=UUID(int=1), valid_from=date(2026, 3, 2), valid_until=date(2026, 3, 9), weekdays=(1, 3)
    )
    assert offer.holds_on(date(2026, 3, 2))
    assert not offer.holds_on(date(2026, 3, 3))
    assert not offer.holds_on(date(2026, 3, 9))
    assert not offer.holds_on(date(2026, 2, 23))
