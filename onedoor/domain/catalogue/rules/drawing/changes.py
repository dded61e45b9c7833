"""Steps of a process added, changed and removed; the drawing keeps up with the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw
from onedoor.domain.catalogue.rules.drawing.events import (
    ABOUT,
    timed,
    write_about,
    write_called,
    write_error,
    write_interrupting,
    write_message,
    write_several,
    write_time,
)
from onedoor.domain.catalogue.rules.drawing.lanes import into_lane, refer
from onedoor.domain.catalogue.rules.drawing.paper import (
    inside,
    made,
    put,
    run_process,
    set_own,
    take_out,
    written,
)
from onedoor.domain.catalogue.rules.drawing.parts import (
    flows,
    free,
    listed,
    named,
    opened,
    short,
    step,
    unlisted,
)
from onedoor.domain.catalogue.rules.drawing.shapes import GAP, Box, Sheet, lane_element, size_of
from onedoor.domain.catalogue.rules.drawing.steps import KINDS, OWN_READ, Several
from onedoor.domain.catalogue.rules.drawing.ways import arrow, cut
from onedoor.domain.catalogue.rules.process.reader import BPMN

OWN_NAMES = OWN_READ
USUAL_TIME = "P1D"


@dataclass(frozen=True, kw_only=True)
class StepChange:
    """What a step is to say. What is None stays as it is; ``own`` are attributes that OneDoor adds, an empty one goes.

    ``about``: what an event is about (timer, message, error, terminate, or nothing); ``called``: the service of a call.
    """

    lo: str
    en: str
    lane: str = ""
    about: str | None = None
    time_kind: str = ""
    time: str = ""
    message: str | None = None
    error: str | None = None
    called: str | None = None
    interrupting: bool | None = None
    several: Several | None = None
    own: Mapping[str, str] = field(default_factory=dict)


def change_step(process: str, id: str, change: StepChange) -> str:
    """The process with what a step says changed. Raises CannotDraw."""
    document, elements = opened(process)
    _say(elements, step(elements, id), change)
    if change.lane:
        into_lane(document, elements, id, change.lane)
    return written(document)


def add_step(process: str, *, kind: str, after: str, on: str, id: str, change: StepChange) -> str:
    """The process with a new step.

    Args:
        after: the step behind which it comes; of an event on a border: the one on whose border it stands; of a start:
            the one to which it leads.
        on: the way that it is set into; empty begins a new way from ``after``.
    Raises CannotDraw.
    """
    document, elements = opened(process)
    before = step(elements, after, field="after")
    if kind not in KINDS:
        raise CannotDraw(_("A step of this kind cannot be added."), field="kind")
    if id in elements:
        raise CannotDraw(_("Another element has this id."), field="id")
    flow = elements.get(on) if on else None
    if on and (flow is None or flow.getAttribute("sourceRef") != after):
        raise CannotDraw(_("This way does not leave the step."), field="on")
    if before.localName == "endEvent" and kind != "startEvent":
        raise CannotDraw(_("Nothing comes behind an end."), field="after")
    holder = before.parentNode
    element = put(holder, made(holder, BPMN, kind, id=id), after=before)
    elements[id] = element
    if kind == "boundaryEvent":
        element.setAttribute("attachedToRef", after)
    _say(elements, element, _whole(kind, change))
    lane, _reference = lane_element(run_process(document), after)
    wanted = change.lane or (lane.getAttribute("id") if lane is not None else "")
    within = elements.get(wanted)
    if holder.localName != "subProcess" and within is not None and within.localName == "lane":
        refer(within, id)
    _draw(Sheet(document, at=after), kind, id, after, wanted)
    if kind == "subProcess":
        _begin_inside(document, elements, element)
    if kind == "startEvent":
        arrow(document, elements, element, before, free(elements, f"from_{id}"))
    elif kind != "boundaryEvent":
        _lead(document, elements, before, element, flow)
    return written(document)


def remove_step(process: str, id: str) -> str:
    """The process without a step; what led to it leads to where it went on, where that is one place. Raises CannotDraw."""
    document, elements = opened(process)
    element = step(elements, id)
    starts = [
        one
        for one in elements.values()
        if one.localName == "startEvent" and one.parentNode is element.parentNode
    ]
    if element.localName == "startEvent" and len(starts) < 2:
        raise CannotDraw(_("The start cannot be removed."), field="step")
    sheet = Sheet(document, at=id)
    for border in [each for each in elements.values() if each.getAttribute("attachedToRef") == id]:
        _gone(document, elements, sheet, border)
    leaving = flows(elements, id, "sourceRef")
    on = leaving[0].getAttribute("targetRef") if len(leaving) == 1 else ""
    for flow in flows(elements, id, "targetRef"):
        if on and on != id:
            flow.setAttribute("targetRef", on)
            listed(elements[on], "incoming", flow.getAttribute("id"))
        else:
            cut(elements, sheet, flow)
    arriving = flows(elements, on, "targetRef") if on else []
    _gone(document, elements, sheet, element)
    for flow in arriving:
        if flow.parentNode is not None and flow.getAttribute("sourceRef") != id:
            sheet.join(flow)
    return written(document)


def _say(elements: dict[str, Any], element: Any, change: StepChange) -> None:
    """Write everything that is said of a step; what says the same stays as it was written."""
    named(element, change.lo, change.en)
    for name, value in change.own.items():
        if name in OWN_NAMES:
            set_own(element, name, short(value, name))
    if change.about is not None:
        write_about(element, change.about, elements)
    new_timer = change.about == "timer" and element.localName != "startEvent" and not timed(element)
    if time := change.time or (USUAL_TIME if new_timer else ""):
        write_time(element, change.time_kind, time)
    if change.message is not None:
        write_message(element, change.message, elements)
    if change.error is not None:
        write_error(element, change.error, elements)
    if change.called is not None:
        write_called(element, change.called)
    if change.interrupting is not None:
        write_interrupting(element, change.interrupting)
    if change.several is not None:
        write_several(element, change.several)


def _whole(kind: str, change: StepChange) -> StepChange:
    """What a new step says, with what an event needs to be one."""
    if kind not in ABOUT:
        return change
    about = change.about if change.about is not None else ABOUT[kind][0]
    if about == "timer" and kind == "startEvent" and not change.time:
        raise CannotDraw(_("Say when it begins."), field="time")
    return replace(change, about=about, time=change.time if about == "timer" else "")


def _lead(document: Any, elements: dict[str, Any], before: Any, element: Any, flow: Any) -> None:
    """Set a new step into a way, or begin a way to it."""
    id = element.getAttribute("id")
    if flow is None:
        arrow(document, elements, before, element, free(elements, f"to_{id}"))
        return
    target = elements.get(flow.getAttribute("targetRef"))
    unlisted(target, "incoming", flow.getAttribute("id")) if target is not None else None
    flow.setAttribute("targetRef", id)
    listed(element, "incoming", flow.getAttribute("id"))
    Sheet(document, at=id).join(flow)
    if target is not None and element.localName != "endEvent":
        arrow(document, elements, element, target, free(elements, f"from_{id}"))


def _gone(document: Any, elements: Mapping[str, Any], sheet: Sheet, element: Any) -> None:
    id = element.getAttribute("id")
    for flow in flows(elements, id):
        cut(elements, sheet, flow)
    for each in (element, *inside(element)):
        _lane, reference = lane_element(run_process(document), each.getAttribute("id"))
        if reference is not None and each.getAttribute("id"):
            take_out(reference)
        sheet.forget(each.getAttribute("id"))
    take_out(element)


def _begin_inside(document: Any, elements: dict[str, Any], element: Any) -> None:
    """A start, an end and the way between them inside a new subprocess, drawn where it is drawn."""
    id, sheet = element.getAttribute("id"), Sheet(document, at=element.getAttribute("id"))
    box, ends = sheet.box(id), []
    for kind, word in (("startEvent", "start"), ("endEvent", "end")):
        inner = free(elements, f"{id}_{word}")
        elements[inner] = put(element, made(element, BPMN, kind, id=inner))
        ends.append(elements[inner])
        if box is not None:
            wide, high = size_of(kind)
            x = box.x + GAP / 2 if word == "start" else box.x + box.width - GAP / 2 - wide
            sheet.place(inner, Box(x, box.middle[1] - high / 2, wide, high))
    arrow(document, elements, ends[0], ends[1], free(elements, f"{id}_way"))


def _draw(sheet: Sheet, kind: str, id: str, after: str, lane: str) -> None:
    """Make room behind a step (before it, for a start) and draw the new one there, in the middle of its lane."""
    box, within = sheet.box(after), sheet.box(lane)
    if box is None:
        return
    width, height = size_of(kind)
    if kind == "boundaryEvent":
        right = box.x + box.width - width - sheet.borders(after) * (width + 4)
        sheet.place(id, Box(max(right, box.x), box.y + box.height - height / 2, width, height))
        return
    start = kind == "startEvent"
    sheet.room(box.x if start else box.x + box.width + 1, width + GAP)
    x = box.x if start else box.x + box.width + GAP
    beside = within is None or within.y <= box.middle[1] <= within.y + within.height
    y = box.middle[1] if beside or within is None else within.middle[1]
    opened = {"isExpanded": "true"} if kind == "subProcess" else {}
    sheet.place(id, Box(x, y - height / 2, width, height), **opened)
