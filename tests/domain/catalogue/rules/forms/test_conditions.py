"""Conditions: what is hidden is not kept and not demanded, what is shown is; the order of the form decides."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from tests.domain.catalogue.rules.forms.schemas import WORDS, asked, schema, when

TODAY = date(2026, 3, 2)
SITE = asked("choice", enum=["hospital", "home"])
NAMED = asked("text", **{"x-required": True}, **when('site = "hospital"'))
WARD = asked("text", **when("hospital != null"))
FORM = compile_form(schema(("site",), site=SITE, hospital=NAMED, ward=WARD))


def test_what_is_hidden_is_dropped_with_all_that_hangs_on_it() -> None:
    posted = {"site": "home", "hospital": "Mahosot", "ward": "3"}
    assert FORM.read(posted) == {"site": "home"}
    assert FORM.faults({"site": "home"}, today=TODAY) == {}
    assert FORM.read({**posted, "site": "hospital"}) == {**posted, "site": "hospital"}


def test_what_is_shown_and_required_is_demanded() -> None:
    assert list(FORM.faults({"site": "hospital"}, today=TODAY)) == ["hospital"]
    assert [question.name for question in FORM.asked({"site": "hospital"})] == ["site", "hospital"]
    assert FORM.deciding == {"site", "hospital"}


def test_a_whole_section_can_be_hidden() -> None:
    held = schema(site=SITE, ward=asked("text", **{"x-required": True}))
    section = {"id": "t", "title": WORDS, "fields": ["ward"], **when('site = "hospital"')}
    held["x-sections"] = [{"id": "s", "title": WORDS, "fields": ["site"]}, section]
    form = compile_form(held)
    assert form.read({"site": "home", "ward": "3"}) == {"site": "home"}
    assert list(form.faults({"site": "hospital"}, today=TODAY)) == ["ward"]


@pytest.mark.parametrize(
    ("held", "place", "said"),
    [
        (schema(ward=WARD, hospital=asked("text")), "properties.ward.x-when", "is not asked before"),
        (schema(ward=asked("text", **when("ward = 1"))), "properties.ward.x-when", "is not asked before"),
        (schema(ward=asked("text", **when("a ="))), "properties.ward.x-when.if", "character"),
        (schema(ward=asked("text", **{"x-when": "site"})), "properties.ward.x-when", "has “if”"),
        (schema(ward=asked("text", **{"x-when": {"if": "true"}})), "properties.ward.x-when", "missing in lo"),
        (schema(("hospital",), site=SITE, hospital=NAMED), "required", "x-required"),
    ],
)
def test_conditions_that_cannot_be(held: dict[str, Any], place: str, said: str) -> None:
    with pytest.raises(FormRefused) as refusal:
        compile_form(held)
    assert any(where == place and said in reason for where, reason in refusal.value.faults)


ANSWERS = st.one_of(
    st.sampled_from(["hospital", "home", "x", ""]), st.integers(0, 3), st.none(), st.lists(st.text())
)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(["site", "hospital", "ward", "other"]), ANSWERS))
def test_settling_is_final(data: dict[str, Any]) -> None:
    once = FORM.settled(data)
    assert FORM.settled(once) == once
    assert set(once) <= {question.name for question in FORM.asked(data)}
    assert FORM.faults(data, today=TODAY) == FORM.faults(once, today=TODAY)
