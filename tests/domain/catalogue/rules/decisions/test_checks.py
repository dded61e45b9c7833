"""What is refused before it is published, named by rule and column, and hostile files."""

import time

import pytest

from onedoor.domain.catalogue.rules.decisions import DecisionsRefused, compile
from tests.domain.catalogue.rules.decisions.dmn import SPACE, decision, definitions, faults, literal, table

WHOLE = (("size", "integer"),)
KINDS = (("kind", "string", '"a", "b", "c"'),)
TWO = (("size", "integer", "[0..100]"), ("kind", "string", '"a", "b"'))


def test_a_sound_table_has_no_faults() -> None:
    assert faults(table([("< 400", "3"), ("[400..10000)", "2"), (">= 10000", "1")])) == []


def test_gaps_are_shown_by_a_value() -> None:
    assert faults(table([("< 10", "1"), ("> 10", "2")])) == ["decision “t”: no rule holds for “size” = 10"]
    assert faults(table([("<= 10", "1"), (">= 11", "2")])) == [
        "decision “t”: no rule holds for “size” = 10.5"
    ]
    assert faults(table([("<= 10", "1"), (">= 11", "2")], inputs=WHOLE)) == []
    assert faults(table([('"a"', "1"), ('"b"', "2")], inputs=KINDS)) == [
        'decision “t”: no rule holds for “kind” = "c"'
    ]
    assert faults(table([('"a"', "1")], inputs=(("kind", "string"),))) == [
        "decision “t”: no rule holds for “kind” = another text"
    ]
    dates = [('<= date("2026-12-01")', "1"), ('>= date("2026-12-03")', "2")]
    assert faults(table(dates, inputs=(("day", "date"),))) == [
        'decision “t”: no rule holds for “day” = date("2026-12-02")'
    ]
    assert faults(table([("true", "1")], inputs=(("old", "boolean"),))) == [
        "decision “t”: no rule holds for “old” = false"
    ]
    two = [("< 50", '"a"', "1"), (">= 50", "-", "2")]
    assert faults(table(two, inputs=TWO)) == ['decision “t”: no rule holds for “size” = 0, “kind” = "b"']
    assert faults(table([("< 10", "1")], outputs=(("o", "number", "", "0"),))) == []
    assert faults(table([("< 10", "1")], policy="COLLECT")) == []


def test_overlaps_are_shown_by_a_value() -> None:
    rules = [("<= 10", "1"), (">= 10", "2")]
    assert faults(table(rules)) == [
        "decision “t”, rule 1: it overlaps with rule 2: both hold for “size” = 10"
    ]
    assert faults(table(rules, policy="ANY")) == [
        "decision “t”, rule 1: it overlaps with rule 2: both hold for “size” = 10"
    ]
    assert faults(table([("<= 10", "1"), (">= 10", "1")], policy="ANY")) == []
    assert faults(table(rules, policy="FIRST")) == []
    many = faults(table([("-", "1")] * 5))
    assert len(many) == 6
    assert any("5 more rules overlap" in each for each in many)


def test_rules_that_never_answer() -> None:
    shadowed = [("< 10", "1"), ("[0..5]", "2"), ("-", "3")]
    assert faults(table(shadowed, policy="FIRST")) == [
        "decision “t”, rule 2: it is never reached: for all of its values rule 1 come first"
    ]
    for_null = [("< 10", "1"), (">= 10", "2"), ("-", "3")]
    assert faults(table(for_null, policy="FIRST")) == []
    ranked = [("< 10", "1"), (">= 10", "1"), ("5", "3"), ("-", "3")]
    found = faults(table(ranked, policy="PRIORITY", outputs=(("o", "number", "1, 3"),)))
    assert found == ["decision “t”, rule 3: it is never reached: for all of its values rules 1, 2 come first"]
    outside = faults(table([("> 100", '"a"', "1"), ("-", "-", "2")], inputs=TWO, policy="FIRST"))
    assert outside == [
        "decision “t”, rule 1, column “size”: no possible value passes this cell, so the rule never holds"
    ]


