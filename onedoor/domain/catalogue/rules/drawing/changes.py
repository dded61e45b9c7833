"""Changes of a process step by step: added on a way, changed, removed, led elsewhere; the drawing keeps up with the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import (
    XSI,
    by_id,
    children,
    first,
    inside,
    made,
    prefix_for,
    put,
    read,
    run_process,
    say,
    set_own,
    set_plain,
    take_out,
    text_of,
    written,
)
from onedoor.domain.catalogue.rules.drawing.shapes import GAP, Box, Sheet, lane_element, size_of
from onedoor.domain.catalogue.rules.drawing.steps import KINDS, OWN_READ, TIMES
from onedoor.domain.catalogue.rules.process.reader import BPMN

OWN_NAMES = OWN_READ
LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class StepChange:
    """What a step is to say; ``own`` are attributes that OneDoor adds, by name; an empty one is taken away."""

    lo: str
    en: str
    lane: str = ""
    time_kind: str = ""
    time: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WayChange:
    """Where a way is to lead, and when."""

    target: str
    lo: str = ""
    en: str = ""
    condition: str = ""
    default: bool = False


def change_step(process: str, id: str, change: StepChange) -> str:
    """The process with what a step says changed. Raises CannotDraw."""
    document, elements = _opened(process)
    element = _step(elements, id)
    _named(element, change.lo, change.en)
    for name, value in change.own.items():
        if name in OWN_NAMES:
            set_own(element, name, _short(value, name))
    if change.time:
        _timed(element, change.time_kind, change.time)
    if change.lane:
        _into_lane(document, elements, id, change.lane)
    return written(document)


def change_lane(process: str, id: str, *, lo: str, en: str, own: Mapping[str, str]) -> str:
    """The process with who does the steps of a lane changed. Raises CannotDraw."""
    document, elements = _opened(process)
    lane = elements.get(id)
    if lane is None or lane.localName != "lane":
        raise CannotDraw(_("There is no such lane."), field="lane")
    _named(lane, lo, en)
    for name in ("role", "unit", "audience", "of"):
        set_own(lane, name, _short(own.get(name, ""), name))
    return written(document)


def add_step(process: str, *, kind: str, after: str, on: str, id: str, change: StepChange) -> str:
    """The process with a new step.

    Args:
        after: the step behind which it comes; on a border: the one on whose border it stands.
        on: the way that it is set into; empty begins a new way from ``after``.
    Raises CannotDraw.
    """
    document, elements = _opened(process)
    before = _step(elements, after)
    if kind not in KINDS or kind == "startEvent":
        raise CannotDraw(_("A step of this kind cannot be added."), field="kind")
    if id in elements:
        raise CannotDraw(_("Another element has this id."), field="id")
    flow = elements.get(on) if on else None
    if on and (flow is None or flow.getAttribute("sourceRef") != after):
        raise CannotDraw(_("This way does not leave the step."), field="on")
    holder = before.parentNode
    element = put(holder, made(holder, BPMN, kind, id=id), after=before)
    elements[id] = element
    if kind == "boundaryEvent":
        element.setAttribute("attachedToRef", after)
    if kind in ("boundaryEvent", "intermediateCatchEvent"):
        put(element, made(element, BPMN, "timerEventDefinition", id=f"{id}_timer"))
        _timed(element, change.time_kind, change.time or "P1D")
    _named(element, change.lo, change.en)
    for name, value in change.own.items():
        if name in OWN_NAMES:
            set_own(element, name, _short(value, name))
    lane, _reference = lane_element(run_process(document), after)
    wanted = change.lane or (lane.getAttribute("id") if lane is not None else "")
    _draw(Sheet(document), kind, id, after, wanted)
    _refer(elements, id, wanted)
    if kind != "boundaryEvent":
        _lead(document, elements, before, element, flow)
    return written(document)


def remove_step(process: str, id: str) -> str:
    """The process without a step; what led to it leads to where it went on, where that is one place. Raises CannotDraw."""
    document, elements = _opened(process)
    element = _step(elements, id)
    if element.localName == "startEvent":
        raise CannotDraw(_("The start cannot be removed."), field="step")
    sheet = Sheet(document)
    for border in [each for each in elements.values() if each.getAttribute("attachedToRef") == id]:
        _gone(document, elements, sheet, border)
    leaving = _flows(elements, "sourceRef", id)
    on = leaving[0].getAttribute("targetRef") if len(leaving) == 1 else ""
    for flow in _flows(elements, "targetRef", id):
        if on and on != id:
            flow.setAttribute("targetRef", on)
            _listed(elements[on], "incoming", flow.getAttribute("id"))
        else:
            _cut(elements, sheet, flow)
    arriving = _flows(elements, "targetRef", on) if on else []
    _gone(document, elements, sheet, element)
    for flow in arriving:
        if flow.parentNode is not None and flow.getAttribute("sourceRef") != id:
            sheet.join(flow)
    return written(document)


def add_way(process: str, *, source: str, id: str, change: WayChange) -> str:
    """The process with one more arrow. Raises CannotDraw."""
    document, elements = _opened(process)
    before, target = _step(elements, source), _step(elements, change.target, field="target")
    if id in elements:
        raise CannotDraw(_("Another element has this id."), field="id")
    flow = _arrow(document, elements, before, target, id)
    _said(elements, flow, change)
    return written(document)


def change_way(process: str, id: str, change: WayChange) -> str:
    """The process with an arrow that leads elsewhere, or under another condition. Raises CannotDraw."""
    document, elements = _opened(process)
    flow = _way(elements, id)
    target, old = _step(elements, change.target, field="target"), flow.getAttribute("targetRef")
    if old != change.target:
        if old in elements:
            _unlisted(elements[old], "incoming", id)
        flow.setAttribute("targetRef", change.target)
        _listed(target, "incoming", id)
        Sheet(document).join(flow)
    _said(elements, flow, change)
    return written(document)


def remove_way(process: str, id: str) -> str:
    """The process without an arrow. Raises CannotDraw."""
    document, elements = _opened(process)
    _cut(elements, Sheet(document), _way(elements, id))
    return written(document)


def _opened(process: str) -> tuple[Any, dict[str, Any]]:
    document = read(process)
    run_process(document)
    return document, by_id(document)


def _step(elements: Mapping[str, Any], id: str, *, field: str = "step") -> Any:
    found = elements.get(id)
    if found is None or found.localName not in KINDS:
        raise CannotDraw(_("There is no such step in the process."), field=field)
    return found


def _way(elements: Mapping[str, Any], id: str) -> Any:
    found = elements.get(id)
    if found is None or found.localName != "sequenceFlow":
        raise CannotDraw(_("There is no such way in the process."), field="way")
    return found


def _short(value: str, field: str) -> str:
    if len(value) > LONGEST:
        raise CannotDraw(_("This is too long."), field=field)
    return " ".join(value.split())


def _named(element: Any, lo: str, en: str) -> None:
    if " ".join(element.getAttribute("name").split()) != _short(lo, "lo"):
        set_plain(element, "name", _short(lo, "lo"))
    set_own(element, "nameEn", _short(en, "en"))


def _timed(element: Any, kind: str, time: str) -> None:
    definition = first(element, BPMN, "timerEventDefinition")
    if definition is None:
        raise CannotDraw(_("This step waits for no time."), field="time")
    kind = kind if kind in TIMES else TIMES[0]
    held = [one for one in children(definition, BPMN) if one.localName in TIMES]
    if [(one.localName, text_of(one)) for one in held] == [(kind, time)]:
        return
    for one in held:
        take_out(one)
    child = made(definition, BPMN, kind)
    _formal(child)
    say(child, _short(time, "time"))
    put(definition, child)


def _formal(expression: Any) -> None:
    """Say of a new expression that it is a formal one, as modelers do; asked before it stands anywhere."""
    root = expression.ownerDocument.documentElement
    prefix = f"{expression.prefix}:" if expression.prefix else ""
    expression.setAttributeNS(XSI, f"{prefix_for(root, XSI)}:type", f"{prefix}tFormalExpression")


def _said(elements: Mapping[str, Any], flow: Any, change: WayChange) -> None:
    _named(flow, change.lo, change.en)
    held, wanted = first(flow, BPMN, "conditionExpression"), change.condition.strip()[:LONGEST]
    if held is not None and not wanted:
        take_out(held)
    elif wanted and text_of(held) != wanted:
        if held is None:
            held = made(flow, BPMN, "conditionExpression")
            _formal(held)
            put(flow, held)
        say(held, wanted)
    id, source = flow.getAttribute("id"), elements.get(flow.getAttribute("sourceRef"))
    if source is not None and change.default:
        source.setAttribute("default", id)
    elif source is not None and source.getAttribute("default") == id:
        source.removeAttribute("default")


def _flows(elements: Mapping[str, Any], end: str, id: str) -> list[Any]:
    flows = [one for one in elements.values() if one.localName == "sequenceFlow" and one.parentNode]
    return [flow for flow in flows if flow.getAttribute(end) == id]


def _listed(element: Any, name: str, flow: str) -> None:
    """Name an arrow at the step that it touches; modelers list them before everything else but the documentation."""
    held = [
        one
        for one in children(element, BPMN)
        if one.localName in (name, "incoming", "documentation", "extensionElements")
    ]
    if any(one.localName == name and text_of(one) == flow for one in held):
        return
    new = made(element, BPMN, name)
    say(new, flow)
    if held:
        put(element, new, after=held[-1])
    elif children(element):
        element.insertBefore(new, children(element)[0])
    else:
        put(element, new)


def _unlisted(element: Any, name: str, flow: str) -> None:
    for one in children(element, BPMN, name):
        if text_of(one) == flow:
            take_out(one)


def _arrow(document: Any, elements: dict[str, Any], source: Any, target: Any, id: str) -> Any:
    if source.parentNode is not target.parentNode:
        raise CannotDraw(_("An arrow may not cross the border of a subprocess."), field="target")
    holder = source.parentNode
    ends = {"sourceRef": source.getAttribute("id"), "targetRef": target.getAttribute("id")}
    flow = put(holder, made(holder, BPMN, "sequenceFlow", id=id, **ends))
    elements[id] = flow
    _listed(source, "outgoing", id)
    _listed(target, "incoming", id)
    Sheet(document).join(flow)
    return flow


def _lead(document: Any, elements: dict[str, Any], before: Any, element: Any, flow: Any) -> None:
    """Set a new step into a way, or begin a way to it."""
    id = element.getAttribute("id")
    if flow is None:
        _arrow(document, elements, before, element, free(elements, f"to_{id}"))
        return
    target = elements.get(flow.getAttribute("targetRef"))
    _unlisted(target, "incoming", flow.getAttribute("id")) if target is not None else None
    flow.setAttribute("targetRef", id)
    _listed(element, "incoming", flow.getAttribute("id"))
    Sheet(document).join(flow)
    if target is not None and element.localName != "endEvent":
        _arrow(document, elements, element, target, free(elements, f"from_{id}"))


def free(elements: Mapping[str, Any], wanted: str) -> str:
    """An id that nothing has yet."""
    number, found = 2, wanted
    while found in elements:
        found, number = f"{wanted}_{number}", number + 1
    return found


def _cut(elements: Mapping[str, Any], sheet: Sheet, flow: Any) -> None:
    id, source = flow.getAttribute("id"), elements.get(flow.getAttribute("sourceRef"))
    for end, name in (("sourceRef", "outgoing"), ("targetRef", "incoming")):
        if (touched := elements.get(flow.getAttribute(end))) is not None:
            _unlisted(touched, name, id)
    if source is not None and source.getAttribute("default") == id:
        source.removeAttribute("default")
    sheet.forget(id)
    take_out(flow)


def _gone(document: Any, elements: Mapping[str, Any], sheet: Sheet, element: Any) -> None:
    id = element.getAttribute("id")
    for end in ("sourceRef", "targetRef"):
        for flow in _flows(elements, end, id):
            _cut(elements, sheet, flow)
    _lane, reference = lane_element(run_process(document), id)
    if reference is not None:
        take_out(reference)
    for each in (element, *inside(element)):
        sheet.forget(each.getAttribute("id"))
    take_out(element)


def _refer(elements: Mapping[str, Any], id: str, lane: str) -> None:
    holder = elements.get(lane)
    if holder is not None and holder.localName == "lane":
        reference = made(holder, BPMN, "flowNodeRef")
        say(reference, id)
        put(holder, reference)


def _into_lane(document: Any, elements: Mapping[str, Any], id: str, lane: str) -> None:
    if lane not in elements or elements[lane].localName != "lane":
        raise CannotDraw(_("There is no such lane."), field="lane")
    held, reference = lane_element(run_process(document), id)
    if held is not None and held.getAttribute("id") == lane:
        return
    if reference is not None:
        take_out(reference)
    _refer(elements, id, lane)
    sheet = Sheet(document)
    sheet.move(id, lane)
    for end in ("sourceRef", "targetRef"):
        for flow in _flows(elements, end, id):
            sheet.join(flow)


def _draw(sheet: Sheet, kind: str, id: str, after: str, lane: str) -> None:
    """Make room behind a step and draw the new one there, in the middle of its lane."""
    box, within = sheet.box(after), sheet.box(lane)
    if box is None:
        return
    width, height = size_of(kind)
    if kind == "boundaryEvent":
        sheet.place(id, Box(box.x + box.width - width, box.y + box.height - height / 2, width, height))
        return
    x = box.x + box.width + GAP
    sheet.room(box.x + box.width + 1, width + GAP)
    beside = within is None or within.y <= box.middle[1] <= within.y + within.height
    y = box.middle[1] if beside or within is None else within.middle[1]
    sheet.place(id, Box(x, y - height / 2, width, height))
