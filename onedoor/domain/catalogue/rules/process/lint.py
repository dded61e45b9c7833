"""What a process must have, element by element: arrows, lanes, carriers of events, gateways that always go on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from onedoor.domain.catalogue.rules.process import names
from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.model import ACTIVITIES, Node

Nodes = Mapping[str, Node]
FORKS = ("exclusive", "inclusive", "parallel", "event")
MOST_WAYS = 12


def begun(nodes: dict[str, Node]) -> dict[str, Node]:
    """The nodes, with each subprocess knowing where it begins."""
    starts = {node.scope: node.id for node in nodes.values() if node.kind == "start" and node.scope}
    return {
        id: replace(node, begins=starts[id]) if node.kind == "sub" and id in starts else node
        for id, node in nodes.items()
    }


def check(nodes: Nodes, build: Build) -> None:
    """Every fault of the elements; each is named."""
    _ends(nodes, build)
    for node in nodes.values():
        _arrows(node, build)
        _lane(node, build)
        _border(node, nodes, build)
        _gateway(node, build)
        _first_event(node, nodes, build)
        _several(node, nodes, build)
        _error(node, nodes, build)
    names.check(nodes, build)
    if not build.faults:
        _paths(nodes, build)
        _circles(nodes, build)
        _intake(nodes, build)


def _fault(node: Node, build: Build, reason: str) -> None:
    build.fault(build.elements[node.id], reason)


def _ends(nodes: Nodes, build: Build) -> None:
    """Each process and subprocess has an end and a start; a process may besides begin by messages and times."""
    for scope in ("", *(node.id for node in nodes.values() if node.kind == "sub")):
        inside = [node for node in nodes.values() if node.scope == scope]
        starts = [node for node in inside if node.kind == "start"]
        what, where = ("subprocess", build.elements[scope]) if scope else ("process", build.process)
        if scope in build.unread or where is None:
            continue
        if not starts:
            build.fault(where, f"the {what} has no start")
        for extra in [node for node in starts if not node.event and node.id not in build.refused][1:]:
            _fault(extra, build, f"a {what} has one start of no kind")
        for own in starts if scope and scope not in build.refused else ():
            if own.event:
                _fault(
                    own, build, "what stands inside another process begins when it is reached, not by itself"
                )
        names = [node.message for node in starts if node.message]
        for again in [node for node in starts if node.message and names.count(node.message) > 1][1:]:
            _fault(again, build, f"two starts wait for the message “{again.message}”")
        if not any(node.kind == "end" for node in inside):
            build.fault(where, f"the {what} has no end")


def _arrows(node: Node, build: Build) -> None:
    if node.kind == "sub" and node.id in build.refused:
        return
    arriving, leaving = len(node.incoming), len(node.flows)
    if node.kind in ("start", "border") and arriving:
        _fault(node, build, "no arrow may lead here")
    if node.kind not in ("start", "border") and not arriving:
        _fault(node, build, "no arrow leads here, so it can never happen")
    if node.kind == "end" and leaving:
        _fault(node, build, "an arrow leaves the end")
    if node.kind != "end" and not leaving:
        _fault(node, build, "no arrow leaves, so a case would stop here for ever")
    if node.kind not in (*FORKS, "end") and leaving > 1:
        _fault(node, build, "several arrows leave: choose or fork with a gateway")
    if leaving > MOST_WAYS:
        _fault(node, build, f"more than {MOST_WAYS} arrows leave")
    if node.kind not in ("exclusive", "inclusive") and any(flow.guard for flow in node.flows):
        _fault(node, build, "a condition stands on its arrow, but only a gateway chooses")


def _lane(node: Node, build: Build) -> None:
    if node.works and node.lane is None:
        _fault(node, build, "it stands in no lane, so nobody would do it")
    if node.kind == "user" and node.lane and node.lane.audience == "system":
        _fault(node, build, "a person's task stands in a lane of the system")
    if node.kind == "user" and node.lane and node.lane.audience == "applicant":
        reason = "tasks for the applicant's own account are not run by this version; use the front office"
        _fault(node, build, reason)
    if node.separated and node.lane and node.lane.audience != "back":
        _fault(node, build, "a separated decision belongs to a lane of the back office")
    back = node.lane is not None and node.lane.audience == "back"
    if node.kind == "user" and node.decision and not node.separated and back:
        _fault(node, build, 'a decision of the back office must say onedoor:decision="separated"')


def _border(node: Node, nodes: Nodes, build: Build) -> None:
    if node.kind != "border" or node.attached_to in build.refused:
        return
    carrier = nodes.get(node.attached_to or "")
    if carrier is None or carrier.kind not in ACTIVITIES or carrier.scope != node.scope:
        _fault(node, build, f"the {node.event or 'event'} stands on nothing that can wait")
    elif node.event == "error" and carrier.kind not in ("sub", "service"):
        _fault(node, build, "an error comes from a service task or a subprocess only")


def _gateway(node: Node, build: Build) -> None:
    if node.kind not in ("exclusive", "inclusive") or not node.flows:
        return
    if len(node.flows) == 1 and node.flows[0].guard is None:
        return
    if node.default is None:
        _fault(node, build, "no arrow is the default, so a case could be stuck here")
    elif node.default not in {flow.id for flow in node.flows}:
        _fault(node, build, "its default arrow leaves from somewhere else")
    for flow in node.flows:
        arrow = build.elements[flow.id]
        if flow.guard is None and flow.id != node.default and arrow.first("conditionExpression") is None:
            build.fault(arrow, "the arrow has no condition and is not the default")


def _first_event(node: Node, nodes: Nodes, build: Build) -> None:
    """Behind an event-based gateway stand only events, each reached from nowhere else."""
    if node.kind != "event":
        return
    if len(node.flows) < 2:
        _fault(node, build, "behind an event-based gateway stand at least two events")
    for flow in node.flows:
        target = nodes.get(flow.target)
        if target is None or target.kind not in ("catch", "receive") or target.boundaries or target.several:
            _fault(node, build, "behind an event-based gateway stand only waits for a time or a message")
        elif len(target.incoming) != 1:
            _fault(target, build, "an event behind an event-based gateway is reached from nowhere else")


def _several(node: Node, nodes: Nodes, build: Build) -> None:
    if node.several is None:
        return
    if sum(bool(nodes[scope].several) for scope in _around(node, nodes)) > 1:
        _fault(node, build, "several at once is run two deep at most")
    if node.several.units:
        _seats(node, nodes, build)
    if node.intake or node.waits_for:
        _fault(node, build, "the receiving and the payment happen once")


def _around(node: Node, nodes: Nodes) -> Iterator[str]:
    """The subprocesses in which an element stands, the nearest first."""
    scope = node.scope
    while scope:
        yield scope
        scope = nodes[scope].scope


def _seats(node: Node, nodes: Nodes, build: Build) -> None:
    """Units that are named do something: the task itself, or one that stands in the subprocess."""
    unit = node.lane.unit if node.lane else ""
    if node.kind == "user" and unit != "authority":
        _fault(node, build, "units are named, so its lane must belong to the authority")
    if node.kind == "sub" and not any(
        each.kind == "user" and each.lane and each.lane.unit == "authority" and not each.lane.of
        for each in nodes.values()
        if node.id in _around(each, nodes)
    ):
        _fault(node, build, "units are named, so a task inside must stand in a lane of the authority")


def _error(node: Node, nodes: Nodes, build: Build) -> None:
    """An error is caught on the border of a subprocess around it."""
    if node.kind != "end" or node.event != "error":
        return
    for scope in _around(node, nodes):
        if any(nodes[border].event == "error" and nodes[border].error in ("", node.error)
               for border in nodes[scope].boundaries):  # fmt: skip
            return
    _fault(node, build, f"nobody catches the error “{node.error}”")


def _paths(nodes: Nodes, build: Build) -> None:
    """Every element is reached from its start, and from every element an end is reached."""
    reached = {node.id for node in nodes.values() if node.kind == "start"}
    waiting = list(reached)
    while waiting:
        here = nodes[waiting.pop()]
        for each in (*(flow.target for flow in here.flows), *here.boundaries):
            if each not in reached:
                reached.add(each)
                waiting.append(each)
    ending = {node.id for node in nodes.values() if node.kind == "end"}
    before: dict[str, list[str]] = {}
    for node in nodes.values():
        for flow in node.flows:
            before.setdefault(flow.target, []).append(node.id)
    waiting = list(ending)
    while waiting:
        for each in before.get(waiting.pop(), ()):
            if each not in ending:
                ending.add(each)
                waiting.append(each)
    for node in nodes.values():
        if node.id not in reached:
            _fault(node, build, "the start does not lead here")
        if node.id not in ending:
            _fault(node, build, "no way leads from here to an end")


def _circles(nodes: Nodes, build: Build) -> None:
    """A circle in which nobody acts and nothing is waited for would run for ever."""
    resting = {node.scope for node in nodes.values() if _halts(node)}
    for _ in nodes:  # a subprocess in which something rests rests itself
        resting |= {nodes[scope].scope for scope in resting if scope}
    passed = {
        node.id: [flow.target for flow in node.flows]
        for node in nodes.values()
        if not _halts(node) and node.kind != "end" and not (node.kind == "sub" and node.id in resting)
    }
    left = {id: sum(target in passed for target in targets) for id, targets in passed.items()}
    before: dict[str, list[str]] = {}
    for id, targets in passed.items():
        for target in targets:
            before.setdefault(target, []).append(id)
    free = [id for id, count in left.items() if not count]
    while free:  # take away what cannot be on a circle, from its end
        here = free.pop()
        left.pop(here)
        for each in before.get(here, ()):
            if each in left:
                left[each] -= 1
                if not left[each]:
                    free.append(each)
    if left:
        _fault(nodes[min(left)], build, "a circle without a person's task or a wait would turn for ever")


def _halts(node: Node) -> bool:
    return node.kind in ("user", "receive", "catch", "event")


def _intake(nodes: Nodes, build: Build) -> None:
    starts = [node for node in nodes.values() if node.kind == "start" and not node.scope]
    by_hand = next((node for node in starts if not node.event), starts[0])
    first = nodes[by_hand.flows[0].target]
    for node in nodes.values():
        if node.intake and (node.kind != "user" or node is not first or by_hand.event):
            _fault(node, build, "the receiving task must be the first one after the start")
        if node.intake and node.decision:
            _fault(node, build, "receiving is not a decision")
        if node.waits_for:
            _payment(node, first, build)


def _payment(node: Node, first: Node, build: Build) -> None:
    """The fee is charged with the receiving, so that is where its payment is waited for."""
    if not first.intake or first.flows[0].target != node.id:
        _fault(node, build, "the payment is waited for directly behind the receiving task")
    if node.lane is None or node.lane.audience != "front" or node.lane.unit != "centre":
        _fault(node, build, "the payment is waited for in a lane of the centre's front office")
