"""What the questions of a form can be answered with, as far as a fee can go by it. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any


@dataclass(frozen=True)
class Asked:
    """What a question of the form can be answered with: choices, numbers from least to most, or a whole date.

    Decimals count as the whole number above them, as fees take them.
    """

    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    required: bool = False
    date: bool = False
    flag: bool = False


def asked_in(form: Mapping[str, Any]) -> dict[str, Asked]:
    """The questions of a form that a fee can go by."""
    properties, required = form.get("properties"), form.get("required")
    needed = set(required) if isinstance(required, list) else set()
    found = {}
    for name, held in (properties if isinstance(properties, Mapping) else {}).items():
        if not isinstance(held, Mapping):
            continue
        choices, least, most = held.get("enum"), _up(held.get("minimum")), _up(held.get("maximum"))
        number = held.get("type") in ("integer", "number") and least is not None and most is not None
        found[name] = Asked(
            choices=tuple(str(one) for one in choices) if isinstance(choices, list) else (),
            least=least if number else None,
            most=most if number else None,
            required=name in needed,
            date=held.get("format") == "date" and not held.get("x-partial"),
            flag=held.get("type") == "boolean",
        )
    return found


def _up(end: Any) -> int | None:
    """An end of a question's numbers, as a fee counts it."""
    known = isinstance(end, int | float) and not isinstance(end, bool)
    return ceil(end) if known and isfinite(end) else None
