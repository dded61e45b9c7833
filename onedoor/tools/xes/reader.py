"""Reads XES 1.0 trace by trace. No document type, no entities; depth, sizes and counts are bounded; nothing piles up.

An attribute is a list ``[kind, key, value]``, with a fourth member where it has attributes of its own. A trace that cannot be
understood is left out whole and told; a file that cannot be read any further ends the reading with `Unreadable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from onedoor.tools.xes.faults import Left, Unreadable
from onedoor.tools.xes.source import pieces
from onedoor.tools.xes.values import BadValue, checked

Attribute = list[Any]
KINDS = frozenset(("string", "date", "int", "float", "boolean", "id", "list", "container"))
DEEPEST = 32
LONGEST_TOKEN = 4 * 1024 * 1024
MOST_IN_HEADER = 100_000
MOST_IN_TRACE = 200_000
MOST_EVENTS = 20_000
MOST_TEXT = 32 * 1024 * 1024


@dataclass
class Header:
    """What stands before the traces: the log's own attributes, its extensions, globals and classifiers."""

    features: str = ""
    extensions: list[dict[str, str]] = field(default_factory=list)
    globals: list[tuple[str, list[Attribute]]] = field(default_factory=list)
    classifiers: list[dict[str, str]] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)

    def declares(self, keys: tuple[str, ...]) -> bool:
        """Whether the log says that its traces carry one of these attributes."""
        return any(
            one[1] in keys for scope, attributes in self.globals if scope == "trace" for one in attributes
        )

    def said(self, key: str) -> str:
        """A string among the log's own attributes."""
        return next((str(one[2]) for one in self.attributes if one[1] == key), "")


@dataclass
class Trace:
    """One trace as it stands in the log: its place, the line where it begins, its attributes and those of its events."""

    place: int
    line: int
    attributes: list[Attribute] = field(default_factory=list)
    events: list[list[Attribute]] = field(default_factory=list)

    def said(self, key: str) -> str:
        """A value among the trace's own attributes."""
        return next((str(one[2]) for one in self.attributes if one[1] == key), "")


