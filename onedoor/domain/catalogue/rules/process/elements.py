"""Reads single BPMN elements into nodes, flows and lanes, and collects what is wrong with each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from onedoor.domain.catalogue.rules.feel import Expression, ExpressionError, compile_expression
from onedoor.domain.catalogue.rules.process.durations import DurationError, Term, parse_duration
from onedoor.domain.catalogue.rules.process.model import STATUSES, Flow, Lane, Node
from onedoor.domain.catalogue.rules.process.reader import BPMN, XSI, Element

AUDIENCES = ("applicant", "front", "back", "system")
UNITS = ("centre", "authority")
HARMLESS = frozenset({"incoming", "outgoing", "documentation", "extensionElements"})
CALENDARS = ("elapsed", "office")


@dataclass(frozen=True)
class Fault:
    """Why a process cannot be published: the element's id and name, the reason, the line of the file."""

    element: str
    name: str
    reason: str
    line: int

    def __str__(self) -> str:
        named = f"“{self.element}”" + (f" ({self.name})" if self.name else "")
        return (
            f"line {self.line}: {named}: {self.reason}"
            if self.element
            else f"line {self.line}: {self.reason}"
        )


@dataclass
class Build:
    """What has been read so far, and the faults found."""

    handlers: Collection[str] | None = None
    roles: Collection[str] | None = None
    faults: list[Fault] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    read: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def fault(self, element: Element, reason: str) -> None:
        """Note a fault of an element, once."""
        found = Fault(element.id, element.get("name"), reason, element.line)
        if found not in self.faults:
            self.faults.append(found)

    def names(self, element: Element) -> Mapping[str, str]:
        """An element's name in both languages; the diagram shows the Lao one."""
        lao = " ".join(element.get("name").split())
        return MappingProxyType({"lo": lao, "en": element.own("nameEn") or lao})

    def nodes(self) -> dict[str, Node]:
        """The nodes with their flows in the order of the file and the timers on their borders."""
        out: dict[str, list[Flow]] = {}
        for flow in self.flows:
            for end in (flow.source, flow.target):
                if end not in self.read:
                    self.fault(
                        self.elements[flow.id],
                        f"the arrow touches “{end}”, which is not an element that can be run",
                    )
            out.setdefault(flow.source, []).append(flow)
        borders: dict[str, list[str]] = {}
        for node in self.read.values():
            if node.attached_to:
                borders.setdefault(node.attached_to, []).append(node.id)
        return {
            node.id: replace(
                node, flows=tuple(out.get(node.id, ())), boundaries=tuple(borders.get(node.id, ()))
            )
            for node in self.read.values()
        }


def read_lanes(process: Element, build: Build) -> dict[str, Lane]:
    """The lane of each element, by the element's id."""
    found: dict[str, Lane] = {}
    for lane_set in process.all("laneSet"):
        for element in lane_set.all("lane"):
            if element.first("childLaneSet") is not None:
                build.fault(element, "lanes inside lanes are not run")
                continue
            role, unit, audience = element.own("role"), element.own("unit"), element.own("audience")
            if not role:
                build.fault(element, "the lane is not bound to a role (onedoor:role)")
            elif build.roles is not None and role not in build.roles and audience in ("front", "back"):
                build.fault(element, f"no role is called “{role}”")
            if unit not in UNITS:
                build.fault(
                    element, "the lane is not bound to a unit: onedoor:unit must be centre or authority"
                )
            if audience not in AUDIENCES:
                build.fault(
                    element,
                    "the lane has no audience: onedoor:audience must be applicant, front, back or system",
                )
            if audience == "front" and unit == "authority":
                build.fault(element, "the front office works at the centre: onedoor:unit must be centre")
            lane = Lane(element.id, build.names(element), role, unit, audience)  # type: ignore[arg-type]
            for reference in element.all("flowNodeRef"):
                if reference.text.strip() in found:
                    build.fault(element, f"“{reference.text.strip()}” stands in two lanes")
                found[reference.text.strip()] = lane
    return found


def _guard(element: Element, build: Build) -> Expression | None:
    condition = element.first("conditionExpression")
    if condition is None:
        return None
    kind = condition.attributes.get(f"{{{XSI}}}type", "").rpartition(":")[2]
    language = condition.get("language")
    if kind not in ("", "tFormalExpression", "tExpression") or (language and "feel" not in language.lower()):
        build.fault(
            element, f"the condition is written in “{language or kind}”; only the S-FEEL subset is run"
        )
        return None
    text = condition.text.strip()
    try:
        return compile_expression(text.removeprefix("=").strip() if text.startswith("=") else text)
    except ExpressionError as fault:
        build.fault(element, f"the condition “{text[:60]}”: {fault}")
        return None


