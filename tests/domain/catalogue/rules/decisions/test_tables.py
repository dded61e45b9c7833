"""What tables answer: every hit policy, defaults, types, allowed values, decisions that need others, and who says why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from onedoor.domain.catalogue.rules.decisions import Hit, compile
from tests.domain.catalogue.rules.decisions.dmn import definitions, literal, table, value

LEVELS = [("< 400", "3"), ("[400..10000)", "2"), (">= 10000", "1")]
STEPS = [(">= 0", "1"), (">= 10", "5"), (">= 20", "3")]
ORDER = (("level", "number", "5, 3, 1"),)


@pytest.mark.parametrize(
    ("size", "level"), [(0, 3), (399.99, 3), (400, 2), (9999, 2), (10**9, 1), (None, None), ("x", None)]
)
def test_one_rule_answers(size: Any, level: int | None) -> None:
    assert value(table(LEVELS), size=size) == level


@pytest.mark.parametrize(
    ("policy", "answer"),
    [
        ("COLLECT", [1, 5, 3]),
        ("RULE ORDER", [1, 5, 3]),
        ("OUTPUT ORDER", [5, 3, 1]),
        ("COLLECT+SUM", 9),
        ("COLLECT+MIN", 1),
        ("COLLECT+MAX", 5),
        ("COLLECT+COUNT", 3),
    ],
)
def test_policies_that_collect(policy: str, answer: Any) -> None:
    xml = table(STEPS, policy=policy, outputs=ORDER)
    assert value(xml, size=25) == answer
    empty = {"COLLECT+COUNT": 0, "COLLECT+SUM": None, "COLLECT+MIN": None, "COLLECT+MAX": None}
    assert value(xml, size=-1) == empty.get(policy, [])


def test_first_and_priority() -> None:
    first = [("> 20", "3"), ("> 10", "5"), ("-", "1")]
    assert [value(table(first, policy="FIRST"), size=size) for size in (25, 15, 5, None)] == [3, 5, 1, 1]
    ranked = [("-", "1"), ("> 10", "3"), ("> 20", "5")]
    xml = table(ranked, policy="PRIORITY", outputs=ORDER)
    assert [value(xml, size=size) for size in (25, 15, 5)] == [5, 3, 1]
    assert compile(definitions(xml)).decide("t", {"size": 25}).hits == (Hit("t", 3),)


def test_any_answers_what_all_say() -> None:
    same = [("< 20", "1"), ("> 10", "1"), ("[10..20]", "1")]
    found = compile(definitions(table(same, policy="ANY"))).decide("t", {"size": 15})
    assert found.value == 1
    assert [hit.rule for hit in found.hits] == [1, 2, 3]


def test_rules_that_cannot_be_compared_beforehand_are_held_to_the_policy_when_asked() -> None:
    free = [("< limit", "1"), (">= 10", "other")]
    unique = compile(definitions(table(free, policy="UNIQUE")))
    assert unique.notes
    assert unique.decide("t", {"size": 12, "limit": 20}).fault == "several_rules"
    assert unique.decide("t", {"size": 12, "limit": 3, "other": 7}).value == 7
    assert unique.decide("t", {"size": 5, "limit": 3}).fault == "no_rule"
    any_ = compile(definitions(table(free, policy="ANY")))
    assert any_.decide("t", {"size": 12, "limit": 20, "other": 2}).fault == "unequal_rules"
    assert any_.decide("t", {"size": 12, "limit": 20, "other": 1}).value == 1


def test_allowed_values_are_held() -> None:
    xml = table(
        [('"a"', "x"), ('"b"', '"two"')],
        inputs=(("k", "string", '"a", "b"'),),
        outputs=(("o", "string", '"one", "two"'),),
    )
    found = compile(definitions(xml))
    assert found.decide("t", {"k": "b"}).value == "two"
    assert found.decide("t", {"k": "c"}).fault == "input_not_allowed"
    assert found.decide("t", {"k": "a", "x": "three"}).fault == "output_not_allowed"
    assert found.decide("t", {"k": "a", "x": "one"}).value == "one"


def test_several_outputs_and_defaults() -> None:
    outputs = (("lane", "string", "", '"nobody"'), ("days", "integer", "", "0"))
    found = compile(definitions(table([("> 5", '"district"', "30")], outputs=outputs)))
    assert found.decide("t", {"size": 6}).value == {"lane": "district", "days": 30}
    assert found.decide("t", {"size": 5}).value == {"lane": "nobody", "days": 0}
    assert found.decide("t", {"size": 5}).hits == ()


def test_types_of_every_kind() -> None:
    inputs = (("born", "date"), ("sex", "string"), ("married", "boolean"))
    rules = [
        ('< date("1966-01-01")', "-", "-", "1"),
        ('>= date("1966-01-01")', '"f"', "true", "2"),
        ('>= date("1966-01-01")', '"f"', "false", "3"),
        ('>= date("1966-01-01")', 'not("f")', "-", "4"),
    ]
    xml = table(rules, inputs=inputs)
    people = [
        ("1965-12-31", "f", True),
        (date(1966, 1, 1), "f", True),
        ("2000-05-05", "f", False),
        ("2000-05-05", "x", None),
    ]
    assert [value(xml, born=born, sex=sex, married=married) for born, sex, married in people] == [1, 2, 3, 4]
    spans = table(
        [('< duration("P30D")', "1"), ('>= duration("P30D")', "2")], inputs=(("left", "dayTimeDuration"),)
    )
    assert value(spans, left="P31D") == 2


def test_a_decision_needs_others_and_says_what_they_said() -> None:
    base = table(LEVELS, id="level", notes=["small", "middle", "large"])
    fee = table(
        [("1", "300"), ("2", "200"), ("3", "100")],
        inputs=(("level", "number", "1, 2, 3"),),
        id="fee",
        needs=["level"],
    )
    found = compile(definitions(base, fee, literal("fee * 2 + express", id="total", needs=["fee"])))
    answer = found.decide("total", {"size": 500, "express": 5})
    assert answer.value == Decimal(405)
    assert [(hit.decision, hit.rule, hit.annotation) for hit in answer.explanation] == [
        ("level", 2, "middle"),
        ("fee", 2, ""),
        ("total", 0, ""),
    ]
    assert found.needs("total") == {"size", "express"}
    assert found.names == ("level", "fee", "total")
    assert "fee" in found
    assert "tax" not in found
    lost = found.decide("total", {"express": 5})
    assert lost.value is None
    assert [hit.fault for hit in lost.explanation] == ["no_rule", "no_rule", ""]


def test_names_of_several_words_and_of_lao_letters() -> None:
    age = '<inputData id="i" name="Applicant Age"/><inputData id="j" name="ອາຍຸ ຜູ້ຮ້ອງ"/>'
    xml = definitions(age, literal("Applicant Age + ອາຍຸ ຜູ້ຮ້ອງ"))
    assert compile(xml).decide("t", {"Applicant Age": 40, "ອາຍຸ ຜູ້ຮ້ອງ": 2}).value == 42


def test_types_that_the_file_defines() -> None:
    values = '<allowedValues><text>"a", "b"</text></allowedValues>'
    kind = f'<itemDefinition id="k" name="tKind"><typeRef>string</typeRef>{values}</itemDefinition>'
    found = compile(definitions(kind, table([('"a"', "1"), ('"b"', "2")], inputs=(("k", "tKind"),))))
    assert found.decide("t", {"k": "b"}).value == 2
    assert found.decide("t", {"k": "c"}).fault == "input_not_allowed"
