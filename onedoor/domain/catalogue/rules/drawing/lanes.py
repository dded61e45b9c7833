"""Lanes of a process: added, bound, renamed, removed; each step stands in one. The drawing keeps up."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.paper import (
    DC,
    DI,
    by_id,
    children,
    first,
    inside,
    made,
    put,
    put_before,
    run_process,
    say,
    set_own,
    take_out,
    text_of,
    written,
)
from onedoor.domain.catalogue.rules.drawing.parts import flows, free, named, opened, short
from onedoor.domain.catalogue.rules.drawing.shapes import LANE_HEIGHT, Box, Sheet, lane_element
from onedoor.domain.catalogue.rules.drawing.steps import KINDS, VAGUE, leaf_lanes
from onedoor.domain.catalogue.rules.process.reader import BPMN

BINDING = ("role", "unit", "audience", "of")
HEAD = 30
# What stands in a process before its lanes, by the schema of BPMN.
BEFORE_LANES = ("documentation", "extensionElements", "auditing", "monitoring", "property", "ioSpecification")


def add_lane(process: str, *, id: str, lo: str, en: str, own: Mapping[str, str]) -> str:
    """The process with one more lane below the others; the first one takes all steps. Raises CannotDraw."""
    document, elements = opened(process)
    if id in elements:
        raise CannotDraw(_("Another element has this id."), field="id")
    holder = run_process(document)
    before = leaf_lanes(holder)
    lane_set = first(holder, BPMN, "laneSet")
    if lane_set is None:
        lane_set = made(holder, BPMN, "laneSet", id=free(elements, "lanes"))
        rest = [one for one in children(holder) if one.localName not in BEFORE_LANES]
        put_before(holder, lane_set, rest[0]) if rest else put(holder, lane_set)
    lane = put(lane_set, made(lane_set, BPMN, "lane", id=id))
    _bound(lane, lo, en, own)
    if not before:
        for step in (one for one in children(holder, BPMN) if one.localName in (*KINDS, *VAGUE)):
            refer(lane, step.getAttribute("id"))
    _draw(document, holder, id, [one.getAttribute("id") for one in before])
    return written(document)


def change_lane(process: str, id: str, *, lo: str, en: str, own: Mapping[str, str]) -> str:
    """The process with who does the steps of a lane changed. Raises CannotDraw."""
    document, elements = opened(process)
    _bound(_lane(elements, id), lo, en, own)
    return written(document)


def remove_lane(process: str, id: str, *, into: str) -> str:
    """The process without a lane; its steps are done in ``into`` from now on. Raises CannotDraw."""
    document, elements = opened(process)
    lane, leaves = _lane(elements, id), leaf_lanes(run_process(document))
    if lane not in leaves or len(leaves) < 2:
        raise CannotDraw(_("The last lane stays."), field="lane")
    steps = [text_of(one) for one in children(lane, BPMN, "flowNodeRef")]
    taking = elements.get(into)
    if steps and (taking is None or taking is lane or taking not in leaves):
        raise CannotDraw(_("Say in which lane its steps are done from now on."), field="into")
    for step in steps:
        refer(taking, step)
    sheet = Sheet(document, at=id)
    heir = _heir(sheet, id, [into, *(one.getAttribute("id") for one in leaves)])
    sheet.forget(id)
    holder = lane.parentNode
    take_out(lane)
    if holder.localName == "childLaneSet" and not children(holder, BPMN, "lane"):
        take_out(holder)
    for step in steps if heir != into else ():
        moved(document, elements, step, into)
    return written(document)


def into_lane(document: Any, elements: Mapping[str, Any], id: str, lane: str) -> None:
    """Let a step stand in a lane, on the drawing too. Raises CannotDraw."""
    holder = _lane(elements, lane)
    held, reference = lane_element(run_process(document), id)
    if held is holder:
        return
    if reference is not None:
        take_out(reference)
    refer(holder, id)
    moved(document, elements, id, lane)


def refer(lane: Any, id: str) -> None:
    """Name a step in a lane."""
    reference = made(lane, BPMN, "flowNodeRef")
    say(reference, id)
    inner = first(lane, BPMN, "childLaneSet")
    put_before(lane, reference, inner) if inner is not None else put(lane, reference)


def moved(document: Any, elements: Mapping[str, Any], id: str, lane: str) -> None:
    """Draw a step in another lane, with the arrows that touch it and what stands on its border."""
    sheet = Sheet(document, at=id)
    sheet.move(id, lane)
    borders = [other for other, one in elements.items() if one.getAttribute("attachedToRef") == id]
    for flow in (flow for each in (id, *borders) for flow in flows(elements, each)):
        sheet.join(flow)


def _lane(elements: Mapping[str, Any], id: str) -> Any:
    found = elements.get(id)
    if found is None or found.localName != "lane":
        raise CannotDraw(_("There is no such lane."), field="lane")
    return found


def _bound(lane: Any, lo: str, en: str, own: Mapping[str, str]) -> None:
    named(lane, lo, en)
    for name in BINDING:
        set_own(lane, name, short(own.get(name, ""), name))


def _draw(document: Any, holder: Any, id: str, others: list[str]) -> None:
    """Draw a new lane below the others (right of them, where they stand upright); the pool grows, or is drawn with it."""
    sheet = Sheet(document, at=others[0] if others else "")
    pool = _pool(document, holder) or _new_pool(document, holder, sheet)
    frame = sheet.box(pool)
    if frame is None:
        return
    flat = sheet.shape(pool).getAttribute("isHorizontal") != "false"
    boxes = [box for other in others if (box := sheet.box(other)) is not None]
    sides = {"isHorizontal": "true" if flat else "false"}
    if not boxes:
        inner = (frame.x + HEAD, frame.y, frame.width - HEAD, frame.height)
        upright = (frame.x, frame.y + HEAD, frame.width, frame.height - HEAD)
        sheet.place(id, Box(*(inner if flat else upright)), behind=pool, **sides)
        return
    last = max(boxes, key=lambda box: box.y if flat else box.x)
    line = last.y + last.height if flat else last.x + last.width
    sheet.room(line, LANE_HEIGHT, down=flat)
    if flat:
        sheet.reshape(pool, Box(frame.x, frame.y, frame.width, frame.height + LANE_HEIGHT))
        sheet.place(id, Box(last.x, line, last.width, LANE_HEIGHT), behind=others[-1], **sides)
    else:
        sheet.reshape(pool, Box(frame.x, frame.y, frame.width + LANE_HEIGHT, frame.height))
        sheet.place(id, Box(line, last.y, LANE_HEIGHT, last.height), behind=others[-1], **sides)


def _pool(document: Any, holder: Any) -> str:
    """The pool of a process; empty where it has none."""
    for each in children(document.documentElement, BPMN, "collaboration"):
        for pool in children(each, BPMN, "participant"):
            if pool.getAttribute("processRef") == holder.getAttribute("id"):
                return str(pool.getAttribute("id"))
    return ""


def _new_pool(document: Any, holder: Any, sheet: Sheet) -> str:
    """A pool around a process that had none: lanes are drawn in a pool only."""
    elements = by_id(document)
    root = document.documentElement
    together = made(root, BPMN, "collaboration", id=free(elements, "collaboration"))
    first_one = next(one for one in children(root, BPMN) if one.localName == "process")
    put_before(root, together, first_one)
    pool = free(elements, "pool")
    put(together, made(together, BPMN, "participant", id=pool, processRef=holder.getAttribute("id")))
    plane = sheet.plane
    if plane is None or plane.getAttribute("bpmnElement") != holder.getAttribute("id"):
        return pool
    spots = [
        [float(one.getAttribute(name) or 0) for name in ("x", "y", "width", "height")]
        for one in inside(plane)
        if one.namespaceURI == DC and one.localName == "Bounds"
    ] or [[0, 0, 100, LANE_HEIGHT]]
    plane.setAttribute("bpmnElement", together.getAttribute("id"))
    left, top = min(spot[0] for spot in spots), min(spot[1] for spot in spots)
    right, low = max(spot[0] + spot[2] for spot in spots), max(spot[1] + spot[3] for spot in spots)
    box = Box(left - 2 * HEAD - 20, top - 40, right - left + 2 * HEAD + 60, low - top + 80)
    sheet.place(pool, box, isHorizontal="true")
    shapes = children(plane, DI)
    plane.insertBefore(shapes[-1], shapes[0])  # what holds others is drawn before them
    return pool


def _heir(sheet: Sheet, id: str, wanted: list[str]) -> str:
    """The lane beside a removed one that takes its place on the drawing; empty where none stands beside it."""
    gone = sheet.box(id)
    for other in wanted if gone is not None else ():
        box = sheet.box(other)
        if gone is None or box is None or other == id:
            continue
        stacked = (box.x, box.width) == (gone.x, gone.width)
        level = (box.y, box.height) == (gone.y, gone.height)
        if stacked and (box.y + box.height == gone.y or gone.y + gone.height == box.y):
            sheet.reshape(other, Box(box.x, min(box.y, gone.y), box.width, box.height + gone.height))
            return other
        if level and (box.x + box.width == gone.x or gone.x + gone.width == box.x):
            sheet.reshape(other, Box(min(box.x, gone.x), box.y, box.width + gone.width, box.height))
            return other
    return ""