def read_flow(element: Element, build: Build) -> None:
    """An arrow with its guard."""
    build.elements[element.id] = element
    source, target = element.get("sourceRef"), element.get("targetRef")
    if not source or not target:
        build.fault(element, "the arrow has an open end")
        return
    build.flows.append(Flow(element.id, source, target, _guard(element, build)))


def read_term(element: Element, text: str, build: Build) -> Term | None:
    """A duration and the calendar that counts it."""
    calendar = element.own("calendar") or "elapsed"
    if calendar not in CALENDARS:
        build.fault(element, f"no calendar is called “{calendar}”; it is elapsed or office")
        return None
    try:
        duration = parse_duration(text)
    except DurationError as fault:
        build.fault(element, str(fault))
        return None
    if calendar == "office" and not duration.whole_days:
        build.fault(element, "by the office calendar only days and weeks can be counted")
        return None
    return Term(duration, calendar)


def read_node(element: Element, kind: str, lanes: Mapping[str, Lane], build: Build) -> None:
    """One element where a token can be, with everything OneDoor adds to it."""
    if element.id in build.read:
        return
    build.elements[element.id] = element
    for child in element.children:
        allowed = HARMLESS | ({"timerEventDefinition"} if kind == "timer" else set())
        if child.space == BPMN and child.name not in allowed:
            build.fault(element, f"its “{child.name}” is not run")
    status = element.own("status") or None
    if status and status not in STATUSES:
        build.fault(element, f"no status of a case is called “{status}”")
    about: dict[str, Any] = {"lane": lanes.get(element.id), "status": status}
    about |= _READERS.get(kind, lambda e, b: {})(element, build)
    build.read[element.id] = Node(id=element.id, kind=kind, names=build.names(element), **about)  # type: ignore[arg-type]


def _user(element: Element, build: Build) -> dict[str, Any]:
    outcomes = tuple(element.own("outcomes").split()) or ("done",)
    reason_for = frozenset(element.own("reasonFor").split())
    mode = element.own("decision")
    if reason_for - set(outcomes):
        build.fault(element, "onedoor:reasonFor names an outcome that the task does not have")
    if mode not in ("", "separated", "onTheSpot"):
        build.fault(element, "onedoor:decision must be separated or onTheSpot")
    if mode == "onTheSpot":
        build.fault(
            element,
            "a decision on the spot needs a rule that decides without discretion; this version runs none",
        )
    if mode and len(outcomes) < 2:
        build.fault(element, "a decision needs at least two outcomes (onedoor:outcomes)")
    waits_for = element.own("waitsFor")
    if waits_for not in ("", "payment"):
        build.fault(element, "onedoor:waitsFor must be payment")
    if waits_for and outcomes != ("done",):
        build.fault(element, "a task that waits for the payment has one way to end")
    due = read_term(element, element.own("due"), build) if element.own("due") else None
    return {
        "outcomes": outcomes,
        "reason_for": reason_for,
        "separated": mode == "separated",
        "intake": element.own("intake") == "true",
        "edits": element.own("edits") == "true",
        "waits_for": waits_for,
        "due": due,
    }


def _service(element: Element, build: Build) -> dict[str, Any]:
    handler = element.own("handler")
    if not handler:
        build.fault(element, "the service task names no handler (onedoor:handler)")
    elif build.handlers is not None and handler not in build.handlers:
        build.fault(element, f"no handler is called “{handler}”")
    return {"handler": handler}


def _timer(element: Element, build: Build) -> dict[str, Any]:
    about = {
        "attached_to": element.get("attachedToRef"),
        "interrupting": element.get("cancelActivity") != "false",
    }
    definition = element.first("timerEventDefinition")
    if definition is None:
        build.fault(element, "of events on a border only timers are run")
        return about
    for child in definition.children:
        if child.space == BPMN and child.name in ("timeDate", "timeCycle"):
            build.fault(element, f"a timer with “{child.name}” is not run; write a timeDuration")
    duration = definition.first("timeDuration")
    if duration is None:
        build.fault(element, "the timer has no timeDuration")
        return about
    return about | {"timer": read_term(element, duration.text, build)}


def _exclusive(element: Element, build: Build) -> dict[str, Any]:
    return {"default": element.get("default") or None}


_READERS: dict[str, Any] = {"user": _user, "service": _service, "timer": _timer, "exclusive": _exclusive}
