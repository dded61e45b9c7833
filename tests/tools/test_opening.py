"""A demonstration lives while its centres are open."""

from datetime import UTC, datetime, timedelta

import pytest

from onedoor.tools.opening import shift

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PERIODS = [
    (MONDAY, MONDAY + timedelta(hours=4)),
    (MONDAY + timedelta(hours=5), MONDAY + timedelta(hours=8)),
    (MONDAY + timedelta(days=1), MONDAY + timedelta(days=1, hours=4)),
]


@pytest.mark.parametrize(
    ("hour", "lives_at"),
    [(0, 0), (3, 3), (3.9, 7), (4.5, 7), (6, 6), (9, 26), (-30, 2), (23.9, 26), (99, 99)],
)
def test_the_clock_runs_ahead_only_while_the_centres_are_closed(hour: float, lives_at: float) -> None:
    at = MONDAY + timedelta(hours=hour)
    assert at + shift(at, PERIODS) == MONDAY + timedelta(hours=lives_at)
