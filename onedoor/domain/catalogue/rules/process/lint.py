"""What makes a process sound: every element can be reached and left, every lane is bound, nothing turns in circles alone."""

from collections.abc import Mapping

from onedoor.domain.catalogue.rules.process.elements import Build
from onedoor.domain.catalogue.rules.process.model import Node

REASONS = {
    "scriptTask": "scripts are never run",
    "parallelGateway": "a parallel gateway is not run by this version",
    "inclusiveGateway": "an inclusive gateway is not run by this version",
    "eventBasedGateway": "an event-based gateway is not run by this version",
    "complexGateway": "a complex gateway is not run",
    "subProcess": "a subprocess is not run by this version",
    "transaction": "a transaction subprocess is not run",
    "adHocSubProcess": "an ad-hoc subprocess is not run",
    "callActivity": "a call of another process is not run by this version",
    "businessRuleTask": "a decision table is not run by this version",
    "sendTask": "a send task is not run by this version",
    "receiveTask": "a receive task is not run by this version",
    "manualTask": "a manual task leaves no trace; use a user task",
    "task": "a task of no kind: say whether a person (user task) or the system (service task) does it",
    "intermediateCatchEvent": "an event between tasks is not run by this version",
    "intermediateThrowEvent": "an event between tasks is not run by this version",
    "messageFlow": "messages between pools are not run by this version",
}

KNOWN_FACTS = ("outcome", "decision", "form")


def unsupported(name: str) -> str:
    """Why an element of this kind is refused."""
    return REASONS.get(name, f"“{name}” is not part of the subset that is run")


def check(nodes: Mapping[str, Node], build: Build) -> None:
    """Every fault of the process as a whole; each names its element."""
    _ends(nodes, build)
    for node in nodes.values():
        _arrows(node, build)
        _lane(node, build)
        _border(node, nodes, build)
        _gateway(node, build)
    if not build.faults:
        _paths(nodes, build)
        _circles(nodes, build)
        _intake(nodes, build)


def _fault(node: Node, build: Build, reason: str) -> None:
    build.fault(build.elements[node.id], reason)


def _ends(nodes: Mapping[str, Node], build: Build) -> None:
    starts = [node for node in nodes.values() if node.kind == "start"]
    anchor = next(iter(build.elements.values()), None)
    if not starts and anchor is not None:
        build.fault(anchor, "the process has no start")
    if not nodes:
        return
    for extra in starts[1:]:
        _fault(extra, build, "a process has one start")
    if not any(node.kind == "end" for node in nodes.values()) and anchor is not None:
        build.fault(anchor, "the process has no end")


def _arrows(node: Node, build: Build) -> None:
    arriving = sum(1 for flow in build.flows if flow.target == node.id)
    leaving = len(node.flows)
    if node.kind in ("start", "timer") and arriving:
        _fault(node, build, "no arrow may lead here")
    if node.kind not in ("start", "timer") and not arriving:
        _fault(node, build, "no arrow leads here, so it can never happen")
    if node.kind == "end" and leaving:
        _fault(node, build, "an arrow leaves the end")
    if node.kind != "end" and not leaving:
        _fault(node, build, "no arrow leaves, so a case would stop here for ever")
    if node.kind not in ("exclusive", "end") and leaving > 1:
        _fault(node, build, "several arrows leave: choose with an exclusive gateway")
    if node.kind != "exclusive" and any(flow.guard for flow in node.flows):
        _fault(node, build, "a condition stands on its arrow, but only a gateway chooses")


def _lane(node: Node, build: Build) -> None:
    if node.rests and node.lane is None:
        _fault(node, build, "it stands in no lane, so nobody would do it")
    if node.kind == "user" and node.lane and node.lane.audience == "system":
        _fault(node, build, "a person's task stands in a lane of the system")
    if node.kind == "user" and node.lane and node.lane.audience == "applicant":
        _fault(
            node,
            build,
            "tasks for the applicant's own account are not run by this version; use the front office",
        )
    if node.separated and node.lane and node.lane.audience != "back":
        _fault(node, build, "a separated decision belongs to a lane of the back office")
    if (
        node.kind == "user"
        and node.decision
        and not node.separated
        and node.lane
        and node.lane.audience == "back"
    ):
        _fault(node, build, 'a decision of the back office must say onedoor:decision="separated"')


