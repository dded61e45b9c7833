"""What a service is made of, as a draft holds it and an edition keeps it; and how large that may be. No database, no clock."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

LARGEST_JSON = 512 * 1024
LARGEST_TEXT = 2 * 1024 * 1024
DEEPEST = 40
MOST_PARTS = 50_000
LARGEST_NUMBER = 10**18


@dataclass(frozen=True, kw_only=True)
class Documents:
    """The four documents of a service: its content, its form (JSON Schema), its process (BPMN), its decisions (DMN)."""

    content: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    process: str = ""
    decisions: str = ""


def blank(authority: UUID) -> Documents:
    """The documents of a service of which nothing is written yet."""
    words = {"lo": "", "en": ""}
    return Documents(
        content={
            "name": dict(words),
            "summary": dict(words),
            "authority": str(authority),
            "papers": [],
            "fees": [],
            "duration": {"days": None, "kind": "unknown", "note": {}, "demonstration": False},
            "legal_basis": [],
            "result": dict(words),
            "keywords": [],
            "life_events": [],
            "demonstration": False,
            "notice": {},
            "source": "",
        }
    )


def unkept(value: Any) -> Any:
    """Why a part of a draft cannot be kept, as a sentence; None when it can."""
    if isinstance(value, str):
        return _text_fault(value, LARGEST_TEXT)
    if not isinstance(value, dict):
        return _("A text or an object of JSON is needed.")
    size = parts = 0
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        held, depth = waiting.pop()
        parts += 1
        size += len(held) if isinstance(held, str) else 4
        if depth > DEEPEST or parts > MOST_PARTS or size > LARGEST_JSON:
            return _("This is larger or nested deeper than a service can be.")
        if (fault := _part_fault(held)) is not None:
            return fault
        waiting += [(inner, depth + 1) for inner in _inside(held)]
    return None


def _inside(held: Any) -> Iterator[Any]:
    if isinstance(held, dict):
        yield from held
        yield from held.values()
    elif isinstance(held, list):
        yield from held


def _part_fault(held: Any) -> Any:
    if isinstance(held, str):
        return _text_fault(held, LARGEST_JSON)
    if isinstance(held, int) and abs(held) > LARGEST_NUMBER:
        return _("A number is too large.")
    if isinstance(held, float) and not math.isfinite(held):
        return _("A number is too large.")
    if held is None or isinstance(held, dict | list | int | float):
        return None
    return _("A text or an object of JSON is needed.")


def _text_fault(text: str, largest: int) -> Any:
    if len(text) > largest:
        return _("This is larger or nested deeper than a service can be.")
    if "\x00" in text or not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text):
        return _("A text holds a character that cannot be kept.")
    return None