@pytest.mark.parametrize(
    ("rules", "more", "said"),
    [
        ([("x +", "1")], {}, "rule 1, column “size”: “x +”: a value is expected (character 4)"),
        ([('"a"', "1")], {}, 'rule 1, column “size”: "a" is not a number'),
        ([("1.5", "1")], {"inputs": WHOLE}, "column “size”: 1.5 is not a whole number"),
        ([("-", '"x"')], {}, 'rule 1, column “level”: "x" is not a number'),
        ([("-", "")], {}, "rule 1, column “level”: the rule gives no value here"),
        (
            [('"z"', "1"), ("-", "2")],
            {"inputs": KINDS, "policy": "FIRST"},
            '"z" is not among the allowed values',
        ),
        (
            [("-", "4")],
            {"outputs": (("o", "number", "1, 2"),)},
            "column “o”: 4 is not among the allowed values",
        ),
        (
            [("-", "1")],
            {"outputs": (("o", "number", "1, 2", "3"),)},
            "column “o”: 3 is not among the allowed values",
        ),
        ([("-", "1")], {"outputs": (("o", "number", "< 3"),)}, "are listed one by one"),
        ([("-", "1")], {"inputs": (("size", "number", "x"),)}, "allowed values are plain values"),
        ([("> true", "1")], {"inputs": (("old", "boolean"),)}, "true has no order"),
        ([("-", "1")], {"policy": "PRIORITY"}, "goes by the order of the allowed values, and there are none"),
        ([("-", "1")], {"policy": "LUCK"}, "no hit policy is called “LUCK”"),
        ([("-", "1")], {"policy": "COLLECT+MODE"}, "“MODE” is not an aggregation"),
        ([("-", "1", "2")], {"policy": "COLLECT+SUM", "outputs": (("a",), ("b",))}, "exactly one output"),
        ([("-", '"a"')], {"policy": "COLLECT+SUM", "outputs": (("a", "string"),)}, "only numbers are summed"),
        ([("-", "1")], {"inputs": (("size", "colour"),)}, "no type is called “colour”"),
        ([("-", "1")], {"inputs": (("", "number"),)}, "the column asks nothing"),
        ([("-", "1")], {"inputs": (("a",), ("b",)), "outputs": ()}, "the table has no output"),
        ([("-", "1")], {"inputs": (("a",), ("b",))}, "1 of 1 cells"),
        ([], {}, "the table has no rule"),
        ([("-", "1")], {"inputs": (("a",), ("a",))}, "two columns are called so"),
        ([("-", "1")] * 501, {"policy": "COLLECT"}, "more than 500 rules"),
    ],
)
def test_faults_are_named(rules: list[tuple[str, ...]], more: dict[str, object], said: str) -> None:
    found = faults(table(rules, **more))  # type: ignore[arg-type]
    assert any(said in each or (said == "1 of 1 cells" and "cells" in each) for each in found), found


def test_what_could_not_be_looked_at_is_said() -> None:
    mixed = compile(definitions(table([('"a"', "1"), ("5", "2")], inputs=(("x",),))))
    assert "values of several kinds; declare its type" in mixed.notes[0][1]
    wide = [tuple([f"[{at}..{at + 500}]" for at in range(row, row + 8)] + ["1"]) for row in range(0, 240, 4)]
    inputs = tuple((f"i{number}", "integer", "[0..2000]") for number in range(8))
    began = time.perf_counter()
    large = compile(definitions(table([*wide, ("-",) * 8 + ("1",)], inputs=inputs, policy="ANY")))
    assert time.perf_counter() - began < 20
    assert large.decide("t", {f"i{number}": 3 for number in range(8)}).value == 1
    free = compile(definitions(table([("< limit", "1"), (">= 10", "2")])))
    assert any("gaps were not looked for: rule 1 read" in reason for _place, reason in free.notes)


