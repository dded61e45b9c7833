"""Reads BPMN 2.0 XML safely into plain elements with line numbers. No document type, no entities, bounded size and depth."""

from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
OWN = "urn:onedoor:bpmn:1"

LARGEST = 2 * 1024 * 1024
MOST_ELEMENTS = 20_000
DEEPEST = 60


class UnreadableProcess(ValueError):
    """The file is not BPMN 2.0 XML; ``line`` is where that became clear."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass
class Element:
    """An XML element: namespace, local name, attributes, text, children and the line where it begins."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The element's id, or its name and line where it has none."""
        return self.attributes.get("id") or f"{self.name}@{self.line}"

    def get(self, name: str, default: str = "") -> str:
        """A plain attribute, stripped."""
        return self.attributes.get(name, default).strip()

    def own(self, name: str) -> str:
        """One of the attributes that OneDoor adds to BPMN."""
        return self.attributes.get(f"{{{OWN}}}{name}", "").strip()

    def all(self, name: str) -> list["Element"]:
        """The BPMN children of this name."""
        return [child for child in self.children if child.space == BPMN and child.name == name]

    def first(self, name: str) -> "Element | None":
        """The first BPMN child of this name."""
        found = self.all(name)
        return found[0] if found else None


def _split(tag: str) -> tuple[str, str]:
    if tag.startswith("{"):
        space, _, name = tag[1:].partition("}")
        return space, name
    return "", tag


class _Builder:
    """Collects elements as the parser meets them, and counts them."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser: Any = None

    @property
    def line(self) -> int:
        return int(getattr(self.parser, "CurrentLineNumber", 0) or 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise UnreadableProcess(f"more than {MOST_ELEMENTS} elements", self.line)
        if len(self.open) >= DEEPEST:
            raise UnreadableProcess(f"nested deeper than {DEEPEST}", self.line)
        space, name = _split(tag)
        element = Element(space=space, name=name, attributes=dict(attributes), line=self.line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, tag: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def close(self) -> Element:
        if self.root is None:
            raise UnreadableProcess("the file is empty")
        return self.root


def read_bpmn(source: bytes) -> Element:
    """The ``definitions`` element of a BPMN 2.0 file, or UnreadableProcess with the line. Never loads anything else."""
    root = read_xml(source)
    if (root.space, root.name) != (BPMN, "definitions"):
        raise UnreadableProcess("not a BPMN 2.0 file: the outermost element must be “definitions”", root.line)
    return root


def read_xml(source: bytes) -> Element:
    """The outermost element of a file, read safely, or UnreadableProcess with the line."""
    if len(source) > LARGEST:
        raise UnreadableProcess(f"larger than {LARGEST // 1024} KB")
    if not source.strip():
        raise UnreadableProcess("the file is empty")
    builder = _Builder()
    try:
        reader = DefusedXMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
        builder.parser = reader.parser
        reader.feed(source)
        root: Element = reader.close()
    except DefusedXmlException as refusal:
        raise UnreadableProcess(f"refused for safety ({type(refusal).__name__})", builder.line) from refusal
    except UnreadableProcess:
        raise
    except (SyntaxError, ExpatError, ValueError, LookupError) as fault:
        line = getattr(fault, "lineno", None) or getattr(fault, "position", (builder.line, 0))[0]
        raise UnreadableProcess(f"not well-formed XML: {fault}", int(line or 1)) from fault
    return root


def repeated_ids(root: Element) -> list[Element]:
    """The elements whose id occurs a second time, which makes every reference to it ambiguous."""
    seen: set[str] = set()
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        id = element.attributes.get("id", "")
        if id and id in seen:
            found.append(element)
        seen.add(id)
        waiting.extend(element.children)
    return found
