"""What a form is made of: questions, the sections that hold them, and the conditions under which they are asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Names = Mapping[str, str]
SCRIPTS = ("lo", "en")
LONGEST = 2_000
MOST_ROWS = 50
# Kinds that are asked by several inputs at once; each input is named question.part.
PARTS = {"person-name": SCRIPTS, "address": ("province", "district", "village")}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """When a question, a section or a paper is asked for: an expression over answers, and the same in words."""

    source: str
    names: frozenset[str]
    words: Names
    holds: Callable[[Mapping[str, Any]], bool] = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a form; ``required`` means: when it is shown.

    ``was``: the names that it had in earlier editions. ``places``: how many decimals a number may have, in
    steps of ``step``; its ends are then decimals, too.
    """

    name: str
    kind: str
    label: Names
    help: Names = field(default_factory=dict)
    required: bool = False
    when: Condition | None = None
    choices: tuple[tuple[str, Names], ...] = ()
    unit_kind: str = ""
    longest: int = LONGEST
    not_after_today: bool = False
    partial: bool = False
    least: int | Decimal = 0
    most: int | Decimal = 0
    currency: str = ""
    measure: Names = field(default_factory=dict)
    fields: tuple["Question", ...] = ()
    was: tuple[str, ...] = ()
    places: int = 0
    step: Decimal = Decimal(1)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs on a page."""
        return self.inputs_at(self.name)

    def inputs_at(self, at: str) -> tuple[str, ...]:
        """The names of its inputs where it stands in a row of a group."""
        parts = PARTS.get(self.kind)
        return tuple(f"{at}.{part}" for part in parts) if parts else (at,)


@dataclass(frozen=True, kw_only=True)
class Section:
    """Questions that belong together."""

    id: str
    title: Names
    help: Names
    questions: tuple[Question, ...]
    when: Condition | None = None


def given(value: Any) -> bool:
    """Whether something was answered; no and 0 are answers."""
    return value is not None and value != "" and value != {} and value != [] and value != ()
