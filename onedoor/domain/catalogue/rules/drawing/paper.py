"""A drawing's file as a tree that can be changed and written again: what is not touched says the same afterwards."""

from collections.abc import Iterator
from typing import Any
from xml.dom.minidom import Node

from defusedxml.common import DefusedXmlException
from defusedxml.minidom import parseString
from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.ink import inked, traced
from onedoor.domain.catalogue.rules.process.chosen import candidate, chosen
from onedoor.domain.catalogue.rules.process.reader import BPMN, OWN, UnreadableProcess, read_xml

DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XMLNS = "http://www.w3.org/2000/xmlns/"
USUAL = {BPMN: "bpmn", DI: "bpmndi", DC: "dc", DD: "di", OWN: "onedoor", XSI: "xsi"}
Element = Any


def read(text: str) -> Any:
    """The document; raises CannotDraw with the line where it cannot be read safely."""
    source = text.encode()
    try:
        read_xml(source)
        document = parseString(source, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except UnreadableProcess as fault:
        reason = _("Line %(line)s: %(reason)s") % {"line": fault.line, "reason": fault.reason}
        raise CannotDraw(reason) from fault
    except (DefusedXmlException, ValueError, SyntaxError) as fault:
        raise CannotDraw(str(fault)) from fault
    document.ink = traced(document, text)
    return document


def written(document: Any) -> str:
    """The document as text: what was not touched stands as it stood in the file, to the byte."""
    return inked(document, getattr(document, "ink", None))


def children(element: Element, space: str | None = None, name: str | None = None) -> list[Element]:
    """The elements right inside one, of a namespace and name where these are given."""
    return [
        child
        for child in element.childNodes
        if child.nodeType == Node.ELEMENT_NODE
        and space in (None, child.namespaceURI)
        and name in (None, child.localName)
    ]


def inside(element: Element) -> Iterator[Element]:
    """All elements inside one, in the order of the file."""
    for child in children(element):
        yield child
        yield from inside(child)


def first(element: Element, space: str, name: str) -> Element | None:
    """The first such element right inside one."""
    return next(iter(children(element, space, name)), None)


def text_of(element: Element | None) -> str:
    """The text that stands in an element."""
    if element is None:
        return ""
    kinds = (Node.TEXT_NODE, Node.CDATA_SECTION_NODE)
    return "".join(child.data for child in element.childNodes if child.nodeType in kinds).strip()


def own(element: Element, name: str) -> str:
    """One of the attributes that OneDoor adds."""
    return str(element.getAttributeNS(OWN, name) or "").strip()


def prefix_for(element: Element, space: str) -> str:
    """The prefix of a namespace at this place; a usual one is declared at the root where there is none."""
    at = element
    while at is not None and at.nodeType == Node.ELEMENT_NODE:
        for name, value in at.attributes.items():
            if value == space and name.startswith("xmlns:"):
                return str(name[6:])
        at = at.parentNode
    root = element.ownerDocument.documentElement
    taken = {name for name, _value in root.attributes.items()}
    found = USUAL[space]
    while f"xmlns:{found}" in taken:
        found += "_"
    root.setAttributeNS(XMLNS, f"xmlns:{found}", space)
    return found


def set_own(element: Element, name: str, value: str) -> None:
    """Write one of OneDoor's attributes; an empty one is taken away."""
    if not value:
        if element.hasAttributeNS(OWN, name):
            element.removeAttributeNS(OWN, name)
    elif own(element, name) != value:
        element.setAttributeNS(OWN, f"{prefix_for(element, OWN)}:{name}", value)


def set_plain(element: Element, name: str, value: str) -> None:
    """Write a plain attribute; an empty one is taken away."""
    if value:
        element.setAttribute(name, value)
    elif element.hasAttribute(name):
        element.removeAttribute(name)


def made(parent: Element, space: str, name: str, **attributes: str) -> Element:
    """A new element for this place, named as the elements around it are."""
    document = parent.ownerDocument
    if parent.namespaceURI == space:
        tag = f"{parent.prefix}:{name}" if parent.prefix else name
    else:
        tag = f"{prefix_for(parent, space)}:{name}"
    element = document.createElementNS(space, tag)
    for key, value in attributes.items():
        element.setAttribute(key, value)
    return element


def put(parent: Element, child: Element, *, after: Element | None = None) -> Element:
    """Set an element into another one, on a line of its own: behind ``after``, or at the end."""
    depth, at = 0, parent
    while at.parentNode is not None and at.parentNode.nodeType == Node.ELEMENT_NODE:
        depth, at = depth + 1, at.parentNode
    line = parent.ownerDocument.createTextNode("\n" + "  " * (depth + 1))
    if after is not None:
        place = after.nextSibling
        parent.insertBefore(line, place)
        parent.insertBefore(child, place)
        return child
    last = parent.lastChild
    if last is not None and last.nodeType == Node.TEXT_NODE and not last.data.strip():
        parent.insertBefore(line, last)
        parent.insertBefore(child, last)
        return child
    parent.appendChild(line)
    parent.appendChild(child)
    parent.appendChild(parent.ownerDocument.createTextNode("\n" + "  " * depth))
    return child


def put_before(parent: Element, child: Element, before: Element) -> Element:
    """Set an element into another one, on a line of its own, in front of one that stands there."""
    line = before.previousSibling
    blank = line is not None and line.nodeType == Node.TEXT_NODE and not line.data.strip()
    parent.insertBefore(child, before)
    parent.insertBefore(parent.ownerDocument.createTextNode(line.data if blank else "\n"), before)
    return child


def take_out(element: Element) -> None:
    """Remove an element with the line that it stood on."""
    before = element.previousSibling
    if before is not None and before.nodeType == Node.TEXT_NODE and not before.data.strip():
        element.parentNode.removeChild(before)
    element.parentNode.removeChild(element)


def say(element: Element, text: str) -> None:
    """Write the text of an element that holds nothing else."""
    for child in list(element.childNodes):
        element.removeChild(child)
    element.appendChild(element.ownerDocument.createTextNode(text))


def run_process(document: Any) -> Element:
    """The process of the file that is run."""
    root = document.documentElement
    if (root.namespaceURI, root.localName) != (BPMN, "definitions"):
        raise CannotDraw(_("This is not a BPMN 2.0 diagram."))
    found = children(root, BPMN, "process")
    if not found:
        raise CannotDraw(_("The diagram has no process."))
    said = [
        candidate(
            one.getAttribute("isExecutable").strip(), [child.localName for child in children(one, BPMN)]
        )
        for one in found
    ]
    return found[chosen(said)]


def by_id(document: Any) -> dict[str, Element]:
    """Elements of the model by their id; those of the drawing itself are left out."""
    drawn = (DI, DC, DD)
    root = document.documentElement
    return {
        one.getAttribute("id"): one
        for one in inside(root)
        if one.namespaceURI not in drawn and one.getAttribute("id")
    }