class Reader:
    """``header`` is whole when the first trace comes; ``taken`` is how many bytes of the file were read."""

    def __init__(self, path: Path) -> None:
        self.header = Header()
        self.taken = self.line = self.places = 0
        self._path = path
        self._ready: list[Trace | Left] = []
        self._open: list[str] = []
        self._lists: list[list[Attribute]] = []
        self._trace: Trace | None = None
        self._fault: Left | None = None
        self._passed_over = self._count = self._text = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_type
        self._parser.EntityDeclHandler = self._refuse_type
        self._parser.buffer_text = False

    def traces(self) -> Iterator[Trace | Left]:
        """Each trace in the order of the log, or what was left out and why. Raises Unreadable."""
        fed = 0
        try:
            for piece, taken in pieces(self._path):
                self.taken = taken
                self._parser.Parse(piece, False)
                fed += len(piece)
                if fed - max(0, self._parser.CurrentByteIndex) > LONGEST_TOKEN:
                    raise Unreadable(f"one element is longer than {LONGEST_TOKEN // 1024**2} MB", self._here)
                yield from self._ready
                self._ready.clear()
            self._parser.Parse(b"", True)
        except expat.ExpatError as fault:
            yield from self._ready
            reason = expat.ErrorString(fault.code)
            raise Unreadable(f"not well-formed XML: {reason}", fault.lineno) from fault
        except (LookupError, ValueError) as fault:
            raise Unreadable(f"not well-formed XML: {fault}", 1) from fault
        except Unreadable as fault:
            yield from self._ready
            raise Unreadable(fault.reason, fault.line or self._here) from fault
        yield from self._ready

    @property
    def _here(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _refuse_type(self, *_: Any) -> None:
        raise Unreadable("refused: a document type or an entity is declared", self._here)

    def _start(self, tag: str, given: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if len(self._open) >= DEEPEST:
            raise Unreadable(f"nested deeper than {DEEPEST}", self._here)
        self._open.append(name)
        if self._passed_over:
            self._passed_over += 1
        elif name in KINDS and self._lists:
            self._attribute(name, given)
        elif name == "values" and len(self._open) > 2 and self._open[-2] == "list":
            self._into(["values", "", ""])
        elif len(self._open) == 1:
            self._begin_log(name, given)
        elif len(self._open) == 2 or (name == "event" and self._open[-2] == "trace"):
            self._begin_part(name, given)
        else:
            self._passed_over = 1

    def _begin_log(self, name: str, given: dict[str, str]) -> None:
        if name != "log":
            raise Unreadable(
                f"not an event log: the outermost element is “{name[:40]}”, not “log”", self._here
            )
        self.header.features = given.get("xes.features", "")[:200]
        self._lists.append(self.header.attributes)

    def _begin_part(self, name: str, given: dict[str, str]) -> None:
        if name == "trace":
            self.places += 1
            self._trace, self._fault, self._count, self._text = Trace(self.places, self._here), None, 0, 0
            self._lists.append(self._trace.attributes)
        elif name == "event" and self._trace is not None and self._open[-2] == "trace":
            if len(self._trace.events) >= MOST_EVENTS:
                self._leave(f"more than {MOST_EVENTS} events")
            event: list[Attribute] = []
            if self._fault is None:
                self._trace.events.append(event)
            self._lists.append(event)
        elif name == "global":
            self._bounded(0)
            self.header.globals.append((given.get("scope", "event")[:20], []))
            self._lists.append(self.header.globals[-1][1])
        elif name in ("extension", "classifier"):
            self._bounded(sum(map(len, given.values())))
            kept = self.header.extensions if name == "extension" else self.header.classifiers
            kept.append({key[:40]: value[:2000] for key, value in given.items()})
            self._lists.append([])
        else:
            self._passed_over = 1

    def _attribute(self, kind: str, given: dict[str, str]) -> None:
        key, value = given.get("key", ""), given.get("value", "")
        self._bounded(len(key) + len(value))
        try:
            if self._fault is None:
                checked(kind, key, value)
        except BadValue as fault:
            if self._trace is None:
                raise Unreadable(str(fault), self._here) from fault
            self._leave(str(fault))
        self._into([kind, key, value])

    def _into(self, attribute: Attribute) -> None:
        """Keep an attribute; what stands inside it goes into its own list."""
        inner: list[Attribute] = []
        if self._fault is None:
            self._lists[-1].append([*attribute, inner])
        self._lists.append(inner)

    def _bounded(self, size: int) -> None:
        """Counts what a trace (or what stands before the traces) holds, so that none can fill the memory."""
        self._count += 1
        self._text += size
        if self._trace is None and self._count > MOST_IN_HEADER:
            raise Unreadable(f"more than {MOST_IN_HEADER} attributes outside of traces", self._here)
        if self._trace is not None and self._count > MOST_IN_TRACE:
            self._leave(f"more than {MOST_IN_TRACE} attributes")
        if self._text > MOST_TEXT:
            if self._trace is None:
                raise Unreadable(f"more than {MOST_TEXT // 1024**2} MB outside of traces", self._here)
            self._leave(f"more than {MOST_TEXT // 1024**2} MB of text")

    def _leave(self, reason: str) -> None:
        """Leave the present trace out whole; the first reason is told, what it held is let go."""
        if self._trace is not None and self._fault is None:
            name = self._trace.said("concept:name") or f"no. {self._trace.place}"
            self._fault = Left(self._here, name[:80], reason)
            self._trace.events.clear()
            self._trace.attributes.clear()
            self._lists[:] = [[] for _ in self._lists]
            self._lists[0] = self.header.attributes

    def _end(self, tag: str) -> None:
        name = self._open.pop()
        if self._passed_over:
            self._passed_over -= 1
            return
        inner = self._lists.pop() if self._lists else []
        if self._lists and name in KINDS | {"values"} and not inner and self._lists[-1]:
            last = self._lists[-1][-1]
            if len(last) == 4 and last[3] is inner:
                last.pop()
        if name == "trace" and self._trace is not None and len(self._open) == 1:
            self._ready.append(self._fault or self._trace)
            self._trace = self._fault = None
            self._count = self._text = 0
