"""Files of other catalogues, read with care: of a known kind, in UTF-8, not too large, not too deep; nothing is fetched."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rdflib import Graph
from rdflib.term import Node

from onedoor.tools.errors import ToolError

LARGEST = 8 * 1024 * 1024
MOST = 200_000
DEEPEST = 60
KINDS = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld"}


class _Few(Graph):
    """A graph that refuses to grow beyond what a catalogue can be."""

    held = 0

    def add(self, triple: tuple[Node, Node, Node]) -> _Few:
        """One more, if there is room."""
        self.held += 1
        if self.held > MOST:
            raise ToolError(f"The file says more than {MOST} things: a catalogue of services does not.")
        super().add(triple)
        return self


def graph_in(file: Path) -> Graph:
    """The graph of a Turtle or JSON-LD file. Errors: ToolError, in words."""
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        raise ToolError(
            f"{file.name}: only Turtle (.ttl) and JSON-LD (.jsonld, .json) are read; RDF/XML is not."
        )
    text = _text(file)
    if text.lstrip().startswith(("<?xml", "<!DOCTYPE", "<rdf:RDF")):
        raise ToolError(
            f"{file.name} is XML, which is not read here. Ask for the catalogue as Turtle or JSON-LD."
        )
    if kind == "json-ld":
        held = _parsed(file, text)
        _no_remote_context(file, held)
    graph = _Few()
    try:
        graph.parse(data=text, format=kind)
    except ToolError:
        raise
    except RecursionError as fault:
        raise ToolError(f"{file.name} is nested too deeply.") from fault
    except Exception as fault:  # the parser's own classes are many; whatever it says, the file cannot be read
        said = " ".join(str(fault).split())[:200]
        raise ToolError(f"{file.name} cannot be read as {kind}: {said or type(fault).__name__}") from fault
    if len(graph) > MOST:
        raise ToolError(f"{file.name} says more than {MOST} things: a catalogue of services does not.")
    return graph


def json_in(file: Path) -> Any:
    """The values of a JSON file. Errors: ToolError, in words."""
    if file.suffix.lower() != ".json":
        raise ToolError(f"{file.name}: HSDS is read from JSON (.json).")
    return _parsed(file, _text(file))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise ToolError(f"{file.name} is larger than {LARGEST // 1024 // 1024} MB.")
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as fault:
        raise ToolError(f"{file} cannot be read: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise ToolError(f"{file.name} is not UTF-8 (byte {fault.start}).") from fault
    if "\x00" in text:
        raise ToolError(f"{file.name} holds a sign that no text has (NUL).")
    return text


def _parsed(file: Path, text: str) -> Any:
    try:
        held = json.loads(text)
    except RecursionError as fault:
        raise ToolError(f"{file.name} is nested too deeply.") from fault
    except ValueError as fault:
        raise ToolError(f"{file.name} is not JSON: {str(fault)[:200]}") from fault
    waiting: list[tuple[Any, int]] = [(held, 0)]
    parts = 0
    while waiting:
        one, depth = waiting.pop()
        parts += 1
        if depth > DEEPEST:
            raise ToolError(f"{file.name} is nested too deeply.")
        if parts > 10 * MOST:
            raise ToolError(f"{file.name} has more parts than a catalogue of services.")
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(each, depth + 1) for each in inner]
        _no_half_sign(file, one)
    return held


def _no_half_sign(file: Path, one: Any) -> None:
    said = [one] if isinstance(one, str) else list(one) if isinstance(one, dict) else []
    for text in said:
        try:
            text.encode()
        except UnicodeEncodeError as fault:
            raise ToolError(f"{file.name} holds half a sign (a lone surrogate).") from fault
        if "\x00" in text:
            raise ToolError(f"{file.name} holds a sign that no text has (NUL).")


def _no_remote_context(file: Path, held: Any) -> None:
    """A context that stands elsewhere would have to be fetched: it is refused, and its address said."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
            contexts = one.get("@context", [])
            for each in contexts if isinstance(contexts, list) else [contexts]:
                if isinstance(each, str) or isinstance(each, dict) and "@import" in each:
                    where = each if isinstance(each, str) else each["@import"]
                    raise ToolError(
                        f"{file.name} names a context elsewhere ({str(where)[:80]}), which is not fetched."
                        " Put the context into the file."
                    )
