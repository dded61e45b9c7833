"""How tokens move: from one resting place to the next, in one step, over a process that never changes.

A marking is where every token of a case rests. A token at a subprocess, or at an activity that runs several times, holds
those inside it (their ``parent``). A step takes tokens away and gives back those that were born. Nothing in this file
knows tables, people or time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from onedoor.domain.cases.rules.choosing import StuckToken, choose, choose_some, number, plain
from onedoor.domain.cases.rules.memory import Instance, Memory
from onedoor.domain.catalogue.api import CompiledProcess, Flow, Node

Ids = Callable[[], UUID]
MOST_ELEMENTS = 500


class Token(NamedTuple):
    """A place at which a case waits: inside which other token, and by which arrow it came or its place among several."""

    id: UUID
    node: str
    parent: UUID | None = None
    mark: str = ""


@dataclass(frozen=True)
class Move:
    """What one step changes.

    Args:
        gone: tokens that left. born: tokens that now rest. passed: elements that were walked through, in order.
        inline: service elements that were walked through and whose handler runs inside the step.
        status: the last status that an element on the way declares. ended: whether no token is left.
        end: the end event that was reached last. kept: what later conditions may read (``tasks``, ``counts``,
            ``rules``), and why a rule answered so (``why``).
        seats: by token that was born, the code of the unit for which one of several runs. seen: by such a token, what
            it sees otherwise than ``kept``, as it stands inside one of several.
    """

    gone: tuple[UUID, ...]
    born: tuple[Token, ...]
    passed: tuple[str, ...]
    inline: tuple[Node, ...]
    status: str | None
    ended: bool
    end: Node | None
    kept: Mapping[str, Any]
    seats: Mapping[UUID, str] = field(default_factory=dict)
    seen: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)


def begin(
    process: CompiledProcess,
    *,
    facts: Mapping[str, Any],
    ids: Ids,
    inline: Collection[str] = (),
    start: str = "",
) -> Move:
    """The first step: from the start (that of no kind, or the one named) to where somebody or something has to act."""
    walk = _Walk(process, (), facts, ids, inline)
    walk.go(process.node(start or process.start).flows, None)
    return walk.done()


def leave(
    process: CompiledProcess,
    *,
    marking: Collection[Token],
    token: UUID,
    facts: Mapping[str, Any],
    ids: Ids,
    inline: Collection[str] = (),
) -> Move:
    """The token's element is done: it goes on along its arrow."""
    walk = _Walk(process, marking, facts, ids, inline)
    held = walk.find(token)
    node = process.node(held.node)
    if node.kind == "user":
        walk.memory.keep("tasks", node.id, str(facts.get("outcome", "")), walk.inside(held.parent))
    walk.remove(held)
    walk.finish(held)
    return walk.done()


def fire(
    process: CompiledProcess,
    *,
    marking: Collection[Token],
    token: UUID,
    event: str,
    facts: Mapping[str, Any],
    ids: Ids,
    inline: Collection[str] = (),
) -> Move:
    """Something that was waited for happened: on the token's border, at the token itself, or at a first-event gateway."""
    walk = _Walk(process, marking, facts, ids, inline)
    held, node = walk.find(token), process.node(event)
    if node.kind == "border" and node.attached_to == held.node:
        if node.interrupting:
            walk.remove(held)
        walk.pass_by(node)
        walk.go(node.flows, held.parent)
    elif node.id == held.node and node.kind in ("catch", "receive"):
        walk.remove(held)
        walk.finish(held)
    elif process.node(held.node).kind == "event" and any(
        flow.target == event for flow in process.node(held.node).flows
    ):
        walk.remove(held)
        walk.pass_by(node)
        walk.go(node.flows, held.parent)
    else:
        raise StuckToken(f"{event} cannot happen to a token at {held.node}")
    return walk.done()


