"""Due dates and their reasons in words of both languages."""

from datetime import UTC, date, datetime, timedelta

from onedoor.domain.cases.rules import (
    Due,
    bounded,
    due_of,
    due_words,
    instant_after,
    legal_clock,
    on_time,
    reckon,
    span_of,
    when,
    why_words,
)
from onedoor.domain.catalogue.api import Duration
from onedoor.domain.catalogue.rules.process import Term, parse_duration
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.i18n import spoken

NATIONAL_DAY = {"lo": "ວັນຊາດ", "en": "National Day"}
DAYS = Calendar(holidays={date(2026, 12, 2): NATIONAL_DAY})
FRIDAY = datetime(2026, 11, 27, 2, tzinfo=UTC)
OFFICE = Term(parse_duration("P3D"), "office")


def test_working_days_skip_rest_and_holidays_and_say_so() -> None:
    due = reckon(OFFICE, at=FRIDAY, days=DAYS)
    assert due.on == date(2026, 12, 3)
    with spoken("en"):
        said = why_words(due.why, due.on)
    assert (
        said.startswith("3 working days after") and "National Day" in said and said.count("day of rest") == 2
    )


def test_a_step_that_moved_with_its_case_does_not_tell_that_nothing_was_skipped() -> None:
    with spoken("en"):
        said = why_words({"kind": "working", "days": 3, "from": "2026-11-27"}, date(2026, 12, 9))
    assert said == "3 working days after 27 November 2026."


def test_a_term_by_the_office_ends_with_its_last_day() -> None:
    assert instant_after(OFFICE, at=FRIDAY, days=DAYS) == datetime(2026, 12, 3, 17, tzinfo=UTC)
    assert instant_after(Term(parse_duration("PT2H")), at=FRIDAY, days=DAYS) == FRIDAY + timedelta(hours=2)
    assert parse_duration("P1M").after(datetime(2026, 1, 31, tzinfo=UTC)) == datetime(2026, 2, 28, tzinfo=UTC)


def test_the_day_begins_at_midnight_in_vientiane() -> None:
    late = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)  # Friday 0:30 in Vientiane
    assert reckon(OFFICE, at=late, days=DAYS).on == date(2026, 12, 3)
    assert on_time(date(2026, 11, 26), late, "Asia/Vientiane") is False
    assert on_time(date(2026, 11, 27), late, "Asia/Vientiane") is True
    assert on_time(None, late, "Asia/Vientiane") is None


def test_calendar_days_end_on_a_working_day() -> None:
    clock = legal_clock(
        Duration(days=30, kind="calendar"), {}, at=datetime(2026, 11, 2, 2, tzinfo=UTC), zone=DAYS.zone
    )
    assert due_of(clock, DAYS).on == date(2026, 12, 3)
    assert legal_clock(Duration(), {}, at=FRIDAY, zone=DAYS.zone) is None
    assert due_of(None, DAYS).why == {"kind": "unknown"}


def test_the_time_goes_by_an_answer() -> None:
    duration = Duration(days=10, kind="working", by="speed", choices={"ordinary": 10, "one_day": 1})
    fast = legal_clock(duration, {"speed": "one_day"}, at=FRIDAY, zone=DAYS.zone)
    assert fast is not None and (fast.count, fast.chosen) == (1, "one_day")
    assert due_of(fast, DAYS).on == date(2026, 11, 30)
    silent = legal_clock(duration, {}, at=FRIDAY, zone=DAYS.zone)
    assert silent is not None and silent.count == 10


def test_no_step_of_an_office_is_due_later_than_the_whole_case() -> None:
    own = reckon(OFFICE, at=FRIDAY, days=DAYS)
    assert bounded(own, date(2026, 12, 1), answers=True) == Due(date(2026, 12, 1), {"kind": "case"})
    assert bounded(own, date(2026, 12, 9), answers=True) == own
    assert bounded(Due(), date(2026, 12, 9), answers=True).on == date(2026, 12, 9)
    assert bounded(Due(), date(2026, 12, 9), answers=False) == Due() == bounded(Due(), None, answers=True)


def test_due_in_words() -> None:
    today = date(2026, 11, 25)
    with spoken("en"):
        words = [due_words(today + timedelta(days=days), today) for days in (-2, -1, 0, 1, 3)]
        assert due_words(None, today) == "No due date"
    assert words == ["Overdue by 2 days", "Overdue by 1 day", "Due today", "Due tomorrow", "Due in 3 days"]


def test_filters_cover_every_date_once() -> None:
    today = date(2026, 11, 25)
    for offset in (-400, -1, 0, 1, 4, 5, 400):
        day = today + timedelta(days=offset)
        within = [
            name
            for name in ("overdue", "today", "later")
            if (span := span_of(name, today)) and span[0] <= day <= span[1]
        ]
        week = span_of("week", today)
        assert week is not None
        assert len(within) + (week[0] < day <= week[1]) == 1
        assert when(day, today) in (within or ["week"])
