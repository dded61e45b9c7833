"""Schema bombs are refused with their place, quickly; honest patterns are taken."""

import time
from typing import Any

import pytest

from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from onedoor.domain.catalogue.rules.forms.bounds import pattern_fault
from tests.domain.catalogue.rules.forms.schemas import asked, schema


def _deep(depth: int, width: int = 1) -> dict[str, Any]:
    held: dict[str, Any] = {"type": "string"}
    for _ in range(depth):
        held = {"anyOf": [held] * width}
    return held


BOMBS: list[tuple[str, dict[str, Any], str]] = [
    ("deep", schema(q=asked("text"), r=_deep(5_000)), "deeper"),
    ("laughs", schema(q=_deep(7, 6)), "larger"),
    ("many", schema(**{f"q{n}": asked("text") for n in range(5_000)}), "larger"),
    ("long", schema(q=asked("text", description="x" * 300_000)), "larger"),
    ("itself", {**schema(q=asked("text")), "$defs": {"a": {"$ref": "#/$defs/a"}}}, "references"),
    ("elsewhere", schema(q={"$dynamicRef": "https://example.org/x"}), "references"),
    ("choices", schema(q=asked("choice", enum=[str(n) for n in range(501)])), "more than 500"),
    ("pattern", schema(q=asked("text", pattern="^(a+)+$")), "without end"),
    ("names", {**schema(q=asked("text")), "patternProperties": {"^(a+)+$": {}}}, "written out"),
    (
        "group",
        schema(q=asked("group", maxItems=10**9, items={"properties": {"a": asked("text")}})),
        "at most 50",
    ),
]


@pytest.mark.parametrize(
    ("held", "said"), [(held, said) for _n, held, said in BOMBS], ids=[b[0] for b in BOMBS]
)
def test_bombs_are_refused_quickly(held: dict[str, Any], said: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(FormRefused) as refusal:
        compile_form(held)
    assert said in str(refusal.value)
    assert all(place and reason for place, reason in refusal.value.faults)
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    "pattern",
    ["^(a|aa)+$", "^(a{1,9}){1,9}$", "^a*$", r"^(a)\1$", "^(?=a)a$", "a{1,3}", "^[$", "^" + "a?" * 12 + "$"]
    + ["^a{1,}$", "^a{9999}$", "^" + "x" * 300 + "$", "^[0-9]{0,99}[0-9]{0,99}$", r"^\d+$", "^[^]a]+$"],
)
def test_patterns_that_no_one_can_bound_are_refused(pattern: str) -> None:
    assert pattern_fault(pattern)


@pytest.mark.parametrize(
    "pattern", ["^[0-9]{1,4}$", "^(LA|TH)-[0-9]{6}$", r"^\d{2}/\d{4}[A-Z]?$", r"^[\]+*]{1,3}\+$"]
)
def test_honest_patterns_are_taken(pattern: str) -> None:
    assert pattern_fault(pattern) == ""
