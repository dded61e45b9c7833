"""A file's own signs: what nobody touched is written as it came, to the byte; what was touched, as close to it as can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.dom.minidom import Node
from xml.sax.saxutils import escape

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"(\s+)([^\s=]+)(\s*=\s*)(\"[^\"]*\"|'[^']*')")
_END = re.compile(r"\s*/?>\Z")
# Signs that a parser would read as a space or lose, were they written as they are.
IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
IN_TEXT = {"\r": "&#13;"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass
class Trace:
    """How a node stood in the file: its signs (of an element those of its tags), and what it said then."""

    node: Any
    signs: str
    said: Any
    closing: str = ""


@dataclass
class Ink:
    """The signs of a whole file, by node; ``before`` and ``behind`` its outermost element."""

    traces: dict[int, Trace]
    before: str
    behind: str

    def of(self, node: Any) -> Trace | None:
        """How a node stood in the file; None for one that is new."""
        return self.traces.get(id(node))


def traced(document: Any, source: str) -> Ink | None:
    """The signs of a file that has been read; None where they cannot be told apart, and all is written anew."""
    ink = Ink({}, "", "")
    waiting: list[tuple[Any, Iterator[Any]]] = []
    end = 0
    for place, kind, signs in _pieces(source):
        if not waiting and kind != "open":
            continue  # around the outermost element
        if kind == "close":
            node, rest = waiting.pop()
            if next(rest, None) is not None:
                return None
            ink.traces[id(node)].closing = signs
        else:
            node = next(waiting[-1][1], None) if waiting else document.documentElement
            if node is None or not _is(node, kind):
                return None
            if not waiting:
                ink.before = source[:place]
            ink.traces[id(node)] = Trace(node, signs, _said(node))
            if kind == "open" and not signs.endswith("/>"):
                waiting.append((node, iter(list(node.childNodes))))
        if not waiting:
            end = place + len(signs)
            break
    ink.behind = source[end:]
    return ink if end and not waiting else None


def _pieces(source: str) -> Iterator[tuple[int, str, str]]:
    """Tags, texts and the rest of a well-formed file: where each stands, its kind, its signs."""
    end = 0
    for found in _MARKUP.finditer(source):
        if found.start() > end:
            yield end, "text", source[end : found.start()]
        signs, end = found.group(), found.end()
        kinds = (("<!--", "comment"), ("<![", "cdata"), ("<?", "instruction"), ("</", "close"))
        kind = next((kind for begin, kind in kinds if signs.startswith(begin)), "open")
        yield found.start(), kind, signs


def _is(node: Any, kind: str) -> bool:
    kinds = {
        "open": Node.ELEMENT_NODE,
        "text": Node.TEXT_NODE,
        "comment": Node.COMMENT_NODE,
        "cdata": Node.CDATA_SECTION_NODE,
        "instruction": Node.PROCESSING_INSTRUCTION_NODE,
    }
    return bool(node.nodeType == kinds[kind])


def _said(node: Any) -> Any:
    return dict(node.attributes.items()) if node.nodeType == Node.ELEMENT_NODE else node.nodeValue


def inked(document: Any, ink: Ink | None) -> str:
    """The document as text."""
    parts: list[str] = []
    _write(document.documentElement, ink or Ink({}, "", ""), parts)
    return "".join([ink.before, *parts, ink.behind] if ink else [HEAD, *parts, "\n"])


def _write(node: Any, ink: Ink, parts: list[str]) -> None:
    trace = ink.of(node)
    if node.nodeType != Node.ELEMENT_NODE:
        parts.append(trace.signs if trace and trace.said == _said(node) else _anew(node))
        return
    opening = _opening(node, trace)
    if not node.childNodes and not (trace and trace.closing):
        parts.append(opening)
        return
    parts.append(_END.sub(">", opening) if opening.endswith("/>") else opening)
    for child in node.childNodes:
        _write(child, ink, parts)
    parts.append((trace.closing if trace else "") or f"</{node.tagName}>")


def _anew(node: Any) -> str:
    return escape(node.data, IN_TEXT) if node.nodeType == Node.TEXT_NODE else str(node.toxml())


def _opening(node: Any, trace: Trace | None) -> str:
    """The tag with which an element begins; attributes that say what they said stand as they stood."""
    now = _said(node)
    if trace is None:
        return f"<{node.tagName}{''.join(_attribute(name, value) for name, value in now.items())} />"
    if now == trace.said:
        return trace.signs

    def kept(found: re.Match[str]) -> str:
        space, name, equals, value = found.groups()
        if name not in now:
            return ""
        same = now[name] == trace.said[name]
        return f"{space}{name}{equals}{value if same else _quoted(now[name])}"

    end = _END.search(trace.signs)
    more = [_attribute(name, value) for name, value in now.items() if name not in trace.said]
    place = end.start() if end else len(trace.signs)
    return _ATTRIBUTE.sub(kept, trace.signs[:place]) + "".join(more) + trace.signs[place:]


def _attribute(name: str, value: str) -> str:
    return f" {name}={_quoted(value)}"


def _quoted(value: str) -> str:
    return f'"{escape(value, IN_ATTRIBUTES)}"'
