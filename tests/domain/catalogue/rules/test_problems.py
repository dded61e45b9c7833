"""The check of documents: whatever they hold, it says what is wrong and never raises."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.domain.catalogue.rules.problems import Known, Problem, problems
from tests.factories.registry import PACK

WORDS = {"lo": "ຄຳ", "en": "Word"}
PLACE = PACK / "services" / "birth-registration"
FORM = json.loads((PLACE / "form.json").read_text())
PROCESS = (PLACE / "process.bpmn").read_text()
FEE = {
    "state": "set",
    "amount": 5_000,
    "currency": "LAK",
    "law": WORDS,
    "valid_from": "2021-01-01",
    "valid_until": None,
    "source": "",
    "funding": {
        "model": "cost_recovery",
        "unit_cost": 5_000,
        "share": "0",
        "demonstration": False,
        "source": "",
    },
}
CONTENT: dict[str, Any] = {
    "name": WORDS,
    "summary": WORDS,
    "authority": "00000000-0000-0000-0000-000000000001",
    "papers": [
        {"code": "a", "name": WORDS, "note": {}, "required": True, "demonstration": False, "law": "1"}
    ],
    "fees": [FEE],
    "duration": {"days": 3, "kind": "working", "note": {}, "demonstration": False},
    "legal_basis": [{"name": WORDS, "number": "1", "dated": None, "source": ""}],
    "result": WORDS,
    "keywords": ["a"],
    "life_events": ["birth"],
    "demonstration": False,
    "notice": {},
    "source": "",
}
GOOD = Documents(content=CONTENT, form=FORM, process=PROCESS)
KNOWN = Known(life_events=frozenset({"birth"}), handlers=None, authority=lambda id: id.int == 1)  # type: ignore[arg-type]  # any handler


def with_(**change: Any) -> Documents:
    return Documents(content={**CONTENT, **change}, form=FORM, process=PROCESS)


def found(documents: Documents, *, stops: bool = True) -> list[Problem]:
    return [each for each in problems(documents, KNOWN) if each.stops is stops]


def test_good_documents_have_no_problem() -> None:
    assert problems(GOOD, KNOWN) == ()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": {"lo": "ຄຳ"}}, "name"),
        ({"summary": {"lo": " ", "en": "x"}}, "summary"),
        ({"result": {}}, "result"),
        ({"name": 5}, "name"),
        ({"colour": 1}, "colour"),
        ({"authority": "x"}, "authority"),
        ({"authority": "00000000-0000-0000-0000-000000000002"}, "authority"),
        ({"life_events": ["dragon"]}, "life_events[0]"),
        ({"keywords": [5]}, "keywords[0]"),
        ({"identity": {"level": "blood"}}, "identity.level"),
        ({"identity": {"colour": 1}}, "identity"),
        ({"legal_basis": []}, "legal_basis"),
        ({"legal_basis": [{"name": {"lo": "x"}, "number": "1", "dated": None}]}, "legal_basis[0].name"),
        ({"legal_basis": [{"name": WORDS, "dated": "soon"}]}, "legal_basis[0]"),
        ({"papers": [{"code": "a"}]}, "papers[0]"),
        ({"papers": [{"code": "a", "name": WORDS, "form": "stone"}]}, "papers[0].form"),
        ({"papers": [{"code": "a", "name": WORDS, "law": "9"}]}, "papers[0].law"),
        ({"papers": [{"code": "a", "name": {"lo": "x"}}]}, "papers[0].name"),
        ({"papers": [{"code": 5, "name": WORDS}]}, "papers[0].code"),
        ({"papers": [{"code": "a", "name": WORDS, "when": {"if": "dragon = 1", **WORDS}}]}, "papers[0].when"),
        ({"fees": []}, "fees"),
        ({"fees": [{**FEE, "amount": 0}]}, "fees[0]"),
        ({"fees": [{**FEE, "amount": "5"}]}, "fees[0].amount"),
        ({"fees": [{**FEE, "state": "cheap"}]}, "fees[0].state"),
        ({"fees": [{**FEE, "law": {}}]}, "fees[0].law"),
        ({"fees": [{**FEE, "valid_from": None}]}, "fees[0].valid_from"),
        ({"fees": [{**FEE, "state": "to_be_set", "amount": 0}]}, "fees[0].state"),
        ({"duration": {"days": None, "kind": "unknown"}}, "duration"),
        ({"duration": {"days": "3", "kind": "working"}}, "duration.days"),
        ({"duration": {"days": -3, "kind": "working"}}, "duration.days"),
        ({"duration": 3}, "duration"),
        ({"demonstration": True}, "notice"),
    ],
)
def test_each_fault_is_found_at_its_place(change: dict[str, Any], place: str) -> None:
    assert place in [each.place for each in found(with_(**change))]


def test_what_only_a_demonstration_may_lack_does_not_stop_one() -> None:
    lacking = {"legal_basis": [], "papers": [], "duration": {"days": None, "kind": "unknown"}}
    documents = with_(
        demonstration=True, notice=WORDS, fees=[{**FEE, "state": "to_be_set", "amount": 0}], **lacking
    )
    assert found(documents) == []
    assert {"legal_basis", "duration", "fees[0].state"} <= {
        each.place for each in found(documents, stops=False)
    }


def test_a_paper_without_a_law_is_worth_a_look() -> None:
    documents = with_(papers=[{"code": "a", "name": WORDS}])
    assert found(documents) == []
    assert [each.place for each in found(documents, stops=False)] == ["papers[0].law"]


def test_form_process_and_decisions_are_looked_at() -> None:
    form = deepcopy(FORM)
    form["properties"]["sex"]["x-label"] = {"lo": "x"}
    broken = Documents(content=CONTENT, form=form, process="<no/>", decisions="<no/>")
    assert {each.document for each in found(broken)} == {"form", "decisions"}
    assert {each.document for each in found(Documents(content=CONTENT, form=FORM, process="<no/>"))} == {
        "process"
    }
    english = PROCESS.replace("onedoor:nameEn", "onedoor:noName")
    assert [each.place for each in found(Documents(content=CONTENT, form=FORM, process=english))]
    bare = Documents(content=CONTENT)
    assert found(bare) == []
    assert {each.document for each in found(bare, stops=False)} == {"form", "process"}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["lo", "if", "set", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "name", "lo", "en", "when", "if", "lines", "kind", "days", "by", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_garbage_anywhere_is_a_problem_and_never_an_exception(data: st.DataObject) -> None:
    full: dict[str, Any] = {
        "content": deepcopy(CONTENT),
        "form": deepcopy(FORM),
        "process": PROCESS,
        "decisions": "",
    }
    held: Any = full
    for _step in range(data.draw(st.integers(1, 4))):
        keys = list(held) if isinstance(held, dict) else list(range(len(held)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(held[key], dict | list) or not held[key]:
            break
        held, outer, place = held[key], held, key
    else:
        held, key = outer, place
    held[key] = data.draw(JSON)
    assert isinstance(problems(Documents(**full), KNOWN), tuple)
