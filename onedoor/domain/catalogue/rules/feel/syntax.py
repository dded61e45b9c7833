"""What an expression consists of, once it is read. Immutable; two that are equal mean the same."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, text, truth, date, instant, duration or null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Name:
    """A value of the context, by its path."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """The question mark: the value that a cell tests."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a value: ``date("2026-12-02").year``."""

    of: "Node"
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minus:
    """A value with its sign turned."""

    of: "Node"


@dataclass(frozen=True, slots=True)
class Chain:
    """Operands of one level with the signs between them, reckoned from the left."""

    first: "Node"
    rest: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` between two or more."""

    word: str
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two sides and a sign between them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Between:
    """``x between low and high``, both ends inside."""

    of: "Node"
    low: "Node"
    high: "Node"


@dataclass(frozen=True, slots=True)
class Range:
    """``[low..high]``; an end in a round bracket, or in a turned one, is outside."""

    low: "Node"
    high: "Node"
    with_low: bool
    with_high: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """``[a, b, c]``."""

    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class If:
    """``if … then … else …``; what is not true is the other way."""

    test: "Node"
    then: "Node"
    otherwise: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """One of the functions of the library."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of a cell: a sign and what it is compared with. Without a sign the value is equal to it, or in it; the sign
    ``?`` says that the expression itself is the test."""

    sign: str
    value: "Node"


@dataclass(frozen=True, slots=True)
class Cell:
    """The tests of a cell, of which one is enough; none at all lets everything through."""

    items: tuple[Condition, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """``x in (…)``."""

    of: "Node"
    tests: Cell


Node = (
    Constant
    | Name
    | Input
    | Part
    | Minus
    | Chain
    | Logic
    | Compare
    | Between
    | Range
    | Listing
    | If
    | Call
    | In
)
