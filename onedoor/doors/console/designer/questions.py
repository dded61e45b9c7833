"""Changes of a form, one question or section at a time; what the page does not show of them stays. No request, no database."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.errors import Invalid

Form = dict[str, Any]
TYPES = {
    "person-name": "object",
    "address": "object",
    "multi-choice": "array",
    "group": "array",
    "yes-no": "boolean",
    "number": "integer",
    "money": "integer",
}
# What a kind needs beside its words, and what a new question of the kind begins with.
NEEDS: dict[str, tuple[str, ...]] = {
    "text": ("maxLength", "pattern"),
    "long-text": ("maxLength",),
    "date": ("partial", "past"),
    "number": ("minimum", "maximum", "step", "measure"),
    "money": ("minimum", "maximum", "currency"),
    "choice": ("choices",),
    "multi-choice": ("choices",),
    "unit": ("unit",),
    "group": ("rows",),
}
FIRST = {"number": {"minimum": 0, "maximum": 1_000_000}, "money": {"minimum": 0, "maximum": 1_000_000_000}}
NOT_IN_ROWS = frozenset({"group", "file"})
MOST_LINES = 500
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was typed about a question or a section. ``about`` holds what the kind needs, as texts."""

    label: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    kind: str = "text"
    required: bool = False
    when: dict[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)


def new_question(form: Form, name: str, said: Said, *, section: str, group: str = "") -> Form:
    """The form with one more question, at the end of a section or of a group's rows."""
    found = deepcopy(form)
    if not (name.isidentifier() and name.isascii() and len(name) <= 40):
        raise Invalid(_("A name has small Latin letters, digits and underscores."), field="name")
    properties, order, _required = _holder(found, group)
    if name in properties:
        raise Invalid(_("Another question has this name."), field="name")
    if group and said.kind in NOT_IN_ROWS:
        raise Invalid(_("A question of this kind cannot stand in the rows of a group."), field="kind")
    properties[name] = {}
    if group:
        order.append(name)
    else:
        _section(found, section)["fields"].append(name)
    return change_question(found, f"{group}.{name}" if group else name, said)


def change_question(form: Form, path: str, said: Said) -> Form:
    """The form with a question that says this. ``path``: its name, or ``group.name`` in the rows of a group."""
    found = deepcopy(form)
    group, name = _split(path)
    properties, _order, required = _holder(found, group)
    held = properties.get(name)
    if not isinstance(held, dict):
        raise Invalid(_("There is no such question in the form."), field="question")
    if held.get("x-field") not in (None, said.kind):
        for key in ("enum", "items", "x-labels", "minimum", "maximum", "pattern", "format", "maxItems", "minItems", "multipleOf",
                    "x-order", "x-partial", "x-not-after", "x-currency", "x-measure", "x-unit", "maxLength"):  # fmt: skip
            held.pop(key, None)
    held |= {"type": TYPES.get(said.kind, "string"), "x-field": said.kind, "x-label": said.label}
    _put(held, "x-help", said.help if any(said.help.values()) else None)
    _put(held, "x-when", said.when if any(said.when.values()) else None)
    held.pop("x-required", None)
    if name in required:
        required.remove(name)
    if said.required and said.when and any(said.when.values()):
        held["x-required"] = True
    elif said.required:
        required.append(name)
    _about(held, said)
    return found


def rename_question(form: Form, path: str, new: str) -> Form:
    """The form with a question under another name, which says what it was, so that answers given before go with it.

    Conditions, fees and papers that read the old name are named by the check.
    """
    found = deepcopy(form)
    group, name = _split(path)
    properties, order, required = _holder(found, group)
    if not isinstance(properties.get(name), dict):
        raise Invalid(_("There is no such question in the form."), field="question")
    if not NAME.fullmatch(new):
        raise Invalid(_("A name has small Latin letters, digits and underscores."), field="new_name")
    if new == name:
        return found
    if new in properties:
        raise Invalid(_("Another question has this name."), field="new_name")
    held = properties[name]
    said = held.get("x-was", [])
    was = [each for each in ([said] if isinstance(said, str) else said) if each not in (new, name)]
    held["x-was"] = [*was, name]
    kept = {new if key == name else key: value for key, value in properties.items()}
    properties.clear()
    properties.update(kept)
    lists = [
        order,
        required,
        *(() if group else (part.get("fields", []) for part in found.get("x-sections", []))),
    ]
    for names in lists:
        names[:] = [new if each == name else each for each in names]
    if not group:
        for place in (found.get("x-applicant"), (found.get("x-document") or {}).get("facts")):
            for key, value in (place if isinstance(place, dict) else {}).items():
                if value == name:
                    place[key] = new  # type: ignore[index]
    return found


