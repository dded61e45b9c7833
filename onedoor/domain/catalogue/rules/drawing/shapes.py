"""Where a process stands on its drawing: room for a new step, arrows around it, a whole drawing where there is none."""

from dataclasses import dataclass
from typing import Any

from onedoor.domain.catalogue.rules.drawing.paper import (
    DC,
    DD,
    DI,
    children,
    first,
    inside,
    made,
    put,
    take_out,
    text_of,
)
from onedoor.domain.catalogue.rules.process.reader import BPMN

GAP, LANE_HEIGHT, LEFT, TOP, HEAD = 50, 160, 160, 80, 60
EVENT, GATEWAY, TASK = (36, 36), (50, 50), (130, 80)


@dataclass
class Box:
    """The place of a shape."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


class Sheet:
    """The drawing of one file."""

    def __init__(self, document: Any) -> None:
        self.document = document
        root = document.documentElement
        diagram = first(root, DI, "BPMNDiagram")
        self.plane = first(diagram, DI, "BPMNPlane") if diagram is not None else None

    def shape(self, id: str) -> Any:
        """The drawn shape or edge of an element."""
        if self.plane is None:
            return None
        return next((one for one in children(self.plane, DI) if one.getAttribute("bpmnElement") == id), None)

    def box(self, id: str) -> Box | None:
        """Where an element stands; None where it is not drawn."""
        shape = self.shape(id)
        bounds = first(shape, DC, "Bounds") if shape is not None else None
        if bounds is None:
            return None
        try:
            return Box(*(float(bounds.getAttribute(name)) for name in ("x", "y", "width", "height")))
        except ValueError:
            return None

    def place(self, id: str, box: Box, **attributes: str) -> None:
        """Draw an element at a place."""
        if self.plane is None:
            return
        shape = made(self.plane, DI, "BPMNShape", id=f"{id}_di", bpmnElement=id, **attributes)
        put(self.plane, shape)
        put(shape, made(shape, DC, "Bounds", **_numbers(box)))

    def forget(self, id: str) -> None:
        """Take an element off the drawing."""
        shape = self.shape(id)
        if shape is not None:
            take_out(shape)

    def room(self, right_of: float, width: float) -> None:
        """Push everything that stands right of a line further on, and let lanes and pools grow."""
        if self.plane is None:
            return
        for one in inside(self.plane):
            if one.namespaceURI == DD and one.localName == "waypoint":
                _push(one, right_of, width)
            elif one.namespaceURI == DC and one.localName == "Bounds":
                if _number(one, "x") >= right_of:
                    _push(one, right_of, width)
                elif _number(one, "x") + _number(one, "width") > right_of + GAP:
                    one.setAttribute("width", _said(_number(one, "width") + width))

    def join(self, flow: Any) -> None:
        """Draw an arrow anew, from the border of one shape to the border of the other."""
        id = flow.getAttribute("id")
        source, target = self.box(flow.getAttribute("sourceRef")), self.box(flow.getAttribute("targetRef"))
        if self.plane is None or source is None or target is None:
            return
        edge = self.shape(id)
        if edge is None:
            edge = put(self.plane, made(self.plane, DI, "BPMNEdge", id=f"{id}_di", bpmnElement=id))
        for child in children(edge):
            take_out(child)
        for x, y in _line(source, target):
            put(edge, made(edge, DD, "waypoint", x=_said(x), y=_said(y)))

    def move(self, id: str, lane: str) -> None:
        """Set a shape into the middle of a lane, at the same distance from the left."""
        shape, box, within = self.shape(id), self.box(id), self.box(lane)
        if shape is None or box is None or within is None:
            return
        delta = within.middle[1] - box.height / 2 - box.y
        for bounds in (one for one in inside(shape) if one.namespaceURI == DC and one.localName == "Bounds"):
            bounds.setAttribute("y", _said(_number(bounds, "y") + delta))


def size_of(kind: str) -> tuple[int, int]:
    """Width and height of a shape of this kind."""
    if kind.endswith("Event"):
        return EVENT
    return GATEWAY if kind.endswith("Gateway") else TASK


def _line(source: Box, target: Box) -> list[tuple[float, float]]:
    """The corners of an arrow: straight on, in two bends, or below everything where it leads back."""
    (sx, sy), (tx, ty) = source.middle, target.middle
    right, left = source.x + source.width, target.x
    if left >= right:
        middle = (right + left) / 2
        return (
            [(right, sy), (left, ty)] if sy == ty else [(right, sy), (middle, sy), (middle, ty), (left, ty)]
        )
    below = max(source.y + source.height, target.y + target.height) + 30
    return [(sx, source.y + source.height), (sx, below), (tx, below), (tx, target.y + target.height)]


def draw_all(document: Any, process: Any, order: list[tuple[str, str, str]]) -> None:
    """A whole drawing for a file that has none: a row for each lane, the steps from left to right.

    Args:
        order: of the steps; for each its id, its kind and its lane.
    """
    root = document.documentElement
    pool = next(
        (
            one
            for each in children(root, BPMN, "collaboration")
            for one in children(each, BPMN, "participant")
            if one.getAttribute("processRef") == process.getAttribute("id")
        ),
        None,
    )
    holder = pool.parentNode if pool is not None else process
    diagram = put(root, made(root, DI, "BPMNDiagram", id="diagram"))
    plane = made(diagram, DI, "BPMNPlane", id="plane", bpmnElement=holder.getAttribute("id"))
    put(diagram, plane)
    sheet = Sheet(document)
    lanes = [lane for each in children(process, BPMN, "laneSet") for lane in children(each, BPMN, "lane")]
    rows = {lane.getAttribute("id"): number for number, lane in enumerate(lanes)}
    width = HEAD + len(order) * (TASK[0] + GAP) + GAP
    height = max(len(lanes), 1) * LANE_HEIGHT
    if pool is not None:
        box = Box(LEFT - 30, TOP, width + 30, height)
        sheet.place(pool.getAttribute("id"), box, isHorizontal="true")
    for number, lane in enumerate(lanes):
        box = Box(LEFT, TOP + number * LANE_HEIGHT, width, LANE_HEIGHT)
        sheet.place(lane.getAttribute("id"), box, isHorizontal="true")
    for column, (id, kind, lane) in enumerate(order):
        wide, high = size_of(kind)
        x = LEFT + HEAD + column * (TASK[0] + GAP) + (TASK[0] - wide) / 2
        y = TOP + rows.get(lane, 0) * LANE_HEIGHT + (LANE_HEIGHT - high) / 2
        sheet.place(id, Box(x, y, wide, high))
    for flow in children(process, BPMN, "sequenceFlow"):
        sheet.join(flow)


def lane_element(process: Any, id: str) -> Any:
    """The lane in which an element stands, and the reference to it there."""
    for lane in (one for one in inside(process) if one.namespaceURI == BPMN and one.localName == "lane"):
        for reference in children(lane, BPMN, "flowNodeRef"):
            if text_of(reference) == id:
                return lane, reference
    return None, None


def _number(element: Any, name: str) -> float:
    try:
        return float(element.getAttribute(name) or 0)
    except ValueError:
        return 0.0


def _push(element: Any, right_of: float, width: float) -> None:
    if _number(element, "x") >= right_of:
        element.setAttribute("x", _said(_number(element, "x") + width))


def _numbers(box: Box) -> dict[str, str]:
    return {name: _said(getattr(box, name)) for name in ("x", "y", "width", "height")}


def _said(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"
