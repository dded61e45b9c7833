"""Forms: the pack's own, what they refuse in both languages, and what cannot be published."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onedoor
from onedoor.domain.catalogue.rules.forms import FormRefused, compile_form
from tests.factories.registry import BIRTH

SERVICES = Path(onedoor.__file__).parent / "packs" / "lao" / "services"
TODAY = date(2026, 3, 2)


def schema() -> dict[str, Any]:
    return json.loads((SERVICES / "birth-registration" / "form.json").read_text())  # type: ignore[no-any-return]


def test_the_packs_forms_compile_and_take_a_good_answer() -> None:
    for path in SERVICES.glob("*/form.json"):
        assert compile_form(json.loads(path.read_text())).questions
    form = compile_form(schema())
    assert form.faults(BIRTH, today=TODAY, units=frozenset({"0103"})) == {}
    assert form.read(form.inputs(BIRTH)) == BIRTH


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"birth_date": "2026-03-03"}, "birth_date"),
        ({"birth_date": "2026-02-30"}, "birth_date"),
        ({"birth_date": "1726-02-01"}, "birth_date"),
        ({"sex": "dragon"}, "sex"),
        ({"birth_district": "9999"}, "birth_district"),
        ({"child_name": {"lo": "Dao", "en": "Dao"}}, "child_name.lo"),
        ({"child_name": {"lo": "ດາວ", "en": "ດາວ"}}, "child_name.en"),
        ({"child_name": {"lo": "ດາວ"}}, "child_name.en"),
        ({"father_name": {"lo": "ບຸນ"}}, "father_name.en"),
        ({"informant_phone": "12"}, "informant_phone"),
        ({"family_village": "x" * 500}, "family_village"),
        ({"family_village": 7}, "family_village"),
        ({"family_village": ""}, "family_village"),
    ],
)
def test_faults_name_the_input(change: dict[str, Any], field: str) -> None:
    assert list(
        compile_form(schema()).faults({**BIRTH, **change}, today=TODAY, units=frozenset({"0103"}))
    ) == [field]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20/2/2026", "2026-02-20"),
        ("20.02.2026", "2026-02-20"),
        ("2026-02-20", "2026-02-20"),
        ("2/30/2026", "2026-30-02"),
    ],
)
def test_dates_are_typed_day_first(typed: str, kept: str) -> None:
    form = compile_form(schema())
    assert form.read({"birth_date": typed})["birth_date"] == kept
    assert form.inputs({"birth_date": "2026-02-20"})["birth_date"] == "20/02/2026"
    assert ("birth_date" in form.faults({**BIRTH, "birth_date": kept}, today=TODAY)) == ("30" in kept[5:])


def test_what_was_not_asked_is_not_read() -> None:
    form = compile_form(schema())
    read = form.read({"child_name.lo": " ດາວ\x00  ວົງໄຊ ", "is_admin": "1", "sex": ""})
    assert read == {"child_name": {"lo": "ດາວ ວົງໄຊ"}}


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(BIRTH)), st.one_of(st.text(), st.integers(), st.lists(st.text()), st.none())
    )
)
def test_any_data_gets_an_answer(data: dict[str, Any]) -> None:
    form = compile_form(schema())
    form.faults(data, today=TODAY, units=frozenset())
    form.inputs(data)


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda s: s.update(properties={}), "asks nothing"),
        (lambda s: s["properties"]["sex"].pop("x-label"), "words are missing"),
        (lambda s: s["properties"]["sex"].update({"x-field": "magic"}), "no kind of question"),
        (lambda s: s["required"].append("ghost"), "required but not asked"),
        (lambda s: s["x-sections"][0]["fields"].remove("sex"), "stands in no section"),
        (lambda s: s["x-sections"][1]["fields"].append("sex"), "in two sections"),
        (lambda s: s["x-document"]["facts"].update(x="ghost"), "is not asked"),
        (
            lambda s: s["properties"].update(bad={"$ref": "https://example.org/x"}),
            "references are not followed",
        ),
        (lambda s: s.update(type="nonsense"), "schema"),
    ],
)
def test_a_broken_form_cannot_be_published(break_it: Any, said: str) -> None:
    held = schema()
    break_it(held)
    with pytest.raises(FormRefused) as refusal:
        compile_form(held)
    assert said in str(refusal.value)


def _number(**about: Any) -> dict[str, Any]:
    held = {"type": "integer", "x-field": "number", "x-label": {"lo": "ຂະໜາດ", "en": "Size"}, **about}
    return {
        "type": "object",
        "properties": {"size": held},
        "required": ["size"],
        "x-sections": [{"id": "s", "title": {"lo": "ກ", "en": "S"}, "fields": ["size"]}],
    }


@pytest.mark.parametrize(
    ("typed", "kept", "right"),
    [
        ("10.000", 10_000, True),
        ("1 234 567", 1_234_567, True),
        ("12,345", 12_345, True),
        ("0", 0, False),
        ("125", 125, True),
        ("1.5", "1.5", False),
        ("1.234,567", "1.234,567", False),
        ("-5", "-5", False),
        ("²", "²", False),
        ("9" * 40, "9" * 40, False),
        ("2000001", 2_000_001, False),
    ],
)
def test_whole_numbers_are_typed_as_people_write_them(typed: str, kept: Any, right: bool) -> None:
    form = compile_form(_number(minimum=1, maximum=2_000_000))
    assert form.read({"size": typed}) == {"size": kept}
    assert (form.faults({"size": kept}, today=TODAY) == {}) is right
    assert "size" in form.faults({"size": True}, today=TODAY)
    assert "size" in form.faults({}, today=TODAY)


@pytest.mark.parametrize(
    "about",
    [{}, {"minimum": 1}, {"minimum": 5, "maximum": 1}, {"maximum": 10**20}],
)
def test_a_number_without_ends_cannot_be_asked(about: dict[str, Any]) -> None:
    with pytest.raises(FormRefused, match="least and a most"):
        compile_form(_number(**about))
