"""From BPMN 2.0 to a compiled process, or to the full list of what stands in the way: element, name, reason, line."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType

from onedoor.domain.catalogue.rules.process import lint
from onedoor.domain.catalogue.rules.process.elements import Build, Fault, read_flow, read_lanes, read_node
from onedoor.domain.catalogue.rules.process.model import CompiledProcess
from onedoor.domain.catalogue.rules.process.reader import BPMN, DIAGRAM, Element, UnreadableProcess, read_bpmn

NODES = {
    "startEvent": "start",
    "userTask": "user",
    "serviceTask": "service",
    "exclusiveGateway": "exclusive",
    "boundaryEvent": "timer",
    "endEvent": "end",
}
DECORATION = frozenset(
    {"documentation", "extensionElements", "textAnnotation", "association", "group", "category", "laneSet"}
)
ROOTS = frozenset({"process", "collaboration", *DECORATION})


@dataclass(frozen=True)
class Compilation:
    """What came of it: a process, or none and the faults."""

    process: CompiledProcess | None
    faults: tuple[Fault, ...]


class ProcessRefused(ValueError):
    """A process with faults cannot be published; ``faults`` names every one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


def compile_process(
    source: bytes, *, handlers: Collection[str] | None = None, roles: Collection[str] | None = None
) -> Compilation:
    """Compile one BPMN file. ``handlers`` and ``roles`` are the names that exist (None: any name is taken). Never raises."""
    try:
        root = read_bpmn(source)
    except UnreadableProcess as fault:
        return Compilation(None, (Fault("", "", fault.reason, fault.line),))
    build = Build(handlers=handlers, roles=roles)
    process = _process(root, build)
    if process is None:
        return Compilation(None, tuple(build.faults))
    _unique_ids(root, build)
    lanes = read_lanes(process, build)
    for child in process.children:
        if child.space != BPMN or child.name in DECORATION:
            continue
        if child.name == "sequenceFlow":
            read_flow(child, build)
        elif child.name in NODES:
            read_node(child, NODES[child.name], lanes, build)
        else:
            build.fault(child, lint.unsupported(child.name))
    nodes = build.nodes()
    lint.check(nodes, build)
    if build.faults:
        return Compilation(None, tuple(sorted(build.faults, key=lambda fault: (fault.line, fault.element))))
    start = next(node.id for node in nodes.values() if node.kind == "start")
    return Compilation(
        CompiledProcess(
            key=process.id,
            names=build.names(process),
            digest=hashlib.sha256(source).hexdigest(),
            start=start,
            nodes=MappingProxyType(nodes),
        ),
        (),
    )


def compiled(
    source: bytes, *, handlers: Collection[str] | None = None, roles: Collection[str] | None = None
) -> CompiledProcess:
    """As ``compile_process``, for a source that must be sound (ProcessRefused otherwise)."""
    found = compile_process(source, handlers=handlers, roles=roles)
    if found.process is None:
        raise ProcessRefused(found.faults)
    return found.process


def _process(root: Element, build: Build) -> Element | None:
    """The one process of the file."""
    for child in root.children:
        if child.space == BPMN and child.name not in ROOTS:
            build.fault(child, lint.unsupported(child.name))
        elif child.space not in (BPMN, DIAGRAM):
            build.fault(child, "an element of an unknown kind stands beside the process")
    processes = root.all("process")
    if not processes:
        build.fault(root, "the file has no process")
        return None
    for extra in processes[1:]:
        build.fault(extra, "one file holds one process")
    for collaboration in root.all("collaboration"):
        for child in collaboration.children:
            if child.space == BPMN and child.name not in {"participant", *DECORATION}:
                build.fault(child, lint.unsupported(child.name))
        participants = collaboration.all("participant")
        for pool in participants:
            if pool.get("processRef") != processes[0].id:
                build.fault(pool, "a pool without this process: several pools are not run")
    return processes[0]


def _unique_ids(root: Element, build: Build) -> None:
    """An id that occurs twice makes every reference to it ambiguous."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        element = waiting.pop()
        found = element.attributes.get("id")
        if found and found in seen:
            build.fault(element, "this id is used twice")
        if found:
            seen.add(found)
        waiting.extend(element.children)
