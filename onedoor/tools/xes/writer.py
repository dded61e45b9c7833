"""Writes XES 1.0 in a stream: what came from a log as it stood there, what happened here in the same shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onedoor.tools.xes.reader import Attribute, Header

SPACE = "http://www.xes-standard.org/"
EXTENSIONS = (
    {"name": "Concept", "prefix": "concept", "uri": f"{SPACE}concept.xesext"},
    {"name": "Time", "prefix": "time", "uri": f"{SPACE}time.xesext"},
    {"name": "Organizational", "prefix": "org", "uri": f"{SPACE}org.xesext"},
    {"name": "Lifecycle", "prefix": "lifecycle", "uri": f"{SPACE}lifecycle.xesext"},
)
_ESCAPES = {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&quot;",
    ord("\t"): "&#9;",
    ord("\n"): "&#10;",
    ord("\r"): "&#13;",
}


def kept_header(header: Header) -> dict[str, Any]:
    """A log's header as it is kept."""
    return {
        "features": header.features,
        "extensions": header.extensions,
        "globals": header.globals,
        "classifiers": header.classifiers,
        "attributes": header.attributes,
    }


def own_header(name: str) -> dict[str, Any]:
    """The header of a log of our own cases."""
    return {
        "features": "nested-attributes",
        "extensions": list(EXTENSIONS),
        "globals": [],
        "classifiers": [{"name": "Activity", "keys": "concept:name"}],
        "attributes": [["string", "concept:name", name]],
    }


def document(
    header: Mapping[str, Any], traces: Iterable[tuple[list[Attribute], list[list[Attribute]]]]
) -> Iterator[str]:
    """The log, piece by piece."""
    features = escaped(header.get("features") or "nested-attributes")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<log xes.version="1.0" xes.features="{features}" xmlns="{SPACE}">\n'
    for one in header.get("extensions", []):
        yield f"\t<extension{_given(one)}/>\n"
    for scope, attributes in header.get("globals", []):
        yield f'\t<global scope="{escaped(scope)}">\n{_all(attributes, 2)}\t</global>\n'
    for one in header.get("classifiers", []):
        yield f"\t<classifier{_given(one)}/>\n"
    yield _all(header.get("attributes", []), 1)
    for of_trace, events in traces:
        yield f"\t<trace>\n{_all(of_trace, 2)}"
        for event in events:
            yield f"\t\t<event>\n{_all(event, 3)}\t\t</event>\n"
        yield "\t</trace>\n"
    yield "</log>\n"


def escaped(text: str) -> str:
    """A text as it stands in an XML attribute."""
    return str(text).translate(_ESCAPES)


def _given(one: Mapping[str, str]) -> str:
    return "".join(f' {key}="{escaped(value)}"' for key, value in one.items())


def _all(attributes: Iterable[Attribute], depth: int) -> str:
    return "".join(_one(attribute, depth) for attribute in attributes)


def _one(attribute: Attribute, depth: int) -> str:
    kind, key, value, *inner = attribute
    indent = "\t" * depth
    head = kind if kind == "values" else f'{kind} key="{escaped(key)}"'
    if kind not in ("values", "list", "container"):
        head += f' value="{escaped(value)}"'
    if not inner:
        return f"{indent}<{head}/>\n"
    return f"{indent}<{head}>\n{_all(inner[0], depth + 1)}{indent}</{kind}>\n"
