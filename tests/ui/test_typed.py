"""Days and hours as they are typed."""

from datetime import date, time

import pytest

from onedoor.ui.typed import typed_day, typed_hour


def test_a_day_and_an_hour_are_read() -> None:
    assert typed_day(" 2026-03-02 ") == date(2026, 3, 2) and typed_hour("08:30 ") == time(8, 30)


@pytest.mark.parametrize(
    "said", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "1899-12-31", "2201-01-01"]
)
def test_no_day_of_anybodys_calendar_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        typed_day(said)


@pytest.mark.parametrize("said", ["", "x", "25:00", "08:00+07:00", "08:00Z"])
def test_no_hour_of_the_centre_is_refused(said: str) -> None:
    with pytest.raises(ValueError):
        typed_hour(said)