class _Walk:
    """One step: the marking as it changes, and the tokens that still have to be brought to rest."""

    def __init__(
        self,
        process: CompiledProcess,
        marking: Collection[Token],
        facts: Mapping[str, Any],
        ids: Ids,
        inline: Collection[str],
    ) -> None:
        self.process, self.ids, self.inline = process, ids, inline
        self.rest = {token.id: token for token in marking}
        self.before = frozenset(self.rest)
        self.memory = Memory(process, facts)
        self.most = MOST_ELEMENTS
        self.waiting: list[tuple[str, str, UUID | None]] = []
        self.passed: list[str] = []
        self.called: list[Node] = []
        self.status: str | None = None
        self.end: Node | None = None
        self.changed = False

    def find(self, token: UUID) -> Token:
        """The token, which has to rest in this case."""
        try:
            return self.rest[token]
        except KeyError:
            raise StuckToken(f"no token {token} rests in this case") from None

    def inside(self, parent: UUID | None) -> list[Instance]:
        """Those of several inside which this is, the nearest first."""
        found: list[Instance] = []
        while parent is not None and self.process.within:
            held = self.rest[parent]
            if held.mark and held.node in self.process.within:
                found.append((held.id, held.node))
            parent = held.parent
        return found

    def go(self, flows: tuple[Flow, ...], parent: UUID | None) -> None:
        """Set tokens off along these arrows."""
        self.waiting += [(flow.target, flow.id, parent) for flow in flows]

    def pass_by(self, node: Node) -> None:
        """An element is walked through."""
        if len(self.passed) >= self.most:
            raise StuckToken(f"more than {self.most} elements in one step at {node.id}")
        self.passed.append(node.id)
        self.status = node.status or self.status

    def remove(self, held: Token) -> None:
        """A token leaves, with everything inside it."""
        self.rest.pop(held.id, None)
        self.memory.forget(held.id)
        self._empty(held.id)

    def _empty(self, scope: UUID | None) -> None:
        """Everything inside a token leaves, also what is on its way."""
        self.waiting = [each for each in self.waiting if each[2] != scope]
        for token in [each for each in self.rest.values() if each.parent == scope]:
            self.remove(token)

    def finish(self, held: Token) -> None:
        """An activity is done; one of several may wait for the others."""
        node = self.process.node(held.node)
        if node.several is None or held.mark == "":
            self.go(node.flows, held.parent)
            return
        whole = self.find(held.parent) if held.parent else None
        if whole is None:
            raise StuckToken(f"one of several at {node.id} stands alone")
        inside = self.inside(whole.parent)
        counts = dict(self.memory.known(inside)["counts"][node.id])
        counts["done"] += 1
        outcome = str(self.memory.facts.get("outcome") or "")
        if outcome in node.outcomes and outcome != "done":
            counts[outcome] = counts.get(outcome, 0) + 1
        self.memory.keep("counts", node.id, counts, inside)
        enough = node.several.until is not None and node.several.until.holds(self.memory.known(inside))
        if enough or counts["done"] >= counts["total"]:
            self.remove(whole)
            self.go(node.flows, whole.parent)
        elif node.several.sequential:
            self._enter(node, whole.id, str(counts["done"]))

    def done(self) -> Move:
        """Bring everything to rest, and say what came of it."""
        self.changed = True
        while self.waiting or self.changed:
            self.changed = False
            while self.waiting:
                self._arrive(*self.waiting.pop(0))
            self._close()
            if not self.waiting:
                self._meet()
        born = tuple(token for id, token in self.rest.items() if id not in self.before)
        return Move(
            gone=tuple(sorted(self.before - self.rest.keys())),
            born=born,
            passed=tuple(self.passed),
            inline=tuple(self.called),
            status=self.status,
            ended=not self.rest,
            end=self.end,
            kept=self.memory.kept,
            seats={token.id: seat for token in born if (seat := seat_of(self.process, self.rest, token))},
            seen={
                token.id: self.memory.own(inside)
                for token in born
                if token.parent and (inside := self.inside(token.parent))
            },
        )

    def _arrive(self, target: str, flow: str, parent: UUID | None) -> None:
        """A token comes to an element by an arrow."""
        node = self.process.node(target)
        self.pass_by(node)
        if node.kind == "end":
            self._end(node, parent)
        elif node.joins:
            self._put(node, parent, flow)
            if node.kind == "parallel":
                self._join(node, parent)
        elif node.kind == "exclusive":
            self.go((choose(node, self.memory.known(self.inside(parent))),), parent)
        elif node.kind == "inclusive":
            self.go(choose_some(node, self.memory.known(self.inside(parent))), parent)
        elif node.kind in ("parallel", "pass"):
            self.go(node.flows, parent)
        elif node.kind == "rule":
            self._decide(node, self.inside(parent))
            self.go(node.flows, parent)
        elif node.several is not None:
            self._enter_several(node, parent)
        else:
            self._enter(node, parent, "")

    def _decide(self, node: Node, inside: list[Instance]) -> None:
        """A decision of the service answers, and says by which of its rules."""
        asked = node.asks or self.process.decisions
        if asked is None:
            raise StuckToken(f"{node.id} asks decisions that are not there")
        found = asked.decide(node.rule, self.memory.known(inside))
        self.memory.keep("rules", node.into, plain(found.value), inside)
        why = [[hit.decision, hit.rule, hit.annotation, *filter(None, [hit.fault])] for hit in found.hits]
        unanswered = [[node.rule, 0, "", found.fault]] if found.fault else []
        self.memory.kept["why"][node.into] = why + unanswered

    def _enter(self, node: Node, parent: UUID | None, mark: str) -> None:
        """A token begins to rest, or passes what runs inside the step."""
        if node.kind == "service" and node.handler in self.inline:
            self.called.append(node)
            self.finish(Token(self.ids(), node.id, parent, mark))
        elif node.kind == "sub":
            held = self._put(node, parent, mark)
            self.most += MOST_ELEMENTS if mark else 0
            self.go(self.process.node(node.begins).flows, held.id)
        elif node.rests:
            self._put(node, parent, mark)
        else:
            raise StuckToken(f"a token came to {node.id}, where none may come")

    def _enter_several(self, node: Node, parent: UUID | None) -> None:
        """An activity that runs several times begins: all at once, or the first."""
        several = node.several
        assert several is not None
        inside = self.inside(parent)
        known = self.memory.known(inside)
        total = len(several.units) or number(several.count(known) if several.count else None)
        self.memory.keep("counts", node.id, {"total": total, "done": 0}, inside)
        if not total:
            self.go(node.flows, parent)
            return
        whole = self._put(node, parent, "")
        for place in range(1 if several.sequential else total):
            if whole.id in self.rest:  # those that run inside the step may be enough already
                self._enter(node, whole.id, str(place))

    def _put(self, node: Node, parent: UUID | None, mark: str) -> Token:
        held = Token(self.ids(), node.id, parent, mark)
        self.rest[held.id] = held
        return held

    def _end(self, node: Node, parent: UUID | None) -> None:
        """A token ends; or all of its process do; or an error leaves the subprocess."""
        self.end = node
        self.changed = True
        if node.event == "terminate":
            self._empty(parent)
        elif node.event == "error":
            self._throw(node, parent)

    def _throw(self, node: Node, parent: UUID | None) -> None:
        """The nearest subprocess around whose border catches the error is left by it."""
        while parent is not None:
            held = self.find(parent)
            around = self.process.node(held.node)
            whole = self.find(held.parent) if around.several and held.mark != "" and held.parent else held
            for border in self.process.boundaries(around.id):
                if border.event == "error" and border.error in ("", node.error):
                    self.remove(whole)
                    self.pass_by(border)
                    self.go(border.flows, whole.parent)
                    return
            parent = whole.parent
        raise StuckToken(f"nobody catches the error of {node.id}")

    def _close(self) -> None:
        """A subprocess in which nothing rests any more is done."""
        holding = {token.parent for token in self.rest.values()} | {parent for _, _, parent in self.waiting}
        for held in list(self.rest.values()):
            node = self.process.node(held.node)
            whole = node.several is not None and held.mark == ""
            if node.kind == "sub" and not whole and held.id not in holding and held.id in self.rest:
                self.remove(held)
                self.finish(held)
                self.changed = True
                return

    def _join(self, node: Node, parent: UUID | None) -> None:
        """When a token waits at each arrow, they become one that goes on along all that leave."""
        here = self._waiting_at(node, parent)
        if all(flow in here for flow in node.incoming):
            for flow in node.incoming:
                self.remove(here[flow])
            self.go(node.flows, parent)

    def _meet(self) -> None:
        """An inclusive join goes on when no other token can still come to it by an arrow at which none waits."""
        for held in list(self.rest.values()):
            node = self.process.node(held.node)
            if node.kind != "inclusive" or held.id not in self.rest:
                continue
            here = self._waiting_at(node, held.parent)
            ahead = self.process.ahead[node.id]
            others = [
                ahead[each.node]
                for each in self.rest.values()
                if each.parent == held.parent and each.node != node.id
            ]
            arrived = here.keys()
            if any(still - arrived and not still & arrived for still in others):
                continue
            for token in here.values():
                self.remove(token)
            self.go(choose_some(node, self.memory.known(self.inside(held.parent))), held.parent)
            return

    def _waiting_at(self, node: Node, parent: UUID | None) -> dict[str, Token]:
        """The first token that waits at each arrow of a join."""
        found: dict[str, Token] = {}
        for token in self.rest.values():
            if token.node == node.id and token.parent == parent:
                found.setdefault(token.mark, token)
        return found


def seat_of(process: CompiledProcess, rest: Mapping[UUID, Token], token: Token) -> str:
    """The code of the unit for which the nearest of several runs that this token is, or stands in; empty where none is."""
    held: Token | None = token
    while held is not None:
        several = process.node(held.node).several
        if several is not None and several.units and held.mark:
            return several.units[int(held.mark)]
        held = rest[held.parent] if held.parent else None
    return ""
