"""Whether every token that is set off comes to rest at an end: no join waits in vain, no way is walked twice at once.

Each process and subprocess is looked at by itself. Its arrows carry tokens; every marking that can come about is visited,
one gateway at a time where the others do not mind (they are free choices), within a bound.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from types import MappingProxyType

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.model import Node

Marking = frozenset[str]
MOST_MARKINGS = 3_000
MOST_AT_ONCE = 6


def ahead(nodes: Mapping[str, Node]) -> dict[str, Mapping[str, frozenset[str]]]:
    """For each inclusive join: which of its arrows a token at each element can still come by, without passing it."""
    before: dict[str, list[str]] = {id: [] for id in nodes}
    source: dict[str, str] = {}
    for node in nodes.values():
        for flow in node.flows:
            before[flow.target].append(node.id)
            source[flow.id] = node.id
        if node.attached_to:
            before[node.id].append(node.attached_to)
    found: dict[str, Mapping[str, frozenset[str]]] = {}
    for join in nodes.values():
        if join.kind == "inclusive" and join.joins:
            held: dict[str, set[str]] = {
                node.id: set() for node in nodes.values() if node.scope == join.scope
            }
            for arrow in join.incoming:
                for each in _behind(source[arrow], join.id, before):
                    held[each].add(arrow)
            found[join.id] = MappingProxyType({id: frozenset(flows) for id, flows in held.items()})
    return found


def _behind(last: str, join: str, before: Mapping[str, list[str]]) -> set[str]:
    """The elements from which ``last`` can be reached without passing the join."""
    seen = set() if last == join else {last}
    waiting = list(seen)
    while waiting:
        for each in before[waiting.pop()]:
            if each != join and each not in seen:
                seen.add(each)
                waiting.append(each)
    return seen


def check(nodes: Mapping[str, Node], build: Build) -> None:
    """Every fault of the tokens' ways; nothing to look at where nothing forks."""
    joins = ahead(nodes)
    if _await_each_other(joins, nodes, build):
        return
    for scope in ("", *(node.id for node in nodes.values() if node.kind == "sub")):
        inside = {id: node for id, node in nodes.items() if node.scope == scope}
        aside = _aside(inside, build)
        if not any(node.kind in ("parallel", "inclusive") for node in inside.values()):
            continue
        starts = [node for node in inside.values() if node.kind == "start"]
        for first in (*starts, *(inside[border] for border in aside)):
            fault = _Walk(inside, joins).fault(first.flows[0].id)
            if fault:
                build.fault(build.elements[fault[0]], fault[1])
                break


def _await_each_other(
    joins: Mapping[str, Mapping[str, frozenset[str]]], nodes: Mapping[str, Node], build: Build
) -> bool:
    """Two inclusive joins of which each lies before the other would wait for each other."""
    for one, other in combinations(joins, 2):
        if nodes[one].scope == nodes[other].scope and joins[one][other] and joins[other][one]:
            build.fault(build.elements[one], f"it and “{other}” would wait for each other")
            return True
    return False


def _aside(inside: Mapping[str, Node], build: Build) -> list[str]:
    """Events that do not interrupt: what they begin runs beside, so it must end by itself."""
    found = [node.id for node in inside.values() if node.kind == "border" and not node.interrupting]
    if not found:
        return []
    starts = [node for node in inside.values() if node.kind == "start"]
    ordinary = {each for start in starts for each in _region(start.flows[0].target, inside)}
    for border in found:
        for each in sorted(_region(inside[border].flows[0].target, inside) & ordinary):
            if inside[each].kind != "end":
                reason = f"what begins at “{border}” without interrupting runs into “{each}”: give it an end of its own"
                build.fault(build.elements[border], reason)
                return []
    return found


