"""A process as a table: its steps in the order in which they come, who does each, and where it goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from onedoor.domain.catalogue.rules.drawing.paper import children, first, own, read, run_process, text_of
from onedoor.domain.catalogue.rules.process.reader import BPMN

KINDS = (
    *("startEvent", "userTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"),
    *("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"),
    *("subProcess", "callActivity", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"),
    "endEvent",
)
OWN_READ = (
    *("status", "outcomes", "reasonFor", "decision", "intake", "edits", "waitsFor", "due", "calendar"),
    *("handler", "rule", "into", "key", "version"),
)
TIMES = ("timeDuration", "timeDate", "timeCycle")


@dataclass(frozen=True, kw_only=True)
class Way:
    """Where a step goes on, under which condition; ``default``: when no other condition holds."""

    id: str
    target: str
    lo: str = ""
    en: str = ""
    condition: str = ""
    default: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One element of the process: its kind as BPMN calls it, names, lane, what OneDoor adds, and its ways on.

    ``about``: what an event is about (timer, message, error, terminate); ``time`` of a timer, ``time_kind`` how it is said.
    """

    id: str
    kind: str
    lo: str = ""
    en: str = ""
    lane: str = ""
    scope: str = ""
    attached_to: str = ""
    about: str = ""
    time: str = ""
    time_kind: str = ""
    several: bool = False
    own: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()

    @property
    def chooses(self) -> bool:
        """Whether several ways may leave it."""
        return self.kind.endswith("Gateway")


@dataclass(frozen=True, kw_only=True)
class LaneRow:
    """Who does the steps of a lane."""

    id: str
    lo: str
    en: str
    role: str
    unit: str
    audience: str
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class StepTable:
    """A process as a table."""

    lanes: tuple[LaneRow, ...]
    steps: tuple[Step, ...]

    def step(self, id: str) -> Step | None:
        """The step with this id."""
        return next((each for each in self.steps if each.id == id), None)

    def way(self, id: str) -> Way | None:
        """The way with this id."""
        return next((way for step in self.steps for way in step.ways if way.id == id), None)


def step_table(process: str) -> StepTable:
    """The table of a BPMN text. Raises CannotDraw."""
    holder = run_process(read(process))
    lanes = [lane for lane in _lanes(holder) if not children(lane, BPMN, "childLaneSet")]
    lane_of = {
        text_of(reference): lane.getAttribute("id")
        for lane in lanes
        for reference in children(lane, BPMN, "flowNodeRef")
    }
    rows = tuple(
        LaneRow(
            id=lane.getAttribute("id"),
            lo=_name(lane),
            en=own(lane, "nameEn"),
            role=own(lane, "role"),
            unit=own(lane, "unit"),
            audience=own(lane, "audience"),
            of=own(lane, "of"),
        )
        for lane in lanes
    )
    return StepTable(lanes=rows, steps=tuple(_steps(holder, "", lane_of)))


def _lanes(holder: Any) -> list[Any]:
    waiting = [lane for each in children(holder, BPMN, "laneSet") for lane in children(each, BPMN, "lane")]
    found = []
    while waiting:
        lane = waiting.pop(0)
        found.append(lane)
        waiting[:0] = [
            one for each in children(lane, BPMN, "childLaneSet") for one in children(each, BPMN, "lane")
        ]
    return found


def _steps(holder: Any, scope: str, lane_of: Mapping[str, str]) -> list[Step]:
    """The steps of a process or subprocess, as a case walks through them; then those that nothing leads to."""
    elements = {one.getAttribute("id"): one for one in children(holder, BPMN) if one.localName in KINDS}
    ways: dict[str, list[Any]] = {}
    for flow in children(holder, BPMN, "sequenceFlow"):
        ways.setdefault(flow.getAttribute("sourceRef"), []).append(flow)
    borders: dict[str, list[str]] = {}
    for id, element in elements.items():
        if element.localName == "boundaryEvent":
            borders.setdefault(element.getAttribute("attachedToRef"), []).append(id)
    found: list[Step] = []
    for id in _walked(elements, ways, borders):
        found.append(_step(elements[id], scope, lane_of, ways.get(id, [])))
        if elements[id].localName == "subProcess":
            found += _steps(elements[id], id, lane_of)
    return found


def _walked(
    elements: Mapping[str, Any], ways: Mapping[str, list[Any]], borders: Mapping[str, list[str]]
) -> list[str]:
    seen: dict[str, None] = {}
    starts = [id for id, one in elements.items() if one.localName == "startEvent"]
    for beginning in (*starts, *elements):
        waiting = [beginning]
        while waiting:
            here = waiting.pop(0)
            if here in seen or here not in elements:
                continue
            seen[here] = None
            on = [flow.getAttribute("targetRef") for flow in ways.get(here, [])]
            waiting = [*borders.get(here, []), *on, *waiting]
    return list(seen)


def _step(element: Any, scope: str, lane_of: Mapping[str, str], flows: list[Any]) -> Step:
    id, kind = element.getAttribute("id"), element.localName
    definition = next((one for one in children(element, BPMN) if one.localName.endswith("Definition")), None)
    time = (
        next((one for one in children(definition, BPMN) if one.localName in TIMES), None)
        if definition
        else None
    )
    default = element.getAttribute("default")
    return Step(
        id=id,
        kind=kind,
        lo=_name(element),
        en=own(element, "nameEn"),
        lane=lane_of.get(id, lane_of.get(scope, "")),
        scope=scope,
        attached_to=element.getAttribute("attachedToRef"),
        about=definition.localName.removesuffix("EventDefinition") if definition else "",
        time=text_of(time),
        time_kind=time.localName if time is not None else "",
        several=first(element, BPMN, "multiInstanceLoopCharacteristics") is not None,
        own={name: said for name in OWN_READ if (said := own(element, name))},
        ways=tuple(_way(flow, default) for flow in flows),
    )


def _way(flow: Any, default: str) -> Way:
    return Way(
        id=flow.getAttribute("id"),
        target=flow.getAttribute("targetRef"),
        lo=_name(flow),
        en=own(flow, "nameEn"),
        condition=text_of(first(flow, BPMN, "conditionExpression")),
        default=bool(default) and flow.getAttribute("id") == default,
    )


def _name(element: Any) -> str:
    return " ".join(element.getAttribute("name").split())
