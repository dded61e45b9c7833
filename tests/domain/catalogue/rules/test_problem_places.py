"""Where a problem lies is said in words, in Lao and English; garbage keeps its raw place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.problems import Problem, place_words
from tests.domain.catalogue.rules.test_problems import CONTENT, FORM, GOOD

CARD = {"lo": "ບັດປະຈຳຕົວ", "en": "Identity card"}
HELD = replace(
    GOOD,
    content={
        **CONTENT,
        "papers": [{**CONTENT["papers"][0], "name": CARD, "instead": [{"code": "x", "name": CARD}]}],
    },
)


@pytest.mark.parametrize(
    ("document", "place", "en", "lo"),
    [
        ("content", "papers[0].law", "paper 1, Identity card: law", "ເອກະສານທີ 1, ບັດປະຈຳຕົວ: ນິຕິກຳ"),
        ("content", "papers[0].instead[0].name", "paper 1, Identity card: alternative 1, Identity card: name", None),
        ("content", "papers[7]", "paper 8", "ເອກະສານທີ 8"),
        ("content", "fees[0].funding.share", "fee table 1: who bears the cost: share", None),
        ("content", "name", "name", "ຊື່"),
        ("content", "life_events[0]", "moment of life 1, birth", None),
        ("content", "strange[0].thing", "part 1: thing", None),
        ("form", "/properties/birth_date/x-label", "question “Date of birth”: question in words", None),
        ("form", "", "the form", "ແບບຟອມ"),
        ("process", "decide", "the process: “ກວດກາ ແລະ ຕັດສິນ”", None),
        ("process", "no-such-id", "the process: no-such-id", None),
        ("decisions", "decision “level”, rule 2, column “area”", "the decision tables: “level”: rule 2: column “area”", None),
        ("decisions", "line 7", "the decision tables: line 7", None),
    ],
)  # fmt: skip
def test_a_place_is_said_in_words(document: str, place: str, en: str, lo: str | None) -> None:
    problem = Problem(document=document, place=place, sentence="")
    with translation.override("en"):
        assert place_words(HELD, problem) == en
    with translation.override("lo"):
        said = place_words(HELD, problem)
        assert said == lo if lo else said
    assert problem.place == place


@settings(max_examples=40)
@given(st.text(max_size=30), st.sampled_from(["content", "form", "process", "decisions"]))
def test_any_place_is_survived(place: str, document: str) -> None:
    for documents in (
        HELD,
        replace(GOOD, content={}, form={**FORM, "properties": []}, process="<", decisions=""),
    ):
        assert isinstance(place_words(documents, Problem(document=document, place=place, sentence="")), str)
