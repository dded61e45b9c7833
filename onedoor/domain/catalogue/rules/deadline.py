"""Whether the time that a service may take can be kept by its process: the shortest and the longest way. No clock.

Only time that counts is looked at: what passes while the applicant is waited for does not, nor what comes after the decision.
Lengths are compared in days of the duration's kind; a circle is gone once.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import ngettext_lazy

from onedoor.domain.catalogue.rules import Duration
from onedoor.domain.catalogue.rules.process import CompiledProcess, Node, Term

DECIDED = frozenset({"approved", "refused", "issued", "handed_over", "withdrawn", "closed"})
WAITING = "waiting_for_applicant"
HOURS_A_DAY = 8
DAYS_A_MONTH = 30
WORKING_SHARE = 5 / 7


def deadline_faults(process: CompiledProcess, duration: Duration) -> Iterator[tuple[bool, Any]]:
    """What stands against the deadline: (whether it stops, sentence)."""
    amounts = [
        each for each in (duration.days, duration.hours, *duration.choices.values()) if each is not None
    ]
    if duration.kind == "unknown" or not amounts:
        return
    least, most = min(amounts), max(amounts)
    shortest = Ways(process, duration.kind, longest=False).length()
    longest = Ways(process, duration.kind, longest=True).length()
    if shortest > most:
        days = math.ceil(shortest)
        said = ngettext_lazy(
            "Even the shortest way waits %(days)s day (or hour) before a decision, and the service may take %(most)s.",
            "Even the shortest way waits %(days)s days (or hours) before a decision, and the service may take %(most)s.",
            days,
        )
        yield True, said % {"most": most, "days": days}
    elif longest > least:
        days = math.ceil(longest)
        said = ngettext_lazy(
            "If everybody uses their whole term it takes %(days)s day (or hour), and the service may take %(least)s.",
            "If everybody uses their whole term it takes %(days)s days (or hours), and the service may take %(least)s.",
            days,
        )
        yield False, said % {"least": least, "days": days}


class Ways:
    """The length of the ways through a process: of the shortest only what must be waited for, of the longest every term."""

    def __init__(self, process: CompiledProcess, kind: str, *, longest: bool) -> None:
        self.process, self.kind, self.longest = process, kind, longest
        self.paused = _paused(process.nodes, process.start)

    def length(self) -> float:
        """From the start to the first decision or end."""
        found = self._from(self.process.start)
        return found if math.isfinite(found) else 0.0

    def _from(self, start: str) -> float:
        """What is left from the start of a process or subprocess on, worked out from its ends backwards."""
        left: dict[str, float] = {}
        for id in self._ends_first(start):
            left[id] = self._left(self.process.nodes[id], left)
        return left[start]

    def _left(self, node: Node, left: Mapping[str, float]) -> float:
        """What is left from an element on; an arrow that leads back is no way."""
        if node.status in DECIDED or not node.flows:
            return 0.0
        nowhere = -math.inf if self.longest else math.inf
        after = [left.get(flow.target, nowhere) for flow in node.flows]
        ways = [self._spent(node) + (max(after) if self.longest or node.kind == "parallel" else min(after))]
        for border in self.process.boundaries(node.id):
            if border.interrupting and border.timer and border.flows:
                ways.append(self._days(border.timer, node.id) + left.get(border.flows[0].target, nowhere))
        return max(ways) if self.longest else min(ways)

    def _ends_first(self, start: str) -> list[str]:
        """The elements that the start leads to, each behind those that it leads to itself, circles apart."""
        order: list[str] = []
        seen = {start}
        stack = [(start, self._next(start))]
        while stack:
            id, following = stack[-1]
            each = next(following, None)
            if each is None:
                order.append(id)
                stack.pop()
            elif each not in seen:
                seen.add(each)
                stack.append((each, self._next(each)))
        return order

    def _next(self, id: str) -> Iterator[str]:
        yield from (flow.target for flow in self.process.nodes[id].flows)
        for border in self.process.boundaries(id):
            yield from (flow.target for flow in border.flows)

    def _spent(self, node: Node) -> float:
        """What passes at an element itself."""
        if node.kind == "sub" and node.begins:
            inner = self._from(node.begins)
            return inner if math.isfinite(inner) else 0.0
        if node.kind == "catch" and node.timer is not None:
            return self._days(node.timer, node.id)
        if self.longest and node.due is not None:
            return self._days(node.due, node.id)
        return 0.0

    def _days(self, term: Term, at: str) -> float:
        if at in self.paused:
            return 0.0
        held = term.duration
        days = held.months * DAYS_A_MONTH + held.days + held.seconds / 86_400
        office = term.calendar == "office"
        if self.kind == "hours":
            return (days if office else days * WORKING_SHARE) * HOURS_A_DAY
        if self.kind == "working":
            return days if office else days * WORKING_SHARE
        return days / WORKING_SHARE if office else days


def _paused(nodes: Mapping[str, Node], start: str) -> frozenset[str]:
    """The elements at which, on some way, the applicant is waited for, so that the clock may stand still."""
    found: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    waiting = [(start, False)]
    while waiting:
        id, still = waiting.pop()
        node = nodes[id]
        still = node.status == WAITING if node.status else still
        if (id, still) in seen:
            continue
        seen.add((id, still))
        if still:
            found.add(id)
        waiting += [(flow.target, still) for flow in node.flows]
        waiting += [(border, still) for border in node.boundaries]
        if node.begins:
            waiting.append((node.begins, still))
    return frozenset(found)
