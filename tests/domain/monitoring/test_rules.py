"""Histograms within their bound, intervals that cover, cells that stay hidden, periods, alerts."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.monitoring.errors import NotAPeriod
from onedoor.domain.monitoring.rules.alerts import Facts, alerts
from onedoor.domain.monitoring.rules.figures import Figures, Limit, summed
from onedoor.domain.monitoring.rules.histogram import DURATION, ERROR_PERCENT, WAIT, Scale, added, counted
from onedoor.domain.monitoring.rules.periods import read_period, week_before
from onedoor.domain.monitoring.rules.statistics import SMALLEST, hidden, judged, total_hidden, wilson
from onedoor.domain.monitoring.rules.tallies import ALL, Tally, age_group, keys
from onedoor.kernel.ids import new_id

SCALES = st.sampled_from([WAIT, DURATION])


@given(SCALES, st.lists(st.floats(1, 1e8), min_size=1, max_size=200), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_quantile_is_within_the_bound(scale: Scale, factors: list[float], share: float) -> None:
    top = scale.first * 1.1 ** (scale.size - 2)
    values = sorted(min(scale.first * (1 + factor / 1e4), top) for factor in factors)
    true = values[max(1, math.ceil(len(values) * share)) - 1]
    found = scale.quantile(counted(scale.bucket(value) for value in values), share)
    assert found is not None and abs(found - true) <= true * ERROR_PERCENT / 100


@given(st.lists(st.lists(st.floats(1, 1e6), max_size=20), max_size=5))
def test_histograms_can_be_added(parts: list[list[float]]) -> None:
    whole = counted(WAIT.bucket(value) for part in parts for value in part)
    assert added([counted(map(WAIT.bucket, part)) for part in parts]) == whole


def test_what_is_shorter_or_longer_than_the_scale_is_kept_at_its_ends() -> None:
    assert WAIT.bucket(0) == 0 and WAIT.bucket(29.9) == 0 and WAIT.bucket(30) == 1
    assert WAIT.bucket(10**9) == WAIT.size - 1
    assert WAIT.quantile([], 0.5) is None


def test_wilson_as_published() -> None:
    low, high = wilson(81, 263) or (0, 0)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)  # Newcombe 1998, method 3
    assert wilson(0, 0) is None
    assert (wilson(0, 10) or (1, 1))[0] == 0.0 and (wilson(10, 10) or (0, 0))[1] == 1.0


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share(hits: int, of: int) -> None:
    hits = min(hits, of)
    low, high = wilson(hits, of) or (1.0, 0.0)
    assert 0 <= low <= hits / of <= high <= 1


def test_a_standard_is_missed_only_beyond_chance() -> None:
    assert judged(80, 100, 80) == "met"
    assert judged(7, 10, 80) == "open"
    assert judged(700, 1000, 80) == "missed"
    assert judged(0, 0, 80) == "none"


@given(st.lists(st.integers(0, 60), max_size=8))
def test_nobody_is_found_by_subtraction(counts: list[int]) -> None:
    hide = hidden(counts)
    behind = [count for count, secret in zip(counts, hide, strict=True) if secret]
    shown = [count for count, secret in zip(counts, hide, strict=True) if not secret]
    assert all(count == 0 or count >= SMALLEST for count in shown)
    if not total_hidden(counts, hide):
        assert not behind or (len(behind) >= 2 and sum(behind) >= SMALLEST)


def test_a_small_cell_takes_the_next_smallest_along() -> None:
    assert hidden([3, 40, 12]) == [True, False, True]
    assert hidden([5, 40, 0]) == [False, False, False]
    assert total_hidden([3], hidden([3])) and total_hidden([2, 2], hidden([2, 2]))


def test_each_thing_is_added_to_country_centre_service_and_both() -> None:
    centre, service = new_id(), new_id()
    made = list(
        keys(
            day=date(2026, 3, 2), centre=centre, service=service, traits={"channel": "kiosk", "sex": "female"}
        )
    )
    assert len(made) == len(set(made))
    everybody = {(key.grain, key.centre, key.service) for key in made if not key.dim}
    places = {(ALL, ALL), (centre, ALL), (ALL, service), (centre, service)}
    assert everybody == {(grain, *place) for grain in "dmy" for place in places}
    assert {(key.centre, key.service) for key in made if key.dim == "channel"} == places
    assert (centre, service) not in {(key.centre, key.service) for key in made if key.dim == "sex"}
    assert {key.period for key in made} == {date(2026, 3, 2), date(2026, 3, 1), date(2026, 1, 1)}


def test_periods() -> None:
    today = date(2026, 3, 2)
    assert read_period("", today=today).code == "2026"
    month = read_period("2026-12", today=today)
    assert (month.code, month.next().code, month.before().code, month.last) == (
        "2026-12",
        "2027-01",
        "2026-11",
        date(2026, 12, 31),
    )
    assert [first.month for first in read_period("2026-02", today=today).months()][:3] == [3, 4, 5]
    assert read_period("2026", today=today).months()[0] == date(2026, 1, 1)
    assert week_before(today) == (date(2026, 2, 23), date(2026, 3, 1))
    for wrong in ("26", "2026-13", "2026-1", "9999-01", "2026-01-01", "x", "２０２６"):
        with pytest.raises(NotAPeriod):
            read_period(wrong, today=today)


def test_figures_say_nothing_of_nothing() -> None:
    nothing = Figures(Tally())
    assert nothing.value("wait_median") is None and nothing.value("satisfied") is None
    assert nothing.value("served") == 0 and nothing.interval("satisfied") is None
    limit = Limit("satisfied", {}, 4, 90, True)
    some = Figures(Tally({"rated": 200, "satisfied": 100}))
    assert some.value("satisfied") == 0.5 and some.verdict("satisfied", {"satisfied": limit}) == "missed"
    assert summed([some, some]).n("satisfied") == 400
    assert age_group(17) == "0-17" and age_group(60) == "60+"


AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
LIMITS = {
    code: Limit(code, {}, limit, 0, True)
    for code, limit in {
        "silent": 30,
        "longest_wait": 45,
        "overdue": 0,
        "cash_overnight": 0,
        "closed_counters": 0,
        "complaint": 10,
    }.items()
}
QUIET = Facts(
    at=AT,
    today=AT.date(),
    steadily_open=True,
    last_seen=AT,
    waiting=0,
    since=None,
    counters_open=2,
    counters=4,
    late=0,
    complaints=0,
    drawers_open=0,
    drawer_since=None,
    drawer_day=None,
)


def facts(**changed: object) -> Facts:
    return Facts(**{**QUIET.__dict__, **changed})  # type: ignore[arg-type]


def codes(held: Facts, limits: dict[str, Limit] = LIMITS) -> list[str]:
    return [alert.code for alert in alerts(held, limits)]


def test_alerts_hold_at_their_limits_and_not_before() -> None:
    assert codes(QUIET) == []
    assert codes(facts(last_seen=AT - timedelta(minutes=30))) == []
    assert codes(facts(last_seen=AT - timedelta(minutes=31))) == ["silent"]
    assert codes(facts(last_seen=None)) == ["silent"]
    assert codes(facts(last_seen=None, steadily_open=False)) == []
    assert codes(facts(waiting=1, since=AT - timedelta(minutes=45))) == []
    assert codes(facts(waiting=1, since=AT - timedelta(minutes=47))) == ["long_wait"]
    assert codes(facts(waiting=3, since=AT, counters_open=0)) == ["all_closed"]
    assert codes(facts(late=1)) == ["overdue"]
    assert codes(facts(complaints=1)) == ["complaint"]
    assert codes(facts(drawers_open=1, drawer_day=AT.date())) == []
    assert codes(facts(drawers_open=1, drawer_day=AT.date() - timedelta(days=1))) == ["cash_open"]
    assert codes(facts(last_seen=None, late=2, complaints=1, waiting=1, since=AT, counters_open=0), {}) == []
