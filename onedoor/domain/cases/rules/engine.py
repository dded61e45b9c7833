"""How tokens move: from one resting place to the next, in one step, over a process that never changes.

A marking is where every token of a case rests. A step takes one token away and gives back those that were born; a join,
when it comes, reads the whole marking here. Nothing in this file knows tables, people or time.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from onedoor.domain.catalogue.api import CompiledProcess, Flow, Node

Ids = Callable[[], UUID]
MOST_ELEMENTS = 200


class Token(NamedTuple):
    """A place at which a case waits."""

    id: UUID
    node: str


class StuckToken(Exception):
    """A fault of the program: the linter should have refused this process."""


@dataclass(frozen=True)
class Move:
    """What one step changes.

    Args:
        gone: tokens that left. born: tokens that now rest. passed: elements that were walked through, in order.
        inline: service elements that were walked through and whose handler runs inside the step.
        status: the last status that an element on the way declares. ended: whether no token is left.
        end: the end event that was reached last.
    """

    gone: tuple[UUID, ...]
    born: tuple[Token, ...]
    passed: tuple[str, ...]
    inline: tuple[Node, ...]
    status: str | None
    ended: bool
    end: Node | None


def begin(
    process: CompiledProcess, *, facts: Mapping[str, Any], ids: Ids, inline: Collection[str] = ()
) -> Move:
    """The first step: from the start to where somebody or something has to act."""
    return _walk(process, (), (), process.node(process.start).flows, facts, ids, inline)


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
    node = process.node(_find(marking, token).node)
    rest = tuple(each for each in marking if each.id != token)
    return _walk(process, (token,), rest, node.flows, facts, ids, inline)


def fire(
    process: CompiledProcess,
    *,
    marking: Collection[Token],
    token: UUID,
    timer: str,
    facts: Mapping[str, Any],
    ids: Ids,
    inline: Collection[str] = (),
) -> Move:
    """A term on the border of the token's element ran out: the token leaves by it, or stays and another is born."""
    border = process.node(timer)
    if border.attached_to != _find(marking, token).node:
        raise StuckToken(f"{timer} does not stand on the border of the token's element")
    gone = (token,) if border.interrupting else ()
    rest = tuple(each for each in marking if each.id not in gone)
    return _walk(process, gone, rest, border.flows, facts, ids, inline)


def _find(marking: Collection[Token], token: UUID) -> Token:
    for each in marking:
        if each.id == token:
            return each
    raise StuckToken(f"no token {token} rests in this case")


def _walk(
    process: CompiledProcess,
    gone: tuple[UUID, ...],
    rest: tuple[Token, ...],
    flows: tuple[Flow, ...],
    facts: Mapping[str, Any],
    ids: Ids,
    inline: Collection[str],
) -> Move:
    """Follow the arrows until every token that was set off rests or ends."""
    born: list[Token] = []
    passed: list[str] = []
    called: list[Node] = []
    status, end = None, None
    waiting = [flow.target for flow in flows]
    while waiting:
        node = process.node(waiting.pop(0))
        if len(passed) >= MOST_ELEMENTS:
            raise StuckToken(f"more than {MOST_ELEMENTS} elements in one step at {node.id}")
        passed.append(node.id)
        status = node.status or status
        if node.kind == "end":
            end = node
        elif node.kind == "exclusive":
            waiting.append(_choose(node, facts).target)
        elif node.kind == "service" and node.handler in inline:
            called.append(node)
            waiting.append(node.flows[0].target)
        elif node.rests:
            born.append(Token(ids(), node.id))
        else:
            raise StuckToken(f"a token came to {node.id}, where none may come")
    return Move(
        gone=gone,
        born=tuple(born),
        passed=tuple(passed),
        inline=tuple(called),
        status=status,
        ended=not rest and not born,
        end=end,
    )


def _choose(node: Node, facts: Mapping[str, Any]) -> Flow:
    """The first arrow whose guard holds, in the order of the file, else the default."""
    default = None
    for flow in node.flows:
        if flow.id == node.default or flow.guard is None:
            default = default or flow
        elif flow.guard.holds(facts):
            return flow
    if default is None:
        raise StuckToken(f"no arrow of {node.id} applies")
    return default
