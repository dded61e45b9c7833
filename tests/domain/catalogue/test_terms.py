"""What is wrong with the time that a service may take, in sentences."""

from typing import Any

import pytest

from onedoor.domain.catalogue.api import Asked, Duration, duration_faults

SPEED = {"speed": Asked(choices=("ordinary", "fast"), required=True)}
TABLE = {"ordinary": 10, "fast": 1}


@pytest.mark.parametrize(
    "about",
    [
        {"days": 3, "kind": "working"},
        {"hours": 8, "kind": "hours"},
        {"kind": "unknown"},
        {"days": 10, "kind": "calendar", "by": "speed", "choices": TABLE, "extensions": 1, "extension": 5},
    ],
)
def test_what_may_be_published(about: dict[str, Any]) -> None:
    assert duration_faults(Duration(**about), SPEED) == []


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"kind": "working"}, "days"),
        ({"kind": "hours", "days": 3}, "hours"),
        ({"kind": "working", "days": 3, "hours": 3}, "hours"),
        ({"kind": "working", "days": 99_999}, "days"),
        ({"kind": "unknown", "days": 3}, "days"),
        ({"kind": "working", "days": 3, "warn": -1}, "warn"),
        ({"kind": "working", "days": 3, "extensions": 1}, "extend"),
        ({"kind": "working", "days": 3, "by": "colour", "choices": TABLE}, "by"),
        ({"kind": "working", "days": 3, "choices": TABLE}, "by"),
        ({"kind": "working", "days": 3, "by": "speed", "choices": {"ordinary": 10}}, "choices"),
        ({"kind": "working", "days": 3, "by": "speed", "choices": {**TABLE, "slow": 90}}, "choices"),
    ],
)
def test_what_is_named_as_wrong(about: dict[str, Any], field: str) -> None:
    assert field in [where for where, _sentence in duration_faults(Duration(**about), SPEED)]


def test_the_time_goes_by_the_answer() -> None:
    held = Duration(days=10, kind="working", by="speed", choices=TABLE)
    assert [held.amount({"speed": said}) for said in ("fast", "ordinary", "?")] == [1, 10, 10]
    assert Duration(hours=4, kind="hours").amount({}) == 4
    assert Duration().amount({}) is None
