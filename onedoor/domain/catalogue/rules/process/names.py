"""What expressions of a process may read: how the last step ended, the answers, tasks that are done, what was counted."""

from collections.abc import Iterator, Mapping

from onedoor.domain.catalogue.rules.feel import Expression
from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.model import Node

KNOWN = ("outcome", "decision", "form", "tasks", "counts", "rules")
COUNTED = ("total", "done")


def check(nodes: Mapping[str, Node], build: Build) -> None:
    """Every name that is read is one that exists."""
    for node in nodes.values():
        for holder, expression, what in _expressions(node):
            for name in sorted(expression.names):
                reason = _wrong(name, what, nodes)
                if reason:
                    build.fault(build.elements[holder], reason)


def _expressions(node: Node) -> Iterator[tuple[str, Expression, str]]:
    for flow in node.flows:
        if flow.guard is not None:
            yield flow.id, flow.guard, "condition"
    if node.several and node.several.count is not None:
        yield node.id, node.several.count, "number"
    if node.several and node.several.until is not None:
        yield node.id, node.several.until, "completion condition"
    if node.key is not None:
        yield node.id, node.key, "key"
    if node.moment and node.moment.read is not None:
        yield node.id, node.moment.read, "date"


def _wrong(name: str, what: str, nodes: Mapping[str, Node]) -> str:
    """Why a name cannot be read; empty where it can."""
    first, _, rest = name.partition(".")
    if first == "case" and rest == "number" and what == "key":
        return ""
    if first not in KNOWN:
        return f"the {what} reads “{name}”; it may read {', '.join(KNOWN)}"
    if first == "tasks" and (rest not in nodes or nodes[rest].kind != "user"):
        return f"the {what} reads “{name}”, but no user task has the id “{rest}”"
    if first == "rules" and rest.partition(".")[0] not in {node.into for node in nodes.values()}:
        return f"the {what} reads “{name}”, but no business-rule task keeps its answer under “{rest}”"
    if first == "counts":
        held, _, counted = rest.rpartition(".")
        node = nodes.get(held)
        if node is None or node.several is None:
            return f"the {what} reads “{name}”, but “{held}” does not run several times"
        if counted not in (*COUNTED, *node.outcomes, "done"):
            return f"the {what} reads “{name}”, but “{held}” never ends in “{counted}”"
    return ""
