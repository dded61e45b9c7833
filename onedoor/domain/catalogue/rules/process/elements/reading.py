"""Which file reads which element, and what all elements have."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.elements import (
    events,
    gateways,
    messages,
    rule,
    scopes,
    service,
    user,
)
from onedoor.domain.catalogue.rules.process.elements.several import MARK, several_of
from onedoor.domain.catalogue.rules.process.model import ACTIVITIES, STATUSES, Flow, Lane, Node
from onedoor.domain.catalogue.rules.process.reader import BPMN, Element
from onedoor.domain.catalogue.rules.process.refusals import REASONS, unsupported

Reader = Callable[[Element, Build], dict[str, Any]]
READERS: dict[str, tuple[str, Reader | None]] = {
    "startEvent": ("start", events.read_start),
    "endEvent": ("end", events.read_end),
    "boundaryEvent": ("border", events.read_border),
    "intermediateCatchEvent": ("catch", events.read_catch),
    "intermediateThrowEvent": ("pass", events.read_throw),
    "userTask": ("user", user.read),
    "serviceTask": ("service", service.read),
    "businessRuleTask": ("rule", rule.read),
    "sendTask": ("service", messages.read_send),
    "receiveTask": ("receive", messages.read_receive),
    "exclusiveGateway": ("exclusive", gateways.read_choice),
    "inclusiveGateway": ("inclusive", gateways.read_choice),
    "parallelGateway": ("parallel", None),
    "eventBasedGateway": ("event", gateways.read_event),
    "subProcess": ("sub", scopes.read_embedded),
    "callActivity": ("sub", scopes.read_call),
}
HARMLESS = frozenset({"incoming", "outgoing", "documentation", "extensionElements"})
_ID = re.compile(r"[\w.-]{1,120}")


def read_node(element: Element, scope: str, lanes: Mapping[str, Lane], build: Build) -> None:
    """One element where a token can be, with everything OneDoor adds to it."""
    if element.id in build.read:
        return
    build.elements[element.id] = element
    kind, reader = READERS[element.name]
    if not _ID.fullmatch(element.id):
        build.fault(
            element, "its id is longer than 120 characters or has other signs than letters, figures, “.-_”"
        )
    _children(element, kind, build)
    status = element.own("status") or None
    if status and status not in STATUSES:
        build.fault(element, f"no status of a case is called “{status}”")
    if element.get("isForCompensation") == "true":
        build.fault(element, REASONS["compensateEventDefinition"])
    if any(element.get(several, "1") != "1" for several in ("startQuantity", "completionQuantity")):
        build.fault(element, REASONS["startQuantity"])
    about: dict[str, Any] = {"kind": kind, "lane": lanes.get(element.id), "status": status, "scope": scope}
    if kind in ACTIVITIES:
        about["several"] = several_of(element, build)
    if reader is not None:
        about |= reader(element, build)
    build.read[element.id] = Node(id=element.id, names=build.names(element), **about)
    if kind == "end" and about["kind"] == "service":
        _end_behind(build.read[element.id], element, build)


def _end_behind(sending: Node, element: Element, build: Build) -> None:
    """An end that sends a message is one at which it is sent, with the end itself behind it."""
    end = f"{sending.id}:end"
    build.elements[end] = element
    build.read[sending.id] = replace(sending, status=None)
    build.read[end] = replace(sending, id=end, kind="end", event="", message="", key=None, handler=None)
    build.flows.append(Flow(end, sending.id, end))


def _children(element: Element, kind: str, build: Build) -> None:
    """What an element may hold beside its definition; the inside of a subprocess is read by itself."""
    for child in element.children:
        if child.space != BPMN or child.name in HARMLESS:
            continue
        if child.name == MARK and kind in ACTIVITIES:
            continue
        if kind in ("start", "end", "border", "catch", "pass") and child.name.endswith("EventDefinition"):
            continue
        if element.name == "subProcess":
            continue
        build.fault(element, unsupported(child.name))
