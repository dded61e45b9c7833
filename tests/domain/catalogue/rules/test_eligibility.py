"""Who may apply: what answers come to, how it is kept, and what cannot be published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.eligibility import (
    Criterion,
    criteria_faults,
    criteria_kept,
    criterion_read,
    demanded,
    eligibility,
)

TODAY = date(2026, 3, 2)
WORDS = {"lo": "ອາຍຸ 60 ປີຂຶ້ນໄປ", "en": "60 years or older"}
OLD = Criterion(
    code="age",
    demands='years and months duration(date(birth_date), today) >= duration("P60Y")',
    words=WORDS,
    otherwise="not",
    law="1/X",
)
HERE = Criterion(code="here", demands='place = "here"', words=WORDS, demonstration=True)
ASKED = {"birth_date", "place"}


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({}, "open"),
        ({"birth_date": "1950-01-01"}, "open"),
        ({"birth_date": "1966-03-02", "place": "here"}, "eligible"),
        ({"birth_date": "1966-03-03", "place": "here"}, "not"),
        ({"birth_date": "1950-01-01", "place": "there"}, "officer"),
        ({"birth_date": "1990-01-01", "place": "there"}, "not"),
        ({"birth_date": "1990-01-01"}, "not"),
        ({"birth_date": ["?"], "place": 7}, "officer"),
    ],
)
def test_what_answers_come_to(answers: dict[str, object], standing: str) -> None:
    assert eligibility([OLD, HERE], answers, today=TODAY).standing == standing


def test_nobody_is_refused_who_is_not_asked() -> None:
    assert eligibility([], {"anything": 1}, today=TODAY).standing == "eligible"
    assert demanded([OLD, HERE]) == ASKED


def test_only_a_law_bars() -> None:
    young = {"birth_date": "1990-01-01"}
    assert eligibility([OLD], young, today=TODAY).barred == ()
    barring = replace(OLD, bars=True)
    assert eligibility([barring], young, today=TODAY).barred == (barring,)
    assert eligibility([barring], {}, today=TODAY).barred == ()


def test_it_is_kept_and_read_again() -> None:
    every = [OLD, replace(HERE, instead=WORDS), replace(OLD, code="b", bars=True)]
    kept = criteria_kept(every)
    assert [criterion_read(each) for each in kept] == every
    assert "bars" not in kept[0] and "demonstration" not in kept[0]
    with pytest.raises(ValueError, match="colour"):
        criterion_read({**kept[0], "colour": "red"})


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"demands": "salary > 3"}, "if"),
        ({"demands": "birth_date >"}, "if"),
        ({"demands": ""}, "if"),
        ({"words": {"lo": "ອາຍຸ"}}, "words"),
        ({"words": {}}, "words"),
        ({"instead": {"en": "wait"}}, "instead"),
        ({"otherwise": "perhaps"}, "otherwise"),
        ({"law": ""}, "law"),
        ({"law": "9/Z"}, "law"),
        ({"bars": True, "otherwise": "officer"}, "bars"),
        ({"bars": True, "law": "", "demonstration": True}, "bars"),
    ],
)
def test_what_cannot_be_published(changed: dict[str, object], key: str) -> None:
    assert not list(criteria_faults([OLD, HERE], questions=ASKED, laws={"1/X"}))
    wrong = replace(OLD, **changed)  # type: ignore[arg-type]
    found = list(criteria_faults([wrong, HERE], questions=ASKED, laws={"1/X"}))
    assert [(index, named) for index, named, _sentence in found] == [(0, key)]
    assert all(str(sentence) for _index, _key, sentence in found)


def test_too_many_and_the_same_twice() -> None:
    assert [key for _i, key, _s in criteria_faults([HERE, HERE], questions=ASKED, laws=())] == ["code"]
    many = [replace(HERE, code=str(number)) for number in range(60)]
    assert [index for index, _key, _s in criteria_faults(many, questions=ASKED, laws=())] == [50]


@given(
    st.dictionaries(
        st.sampled_from(["birth_date", "place"]), st.one_of(st.text(max_size=12), st.dates(), st.none())
    )
)
@settings(max_examples=60)
def test_no_answer_raises_and_more_answers_only_decide(answers: dict[str, object]) -> None:
    found = eligibility([OLD, HERE], answers, today=TODAY)
    assert (found.standing == "open") == (not found.unmet and bool(found.unanswered))
    assert not [each for each in found.unmet if each in found.unanswered]
