"""A table as an index: each column says by one look which rules a value passes; the hit policy makes one answer of them."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.rules.decisions.model import Decision, Hit, Outcome, Output, Policy, Table
from onedoor.domain.catalogue.rules.decisions.regions import Column
from onedoor.domain.catalogue.rules.feel import Context, Expression, known
from onedoor.domain.catalogue.rules.feel.functions import LIBRARY
from onedoor.domain.catalogue.rules.feel.values import same

Answer = Callable[[Context], Any]
NOT_ALLOWED = object()
_FOLDS = {"C+": "sum", "C<": "min", "C>": "max"}


def run_literal(decision: Decision, expression: Expression) -> Callable[[Context], Outcome]:
    """A decision that is one expression."""
    told = (Hit(decision.name, 0),)

    def run(context: Context) -> Outcome:
        return Outcome(decision.type.fit(expression.run(context)), (), told)

    return run


def run_table(table: Table, columns: Sequence[Column]) -> Callable[[Context], Outcome]:
    """The closure of a table."""
    looks = tuple((column.input.expression.run, column.input.type.fit, column) for column in columns)
    free = [
        (number, 1 << rule, column.testers[rule])
        for number, column in enumerate(columns)
        for rule in range(len(table.rules))
        if column.free >> rule & 1
    ]
    everything = (1 << len(table.rules)) - 1
    answers = tuple(_answer(table, rule.answers) for rule in table.rules)
    hits = tuple(Hit(table.decision, rule.number, rule.annotation, "", rule.words) for rule in table.rules)
    limited = any(column.input.allowed for column in columns)
    combine = _combination(table)
    otherwise = _otherwise(table)

    def run(context: Context) -> Outcome:
        rules, values = everything, []
        for read, fit, column in looks:
            value = fit(read(context))
            values.append(value)
            if limited and not _allowed(column, value):
                return _fault(table, "input_not_allowed")
            rules &= column.rules_for(value)
        for number, bit, tester in free:
            if rules & bit and tester(values[number], context) is not True:
                rules ^= bit
        found = []
        while rules:
            lowest = rules & -rules
            found.append(lowest.bit_length() - 1)
            rules ^= lowest
        if not found:
            return otherwise(context)
        return combine(found, answers, hits, context)

    return run


def _allowed(column: Column, value: Any) -> bool:
    tests = column.input.allowed
    return tests is None or value is None or tests.run(value, {}) is True


def _fault(table: Table, reason: str, hits: tuple[Hit, ...] = ()) -> Outcome:
    return Outcome(None, hits, (*hits, Hit(table.decision, 0, "", reason)), reason)


def _answer(table: Table, given: Sequence[Expression | None]) -> Answer:
    """What one rule answers: the value of its only output, or a mapping of them."""
    cells = [_cell(one, column) for one, column in zip(given, table.outputs, strict=True)]
    if len(cells) == 1:
        return cells[0]
    names = [column.name for column in table.outputs]

    def run(context: Context) -> Any:
        found = {name: cell(context) for name, cell in zip(names, cells, strict=True)}
        return NOT_ALLOWED if any(value is NOT_ALLOWED for value in found.values()) else found

    return run


def _cell(given: Expression | None, column: Output) -> Answer:
    if given is None:
        return lambda context: None
    if not given.names:
        value = column.type.fit(given.run({}))
        return lambda context: value

    def run(context: Context) -> Any:
        value = column.type.fit(given.run(context))
        if column.order and value is not None and not any(same(value, each) for each in column.order):
            return NOT_ALLOWED
        return value

    return run


def _otherwise(table: Table) -> Callable[[Context], Outcome]:
    """What is answered where no rule holds: the defaults, nothing, or an empty collection."""
    policy = table.policy
    if policy == "C#":
        return lambda context: Outcome(Decimal(0))
    if not any(column.default for column in table.outputs):
        if policy in ("C", "R", "O"):
            return lambda context: Outcome([])
        return lambda context: _fault(table, "no_rule")
    default = _answer(table, [column.default for column in table.outputs])

    def run(context: Context) -> Outcome:
        value = default(context)
        if value is NOT_ALLOWED:
            return _fault(table, "output_not_allowed")
        return Outcome([value] if policy in ("C", "R", "O") else value, (), (Hit(table.decision, 0),))

    return run


def _combination(table: Table) -> Callable[[list[int], Sequence[Answer], Sequence[Hit], Context], Outcome]:
    policy = table.policy

    def run(found: list[int], answers: Sequence[Answer], hits: Sequence[Hit], context: Context) -> Outcome:
        if policy == "F":
            found = found[:1]
        told = tuple([hits[rule] for rule in found])
        if policy == "U" and len(found) > 1:
            return _fault(table, "several_rules", told)
        values = [answers[rule](context) for rule in found]
        if any(value is NOT_ALLOWED for value in values):
            return _fault(table, "output_not_allowed", told)
        if policy in ("U", "F"):
            return Outcome(values[0], told, told)
        if policy == "A" and not all(same(value, values[0]) for value in values[1:]):
            return _fault(table, "unequal_rules", told)
        if policy in ("P", "O"):
            order = sorted(range(len(values)), key=lambda at: rank(table, values[at]))
            values, told = [values[at] for at in order], tuple(told[at] for at in order)
            if policy == "P":
                told = told[:1]
        value = values[0] if policy in ("A", "P") else _collected(policy, values)
        return Outcome(value, told, told)

    return run


def _collected(policy: Policy, values: list[Any]) -> Any:
    """A collection, or what its aggregation makes of it; null where it cannot be reckoned."""
    if policy == "C#":
        return Decimal(len(values))
    if policy not in _FOLDS:
        return values
    try:
        return LIBRARY[_FOLDS[policy]].run([known(value) for value in values])
    except ArithmeticError:
        return None


def rank(table: Table, value: Any) -> tuple[int, ...]:
    """How early an answer stands in the order of the allowed values, output by output."""
    found = [value[column.name] for column in table.outputs] if isinstance(value, dict) else [value]
    return tuple(
        next((at for at, each in enumerate(column.order) if same(each, one)), len(column.order))
        for one, column in zip(found, table.outputs, strict=True)
    )
