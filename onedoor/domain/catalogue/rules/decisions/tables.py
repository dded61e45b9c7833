"""Reads a decision table: columns with types and allowed values, rules with their cells, the hit policy."""

from typing import Any

from onedoor.domain.catalogue.rules.decisions.constants import constants_of, value_of
from onedoor.domain.catalogue.rules.decisions.model import Input, Output, Place, Policy, Rule, Table
from onedoor.domain.catalogue.rules.decisions.reader import Reading
from onedoor.domain.catalogue.rules.decisions.types import Type, in_words
from onedoor.domain.catalogue.rules.feel import Expression, UnaryTests, said
from onedoor.domain.catalogue.rules.feel.syntax import Condition
from onedoor.domain.catalogue.rules.feel.values import same
from onedoor.domain.catalogue.rules.process.reader import Element

MOST_RULES = 500
MOST_COLUMNS = 40
MOST_CELLS = 5_000
POLICIES: dict[str, Policy] = {
    "": "U",
    "UNIQUE": "U",
    "ANY": "A",
    "PRIORITY": "P",
    "FIRST": "F",
    "COLLECT": "C",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
}
AGGREGATIONS: dict[str, Policy] = {"": "C", "SUM": "C+", "MIN": "C<", "MAX": "C>", "COUNT": "C#"}


def read_table(element: Element, decision: str, reading: Reading) -> Table | None:
    """The table of a decision; None when its faults leave nothing that could be checked further."""
    place = Place(decision, line=element.line)
    before = len(reading.faults)
    found: dict[str, list[Element]] = {"input": [], "output": [], "rule": [], "annotation": []}
    for child in reading.children(element, place, *found):
        found[child.name].append(child)
    if len(found["rule"]) > MOST_RULES or len(found["input"]) + len(found["output"]) > MOST_COLUMNS:
        reading.fault(place, f"more than {MOST_RULES} rules or {MOST_COLUMNS} columns")
        return None
    reading.cells += len(found["rule"]) * (len(found["input"]) + len(found["output"]))
    if reading.cells > MOST_CELLS:
        reading.fault(place, f"more than {MOST_CELLS:,} cells in one file")
        return None
    policy = _policy(element, place, reading)
    inputs = [_input(child, number, place, reading) for number, child in enumerate(found["input"], 1)]
    outputs = [_output(child, number, place, reading) for number, child in enumerate(found["output"], 1)]
    for columns in (inputs, outputs):
        labels = [column.label for column in columns if column]
        for label in sorted({label for label in labels if labels.count(label) > 1}):
            reading.fault(place._replace(column=label), "two columns are called so")
    if not outputs:
        reading.fault(place, "the table has no output")
    if not found["rule"]:
        reading.fault(place, "the table has no rule")
    if len(reading.faults) > before:
        return None
    asked = tuple(column for column in inputs if column)
    answered = tuple(column for column in outputs if column)
    said_in = [child.get("name") for child in found["annotation"]]
    _suits(policy, answered, place, reading)
    rules = [
        _rule(child, number, asked, answered, said_in, place, reading)
        for number, child in enumerate(found["rule"], 1)
    ]
    if len(reading.faults) > before:
        return None
    return Table(decision, element.line, policy, asked, answered, tuple(rule for rule in rules if rule))


def _policy(element: Element, place: Place, reading: Reading) -> Policy:
    name, aggregation = element.get("hitPolicy").upper(), element.get("aggregation").upper()
    if name not in POLICIES:
        reading.fault(place, f"no hit policy is called “{name}”")
    policy = POLICIES.get(name, "U")
    if aggregation and (policy != "C" or aggregation not in AGGREGATIONS):
        reading.fault(place, f"“{aggregation}” is not an aggregation of the policy {name or 'UNIQUE'}")
    return AGGREGATIONS.get(aggregation, policy) if policy == "C" else policy


def _suits(policy: Policy, outputs: tuple[Output, ...], place: Place, reading: Reading) -> None:
    """What a hit policy asks of the outputs."""
    if policy in ("C+", "C<", "C>", "C#") and len(outputs) > 1:
        reading.fault(place, "an aggregation needs exactly one output")
    if policy in ("P", "O"):
        for column in outputs:
            if not column.order:
                where = place._replace(column=column.label, line=column.line)
                reading.fault(where, "the policy goes by the order of the allowed values, and there are none")
    if policy == "C+" and outputs[0].type.kind not in (None, "number"):
        reading.fault(place._replace(column=outputs[0].label), "only numbers are summed")


def _input(element: Element, number: int, table: Place, reading: Reading) -> Input | None:
    place = table._replace(line=element.line, column=element.get("label") or f"{number}")
    asked = allowed = None
    for child in reading.children(element, place, "inputExpression", "inputValues"):
        if child.name == "inputExpression":
            asked = child
        else:
            allowed = child
    text = reading.text(asked)
    if asked is None or not text:
        reading.fault(place, "the column asks nothing: its input expression is missing")
        return None
    place = place._replace(column=element.get("label") or text)
    reading.language(asked, place)
    type, limits = reading.type(asked, place)
    expression = reading.expression(text, place)
    tests = _allowed(reading.text(allowed) or limits, type, place, reading)
    if expression is None:
        return None
    return Input(place.column, element.line, type, expression, tests)


