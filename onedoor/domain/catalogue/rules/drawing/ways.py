"""Ways of a process: arrows added, led elsewhere, put under a condition, removed; the drawing keeps up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import made, put, take_out, written
from onedoor.domain.catalogue.rules.drawing.parts import expression, listed, named, opened, step, unlisted
from onedoor.domain.catalogue.rules.drawing.shapes import Sheet
from onedoor.domain.catalogue.rules.process.reader import BPMN


@dataclass(frozen=True, kw_only=True)
class WayChange:
    """Where a way is to lead, and when."""

    target: str
    lo: str = ""
    en: str = ""
    condition: str = ""
    default: bool = False


def add_way(process: str, *, source: str, id: str, change: WayChange) -> str:
    """The process with one more arrow. Raises CannotDraw."""
    document, elements = opened(process)
    before, target = step(elements, source), step(elements, change.target, field="target")
    if id in elements:
        raise CannotDraw(_("Another element has this id."), field="id")
    flow = arrow(document, elements, before, target, id)
    _said(elements, flow, change)
    return written(document)


def change_way(process: str, id: str, change: WayChange) -> str:
    """The process with an arrow that leads elsewhere, or under another condition. Raises CannotDraw."""
    document, elements = opened(process)
    flow = _way(elements, id)
    target, old = step(elements, change.target, field="target"), flow.getAttribute("targetRef")
    if old != change.target:
        if target.parentNode is not flow.parentNode:
            raise CannotDraw(_("An arrow may not cross the border of a subprocess."), field="target")
        if old in elements:
            unlisted(elements[old], "incoming", id)
        flow.setAttribute("targetRef", change.target)
        listed(target, "incoming", id)
        Sheet(document, at=flow.getAttribute("sourceRef")).join(flow)
    _said(elements, flow, change)
    return written(document)


def remove_way(process: str, id: str) -> str:
    """The process without an arrow. Raises CannotDraw."""
    document, elements = opened(process)
    cut(elements, Sheet(document), _way(elements, id))
    return written(document)


def arrow(document: Any, elements: dict[str, Any], source: Any, target: Any, id: str) -> Any:
    """A new arrow between two steps. Raises CannotDraw."""
    if source.parentNode is not target.parentNode:
        raise CannotDraw(_("An arrow may not cross the border of a subprocess."), field="target")
    holder = source.parentNode
    ends = {"sourceRef": source.getAttribute("id"), "targetRef": target.getAttribute("id")}
    flow = put(holder, made(holder, BPMN, "sequenceFlow", id=id, **ends))
    elements[id] = flow
    listed(source, "outgoing", id)
    listed(target, "incoming", id)
    Sheet(document, at=ends["sourceRef"]).join(flow)
    return flow


def cut(elements: Mapping[str, Any], sheet: Sheet, flow: Any) -> None:
    """Take an arrow away, and its name from what it touched."""
    id, source = flow.getAttribute("id"), elements.get(flow.getAttribute("sourceRef"))
    for end, name in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
        if (touched := elements.get(flow.getAttribute(end))) is not None:
            unlisted(touched, name, id)
    if source is not None and source.getAttribute("default") == id:
        source.removeAttribute("default")
    sheet.forget(id)
    take_out(flow)


def _way(elements: Mapping[str, Any], id: str) -> Any:
    found = elements.get(id)
    if found is None or found.localName != "sequenceFlow":
        raise CannotDraw(_("There is no such way in the process."), field="way")
    return found


def _said(elements: Mapping[str, Any], flow: Any, change: WayChange) -> None:
    named(flow, change.lo, change.en)
    expression(flow, "conditionExpression", change.condition)
    id, source = flow.getAttribute("id"), elements.get(flow.getAttribute("sourceRef"))
    if source is not None and change.default:
        if source.getAttribute("default") != id:
            source.setAttribute("default", id)
    elif source is not None and source.getAttribute("default") == id:
        source.removeAttribute("default")
