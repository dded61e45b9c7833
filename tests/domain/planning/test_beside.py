"""The same people work on other services: their time is taken, in the past and in the replay, and told with its error."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.cases.api import LivedCase, LivedStep
from onedoor.domain.planning.rules.beside import load_by_role
from onedoor.domain.planning.rules.bounds import most_of
from onedoor.domain.planning.rules.findings import found
from onedoor.domain.planning.rules.past import past_of
from onedoor.domain.planning.rules.version import Ground
from tests.domain.planning.made import CENTRE, HOURS, OFFICE, ground, lived, version
from tests.domain.planning.test_replay import run

CLERK = UUID(int=500)


def others(cases: list[LivedCase], *, minutes: int = 20) -> list[LivedStep]:
    """After each check the same clerk does something for another service, which had lain there for an hour."""
    found = []
    for case in cases:
        for step in case.steps:
            if step.node == "check":
                done = datetime.fromtimestamp(HOURS.after(step.done_at.timestamp(), 60.0 * minutes), UTC)
                begun = step.done_at - timedelta(hours=1)
                found.append(replace(step, node="other", opened_at=begun, done_at=done))
    return found


def with_others(cases: list[LivedCase], beside: list[LivedStep]) -> Ground:
    """The ground of these cases with what was done beside."""
    hours = {CENTRE: HOURS, OFFICE: HOURS}
    past = past_of(cases, beside=beside, hours=hours, usual_work=900, groups={})
    return replace(ground(cases, version()), past=past)


def told(on: Ground, other: Any = None) -> dict[str, Any]:
    """What an experiment on this ground found."""
    return found(on, run(on, on.current), [run(on, other or on.current)], seed=1)


def test_other_services_take_the_time_of_the_same_people() -> None:
    cases = lived(40)
    plain, loaded = told(ground(cases, version())), told(with_others(cases, others(cases)))
    claims = {claim["code"]: claim for claim in loaded["claims"]}
    assert claims["beside"]["n"] == 40 and claims["beside"]["change"] == 0
    assert claims["beside"]["mae"] is not None and "beside" not in {one["code"] for one in plain["claims"]}
    clerk, before = (next(row for row in one["lanes"] if row["role"] == "clerk") for one in (loaded, plain))
    assert clerk["beside"] > 5 and 0 <= clerk["beside_error"] < clerk["beside"]
    assert before["beside"] == 0
    assert clerk["hours"]["now"] == pytest.approx(clerk["hours"]["then"])
    assert clerk["waited"]["now"] > 0


def test_with_fewer_files_before_the_same_people_others_are_done_earlier() -> None:
    cases = lived(40)
    on = with_others(cases, others(cases))
    quiet = replace(on, past=replace(on.past, arrivals=on.past.arrivals[:1]))
    assert sum(run(quiet, on.current).beside) < sum(run(on, on.current).beside)


def test_what_nobody_saw_is_as_uncertain_as_it_is_long() -> None:
    cases = lived(1)
    unseen = [replace(one, opened_at=one.done_at - timedelta(minutes=10)) for one in others(cases)]
    past = with_others(cases, unseen).past
    hours, error = load_by_role(past)["clerk"]
    assert hours == error > 0


def test_people_are_told_with_bounds_and_every_row_has_its_error() -> None:
    on = ground(lived(60), version())
    result = told(on, version(papers=("form",)))
    people = result["people"]
    assert (people["wrongly"], people["missed"]) == (0, 0) and people["passed"] + people["refused"] == 60
    assert 0 < people["wrongly_most"] < 10 < people["missed_most"] < 100
    assert people["trips"] == 60 and people["trips_most"] >= 100 * people["trips_wrong"] / 60
    for row in result["groups"]:
        assert row["hidden"] or all(row[f"{code}_error"] is not None for code in ("days", "trips", "refused"))
    assert all("error" in row[name] for row in result["lanes"] for name in ("hours", "needed", "waited"))
    assert all(point["error"] >= 0 for point in result["plot"])
    assert most_of(0, 0) == 100 and most_of(0, 1_000) < 1