def _border(node: Node, nodes: Mapping[str, Node], build: Build) -> None:
    if node.kind != "timer":
        return
    carrier = nodes.get(node.attached_to or "")
    if carrier is None or carrier.kind not in ("user", "service"):
        _fault(node, build, "the timer stands on nothing that can wait")


def _gateway(node: Node, build: Build) -> None:
    if node.kind != "exclusive" or len(node.flows) < 2:
        return
    ids = {flow.id for flow in node.flows}
    if node.default is None:
        _fault(node, build, "no arrow is the default, so a case could be stuck here")
    elif node.default not in ids:
        _fault(node, build, "its default arrow leaves from somewhere else")
    for flow in node.flows:
        arrow = build.elements[flow.id]
        if flow.guard is None and flow.id != node.default and arrow.first("conditionExpression") is None:
            build.fault(arrow, "the arrow has no condition and is not the default")
        for name in sorted(flow.guard.names if flow.guard else ()):
            if name.partition(".")[0] not in KNOWN_FACTS:
                known = ", ".join(KNOWN_FACTS)
                build.fault(build.elements[flow.id], f"the condition reads “{name}”; it may read {known}")


def _steps(node: Node, nodes: Mapping[str, Node]) -> list[str]:
    return [flow.target for flow in node.flows] + list(node.boundaries)


def _paths(nodes: Mapping[str, Node], build: Build) -> None:
    """Every element is reached from the start, and from every element an end is reached."""
    reached: set[str] = set()
    waiting = [node.id for node in nodes.values() if node.kind == "start"]
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting.extend(_steps(nodes[here], nodes))
    ending = {node.id for node in nodes.values() if node.kind == "end"}
    grown = True
    while grown:
        found = {
            n.id
            for n in nodes.values()
            if n.id not in ending and any(flow.target in ending for flow in n.flows)
        }
        grown = bool(found)
        ending |= found
    for node in nodes.values():
        if node.id not in reached:
            _fault(node, build, "the start does not lead here")
        if node.id not in ending:
            _fault(node, build, "no way leads from here to an end")


def _circles(nodes: Mapping[str, Node], build: Build) -> None:
    """A circle in which nobody acts would run for ever."""
    done: set[str] = set()

    def automatic(start: str) -> str | None:
        path: list[tuple[str, int]] = [(start, 0)]
        on_path = {start}
        while path:
            here, step = path[-1]
            flows = nodes[here].flows
            if step == len(flows):
                path.pop()
                on_path.discard(here)
                done.add(here)
                continue
            path[-1] = (here, step + 1)
            target = flows[step].target
            if target in on_path:
                return target
            if target not in done and nodes[target].kind not in ("user", "end"):
                path.append((target, 0))
                on_path.add(target)
        return None

    for node in nodes.values():
        if node.kind in ("exclusive", "service") and node.id not in done:
            found = automatic(node.id)
            if found:
                _fault(nodes[found], build, "a circle without a person's task would turn for ever")
                return


def _intake(nodes: Mapping[str, Node], build: Build) -> None:
    start = next(node for node in nodes.values() if node.kind == "start")
    for node in nodes.values():
        if node.intake and (node.kind != "user" or start.flows[0].target != node.id):
            _fault(node, build, "the receiving task must be the first one after the start")
        if node.intake and node.decision:
            _fault(node, build, "receiving is not a decision")
        if node.waits_for:
            _payment(node, nodes[start.flows[0].target], build)


def _payment(node: Node, first: Node, build: Build) -> None:
    """The fee is charged with the receiving, so that is where its payment is waited for."""
    if not first.intake or first.flows[0].target != node.id:
        _fault(node, build, "the payment is waited for directly behind the receiving task")
    if node.lane is None or node.lane.audience != "front" or node.lane.unit != "centre":
        _fault(node, build, "the payment is waited for in a lane of the centre's front office")
