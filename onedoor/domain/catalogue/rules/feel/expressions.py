"""Expressions and the tests of cells, compiled once: text in, closure out, or the character where the text leaves the subset."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from onedoor.domain.catalogue.rules.feel.compiler import build, build_cell
from onedoor.domain.catalogue.rules.feel.parser import Parser
from onedoor.domain.catalogue.rules.feel.syntax import Cell, Node
from onedoor.domain.catalogue.rules.feel.tokens import ExpressionError
from onedoor.domain.catalogue.rules.feel.values import Context, known


@dataclass(frozen=True)
class Expression:
    """A compiled expression: its text, the names that it reads, and the closure that answers it."""

    source: str
    names: frozenset[str]
    run: Callable[[Context], Any] = field(compare=False, repr=False)
    node: Node = field(repr=False)

    def __call__(self, context: Context) -> Any:
        """What it answers: a number, text, truth, date, instant, duration, list, or null. Never raises."""
        return self.run(context)

    def holds(self, context: Context) -> bool:
        """Whether a guard is true; null and every other value are not."""
        return self.run(context) is True


@dataclass(frozen=True)
class UnaryTests:
    """The tests of a cell, of which one is enough: its text, the names that it reads, and the closure that tests."""

    source: str
    names: frozenset[str]
    run: Callable[[Any, Context], bool | None] = field(compare=False, repr=False)
    cell: Cell = field(repr=False)

    def __call__(self, value: Any, context: Context | None = None) -> bool | None:
        """Whether a value passes; null where that cannot be said. Never raises."""
        return self.run(known(value), context or {})


def compile_expression(text: str, *, names: Iterable[str] = ()) -> Expression:
    """Compile one expression.

    Args:
        names: those of the caller's context that have several words; all others need not be named.
    Errors: ExpressionError, with the character where the text leaves the subset.
    """
    if not text.strip():
        raise ExpressionError("the expression is empty", 1)
    parser = Parser(text, names)
    node = parser.whole()
    return Expression(source=text, names=frozenset(parser.names), run=build(node), node=node)


def compile_tests(text: str, *, names: Iterable[str] = ()) -> UnaryTests:
    """Compile the tests of one cell, as DMN writes them: ``-``, ``"a", "b"``, ``[1..5)``, ``< 10``, ``not(…)``.

    Args: as for ``compile_expression``. Errors: ExpressionError.
    """
    parser = Parser(text, names, asks=True)
    cell = parser.cell()
    return UnaryTests(source=text, names=frozenset(parser.names), run=build_cell(cell), cell=cell)