def _region(first: str, inside: Mapping[str, Node]) -> set[str]:
    seen, waiting = {first}, [first]
    while waiting:
        here = inside[waiting.pop()]
        borders = [inside[each] for each in here.boundaries if inside[each].interrupting]
        for node in (here, *borders):
            for flow in node.flows:
                if flow.target not in seen:
                    seen.add(flow.target)
                    waiting.append(flow.target)
    return seen


class _Walk:
    """All markings of one process, from one arrow."""

    def __init__(self, inside: Mapping[str, Node], joins: Mapping[str, Mapping[str, frozenset[str]]]) -> None:
        self.inside, self.joins = inside, joins
        self.target = {flow.id: flow.target for node in inside.values() for flow in node.flows}
        self.ways = {node.id: self._ways(node) for node in inside.values()}
        self.wrong: tuple[str, str] | None = None

    def fault(self, first: str) -> tuple[str, str] | None:
        """The element and the reason of the first fault, or None."""
        seen: set[Marking] = set()
        waiting: list[Marking] = [frozenset({first})]
        while waiting:
            held = waiting.pop()
            if held in seen:
                continue
            seen.add(held)
            if len(seen) > MOST_MARKINGS:
                return self.target[first], "the ways fork and meet so often that it cannot be shown to end"
            if held:
                waiting.extend(self._next(held, seen))
            if self.wrong:
                return self.wrong
        return None

    def _next(self, held: Marking, seen: Collection[Marking]) -> Iterable[Marking]:
        free = [flow for flow in sorted(held) if not self.inside[self.target[flow]].joins]
        for flow in free:
            found = [self._put(held - {flow}, way) for way in self.ways[self.target[flow]]]
            if self.wrong or not all(each in seen for each in found):
                return found
        if free:
            return [self._put(held - {flow}, way) for flow in free for way in self.ways[self.target[flow]]]
        for kind in ("parallel", "inclusive"):
            for join in sorted({self.target[flow] for flow in held}):
                node = self.inside[join]
                if node.kind == kind and self._ready(node, held):
                    rest = held - frozenset(node.incoming)
                    return [self._put(rest, way) for way in self.ways[join]]
        stuck = self.inside[self.target[min(held)]]
        missing = sorted(set(stuck.incoming) - held)
        self.wrong = (
            stuck.id,
            f"it can wait in vain for the arrow “{missing[0]}”" if missing else "it waits in vain",
        )
        return []

    def _ready(self, node: Node, held: Marking) -> bool:
        arrived = held & frozenset(node.incoming)
        if node.kind == "parallel":
            return len(arrived) == len(node.incoming)
        for flow in held - arrived:
            still = self.joins[node.id][self.target[flow]]
            if still - arrived and not still & arrived:
                return False
        return True

    def _put(self, rest: Marking, way: tuple[str, ...] | None) -> Marking:
        """The marking with tokens on a way's arrows; None is an end that takes all with it."""
        if way is None:
            return frozenset()
        for flow in way:
            if flow in rest and not self.wrong:
                self.wrong = (
                    self.target[flow],
                    f"the arrow “{flow}” can be walked twice at once: join before it",
                )
        return rest | frozenset(way)

    def _ways(self, node: Node) -> list[tuple[str, ...] | None]:
        if node.kind == "end":
            return [None] if node.event else [()]
        flows = tuple(flow.id for flow in node.flows)
        if node.kind == "parallel":
            return [flows]
        if node.kind == "inclusive" and len(flows) > 1:
            if len(flows) > MOST_AT_ONCE + 1:
                self.wrong = (node.id, f"more than {MOST_AT_ONCE} conditions at an inclusive gateway")
                return [flows]
            chosen = [flow for flow in flows if flow != node.default]
            some = [way for size in range(1, len(chosen) + 1) for way in combinations(chosen, size)]
            return [*some, *((flow,) for flow in flows if flow == node.default)]
        aside = [self.inside[each] for each in node.boundaries if self.inside[each].interrupting]
        found: list[tuple[str, ...] | None] = [(flow,) for flow in flows]
        return found + [(border.flows[0].id,) for border in aside]
