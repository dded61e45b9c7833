"""Small forms for tests: one question, or several with conditions."""

from typing import Any

WORDS = {"lo": "ຄຳ", "en": "Word"}


def words(english: str) -> dict[str, str]:
    """Words in both languages."""
    return {"lo": "ຄຳ", "en": english}


def asked(kind: str, **about: Any) -> dict[str, Any]:
    """A question of a kind."""
    types = {
        "yes-no": "boolean",
        "number": "integer",
        "money": "integer",
        "multi-choice": "array",
        "group": "array",
        "person-name": "object",
        "address": "object",
    }
    held = {"type": types.get(kind, "string"), "x-field": kind, "x-label": words(kind), **about}
    if kind == "choice":
        held["x-labels"] = {value: words(value) for value in about["enum"]}
    if kind == "multi-choice":
        held["x-labels"] = {value: words(value) for value in about["items"]["enum"]}
    return held


def schema(required: tuple[str, ...] = (), **questions: dict[str, Any]) -> dict[str, Any]:
    """A form of one section."""
    return {
        "type": "object",
        "properties": questions,
        "required": list(required),
        "x-sections": [{"id": "s", "title": words("Section"), "fields": list(questions)}],
    }


def when(expression: str) -> dict[str, Any]:
    """A condition."""
    return {"x-when": {"if": expression, **words(f"If {expression}")}}


def children(**about: Any) -> dict[str, Any]:
    """A group of up to three children, each with a name in words and whether it goes to school."""
    inside = {
        "called": asked("text", maxLength=20),
        "schooled": asked("yes-no"),
        "school": asked("text", **{"x-required": True}, **when("schooled = true")),
    }
    items = {"type": "object", "properties": inside, "required": ["called"]}
    order = ["called", "schooled", "school"]
    return asked("group", items=items, **{"maxItems": 3, "x-order": order, **about})
