"""What a case does at each step of a version: as it did itself where it did, else as others did, else as is assumed."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.domain.planning.rules.past import Arrival, Visit
from onedoor.domain.planning.rules.version import Ground, Version


@dataclass(frozen=True, slots=True)
class Played:
    """A visit as it is played, and whether chance had a part in it."""

    of: Visit
    drawn: bool = False


class Script:
    """The visits of one case, taken in their order."""

    def __init__(self, arrival: Arrival, version: Version, ground: Ground, *, seed: int) -> None:
        self.arrival, self.version, self.ground, self.seed = arrival, version, ground, seed
        self.used: defaultdict[str, int] = defaultdict(int)
        self.dropped = ground.current.asked(arrival.answers) - version.asked(arrival.answers)
        self.added = version.asked(arrival.answers) - ground.current.asked(arrival.answers)
        self.chain: Iterator[Visit] = iter(self._chain()) if version.process is None else iter(())

    def at_counter(self) -> float:
        """Seconds at the counter to receive it: each paper less or more changes them."""
        change = 60 * self.ground.assumptions.paper_minutes * (len(self.added) - len(self.dropped))
        return max(0.0, self._lived_at_counter() + change)

    def _lived_at_counter(self) -> float:
        """As it was; where it would come prepared, as for others that did, and never longer."""
        own, assumed = self.arrival.counter, self.ground.assumptions
        if self.arrival.channel or self._chance("prepared").random() >= assumed.prepared:
            return own
        others = self.ground.past.prepared
        drawn = self._chance("counter").choice(others) if others else 60 * assumed.prepared_minutes
        return min(own, drawn)

    def taken(self, node: str) -> None:
        """A step that was played otherwise: the receiving itself."""
        self.used[node] += 1

    def following(self) -> Visit | None:
        """The next activity of a case without a process."""
        return next(self.chain, None)

    def over(self) -> None:
        """Nothing follows any more."""
        self.chain = iter(())

    def wait(self, node: str, *, border: bool = False) -> float:
        """How long a message is awaited, in seconds; infinite for one on a border that does not come."""
        own = self.arrival.waits.get(node, ())
        place = self.used[f"wait {node}"]
        self.used[f"wait {node}"] += 1
        if place < len(own) and (math.isfinite(own[place]) or border or not self.arrival.is_open):
            return own[place]
        others = [each for one in self.ground.past.arrivals[:200] for each in one.waits.get(node, ())]
        if border:  # what never came is not made up
            return self._chance(node).choice(others) if others else math.inf
        others = [each for each in others if math.isfinite(each)]
        return self._chance(node).choice(others) if others else 3600 * self.ground.assumptions.rest_hours

    def is_cut_short(self, node: Node, borders: Sequence[Node]) -> bool:
        """Whether a message ended this step before anybody had done it."""
        if self.used[node.id] < len(self.arrival.visits.get(node.id, ())):
            return False
        came = [
            own[self.used[f"wait {each.id}"]]
            for each in borders
            if each.event == "message"
            and each.interrupting
            and self.used[f"wait {each.id}"] < len(own := self.arrival.waits.get(each.id, ()))
        ]
        return any(math.isfinite(each) for each in came)

    def visit(self, node: Node) -> Played:
        """The next visit to an element."""
        parts = self.version.merged.get(node.id, (node.id,))
        if node.waits_for and not self.version.fee(
            self.arrival.answers, self.ground.hours[self.arrival.centre].day(self.arrival.at)
        ):
            return Played(
                _with(
                    node, Visit(node.id, "", "", 0.0, 0.0, outcome=node.outcomes[0] if node.outcomes else "")
                )
            )
        if len(parts) > 1:
            return self._merged(node, parts)
        own = self._next(node.id)
        if own is not None:
            return Played(self._mended(node.id, own))
        sibling = self._sibling(node)
        if sibling is None and self.arrival.is_open:
            return Played(self._ahead(node), drawn=True)
        drawn = self._drawn(node)
        outcome = sibling.outcome if sibling is not None else self._ends(node)
        return Played(replace(drawn, outcome=outcome, brought=frozenset()), drawn=True)

    def _merged(self, node: Node, parts: Sequence[str]) -> Played:
        """One step that stands for several: rest once, the longest; work as is assumed; the outcome of the last that ended so."""
        own = [(part, self._next(part)) for part in parts]
        found = [self._mended(part, visit) for part, visit in own if visit is not None]
        if not found:
            return Played(replace(self._drawn(node), outcome=self._ends(node)), drawn=True)
        works = [visit.work for visit in found]
        together = sum(works) if self.ground.assumptions.merging == "sum" else max(works)
        outcome = next(
            (visit.outcome for visit in reversed(found) if visit.outcome in node.outcomes), self._ends(node)
        )
        first = replace(found[0], work=together, rest=max(visit.rest for visit in found), outcome=outcome)
        return Played(first)

    def _next(self, node: str) -> Visit | None:
        own = self.arrival.visits.get(node, ())
        place = self.used[node]
        if place >= len(own):
            return None
        self.used[node] += 1
        return own[place]

    def _mended(self, node: str, visit: Visit) -> Visit:
        """A return only for papers that are no longer asked for does not happen: the next look decides at once."""
        while visit.brought and visit.brought <= self.dropped:
            following = self._next(node)
            if following is None:
                return visit
            self.used[visit.then] += 1
            visit = replace(visit, outcome=following.outcome, brought=following.brought, then=following.then)
        return visit

    def _sibling(self, node: Node) -> Visit | None:
        """The decision that was taken in its place: at a step that is gone, or that ends the same ways to the same end."""
        process = self.version.process
        if process is None or not node.decision:
            return None
        for visit in self.arrival.order:
            stands = process.nodes.get(visit.node)
            alike = stands is None or (stands.id != node.id and _alike(stands, node))
            if alike and visit.outcome in node.outcomes:
                left = self._next(visit.node)
                if left is not None and left.outcome in node.outcomes:
                    return self._mended(visit.node, left)
        return None

    def _ends(self, node: Node) -> str:
        """How a step ends that nobody took: as the case was decided, where that is one of its ways."""
        if self.arrival.decision in node.outcomes:
            return self.arrival.decision
        return node.outcomes[0] if node.outcomes else "done"

    def _drawn(self, node: Node) -> Visit:
        """Work and rest as others took for this element; else in this lane; else as is assumed."""
        role, audience = (node.lane.role, node.lane.audience) if node.lane else ("", "system")
        others = self.ground.past.seen.get(node.id) or (
            self.ground.past.lanes.get((audience, role)) if node.kind == "user" else None
        )
        if others:
            return self._chance(node.id).choice(others)
        assumed = self.ground.assumptions
        work, rest = (60 * assumed.work_minutes, 3600 * assumed.rest_hours) if node.kind == "user" else (0, 0)
        return Visit(node.id, audience, role, float(work), float(rest))

    def _ahead(self, node: Node) -> Visit:
        """What an open case still has before it: as others did, ends and all, who lay as long as it already lies."""
        lain = self.arrival.pending.get(node.id, 0.0) if not self.used[f"ahead {node.id}"] else 0.0
        self.used[f"ahead {node.id}"] += 1
        others = [
            one
            for one in self.ground.past.seen.get(node.id, ())
            if one.outcome in (node.outcomes or ("done",))
        ]
        longer = [one for one in others if one.lasted >= lain]
        if longer or others:
            drawn = self._lot(node.id).choice(longer or others)
            return replace(drawn, rest=max(drawn.rest, lain if not longer else 0.0), brought=frozenset())
        drawn = self._drawn(node)
        return replace(drawn, rest=max(drawn.rest, lain), outcome=self._ends(node), brought=frozenset())

    def _lot(self, node: str) -> Random:
        """What an open case drew: the same for every version and seed, as it belongs to what is replayed."""
        return Random(f"{self.arrival.id}|{node}|{self.used[f'ahead {node}']}")

    def _chance(self, node: str) -> Random:
        """The same chance for the same case at the same step, whatever else happened."""
        return Random(f"{self.seed}|{self.arrival.id}|{node}|{self.used[node]}")

    def _chain(self) -> list[Visit]:
        """The activities of a case without a process, as the version changes them."""
        groups = {part: kept for kept, parts in self.version.merged.items() for part in parts}
        found: list[Visit] = []
        for visit in self.arrival.order:
            if visit.node in self.version.gone:
                continue
            group = groups.get(visit.node)
            if group and found and groups.get(found[-1].node) == group and found[-1].node != visit.node:
                last = found[-1]
                both = (last.work, visit.work)
                work = sum(both) if self.ground.assumptions.merging == "sum" else max(both)
                found[-1] = replace(visit, work=work, rest=max(last.rest, visit.rest))
            else:
                found.append(visit)
        return found


def _with(node: Node, visit: Visit) -> Visit:
    return replace(visit, role=node.lane.role if node.lane else "")


def _alike(one: Node, other: Node) -> bool:
    """Whether two steps end in the same ways and lead to the same element."""
    return one.outcomes == other.outcomes and {flow.target for flow in one.flows} == {
        flow.target for flow in other.flows
    }


def steps_of(process: CompiledProcess) -> list[Node]:
    """The steps of people in a process, as far as they follow each other from its start."""
    order, seen, ahead = [], set(), [process.start]
    while ahead:
        place = ahead.pop(0)
        if place in seen:
            continue
        seen.add(place)
        node = process.node(place)
        if node.kind == "user":
            order.append(node)
        ahead += [flow.target for flow in node.flows]
        ahead += [node.begins] if node.begins else []
    return order
