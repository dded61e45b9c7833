"""Decision tables as the designer's editor saves them: every hit policy and every type that it offers is read back."""

from collections.abc import Sequence
from html import escape
from typing import Any

import pytest

from onedoor.domain.catalogue.rules.decisions import DecisionsRefused, compile
from tests.domain.catalogue.rules.decisions.dmn import SPACE

RISING = [("", "", "1"), (">= 10", "", "3"), (">= 20", '"a","b"', "5")]
FALLING = [(">= 20", '"a","b"', "5"), (">= 10", "", "3"), ("", "", "1")]
APART = [("< 10", "", "1"), ("[10..20)", '"a"', "3"), ("[10..20)", 'not("a")', "3"), (">= 20", "-", "5")]
ALIKE = [("< 20", "", "3"), (">= 10", "", "3")]


def cell(kind: str, id: str, text: str) -> str:
    """A cell: an empty one is an empty text, not none."""
    return f'<dmn:{kind} id="{id}"><dmn:text>{escape(text, quote=False)}</dmn:text></dmn:{kind}>'


def saved(rules: Sequence[Sequence[str]], policy: str, *, allowed: str = "", asked: str = "number") -> bytes:
    """What comes of saving: a prefix, widths of columns, an empty label, a note at the first rule, a drawing behind."""
    name, _, aggregation = policy.partition("+")
    said = f' hitPolicy="{name}"' * (name != "UNIQUE") + f' aggregation="{aggregation}"' * bool(aggregation)
    values = f'<dmn:outputValues id="w"><dmn:text>{allowed}</dmn:text></dmn:outputValues>' if allowed else ""
    rows = "".join(
        f'<dmn:rule id="r{number}">{"<dmn:description>ໝາຍເຫດ</dmn:description>" * (not number)}'
        + "".join(cell("inputEntry", f"u{number}{place}", text) for place, text in enumerate(row[:-1]))
        + cell("outputEntry", f"y{number}", row[-1])
        + "</dmn:rule>"
        for number, row in enumerate(rules)
    )
    second = (
        '<dmn:input id="j"><dmn:inputExpression id="f" typeRef="string"><dmn:text>kind</dmn:text></dmn:inputExpression>'
        '<dmn:inputValues id="v"><dmn:text>"a","b"</dmn:text></dmn:inputValues></dmn:input>'
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<dmn:definitions xmlns:dmn="{SPACE}" xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0"
 xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" id="d" name="d" namespace="urn:t" exporter="an editor">
  <dmn:decision id="level" name="Level">
    <dmn:variable id="q" name="Level" typeRef="number" />
    <dmn:decisionTable id="t"{said}>
      <dmn:input id="i" label="ຂະໜາດ" biodi:width="192"><dmn:inputExpression id="e" typeRef="{asked}">
        <dmn:text>size</dmn:text></dmn:inputExpression></dmn:input>{second if len(rules[0]) > 2 else ""}
      <dmn:output id="o" label="" name="level" typeRef="number" biodi:width="150">{values}</dmn:output>
      {rows}
    </dmn:decisionTable>
  </dmn:decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="g"><dmndi:DMNShape id="s" dmnElementRef="level" /></dmndi:DMNDiagram></dmndi:DMNDI>
</dmn:definitions>""".encode()


@pytest.mark.parametrize(
    ("policy", "rules", "allowed", "answers"),
    [
        ("UNIQUE", APART, "", [1, 3, 5]),
        ("ANY", ALIKE, "", [3, 3, 3]),
        ("PRIORITY", RISING, "5,3,1", [1, 3, 5]),
        ("FIRST", FALLING, "", [1, 3, 5]),
        ("COLLECT", RISING, "", [[1], [1, 3], [1, 3, 5]]),
        ("COLLECT+SUM", RISING, "", [1, 4, 9]),
        ("COLLECT+MIN", RISING, "", [1, 1, 1]),
        ("COLLECT+MAX", RISING, "", [1, 3, 5]),
        ("COLLECT+COUNT", RISING, "", [1, 2, 3]),
        ("RULE ORDER", FALLING, "", [[1], [3, 1], [5, 3, 1]]),
        ("OUTPUT ORDER", RISING, "5,3,1", [[1], [3, 1], [5, 3, 1]]),
    ],
)
def test_every_hit_policy_is_read_back(
    policy: str, rules: list[tuple[str, ...]], allowed: str, answers: list[Any]
) -> None:
    found = compile(saved(rules, policy, allowed=allowed))
    assert found.names == ("Level",)
    assert [found.decide("level", {"size": size, "kind": "a"}).value for size in (5, 15, 25)] == answers
    assert found.decide("Level", {"size": 5, "kind": "a"}).value == answers[0]
    noted = [
        hit.annotation for size in (5, 25) for hit in found.decide("level", {"size": size, "kind": "a"}).hits
    ]
    assert "ໝາຍເຫດ" in noted


@pytest.mark.parametrize(
    ("type", "test", "given"),
    [
        ("string", '"a"', "a"),
        ("boolean", "true", True),
        ("number", "[1..2]", 2),
        ("date", '< date("2026-03-02")', "2026-03-01"),
        ("dateTime", '< date and time("2026-03-02T12:00:00")', "2026-03-01T12:00:00"),
        ("dayTimeDuration", '<= duration("P3D")', "P2D"),
        ("yearMonthDuration", '<= duration("P1Y")', "P6M"),
        ("Any", '"a"', "a"),
    ],
)
def test_every_type_of_the_subset_is_read_back(type: str, test: str, given: Any) -> None:
    found = compile(saved([(test, "1"), ("", "2")], "FIRST", asked=type))
    assert found.decide("level", {"size": given}).value == 1


def test_a_time_of_day_is_refused_by_name() -> None:
    """The editor offers it, and no law of a service needs it: it is refused at the column, not read as a text."""
    with pytest.raises(DecisionsRefused, match="decision “Level”, column “ຂະໜາດ”: no type is called “time”"):
        compile(saved([("-", "1")], "FIRST", asked="time"))