def _allowed(text: str, type: Type, place: Place, reading: Reading) -> UnaryTests | None:
    tests = reading.cell(text, place) if text else None
    if tests is None or not tests.cell.items:
        return None
    if (found := constants_of(tests.cell)) is None:
        reading.fault(place, "allowed values are plain values, ranges and comparisons")
        return None
    for value in found:
        if not type.takes(value):
            reading.fault(place, f"the allowed value {said(value)} is not {in_words(type)}")
    return tests


def _output(element: Element, number: int, table: Place, reading: Reading) -> Output | None:
    label = element.get("label") or element.get("name") or f"output {number}"
    place = table._replace(line=element.line, column=label)
    type, limits = reading.type(element, place)
    allowed, default = limits, None
    for child in reading.children(element, place, "outputValues", "defaultOutputEntry"):
        if child.name == "outputValues":
            allowed = reading.text(child) or limits
        elif text := reading.text(child):
            default = reading.expression(text, place)
    order = _order(allowed, type, place, reading)
    if default is not None:
        _answers(default, Output(label, label, element.line, type, order), place, reading)
    return Output(element.get("name") or label, label, element.line, type, order, default)


def _order(text: str, type: Type, place: Place, reading: Reading) -> tuple[Any, ...]:
    tests = _allowed(text, type, place, reading)
    if tests is None:
        return ()
    if any(each.sign or value_of(each.value) is None for each in tests.cell.items) or tests.cell.negated:
        reading.fault(place, "the allowed values of an output are listed one by one")
        return ()
    return tuple(value_of(each.value) for each in tests.cell.items)


def _rule(
    element: Element,
    number: int,
    inputs: tuple[Input, ...],
    outputs: tuple[Output, ...],
    said_in: list[str],
    table: Place,
    reading: Reading,
) -> Rule | None:
    place = table._replace(rule=number, line=element.line)
    found: dict[str, list[Element]] = {"inputEntry": [], "outputEntry": [], "annotationEntry": []}
    notes = [
        child.text.strip() for child in element.children if child.name == "description" and child.text.strip()
    ]
    for child in reading.children(element, place, *found):
        found[child.name].append(child)
        reading.language(child, place)
    annotations = [reading.text(child) for child in found["annotationEntry"]]
    notes += [text for text in annotations if text]
    for kind, columns in (("inputEntry", inputs), ("outputEntry", outputs)):
        if len(found[kind]) != len(columns):
            reading.fault(place, f"{len(found[kind])} of {len(columns)} cells ({kind}) are there")
            return None
    cells = [
        _cell(reading.text(entry), column, place._replace(column=column.label, line=entry.line), reading)
        for entry, column in zip(found["inputEntry"], inputs, strict=True)
    ]
    answers = [
        _answer(reading.text(entry), column, place._replace(column=column.label, line=entry.line), reading)
        for entry, column in zip(found["outputEntry"], outputs, strict=True)
    ]
    return Rule(
        number,
        element.line,
        tuple(cell for cell in cells if cell),
        tuple(answer for answer in answers if answer),
        "\n".join(notes),
        tuple(pair for pair in zip(said_in, annotations, strict=False) if all(pair)),
    )


def _cell(text: str, column: Input, place: Place, reading: Reading) -> UnaryTests | None:
    tests = reading.cell(text, place)
    if tests is None:
        return None
    for condition in tests.cell.items:
        _typed(condition, column, place, reading)
    return tests


def _typed(condition: Condition, column: Input, place: Place, reading: Reading) -> None:
    """The plain values of a cell are of the column's type and among its allowed values."""
    found = constants_of(condition)
    for value in found or ():
        if not column.type.takes(value):
            reading.fault(place, f"{said(value)} is not {in_words(column.type)}")
        elif condition.sign in ("", "=") and value_of(condition.value) is value and value is not None:
            if column.allowed and column.allowed.run(value, {}) is not True:
                reading.fault(place, f"{said(value)} is not among the allowed values")
        elif condition.sign not in ("", "=", "!=") and isinstance(value, bool):
            reading.fault(place, f"{said(value)} has no order; write true, false or not(…)")


def _answer(text: str, column: Output, place: Place, reading: Reading) -> Expression | None:
    if not text or text == "-":
        reading.fault(place, "the rule gives no value here; write null where it shall give none")
        return None
    expression = reading.expression(text, place)
    if expression is not None:
        _answers(expression, column, place, reading)
    return expression


def _answers(expression: Expression, column: Output, place: Place, reading: Reading) -> None:
    """What a rule answers is of the column's type and among its allowed values, where that can be said beforehand."""
    if expression.names:
        return
    value = expression({})
    if not column.type.takes(value):
        reading.fault(place, f"{said(value)} is not {in_words(column.type)}")
    elif column.order and value is not None and not any(same(value, each) for each in column.order):
        reading.fault(place, f"{said(value)} is not among the allowed values")
