"""What the questions of a form can be answered with, as far as a fee can go by it. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """What a question of the form can be answered with: choices, whole numbers from least to most, or a whole date."""

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
        choices, least, most = held.get("enum"), held.get("minimum"), held.get("maximum")
        number = held.get("type") == "integer" and isinstance(least, int) and isinstance(most, int)
        found[name] = Asked(
            choices=tuple(str(one) for one in choices) if isinstance(choices, list) else (),
            least=least if number else None,
            most=most if number else None,
            required=name in needed,
            date=held.get("format") == "date" and not held.get("x-partial"),
            flag=held.get("type") == "boolean",
        )
    return found