def test_decisions_that_cannot_be_ordered_are_refused() -> None:
    circle = faults(literal("b", id="a", needs=["b"]), literal("a", id="b", needs=["a"]))
    assert "decision “a”: decisions need each other in a circle: “a” → “b” → “a”" in circle
    assert "it needs “ghost”, which is no decision" in faults(literal("1", needs=["ghost"]))[0]
    assert "draw the requirement" in faults(literal("a", id="c"), literal("1", id="a"))[0]
    assert "neither a table nor an expression" in faults(decision(""))[0]
    assert any(
        "two decisions are called so" in each for each in faults(literal("1", id="a"), literal("1", id="a"))
    )
    assert any(
        "the id “a” is used twice" in each for each in faults(literal("1", id="a"), literal("1", id="a"))
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ('<businessKnowledgeModel id="bkm" name="b"/>', "“businessKnowledgeModel” (bkm)"),
        ('<import id="i" namespace="n" locationURI="http://x/"/>', "never loaded"),
        ('<x:script xmlns:x="urn:x" id="s">1</x:script>', "“s” is of a kind that is not known (urn:x)"),
        ('<itemDefinition id="s" name="S"><itemComponent id="c" name="x"/></itemDefinition>', "has parts"),
        (decision("<context id='c'/>", id="b"), "a boxed context is not run"),
        (
            decision(
                "<literalExpression expressionLanguage='javascript'><text>1</text></literalExpression>",
                id="b",
            ),
            "javascript",
        ),
        (decision("<decisionTable><input id='i'/></decisionTable>", id="b"), "the column asks nothing"),
    ],
)
def test_what_is_not_run_is_refused_by_name(inside: str, said: str) -> None:
    found = faults(inside, literal("1"))
    assert any(said in each for each in found), found


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "empty"),
        (b"<a>", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<definitions/>", "not a DMN"),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', "not a DMN"),
        (f'<definitions xmlns="{SPACE}"/>'.encode(), "no decision"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "refused for safety"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "refused for safety"),
        (
            f'<definitions xmlns="{SPACE}">{"<description>" * 100}{"</description>" * 100}</definitions>'.encode(),
            "deeper",
        ),
        (b"<a>" + b" " * (3 << 20) + b"</a>", "larger than"),
        (f'<definitions xmlns="{SPACE}">{"<description/>" * 30_000}</definitions>'.encode(), "elements"),
    ],
    ids=range(11),
)
def test_hostile_files_are_refused(source: bytes, said: str) -> None:
    with pytest.raises(DecisionsRefused) as refused:
        compile(source)
    assert said in str(refused.value)


def test_what_would_take_too_long_is_bounded_and_said() -> None:
    rules = [(", ".join(str(row * 1000 + at) for at in range(100)), "1") for row in range(25)]
    began = time.perf_counter()
    many = compile(definitions(table(rules, inputs=WHOLE, policy="FIRST")))
    assert time.perf_counter() - began < 10
    assert "“size” names more values than are looked at" in many.notes[0][1]
    assert many.decide("t", {"size": 24_099}).value == 1
    crowded = [tuple("-" if row >> at & 1 else f"> {row}" for at in range(12)) + ("1",) for row in range(100)]
    inputs = tuple((f"i{at}", "integer") for at in range(12))
    found = faults(table([(", ".join(["1"] * 300), "1")] * 70, inputs=WHOLE))
    assert any("more than 20,000 tests" in each for each in found)
    assert faults(table(crowded, inputs=inputs, policy="FIRST"))
    assert time.perf_counter() - began < 30


def test_a_file_as_an_editor_writes_it_is_read() -> None:
    source = f"""<?xml version="1.0" encoding="UTF-8"?>
    <definitions xmlns="{SPACE}" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:e="urn:editor" id="d"
      xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" name="d" namespace="urn:t" exporter="An editor" e:version="1">
      <extensionElements><e:anything><e:inside/></e:anything></extensionElements>
      <inputData id="size_data" name="size"><variable id="v" name="size" typeRef="number"/></inputData>
      <knowledgeSource id="law" name="Law"/>
      <decision id="t" name="Level of size">
        <extensionElements><e:bounds x="1"/></extensionElements>
        <variable id="tv" name="level"/>
        <informationRequirement id="r"><requiredInput href="#size_data"/></informationRequirement>
        <authorityRequirement id="a"><requiredAuthority href="#law"/></authorityRequirement>
        <decisionTable id="tt" hitPolicy="FIRST" preferredOrientation="Rule-as-Row" e:width="400">
          <input id="i"><inputExpression id="ie" typeRef="number"><text>size</text></inputExpression></input>
          <output id="o" name="level" typeRef="number"/>
          <rule id="r1"><description>large</description>
            <inputEntry id="c1"><text>&gt;= 10</text></inputEntry><outputEntry id="c2"><text>1</text></outputEntry></rule>
          <rule id="r2"><inputEntry id="c3"><text></text></inputEntry><outputEntry id="c4"><text>2</text></outputEntry></rule>
        </decisionTable>
      </decision>
      <dmndi:DMNDI><dmndi:DMNDiagram id="g"><dmndi:DMNShape id="s" dmnElementRef="t">
        <dc:Bounds height="80" width="180" x="1" y="1"/></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
    </definitions>"""
    for version in ("20191111", "20211108", "20230324"):
        found = compile(source.replace("DMN/20191111", f"DMN/{version}").encode())
        assert found.names == ("level",)
        answer = found.decide("t", {"size": 12})
        assert (answer.value, answer.hits[0].annotation) == (1, "large")
        assert found.decide("level", {"size": 3}).value == 2
