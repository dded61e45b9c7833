"""A decision table of a DMN file as rows that one fills in: what is asked, when a rule answers, what it answers, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import (
    children,
    first,
    inside,
    made,
    put,
    read,
    say,
    take_out,
    text_of,
    written,
)

MOST_ROWS, LONGEST = 500, 500
_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
    xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/"
    xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="decisions_KEY" name="NAME"
    namespace="urn:onedoor:services">
  <decision id="NAME" name="NAME">
    <variable id="NAME_variable" name="NAME" typeRef="string" />
    <decisionTable id="NAME_table" hitPolicy="FIRST">
      <input id="NAME_input">
        <inputExpression id="NAME_expression" typeRef="QTYPE">
          <text>QUESTION</text>
        </inputExpression>
      </input>
      <output id="NAME_output" name="NAME" typeRef="string" />
      <annotation name="lo" />
      <annotation name="en" />
      <rule id="NAME_rule_1">
        <inputEntry id="NAME_rule_1_in"><text>-</text></inputEntry>
        <outputEntry id="NAME_rule_1_out"><text>"usual"</text></outputEntry>
        <annotationEntry><text></text></annotationEntry>
        <annotationEntry><text></text></annotationEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="diagram_KEY">
      <dmndi:DMNShape id="NAME_shape" dmnElementRef="NAME">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing that a table asks or answers: what is read or the name of the answer, its label, its type."""

    label: str
    says: str
    type: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """One rule: a cell for each column, and why in Lao and English."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DecisionTable:
    """A decision that is a table."""

    id: str
    name: str
    policy: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    notes: tuple[str, ...]
    rows: tuple[DecisionRow, ...]


def decision_tables(decisions: str) -> tuple[DecisionTable, ...]:
    """The tables of a DMN text. Raises CannotDraw."""
    return tuple(_table(decision, table) for decision, table in _tables(read(decisions)))


def with_rows(decisions: str, id: str, rows: Sequence[DecisionRow]) -> str:
    """The DMN text with these rules in one of its tables; rules that stay keep what else they say. Raises CannotDraw."""
    if len(rows) > MOST_ROWS:
        raise CannotDraw(_("More rules than a table may have."), field="rows")
    document = read(decisions)
    found = next((each for each in _tables(document) if each[0].getAttribute("id") == id), None)
    if found is None:
        raise CannotDraw(_("There is no such table."), field="table")
    decision, table = found
    known = _table(decision, table)
    held = {rule.getAttribute("id"): rule for rule in _named(table, "rule")}
    for rule in held.values():
        take_out(rule)
    for number, row in enumerate(rows, start=1):
        rule = held.pop(row.id, None) if row.id else None
        if rule is None:
            rule = _new_rule(document, table, f"{id}_rule_{number}", known)
        put(table, rule)
        _fill(rule, row, known)
    return written(document)


def first_decisions(code: str, *, name: str, question: str, type: str) -> str:
    """Decisions with one table that asks one question and always answers the same; to be written further."""
    if not name.isidentifier() or not name.isascii() or len(name) > 40:
        raise CannotDraw(_("A name has small Latin letters, digits and underscores."), field="name")
    text = _TEXT.replace("KEY", "".join(c if c.isalnum() else "_" for c in code)).replace("NAME", name)
    return text.replace("QTYPE", type).replace("QUESTION", f"form.{question}")


def _tables(document: Any) -> list[tuple[Any, Any]]:
    found = []
    for decision in inside(document.documentElement):
        if decision.localName == "decision":
            found += [(decision, table) for table in _named(decision, "decisionTable")]
    return found


def _named(element: Any, name: str) -> list[Any]:
    return [child for child in children(element) if child.localName == name]


def _text(element: Any) -> str:
    return text_of(next(iter(_named(element, "text")), None))


def _table(decision: Any, table: Any) -> DecisionTable:
    notes = tuple(one.getAttribute("name") for one in _named(table, "annotation"))
    return DecisionTable(
        id=decision.getAttribute("id"),
        name=decision.getAttribute("name"),
        policy=table.getAttribute("hitPolicy") or "UNIQUE",
        inputs=tuple(_input(one) for one in _named(table, "input")),
        outputs=tuple(
            Column(
                label=one.getAttribute("label"),
                says=one.getAttribute("name"),
                type=one.getAttribute("typeRef"),
            )
            for one in _named(table, "output")
        ),
        notes=notes,
        rows=tuple(_row(rule, len(notes)) for rule in _named(table, "rule")),
    )


def _input(element: Any) -> Column:
    expression = first(element, element.namespaceURI, "inputExpression")
    type = expression.getAttribute("typeRef") if expression is not None else ""
    said = _text(expression) if expression is not None else ""
    return Column(label=element.getAttribute("label"), says=said, type=type)


def _row(rule: Any, notes: int) -> DecisionRow:
    said = [_text(one) for one in _named(rule, "annotationEntry")][:notes]
    return DecisionRow(
        id=rule.getAttribute("id"),
        inputs=tuple(_text(one) for one in _named(rule, "inputEntry")),
        outputs=tuple(_text(one) for one in _named(rule, "outputEntry")),
        notes=(*said, *[""] * (notes - len(said))),
    )


def _new_rule(document: Any, table: Any, wanted: str, known: DecisionTable) -> Any:
    taken = {one.getAttribute("id") for one in inside(document.documentElement)}
    number, id = 2, wanted
    while id in taken:
        id, number = f"{wanted}_{number}", number + 1
    rule = made(table, table.namespaceURI, "rule", id=id)
    for name, count in (("inputEntry", len(known.inputs)), ("outputEntry", len(known.outputs))):
        for place in range(count):
            put(rule, made(rule, rule.namespaceURI, name, id=f"{id}_{name[:3]}_{place + 1}"))
    return rule


def _fill(rule: Any, row: DecisionRow, known: DecisionTable) -> None:
    for name, cells, count in (
        ("inputEntry", row.inputs, len(known.inputs)),
        ("outputEntry", row.outputs, len(known.outputs)),
        ("annotationEntry", row.notes, len(known.notes)),
    ):
        held = _named(rule, name)
        for place in range(count):
            said = " ".join((cells[place] if place < len(cells) else "").split())[:LONGEST]
            if name == "inputEntry":
                said = said or "-"
            if place >= len(held):
                held.append(put(rule, made(rule, rule.namespaceURI, name)))
            _write(held[place], said)


def _write(cell: Any, said: str) -> None:
    text = next(iter(_named(cell, "text")), None)
    if text is None:
        text = put(cell, made(cell, cell.namespaceURI, "text"))
    if text_of(text) != said:
        say(text, said)
