"""From BPMN 2.0 to a compiled process, or to the full list of what stands in the way: element, name, reason, line."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from onedoor.domain.catalogue.rules.process import lint, sound
from onedoor.domain.catalogue.rules.process.build import Build, Called, Decided, Fault
from onedoor.domain.catalogue.rules.process.calls import renamed
from onedoor.domain.catalogue.rules.process.chosen import candidate, chosen
from onedoor.domain.catalogue.rules.process.elements import READERS, SCOPES, read_flow, read_node
from onedoor.domain.catalogue.rules.process.lanes import read_lanes
from onedoor.domain.catalogue.rules.process.model import CompiledProcess, Decisions, Lane, Node
from onedoor.domain.catalogue.rules.process.reader import (
    BPMN,
    DIAGRAM,
    Element,
    UnreadableProcess,
    read_bpmn,
    repeated_ids,
)
from onedoor.domain.catalogue.rules.process.refusals import unsupported

DECORATION = frozenset(
    {"documentation", "extensionElements", "textAnnotation", "association", "group", "category", "laneSet"}
)
ROOTS = frozenset({"process", "collaboration", "message", "error", "itemDefinition", *DECORATION})
OF_THE_HOLDER = frozenset({"incoming", "outgoing", "multiInstanceLoopCharacteristics"})
MOST_NODES = 1_000
DEEPEST_CALL = 4


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
    source: bytes,
    *,
    handlers: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    called: Called | None = None,
    decided: Decided | None = None,
    decisions: Decisions | None = None,
) -> Compilation:
    """Compile one BPMN file. Never raises.

    Args:
        handlers, roles: the names that exist (None: any name is taken).
        called, decided: give the process and the decisions of a service's edition, for calls (None: there is none to call).
        decisions: of the service, for business-rule tasks.
    """
    build = Build(handlers=handlers, roles=roles, called=called, decided=decided, decisions=decisions)
    process = _process(source, build)
    if process is None:
        return Compilation(None, tuple(build.faults))
    _inside(process, "", {}, build)
    if len(build.read) > MOST_NODES:
        build.fault(process, f"more than {MOST_NODES} elements, with those of the processes that are called")
        return Compilation(None, tuple(build.faults))
    nodes = lint.begun(build.nodes())
    lint.check(nodes, build)
    if not build.faults:
        sound.check(nodes, build)
    if build.faults:
        return Compilation(None, tuple(sorted(build.faults, key=lambda fault: (fault.line, fault.element))))
    return Compilation(_made(source, process, nodes, build), ())


def _made(source: bytes, process: Element, nodes: Mapping[str, Node], build: Build) -> CompiledProcess:
    starts = [node for node in nodes.values() if node.kind == "start" and not node.scope]
    return CompiledProcess(
        key=process.id,
        names=build.names(process),
        digest=hashlib.sha256(source).hexdigest(),
        start=min(starts, key=lambda node: node.event != "").id,
        nodes=MappingProxyType(nodes),
        listens=any(node.event == "message" and node.kind != "start" for node in nodes.values()),
        decisions=build.decisions,
        ahead=MappingProxyType(sound.ahead(nodes)),
        within=MappingProxyType(_within(nodes)),
    )


def _within(nodes: Mapping[str, Node]) -> dict[str, frozenset[str]]:
    """What stands in each subprocess that runs several times, also deeper, by id; and the words of the rules there."""
    found: dict[str, set[str]] = {
        node.id: set() for node in nodes.values() if node.kind == "sub" and node.several
    }
    for node in nodes.values() if found else ():
        scope = node.scope
        while scope:
            if scope in found:
                found[scope] |= {node.id, node.into} if node.into else {node.id}
            scope = nodes[scope].scope
    return {id: frozenset(names) for id, names in found.items()}


def loaded(
    source: bytes,
    *,
    called: Called | None = None,
    decided: Decided | None = None,
    decisions: Decisions | None = None,
) -> CompiledProcess:
    """A process that was published, for running: what was accepted then is not judged again by rules that came later.

    Raises ProcessRefused only where nothing can be made of it at all.
    """
    build = Build(called=called, decided=decided, decisions=decisions)
    process = _process(source, build)
    if process is None:
        raise ProcessRefused(tuple(build.faults))
    _inside(process, "", {}, build)
    try:
        return _made(source, process, lint.begun(build.nodes()), build)
    except (KeyError, ValueError) as nothing:
        raise ProcessRefused(tuple(build.faults)) from nothing


def compiled(
    source: bytes,
    *,
    handlers: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    called: Called | None = None,
    decided: Decided | None = None,
    decisions: Decisions | None = None,
) -> CompiledProcess:
    """As ``compile_process``, for a source that must be sound (ProcessRefused otherwise)."""
    found = compile_process(
        source, handlers=handlers, roles=roles, called=called, decided=decided, decisions=decisions
    )
    if found.process is None:
        raise ProcessRefused(found.faults)
    return found.process


def _process(source: bytes, build: Build) -> Element | None:
    """The one process of a file that is to be run; others beside it are partners, of whom only the pool is drawn."""
    try:
        root = read_bpmn(source)
    except UnreadableProcess as fault:
        build.faults.append(Fault("", "", fault.reason, fault.line))
        return None
    for child in root.children:
        if child.space == BPMN and child.name not in ROOTS:
            build.fault(child, unsupported(child.name))
        elif child.space not in (BPMN, DIAGRAM):
            build.fault(child, "an element of an unknown kind stands beside the process")
    for repeated in repeated_ids(root):
        build.fault(repeated, "this id is used twice")
    processes = root.all("process")
    if not processes:
        build.fault(root, "the file has no process")
        return None
    run = _run(processes, build)
    for collaboration in root.all("collaboration"):
        _pools(collaboration, {one.id for one in processes}, build)
    build.messages |= {one.id: one.get("name")[:120] for one in root.all("message")}
    build.errors |= {one.id: one.get("errorCode")[:60] for one in root.all("error")}
    build.process = run
    return run


def _run(processes: list[Element], build: Build) -> Element:
    """The process that is run; every other one has to say that it is not, and where there are others, it that it is."""
    run = processes[
        chosen(
            [
                candidate(
                    one.get("isExecutable"), [child.name for child in one.children if child.space == BPMN]
                )
                for one in processes
            ]
        )
    ]
    said = [one for one in processes if one.get("isExecutable") != "false"]
    for extra in said:
        if extra is not run:
            build.fault(extra, 'one file holds one process that is run; a partner says isExecutable="false"')
    if not said and len(processes) > 1:
        build.fault(run, 'none of the processes of this file says that it is run (isExecutable="true")')
    return run


def _pools(collaboration: Element, processes: Collection[str], build: Build) -> None:
    """Pools and the messages between them are drawn for the reader; what is run stands in the process."""
    for child in collaboration.children:
        if child.space == BPMN and child.name not in {"participant", "messageFlow", *DECORATION}:
            build.fault(child, unsupported(child.name))
    for pool in collaboration.all("participant"):
        if pool.get("processRef") and pool.get("processRef") not in processes:
            build.fault(pool, "a pool whose process is not in this file")


def _inside(holder: Element, scope: str, lanes: Mapping[str, Lane], build: Build) -> None:
    """Everything that stands in a process or subprocess, and in those inside it."""
    own = dict(lanes) | read_lanes(holder, build)
    for child in holder.children:
        if child.space != BPMN:
            build.fault(child, "an element of an unknown kind stands in the process")
        elif child.name == "sequenceFlow":
            read_flow(child, build)
        elif child.name in READERS:
            read_node(child, scope, own, build)
            if scope and child.id in build.read and build.read[child.id].lane is None:
                build.read[child.id] = replace(build.read[child.id], lane=own.get(scope))
            if child.name in SCOPES:
                _deeper(child, {**own, child.id: own[child.id]} if child.id in own else own, build)
        elif child.name not in DECORATION and not (scope and child.name in OF_THE_HOLDER):
            build.refuse(child, unsupported(child.name))


def _deeper(element: Element, lanes: Mapping[str, Lane], build: Build) -> None:
    """What stands inside a subprocess, or in the process that is called."""
    if element.name == "subProcess":
        _inside(element, element.id, lanes, build)
        return
    build.unread.add(element.id)
    code, version = element.get("calledElement"), element.own("version")
    if not code or not version.isdigit():
        return
    source = build.called(code, int(version[:6])) if build.called else None
    if source is None:
        build.fault(element, f"edition {version[:6]} of “{code}” is not published, so it cannot be called")
        return
    if build.depth >= DEEPEST_CALL:
        build.fault(element, f"calls inside calls, deeper than {DEEPEST_CALL}")
        return
    other = Build()
    process = _process(source, other)
    if process is None or other.faults:
        build.fault(element, f"edition {version} of “{code}” is not sound")
        return
    build.unread.remove(element.id)
    mark = f"{element.id}."
    build.messages |= {mark + id: name for id, name in other.messages.items()}
    build.errors |= {mark + id: name for id, name in other.errors.items()}
    own, build.decisions = build.decisions, build.decided(code, int(version[:6])) if build.decided else None
    build.depth += 1
    _inside(renamed(process, mark), element.id, lanes, build)
    build.depth, build.decisions = build.depth - 1, own
