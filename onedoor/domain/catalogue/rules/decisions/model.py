"""What a file of decisions consists of once it is read, and what a decision answers."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from onedoor.domain.catalogue.rules.decisions.types import Type
from onedoor.domain.catalogue.rules.feel import Expression, UnaryTests

Policy = Literal["U", "A", "P", "F", "C", "R", "O", "C+", "C<", "C>", "C#"]

# Why a decision answers null although it was asked.
FAULTS = {
    "no_rule": "no rule holds",
    "several_rules": "several rules hold where one may",
    "unequal_rules": "rules hold that answer differently",
    "input_not_allowed": "an input is outside its allowed values",
    "output_not_allowed": "an output is outside its allowed values",
}


class Place(NamedTuple):
    """Where in a file: the decision, its rule (from 1), the column's label, the line."""

    decision: str = ""
    rule: int = 0
    column: str = ""
    line: int = 1

    def __str__(self) -> str:
        parts = [f"decision “{self.decision}”"] if self.decision else []
        parts += [f"rule {self.rule}"] if self.rule else []
        parts += [f"column “{self.column}”"] if self.column else []
        return ", ".join(parts) or f"line {self.line}"


Fault = tuple[Place, str]


class Hit(NamedTuple):
    """A rule that held, by its number from 1, and what its author wrote beside it; or why a decision answered null.

    ``words`` are the annotations by the name of their column, which is a language where the author wrote in several.
    """

    decision: str
    rule: int
    annotation: str = ""
    fault: str = ""
    words: tuple[tuple[str, str], ...] = ()

    def said(self, language: str) -> str:
        """The annotation in a language, or all of them where none is in that language."""
        return dict(self.words).get(language) or self.annotation


class Outcome(NamedTuple):
    """What a decision answers.

    ``value`` is a value of the language; with several outputs a mapping of their names, and by the collecting policies a
    list. ``hits`` are the rules of this decision, ``explanation`` also those of the decisions that it needed, in the order
    in which they were taken. ``fault`` is one of FAULTS where the answer is null for a reason of the table.
    """

    value: Any
    hits: tuple[Hit, ...] = ()
    explanation: tuple[Hit, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Input:
    """A column that is asked: what is read, of which type, and which values are allowed."""

    label: str
    line: int
    type: Type
    expression: Expression
    allowed: UnaryTests | None = None


@dataclass(frozen=True)
class Output:
    """A column that answers; ``order`` are its allowed values, the most important first."""

    name: str
    label: str
    line: int
    type: Type
    order: tuple[Any, ...] = ()
    default: Expression | None = None


@dataclass(frozen=True)
class Rule:
    """A row: its cells, its answers, and what its author wrote beside it."""

    number: int
    line: int
    cells: tuple[UnaryTests, ...]
    answers: tuple[Expression, ...]
    annotation: str = ""
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """A decision table as it was read."""

    decision: str
    line: int
    policy: Policy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]

    def place(self, rule: Rule | None = None, column: Input | Output | None = None) -> Place:
        """A row, a column, or the cell of both."""
        line = rule.line if rule else column.line if column else self.line
        return Place(self.decision, rule.number if rule else 0, column.label if column else "", line)


@dataclass(frozen=True)
class Decision:
    """One decision of the file: what it is called, what it needs, and its table or its expression."""

    id: str
    name: str
    line: int
    needs: tuple[str, ...]
    table: Table | None = None
    expression: Expression | None = None
    type: Type = Type()

    @property
    def names(self) -> frozenset[str]:
        """Every name that it reads."""
        if self.table is None:
            return self.expression.names if self.expression else frozenset()
        read = [column.expression.names for column in self.table.inputs]
        for rule in self.table.rules:
            read += [cell.names for cell in rule.cells] + [answer.names for answer in rule.answers]
        return frozenset().union(*read)