def remove_question(form: Form, path: str) -> Form:
    """The form without a question, wherever it is named."""
    found = deepcopy(form)
    group, name = _split(path)
    properties, order, required = _holder(found, group)
    if name not in properties:
        raise Invalid(_("There is no such question in the form."), field="question")
    del properties[name]
    for names in (order, required):
        if name in names:
            names.remove(name)
    if not group:
        for part in found.get("x-sections", []):
            part["fields"] = [each for each in part.get("fields", []) if each != name]
        for place in (found.get("x-applicant"), (found.get("x-document") or {}).get("facts")):
            held = place if isinstance(place, dict) else {}
            for key in [key for key, value in held.items() if value == name]:
                del held[key]
    return found


def move_question(form: Form, path: str, *, down: bool, section: str = "") -> Form:
    """The form with a question one place earlier or later, or at the end of another section."""
    found = deepcopy(form)
    group, name = _split(path)
    _properties, order, _required = _holder(found, group)
    if group:
        _shift(order, name, down)
        return found
    for part in found.get("x-sections", []):
        if name in part.get("fields", []):
            if section and section != part.get("id"):
                part["fields"].remove(name)
                _section(found, section)["fields"].append(name)
            else:
                _shift(part["fields"], name, down)
            return found
    raise Invalid(_("There is no such question in the form."), field="question")


def new_section(form: Form, said: Said) -> Form:
    """The form with one more section at its end."""
    found = deepcopy(form) or {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}
    found.setdefault("type", "object")
    for key, usual in (("properties", {}), ("required", []), ("x-sections", [])):
        if not isinstance(found.get(key), type(usual)):
            found[key] = usual
    ids = {str(part.get("id")) for part in found["x-sections"]}
    number = len(ids) + 1
    while f"part_{number}" in ids:
        number += 1
    found["x-sections"].append({"id": f"part_{number}", "title": said.label, "fields": []})
    return change_section(found, f"part_{number}", said)


def change_section(form: Form, id: str, said: Said) -> Form:
    """The form with a section that says this."""
    found = deepcopy(form)
    part = _section(found, id)
    part["title"] = said.label
    _put(part, "help", said.help if any(said.help.values()) else None)
    _put(part, "x-when", said.when if any(said.when.values()) else None)
    return found


def remove_section(form: Form, id: str) -> Form:
    """The form without a section that asks nothing any more."""
    found = deepcopy(form)
    part = _section(found, id)
    if part["fields"]:
        raise Invalid(_("Move or remove its questions first."), field="section")
    found["x-sections"].remove(part)
    return found


def move_section(form: Form, id: str, *, down: bool) -> Form:
    """The form with a section one place earlier or later."""
    found = deepcopy(form)
    _shift(found["x-sections"], _section(found, id), down)
    return found


def _split(path: str) -> tuple[str, str]:
    group, dot, name = path.rpartition(".")
    return (group, name) if dot else ("", path)


def _holder(form: Form, group: str) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Where questions stand: by name, in their order, and which are required; of the form or of a group's rows."""
    at: Any = form
    if group:
        at = (form.get("properties") or {}).get(group)
        if not isinstance(at, dict) or at.get("x-field") != "group":
            raise Invalid(_("There is no such question in the form."), field="question")
        items = at.setdefault("items", {"type": "object"})
        order = at.setdefault("x-order", list(items.get("properties") or {}))
        return items.setdefault("properties", {}), order, items.setdefault("required", [])
    return form.setdefault("properties", {}), [], form.setdefault("required", [])


