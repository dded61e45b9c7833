"""Where a process stands on its drawing: room for a new step, arrows around it, a whole drawing where there is none."""

from dataclasses import dataclass
from typing import Any

from onedoor.domain.catalogue.rules.drawing.paper import (
    DC,
    DD,
    DI,
    by_id,
    children,
    first,
    inside,
    made,
    put,
    put_before,
    take_out,
    text_of,
)
from onedoor.domain.catalogue.rules.process.reader import BPMN

GAP, LANE_HEIGHT, LEFT, TOP, HEAD = 50, 160, 160, 80, 60
EVENT, GATEWAY, TASK, SUB = (36, 36), (50, 50), (130, 80), (350, 130)
HOLDERS = ("participant", "lane", "group", "transaction", "adHocSubProcess")
MOST_PUSHES = 5


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

    def meets(self, other: "Box") -> bool:
        """Whether one stands on the other."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


class Sheet:
    """The drawing of one file: the plane on which ``at`` stands, or the first one."""

    def __init__(self, document: Any, *, at: str = "") -> None:
        self.document = document
        self._elements: dict[str, Any] | None = None
        diagrams = children(document.documentElement, DI, "BPMNDiagram")
        self.planes = [plane for each in diagrams for plane in children(each, DI, "BPMNPlane")]
        self.plane = next(
            (plane for plane in self.planes if at and _drawn(plane, at) is not None),
            self.planes[0] if self.planes else None,
        )

    def shape(self, id: str) -> Any:
        """The drawn shape or edge of an element."""
        return _drawn(self.plane, id) if self.plane is not None else None

    def box(self, id: str) -> Box | None:
        """Where an element stands; None where it is not drawn."""
        shape = self.shape(id)
        bounds = first(shape, DC, "Bounds") if shape is not None else None
        return _box(bounds) if bounds is not None else None

    def place(self, id: str, box: Box, *, behind: str = "", **attributes: str) -> None:
        """Draw an element at a place: on top of the others, or right ``behind`` one in the order of drawing."""
        if self.plane is None:
            return
        shape = made(self.plane, DI, "BPMNShape", id=self._free(f"{id}_di"), bpmnElement=id, **attributes)
        put(self.plane, shape, after=self.shape(behind))
        put(shape, made(shape, DC, "Bounds", **_numbers(box)))

    def reshape(self, id: str, box: Box) -> None:
        """Draw an element at another place, or in another size."""
        shape = self.shape(id)
        bounds = first(shape, DC, "Bounds") if shape is not None else None
        if bounds is None:
            return
        for name, value in _numbers(box).items():
            if _number(bounds, name) != float(value):
                bounds.setAttribute(name, value)

    def forget(self, id: str) -> None:
        """Take an element off the drawing, on whichever plane it stands, with the plane that showed its inside."""
        for plane in self.planes:
            shape = _drawn(plane, id)
            if shape is not None:
                take_out(shape)
            if plane.getAttribute("bpmnElement") == id and plane.parentNode.parentNode is not None:
                take_out(plane.parentNode)

    def room(self, line: float, much: float, *, down: bool = False) -> None:
        """Push everything that stands right of a line (or below it) further on; what holds other things grows over it."""
        if self.plane is None:
            return
        axis, size = ("y", "height") if down else ("x", "width")
        for shape in children(self.plane, DI):
            bounds = first(shape, DC, "Bounds")
            moved = bounds is not None and _number(bounds, axis) >= line
            if bounds is not None and not moved and self._holds(shape):
                if _number(bounds, axis) + _number(bounds, size) > line:
                    bounds.setAttribute(size, _said(_number(bounds, size) + much))
                continue
            for one in inside(shape):
                place = (one.namespaceURI, one.localName) in ((DD, "waypoint"), (DC, "Bounds"))
                if place and (moved or bounds is None and _number(one, axis) >= line):
                    one.setAttribute(axis, _said(_number(one, axis) + much))

    def join(self, flow: Any) -> None:
        """Draw an arrow anew, from the border of one shape to the border of the other."""
        id = flow.getAttribute("id")
        source, target = self.box(flow.getAttribute("sourceRef")), self.box(flow.getAttribute("targetRef"))
        if self.plane is None or source is None or target is None:
            return
        edge = self.shape(id)
        if edge is None:
            edge = made(self.plane, DI, "BPMNEdge", id=self._free(f"{id}_di"), bpmnElement=id)
            put(self.plane, edge)
        for child in children(edge, DD, "waypoint"):
            take_out(child)
        labels = children(edge, DI, "BPMNLabel")
        for label in labels:  # where the words of the arrow stood says nothing about where it goes now
            for bounds in children(label, DC, "Bounds"):
                take_out(bounds)
        for x, y in _line(source, target):
            point = made(edge, DD, "waypoint", x=_said(x), y=_said(y))
            if labels:
                put_before(edge, point, labels[0])
            else:
                put(edge, point)

    def move(self, id: str, lane: str) -> None:
        """Set a step into the middle of a lane, at the same distance from the left, or further on where that is taken.

        What stands on its border or inside it goes with it.
        """
        box, within = self.box(id), self.box(lane)
        if box is None or within is None:
            return
        self._shift(id, 0, within.middle[1] - box.middle[1])
        for _again in range(MOST_PUSHES):
            here = self.box(id) or box
            over = [other for other in self.others(id) if here.meets(other)]
            if not over:
                return
            right = max(other.x + other.width for other in over)
            there = Box(right + GAP, here.y, here.width, here.height)
            if any(there.meets(other) for other in self.others(id)):
                self.room(right + 1, here.width + GAP)
                here = self.box(id) or here
            self._shift(id, there.x - here.x, 0)

    def borders(self, id: str) -> int:
        """How many events are drawn on the border of a step."""
        attached = [other for other, one in self._model().items() if one.getAttribute("attachedToRef") == id]
        return sum(self.shape(other) is not None for other in attached)

    def _shift(self, id: str, right: float, down: float) -> None:
        """Move a step with everything that stands on it."""
        moved = self._with(id)
        for shape in children(self.plane, DI) if self.plane is not None else ():
            if shape.getAttribute("bpmnElement") not in moved:
                continue
            for one in inside(shape):
                if (one.namespaceURI, one.localName) in ((DD, "waypoint"), (DC, "Bounds")):
                    one.setAttribute("x", _said(_number(one, "x") + right))
                    one.setAttribute("y", _said(_number(one, "y") + down))

    def _with(self, id: str) -> set[str]:
        """A step, what stands inside it, and the events on the borders of these."""
        model = self._model()
        held = {id} | ({one.getAttribute("id") for one in inside(model[id])} if id in model else set())
        return held | {other for other, one in model.items() if one.getAttribute("attachedToRef") in held}

    def _model(self) -> dict[str, Any]:
        if self._elements is None:
            self._elements = by_id(self.document)
        return self._elements

    def others(self, id: str) -> list[Box]:
        """Where all other steps stand; what holds other things is none of them, nor what stands on a border."""
        own, model, found = self._with(id), self._model(), []
        for shape in children(self.plane, DI, "BPMNShape") if self.plane is not None else ():
            step, bounds = model.get(shape.getAttribute("bpmnElement")), first(shape, DC, "Bounds")
            if step is None or bounds is None or step.getAttribute("id") in own or self._holds(shape):
                continue
            box = _box(bounds)
            if step.localName != "boundaryEvent" and box is not None:
                found.append(box)
        return found

    def _holds(self, shape: Any) -> bool:
        """Whether other things are drawn within this one: a pool, a lane, an open subprocess, a group."""
        if shape.localName != "BPMNShape":
            return False
        element = self._model().get(shape.getAttribute("bpmnElement"))
        kind = element.localName if element is not None else ""
        return kind in HOLDERS or kind == "subProcess" and shape.getAttribute("isExpanded") == "true"

    def _free(self, wanted: str) -> str:
        taken = {one.getAttribute("id") for one in inside(self.document.documentElement)}
        number, found = 2, wanted
        while found in taken:
            found, number = f"{wanted}_{number}", number + 1
        return found


def _drawn(plane: Any, id: str) -> Any:
    return next((one for one in children(plane, DI) if one.getAttribute("bpmnElement") == id), None)


def _box(bounds: Any) -> Box | None:
    try:
        return Box(*(float(bounds.getAttribute(name)) for name in ("x", "y", "width", "height")))
    except ValueError:
        return None


def size_of(kind: str) -> tuple[int, int]:
    """Width and height of a shape of this kind."""
    if kind.endswith("Event"):
        return EVENT
    if kind == "subProcess":
        return SUB
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


def _numbers(box: Box) -> dict[str, str]:
    return {name: _said(getattr(box, name)) for name in ("x", "y", "width", "height")}


def _said(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"
