"""Writes the pages that are made from the code: events, mirrors and the machine door's interface."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import inspect
from collections import defaultdict
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from onedoor.tools.environment import set_up
from onedoor.tools.errors import ToolError

WORDS = {
    UUID: "reference",
    datetime.datetime: "instant",
    datetime.date: "date",
    str: "code",
    int: "number",
    bool: "yes/no",
}
REPOSITORY = Path(__file__).parents[2]


def docs(arguments: argparse.Namespace) -> int:
    """Writes the pages; with ``--check`` only says which are stale (exit code 1)."""
    set_up()
    if not (REPOSITORY / "docs").is_dir():
        raise ToolError(
            "The documents are made in a checkout of the repository, not in an installed package."
        )
    stale = {path: text for path, text in pages().items() if _read(path) != text}
    if arguments.check:
        for path in stale:
            print(f"{path} is stale: run `onedoor docs`")
        return 1 if stale else 0
    for path, text in stale.items():
        (REPOSITORY / path).parent.mkdir(parents=True, exist_ok=True)
        (REPOSITORY / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


def pages() -> dict[str, str]:
    """Each generated page by its path in the repository."""
    return {"docs/events.md": events_page(), "docs/mirrors.md": mirrors_page(), **interface_pages()}


def events_page() -> str:
    """Every event by context: what it says, what it carries, who hears it."""
    from onedoor.kernel.letters import events, handlers

    heard = defaultdict(list)
    for handler in handlers().values():
        for event in handler.events:
            heard[event.name].append(f"`{handler.name}` ({handler.kind})")
    by_context = defaultdict(list)
    for name, event in sorted(events().items()):
        if not event.__module__.startswith("onedoor."):
            continue
        carried = ", ".join(f"{name} ({_word(hint)})" for name, hint in _fields(event))
        cells = (f"`{name}`", event.schema, _first_line(event), carried, ", ".join(sorted(heard[name])))
        by_context[name.split(".")[0]].append("| " + " | ".join(str(cell) for cell in cells) + " |")
    head = "| event | schema | says | carries | heard by |\n|---|---|---|---|---|\n"
    return _page(
        "Events",
        "Each is published as a letter: with its aggregate, epoch, version, actor, centre and time. "
        "Events carry references and codes, never names.",
        {context: head + "\n".join(rows) for context, rows in by_context.items()},
    )


def mirrors_page() -> str:
    """Every model by context: what of it leaves its node, in which direction, and how private it is."""
    from django.apps import apps

    sections = {}
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        rows = (
            [_mirror_row(model) for model in config.get_models()]
            if config.name.startswith("onedoor.")
            else []
        )
        if rows:
            head = "| model | leaves the node | privacy | what |\n|---|---|---|---|\n"
            sections[config.label] = head + "\n".join(sorted(rows))
    return _page(
        "Mirrors",
        "What nodes keep of each other: up is from centre to hub, down from hub to centres. "
        "A child travels with its aggregate.",
        sections,
    )


def interface_pages() -> dict[str, str]:
    """The OpenAPI description of the machine door."""
    from onedoor.doors.exchange.v1 import described

    return {"docs/openapi/v1.json": described().decode()}


def _mirror_row(model: Any) -> str:
    from onedoor.kernel.mirrors import Child, Local, Mirror, declaration_of

    declared = declaration_of(model)
    cells: tuple[str, str, str]
    match declared:
        case Mirror(direction="local"):
            cells = ("no", declared.privacy, "")
        case Mirror():
            cells = (declared.direction, declared.privacy, _named(declared.fields))
        case Child():
            cells = ("with its aggregate", "", f"child of `{declared.of}`")
        case Local():
            cells = ("no", "", declared.why)
        case _:
            cells = ("undeclared", "", "")
    return f"| `{model.__name__}` | " + " | ".join(cells) + " |"


def _named(fields: Any) -> str:
    return "all fields" if fields == "*" else ", ".join(f"`{name}`" for name in fields)


def _fields(event: type[Any]) -> list[tuple[str, Any]]:
    hints = get_type_hints(event)
    return [(field.name, hints[field.name]) for field in dataclasses.fields(event)]


def _word(hint: Any) -> str:
    kinds = list(get_args(hint) or (hint,))
    word = " or ".join(WORDS.get(kind, str(kind)) for kind in kinds if kind is not NoneType)
    return f"{word}, or none" if NoneType in kinds else word


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").split("\n")[0]


def _page(title: str, about: str, sections: dict[str, str]) -> str:
    body = "\n\n".join(f"## {name}\n\n{table}" for name, table in sections.items())
    return f"<!-- Made by `onedoor docs`; not edited by hand. -->\n\n# {title}\n\n{about}\n\n{body}\n"


def _read(path: str) -> str:
    file = REPOSITORY / path
    return file.read_text(encoding="utf-8") if file.exists() else ""