def _section(form: Form, id: str) -> Any:
    parts = form.get("x-sections")
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and str(part.get("id")) == id:
            part.setdefault("fields", [])
            return part
    raise Invalid(_("There is no such section in the form."), field="section")


def _shift(order: list[Any], one: Any, down: bool) -> None:
    place = order.index(one) if one in order else -1
    other = place + (1 if down else -1)
    if place >= 0 and 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]


def _put(held: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        held.pop(key, None)
    else:
        held[key] = value


def _about(held: dict[str, Any], said: Said) -> None:
    """What the kind needs."""
    about, kind = said.about, said.kind
    exact = kind == "number" and bool(about.get("step"))
    for key, value in FIRST.get(kind, {}).items():
        read = _exact if exact else _whole
        held[key] = read(about.get(key, ""), key, held.get(key, value))
    if kind == "number":
        held["type"] = "number" if exact else "integer"
        _put(held, "multipleOf", _exact(about["step"], "step", 1) if exact else None)
    if "maxLength" in NEEDS.get(kind, ()):
        _put(
            held, "maxLength", _whole(about["maxLength"], "maxLength", 0) if about.get("maxLength") else None
        )
    if kind == "text":
        _put(held, "pattern", about.get("pattern") or None)
    if kind == "number":
        measure = {"lo": about.get("measure_lo", ""), "en": about.get("measure_en", "")}
        _put(held, "x-measure", measure if any(measure.values()) else None)
    if kind == "money":
        _put(held, "x-currency", about.get("currency") or None)
    if kind == "date":
        _put(held, "x-partial", True if about.get("partial") else None)
        _put(held, "x-not-after", "today" if about.get("past") else None)
    if kind == "unit":
        held["x-unit"] = about.get("unit") or "district"
    if kind in ("choice", "multi-choice"):
        _choices(held, kind, about.get("choices", ""))
    if kind == "group":
        held["minItems"] = _whole(about.get("least", ""), "least", held.get("minItems", 0))
        held["maxItems"] = _whole(about.get("most", ""), "most", held.get("maxItems", 5))
        held.setdefault("items", {"type": "object", "properties": {}, "required": []})
        held.setdefault("x-order", list(held["items"].get("properties", {})))


def _choices(held: dict[str, Any], kind: str, typed: str) -> None:
    """Answers, one on each line: code | Lao words | English words."""
    labels: dict[str, dict[str, str]] = {}
    for line in typed.splitlines()[:MOST_LINES]:
        code, lao, english = (*(part.strip() for part in line.split("|")), "", "", "")[:3]
        if not code:
            continue
        if code in labels:
            raise Invalid(_("“%s” stands there twice.") % code[:40], field="choices")
        labels[code] = {"lo": lao, "en": english}
    held["x-labels"] = labels
    if kind == "choice":
        held["enum"] = list(labels)
    else:
        held["items"] = {"type": "string", "enum": list(labels)}
        held["uniqueItems"] = True


def _whole(typed: str, name: str, usual: int) -> int:
    if not typed:
        return usual
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 15):
        raise Invalid(_("Write a whole number."), field=name)
    return int(typed)


def _exact(typed: str, name: str, usual: int | float) -> int | float:
    """A number with decimals, as JSON keeps it."""
    if not typed:
        return usual
    try:
        found = Decimal(typed.replace(",", ".")) if len(typed) <= 20 else None
    except InvalidOperation:
        found = None
    if found is None or not found.is_finite() or abs(found) > 10**15:
        raise Invalid(_("Write a number such as 0.25."), field=name)
    return int(found) if found == int(found) else float(found)


def choice_lines(held: Mapping[str, Any]) -> str:
    """The answers of a question as they are typed."""
    labels = held.get("x-labels")
    items = held.get("items")
    enum = held.get("enum") or (items.get("enum") if isinstance(items, Mapping) else None) or []
    lines = []
    for code in enum if isinstance(enum, list) else []:
        words = labels.get(code) if isinstance(labels, Mapping) else None
        said = words if isinstance(words, Mapping) else {}
        lines.append(f"{code} | {said.get('lo', '')} | {said.get('en', '')}")
    return "\n".join(lines)
