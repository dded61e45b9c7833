"""Changes without drawing: documents in, documents out, and what cannot be changed is refused."""

from __future__ import annotations

import pytest

from onedoor.domain.catalogue.api import Documents, compile_decisions
from onedoor.domain.planning.errors import LimitIsUnknown, StepsDoNotFollow
from onedoor.domain.planning.rules.bounds import claim, mean, middle, p90, total
from onedoor.domain.planning.rules.changes import (
    label_of_limit,
    limits_in,
    merged,
    pairs,
    with_limit,
    with_time,
    without_paper,
)
from tests.domain.planning.made import compiled, plain_process
from tests.factories.registry import PACK

PERMIT = (PACK / "services" / "construction-permit" / "decisions.dmn").read_text()


def test_a_paper_goes_and_a_time_changes_and_what_was_there_stays() -> None:
    old = Documents(
        content={
            "papers": [{"code": "a"}, {"code": "b"}],
            "duration": {"kind": "calendar", "days": 5, "by": "size", "choices": {"big": 9}},
        }
    )
    new = with_time(without_paper(old, "a"), 2)
    assert new.content["papers"] == [{"code": "b"}]
    assert new.content["duration"] == {"kind": "calendar", "days": 2}
    assert len(old.content["papers"]) == 2 and old.content["duration"]["days"] == 5
    assert with_time(Documents(), 3).content["duration"] == {"kind": "working", "days": 3}


def test_only_what_always_follows_can_be_merged() -> None:
    held = compiled(plain_process())
    assert [(a.id, b.id) for a, b in pairs(held)] == [("check", "decide")]
    new = merged(Documents(process=plain_process()), "check", "decide")
    process = compiled(new.process)
    assert "check" not in process.nodes
    assert process.node("receive").flows[0].target == "decide"
    assert process.node("decide").outcomes == held.node("decide").outcomes
    for first, second in (("decide", "hand"), ("receive", "decide"), ("nowhere", "decide")):
        with pytest.raises(StepsDoNotFollow):
            merged(Documents(process=plain_process()), first, second)


def test_a_limit_changes_in_every_rule_of_its_column() -> None:
    found = [limit.key for limit in limits_in(PERMIT)]
    assert found == ["input_area/10000", "input_area/400", "input_height/20", "input_height/10"]
    new = with_limit(Documents(decisions=PERMIT), "input_area/400", "600")
    held = compile_decisions(new.decisions.encode())
    level = [
        held.decide("approval_level", {"form": {"floor_area": area, "height": 5}}).value
        for area in (500, 600)
    ]
    assert level == [3, 2]
    for key, number in (
        ("input_area/400", "x"),
        ("input_area/400", "9" * 20),
        ("input_area/401", "1"),
        ("x", "1"),
    ):
        with pytest.raises(LimitIsUnknown):
            with_limit(Documents(decisions=PERMIT), key, number)
    assert limits_in("") == [] and label_of_limit(PERMIT, "x") == ""
    assert label_of_limit(PERMIT, "input_area/400") == limits_in(PERMIT)[0].label != ""


def test_a_claim_tells_its_error_and_what_it_missed() -> None:
    facts = [float(one % 7) for one in range(60)]
    now = [one + 0.1 for one in facts]
    less = claim("x", mean, facts, now, [[one - 2 for one in now]], seed=1)
    assert less.missed == pytest.approx(0.1) and less.mae == pytest.approx(0.1)
    assert less.change == pytest.approx(-2) and less.error == pytest.approx(0.1) and less.told_apart
    same = claim("x", middle, facts, now, [now], seed=1)
    assert same.change == 0 and not same.told_apart
    small = claim("x", mean, facts, now, [[one + 0.05 for one in now]], seed=1)
    assert not small.told_apart, "smaller than what the replay missed"
    spread = claim(
        "x", total, facts, facts, [[one + 3 * (-1) ** place for place, one in enumerate(facts)]], seed=1
    )
    assert spread.error > 10 and not spread.told_apart
    other = claim("x", mean, facts, facts, [[one - 1 for one in facts]], seed=1, unlike=(facts, facts))
    assert other.error == pytest.approx(1) and not other.told_apart, (
        "another reading says that nothing changes"
    )
    none = claim("x", p90, [None], [None], [[1.0]], seed=1)
    assert (none.n, none.change, none.told_apart) == (0, None, False)
