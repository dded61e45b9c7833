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
# Kinds that other modelers write and nobody can run: shown, so that they can be made into one that runs.
VAGUE = ("task", "manualTask")
# Within a group a step may be made into another kind, and keeps its ways, lane and drawing.
EXCHANGED = (
    ("userTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask", "callActivity"),
    ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"),
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
class Several:
    """How an activity runs several times: ``at_once`` or ``in_turn``, ``count`` times or once by each of the ``units``.

    ``until``: the condition under which it is enough; ``once`` is not several times at all.
    """

    mode: str = "at_once"
    count: str = ""
    units: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One element of the process: its kind as BPMN calls it, names, lane, what OneDoor adds, and its ways on.

    ``about``: what an event is about (timer, message, error, terminate); ``time`` of a timer, ``time_kind`` how it is said;
    ``message``, ``error``: the name and the code that it means; ``called``: the service whose process a call runs.
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
    message: str = ""
    error: str = ""
    called: str = ""
    interrupting: bool = True
    several: Several | None = None
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


def exchanged(kind: str) -> tuple[str, ...]:
    """The kinds into which a step of this kind can be made; none where it stays what it is."""
    if kind in VAGUE:
        return EXCHANGED[0]
    return next((group for group in EXCHANGED if kind in group), ())


def step_table(process: str) -> StepTable:
    """The table of a BPMN text. Raises CannotDraw."""
    document = read(process)
    holder = run_process(document)
    named = {
        one.getAttribute("id"): one.getAttribute("name" if one.localName == "message" else "errorCode")
        for one in children(document.documentElement, BPMN)
        if one.localName in ("message", "error")
    }
    lanes = leaf_lanes(holder)
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
    return StepTable(lanes=rows, steps=tuple(_steps(holder, "", lane_of, named)))


def leaf_lanes(holder: Any) -> list[Any]:
    """The lanes of a process in which steps stand: those that hold no other lanes."""
    return [lane for lane in _lanes(holder) if not children(lane, BPMN, "childLaneSet")]


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


def _steps(holder: Any, scope: str, lane_of: Mapping[str, str], named: Mapping[str, str]) -> list[Step]:
    """The steps of a process or subprocess, as a case walks through them; then those that nothing leads to."""
    elements = {
        one.getAttribute("id"): one for one in children(holder, BPMN) if one.localName in (*KINDS, *VAGUE)
    }
    ways: dict[str, list[Any]] = {}
    for flow in children(holder, BPMN, "sequenceFlow"):
        ways.setdefault(flow.getAttribute("sourceRef"), []).append(flow)
    borders: dict[str, list[str]] = {}
    for id, element in elements.items():
        if element.localName == "boundaryEvent":
            borders.setdefault(element.getAttribute("attachedToRef"), []).append(id)
    found: list[Step] = []
    for id in _walked(elements, ways, borders):
        found.append(_step(elements[id], scope, lane_of, ways.get(id, []), named))
        if elements[id].localName == "subProcess":
            inner = {
                one.getAttribute("id"): lane_of.get(id, lane_of.get(scope, ""))
                for one in children(elements[id])
            }
            found += _steps(elements[id], id, {**inner, **lane_of}, named)
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


def _step(
    element: Any, scope: str, lane_of: Mapping[str, str], flows: list[Any], named: Mapping[str, str]
) -> Step:
    id, kind = element.getAttribute("id"), element.localName
    definition = next((one for one in children(element, BPMN) if one.localName.endswith("Definition")), None)
    told = definition if definition is not None else element
    time = next((one for one in children(told, BPMN) if one.localName in TIMES), None)
    default = element.getAttribute("default")
    return Step(
        id=id,
        kind=kind,
        lo=_name(element),
        en=own(element, "nameEn"),
        lane=lane_of.get(id, ""),
        scope=scope,
        attached_to=element.getAttribute("attachedToRef"),
        about=definition.localName.removesuffix("EventDefinition") if definition is not None else "",
        time=text_of(time),
        time_kind=time.localName if time is not None else "",
        message=named.get(told.getAttribute("messageRef"), ""),
        error=named.get(told.getAttribute("errorRef"), ""),
        called=element.getAttribute("calledElement").strip(),
        interrupting=element.getAttribute("cancelActivity") != "false",
        several=_several(first(element, BPMN, "multiInstanceLoopCharacteristics")),
        own={name: said for name in OWN_READ if (said := own(element, name))},
        ways=tuple(_way(flow, default) for flow in flows),
    )


def _several(mark: Any) -> Several | None:
    if mark is None:
        return None
    return Several(
        mode="in_turn" if mark.getAttribute("isSequential") == "true" else "at_once",
        count=text_of(first(mark, BPMN, "loopCardinality")),
        units=own(mark, "units"),
        until=text_of(first(mark, BPMN, "completionCondition")),
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
