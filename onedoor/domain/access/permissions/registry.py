"""The list of all permissions, declared by the contexts that ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Permission:
    """A permission: its code for programs and its sentence for people."""

    code: str
    sentence: Any

    def __str__(self) -> str:
        return self.code


_declared: dict[str, Permission] = {}


def permission(code: str, sentence: Any) -> str:
    """Declare a permission such as ``queue.call`` with a sentence that a person understands; gives back the code.

    Raises:
        ValueError: the code is malformed or was declared with another sentence.
    """
    context, _, verb = code.partition(".")
    if not context or not verb or code != code.lower():
        raise ValueError(f"a permission is named context.verb, not {code!r}")
    known = _declared.get(code)
    if known is not None and str(known.sentence) != str(sentence):
        raise ValueError(f"{code} was declared twice with different sentences")
    _declared[code] = Permission(code=code, sentence=sentence)
    return code


def permissions() -> Mapping[str, Any]:
    """All declared permissions with their sentences."""
    return {code: one.sentence for code, one in sorted(_declared.items())}


def is_declared(code: str) -> bool:
    """Whether some context declared this permission."""
    return code in _declared
