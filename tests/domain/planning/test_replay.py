"""The replay: one seed gives one result, the version in force differs in nothing from itself, and more hands are never slower."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import fmean, median
from typing import cast

from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.cases.api import LivedCase
from onedoor.domain.catalogue.api import CompiledProcess, Duration
from onedoor.domain.planning.rules.findings import found
from onedoor.domain.planning.rules.fitting import fitted
from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.lanes import Lane
from onedoor.domain.planning.rules.replay import Replay, Run
from onedoor.domain.planning.rules.version import Assumptions, Ground, Version
from tests.domain.planning.made import BPMN, HOURS, compiled, ground, lived, version


def run(on: Ground, of: Version, seed: int = 1) -> Run:
    """One replay to its end."""
    replay = Replay(on, of, seed=seed)
    for _ in replay.go():
        pass
    return replay.run()


def fit(cases: list[LivedCase], current: Version) -> Ground:
    """The ground that comes nearest to the past."""
    fitting = fitted(lambda share: ground(cases, current, waiting=share), seed=1)
    try:
        while True:
            next(fitting)
    except StopIteration as found_it:
        return cast(Ground, found_it.value[0].ground)


def days(of: Run) -> list[float]:
    """The days to the answer."""
    return [one.days for one in of.outcomes if one.days is not None]


def test_the_version_in_force_against_itself_changes_nothing() -> None:
    current = version()
    on = ground(lived(), current)
    told = found(on, run(on, current), [run(on, replace(current))], seed=1)
    assert [claim["change"] for claim in told["claims"]] == [0] * len(told["claims"])
    assert not any(claim["told_apart"] for claim in told["claims"])
    assert told["drawn"] == 0 and told["stuck"] == {"now": 0, "then": 0}
    assert told["refused"]["newly_count"] == told["refused"]["no_longer_count"] == 0


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(5, 30), st.integers(0, 6))
def test_one_seed_gives_one_result(seed: int, count: int, returned: int) -> None:
    current = version()
    on = ground(lived(count, seed=seed, returned=returned), current)
    new = version(fee=1, papers=("form",))
    assert run(on, new, seed).outcomes == run(on, new, seed).outcomes


def test_the_replay_comes_near_to_what_happened() -> None:
    cases = lived(120)
    current = version()
    on = fit(cases, current)
    lived_days = [(one.fact.answered - one.at) / DAY for one in on.past.arrivals]
    again = days(run(on, current))
    assert len(again) == len(cases)
    assert abs(fmean(again) - fmean(lived_days)) < 0.05 * fmean(lived_days)
    assert [one.status for one in run(on, current).outcomes] == [case.status for case in cases]
    trips = [one.trips for one in run(on, current).outcomes]
    assert fmean(trip for trip in trips if trip) == fmean(one.fact.trips for one in on.past.arrivals)


def test_a_paper_that_is_not_asked_for_returns_nobody() -> None:
    current = version()
    on = ground(lived(60), current, Assumptions(errands=frozenset({"map"})))
    now, then = run(on, current), run(on, version(papers=("form",)))
    saved = [
        before.trips - after.trips
        for before, after in zip(now.outcomes, then.outcomes, strict=True)
        if before.trips and after.trips
    ]
    assert sorted(set(saved)) == [1, 2]  # the errand, and for those who were sent back a trip to the centre
    assert fmean(days(then)) < fmean(days(now))
    claims = {claim["code"]: claim for claim in found(on, now, [then], seed=1)["claims"]}
    assert claims["trips"]["told_apart"] and claims["trips"]["change"] < -1


def test_a_paper_that_is_new_is_told_with_those_who_lack_it() -> None:
    current = version()
    on = ground(lived(20), current)
    told = found(on, run(on, current), [run(on, version(papers=("form", "map", "photo")))], seed=1)
    assert told["new_papers"] == {"photo": 20}


def test_two_steps_merged_take_one_rest_and_both_their_works() -> None:
    current = version()
    on = ground(lived(60), current)
    now = run(on, current)
    new = replace(current, process=_without_check(), merged={"decide": ("check", "decide")})
    then = run(on, new)
    assert fmean(days(then)) < fmean(days(now))
    work = [sum(lane.busy for lane in of.lanes.values()) for of in (now, then)]
    assert abs(work[0] - work[1]) < 1
    longest = replace(on, assumptions=Assumptions(merging="longer"))
    less = run(longest, new)
    assert sum(lane.busy for lane in less.lanes.values()) < work[1]


def _without_check() -> CompiledProcess:
    text = BPMN.format(rule="", first="decide")
    for part in (
        '<bpmn:userTask id="check" name="ກວດ" onedoor:nameEn="Check" onedoor:status="in_progress"/>\n',
        '<bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="decide"/>\n',
        "<bpmn:flowNodeRef>check</bpmn:flowNodeRef>",
    ):
        assert part in text
        text = text.replace(part, "")
    return compiled(text)


def test_a_change_that_hangs_on_how_the_past_is_read_is_not_told_apart() -> None:
    current = version()
    cases = lived(80)
    on, unlike = ground(cases, current, waiting=1.0), ground(cases, current, waiting=0.0)
    more = Assumptions(people={"clerk": 1})
    here, there = run(replace(on, assumptions=more), current), run(replace(unlike, assumptions=more), current)
    runs = (run(on, current), run(unlike, current))
    claims = found(on, runs[0], [here], seed=1, unlike=(runs[1], there))["claims"]
    assert (
        claims[0]["error"]
        >= abs((claims[0]["then"] - claims[0]["now"]) - (median(days(there)) - median(days(runs[1])))) - 1e-9
    )


def test_a_shorter_term_is_kept_by_fewer() -> None:
    current = version()
    on = ground(lived(60), current)
    now, then = run(on, current), run(on, version(duration=Duration(days=0, kind="calendar")))
    kept = [sum(bool(one.on_time) for one in of.outcomes) for of in (now, then)]
    assert kept[1] < kept[0]
    assert days(now) == days(then)


def test_who_is_not_accepted_is_walked_nowhere() -> None:
    current = version()
    on = ground(lived(40), current)
    strict = version(refuses=lambda answers, _day: ("area",) if answers["area"] > 300 else ())
    told = found(on, run(on, current), [run(on, strict)], seed=1)
    over = [one for one in on.past.arrivals if one.answers["area"] > 300 and one.fact.status != "refused"]
    assert told["refused"]["newly_count"] == len(over)
    assert told["refused"]["newly"][0]["why"] == ["area"]
    revenue = next(claim for claim in told["claims"] if claim["code"] == "revenue")
    assert revenue["fact"] == revenue["now"] == 40 * 50_000
    assert revenue["then"] == 50_000 * sum(one.answers["area"] <= 300 for one in on.past.arrivals)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 40_000), st.floats(0, 20_000)), min_size=1, max_size=40),
    st.integers(1, 4),
)
def test_more_people_are_never_slower(rows: list[tuple[float, float]], people: int) -> None:
    rows = sorted(rows)
    start = HOURS.starts[0]
    few, more = Lane(people, HOURS), Lane(people + 1, HOURS)
    for ready, work in rows:
        assert more.take(start + ready, work) <= few.take(start + ready, work) + 1e-6


@settings(max_examples=80, deadline=None)
@given(st.floats(0, 60 * DAY), st.floats(0, 30 * DAY))
def test_office_hours_count_forward_as_they_count_back(since: float, seconds: float) -> None:
    at = HOURS.starts[0] + since
    then = HOURS.after(at, seconds)
    assert then >= at
    assert abs(HOURS.between(at, then) - seconds) < 1e-3
    assert HOURS.day(HOURS.starts[0]) == date(2026, 1, 1)
