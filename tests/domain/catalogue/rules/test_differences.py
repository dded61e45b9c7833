"""Differences in words: nothing for the same, a sentence in both languages for every change, and never an exception."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.differences import Difference, differences
from onedoor.domain.catalogue.rules.documents import Documents, unkept
from tests.domain.catalogue.rules.test_problems import CONTENT, FEE, FORM, GOOD, JSON, PROCESS, WORDS

DECISIONS = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="t">
<decision id="level" name="level"><variable name="level" typeRef="string"/><decisionTable id="t" hitPolicy="UNIQUE">
<input id="i" label="area"><inputExpression id="e" typeRef="number"><text>form.area</text></inputExpression></input>
<output id="o" name="level" typeRef="string"/>
<rule id="r1">
<inputEntry id="a1"><text>&lt;= 100</text></inputEntry><outputEntry id="b1"><text>"district"</text></outputEntry></rule>
<rule id="r2">
<inputEntry id="a2"><text>&gt; 100</text></inputEntry><outputEntry id="b2"><text>"province"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
WHOLE = replace(GOOD, decisions=DECISIONS)


def content(**change: Any) -> Documents:
    return replace(WHOLE, content={**CONTENT, **change})


def english(found: tuple[Difference, ...]) -> str:
    return " ".join(each.sentence["en"] for each in found)


def form(change: Any) -> Documents:
    schema = deepcopy(FORM)
    change(schema)
    return replace(WHOLE, form=schema)


PAPER = CONTENT["papers"][0]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (content(name={**WORDS, "en": "Other"}), "The name is now “Other”; it was “Word”."),
        (content(fees=[{**FEE, "amount": 7_000}]), "The fee rises from ₭5.000 to ₭7.000."),
        (content(fees=[{**FEE, "amount": 4_000}]), "The fee falls from ₭5.000 to ₭4.000."),
        (content(fees=[{**FEE, "state": "free", "amount": 0}]), "The fee is now: free by law (before: ₭5.000)."),
        (
            content(fees=[{**FEE, "valid_until": "2027-01-01"}, {**FEE, "valid_from": "2027-01-01", "amount": 9}]),
            "a new fee applies: ₭9.",
        ),
        (content(papers=[]), "The paper “Word” is no longer asked for."),
        (content(papers=[PAPER, {**PAPER, "code": "b"}]), "The paper “Word” is now asked for."),
        (content(papers=[{**PAPER, "form": "copy"}]), "now brought: a copy (before: original or copy"),
        (content(papers=[{**PAPER, "required": False}]), "The paper “Word” need no longer be brought."),
        (content(duration={**CONTENT["duration"], "days": 5}), "may now take 5 working days (before: 3 working days)."),
        (content(duration={**CONTENT["duration"], "days": 1}), "may now take 1 working day (before: 3 working days)."),
        (content(duration={**CONTENT["duration"], "warn": 1}), "now reminded 1 day (or hour) before the end."),
        (
            content(legal_basis=[*CONTENT["legal_basis"], {"name": {"lo": "ກ", "en": "New law"}, "number": "2"}]),
            "The law “New law” was added.",
        ),
        (content(legal_basis=[]), "The law “Word” is no longer named."),
        (content(keywords=["a", "b"]), "It is now found by “b”."),
        (content(life_events=[]), "no longer listed under the life event “birth”."),
        (content(demonstration=True), "now shown as a demonstration."),
        (content(identity={"level": "document"}), "who she is: a document (before: not said)."),
        (content(colour=1), "“colour” of the service has changed."),
        (form(lambda schema: schema["properties"].pop("sex")), "is no longer asked."),
        (form(lambda schema: schema["required"].remove("sex")), "need no longer be answered."),
        (form(lambda schema: schema["properties"]["sex"]["enum"].pop()), "can no longer be answered with"),
        (
            form(lambda schema: schema["properties"]["sex"].update({"x-label": {"lo": "ກ", "en": "Which?"}})),
            "now reads “Which?”.",
        ),
        (form(lambda schema: schema.update({"title": "x"})), "The form has changed otherwise (title)."),
        (replace(WHOLE, process=""), "There is no process any more."),
        (replace(WHOLE, process="<no/>"), "cannot be read as it stands."),
        (replace(WHOLE, process=PROCESS + "\n"), "Only the drawing of the process has changed."),
        (replace(WHOLE, decisions=""), "There are no decision tables any more."),
        (replace(WHOLE, decisions=DECISIONS.replace("100", "200")), "rule 1 is now: <= 200 → \"district\""),
        (replace(WHOLE, decisions=DECISIONS.replace("<rule id=\"r2\">", "<rule id=\"r3\">")), "Only the drawing"),
    ],
)  # fmt: skip
def test_each_change_is_said(new: Documents, sentence: str) -> None:
    found = differences(WHOLE, new)
    assert sentence in english(found)
    assert all(each.sentence["lo"] for each in found)


def test_steps_are_said_by_name() -> None:
    renamed = PROCESS.replace('onedoor:nameEn="Decide', 'onedoor:nameEn="Judge')
    assert "Judge" in english(differences(WHOLE, replace(WHOLE, process=renamed))) or renamed == PROCESS
    for old, new, said in (
        ('onedoor:due="P', 'onedoor:due="P1', "now has a term of"),
        ('onedoor:role="officer"', 'onedoor:role="head"', "is now done by"),
    ):
        changed = PROCESS.replace(old, new)
        assert changed != PROCESS
        assert said in english(differences(WHOLE, replace(WHOLE, process=changed)))


@settings(max_examples=40, deadline=None)
@given(content=JSON, form=JSON, text=st.text(max_size=20))
def test_the_same_has_no_difference_and_garbage_raises_nothing(content: Any, form: Any, text: str) -> None:
    garbage = Documents(content=content, form=form, process=text, decisions=text)
    if unkept({"": [content, form]}) is None:  # what is no number is unlike itself, and no draft holds it
        assert differences(garbage, garbage) == ()
    assert isinstance(differences(WHOLE, garbage), tuple)
    assert isinstance(differences(garbage, WHOLE), tuple)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_change_of_content_and_form_is_named(data: st.DataObject) -> None:
    full: dict[str, Any] = {"content": deepcopy(CONTENT), "form": deepcopy(FORM)}
    document = data.draw(st.sampled_from(["content", "form"]))
    held: Any = full[document]
    while True:
        key = data.draw(st.sampled_from(sorted(held) if isinstance(held, dict) else range(len(held))))
        if not isinstance(held[key], dict | list) or not held[key] or data.draw(st.booleans()):
            break
        held = held[key]
    before = held[key]
    held[key] = data.draw(JSON)
    new = replace(WHOLE, **full)
    same = repr(before) == repr(held[key])
    found = {each.document for each in differences(WHOLE, new)}
    assert found == (set() if same else {document})


def test_words_that_differ_in_one_language_are_given_in_both() -> None:
    before = Documents(content={"name": {"lo": "ໃບ", "en": "Paper"}, "keywords": ["a", "b"]})
    after = Documents(content={"name": {"lo": "ໃບ", "en": "Certificate"}, "keywords": ["b", "a"]})
    order, name = sorted(
        (one.sentence for one in differences(before, after)), key=lambda one: "ໃບ" in one["lo"]
    )
    assert "ໃບ / Certificate" in name["lo"] and "ໃບ / Paper" in name["lo"]
    assert "/" not in name["en"] and "Certificate" in name["en"]
    assert order["en"] == "The words by which it is found stand in another order."


def test_a_question_that_is_renamed_is_not_said_to_be_arranged_anew() -> None:
    first = next(iter(FORM["properties"]))

    def rename(schema: Any) -> None:
        held = schema["properties"].pop(first)
        schema["properties"]["another"] = {**held, "x-was": first}
        for section in schema["x-sections"]:
            section["fields"] = ["another" if name == first else name for name in section["fields"]]

    said = english(differences(WHOLE, form(rename)))
    assert "is renamed" in said and "arranged" not in said
