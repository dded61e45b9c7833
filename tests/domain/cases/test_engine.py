"""The pure engine: no token lost, none doubled, whatever the process and whatever happens in which order."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.cases.rules import Move, StuckToken, Token, begin, fire, leave
from onedoor.domain.catalogue.rules.process import CompiledProcess, compile_process
from onedoor.kernel.ids import new_id
from tests.domain.catalogue.rules.process.bpmn import flow, process

INLINE = ("inline",)


@st.composite
def processes(draw: st.DrawFn) -> CompiledProcess:
    """A sound process: a row of blocks (task, choice, way back, service, terms), all of them reachable and left."""
    parts: list[str] = ['<bpmn:startEvent id="s"/>\n']
    tasks: list[str] = []
    systems: list[str] = []
    last, count = "s", 0

    def name(kind: str) -> str:
        nonlocal count
        count += 1
        return f"{kind}{count}"

    def link(source: str, target: str, guard: str = "") -> str:
        arrow = name("f")
        parts.append(flow(arrow, source, target, guard))
        return arrow

    def task(outcomes: str = "") -> str:
        made = name("t")
        kept = f' onedoor:outcomes="{outcomes}"' if outcomes else ""
        parts.append(f'<bpmn:userTask id="{made}"{kept}/>\n')
        tasks.append(made)
        return made

    for block in draw(
        st.lists(
            st.sampled_from(["task", "choice", "back", "service", "inline", "term"]), min_size=1, max_size=6
        )
    ):
        if block in ("service", "inline"):
            made = name("v")
            parts.append(f'<bpmn:serviceTask id="{made}" onedoor:handler="{block}"/>\n')
            systems.append(made)
            link(last, made)
            last = made
            continue
        made = task("a b c" if block in ("choice", "back") else "")
        link(last, made)
        last = made
        if block == "choice":
            gate, join = name("g"), name("g")
            parts.append(f'<bpmn:exclusiveGateway id="{join}"/>\n')
            first, second = task(), task()
            link(gate, first, 'outcome = "a"')
            link(gate, second, 'outcome = "b"')
            default = link(gate, join)
            parts.append(f'<bpmn:exclusiveGateway id="{gate}" default="{default}"/>\n')
            link(made, gate)
            link(first, join)
            link(second, join)
            last = join
        elif block == "back":
            gate = name("g")
            link(gate, made, 'outcome = "a"')
            onward = name("g")
            parts.append(f'<bpmn:exclusiveGateway id="{onward}"/>\n')
            default = link(gate, onward)
            parts.append(f'<bpmn:exclusiveGateway id="{gate}" default="{default}"/>\n')
            link(made, gate)
            last = onward
        elif block == "term":
            border, side, end = name("b"), task(), name("e")
            cancel = str(draw(st.booleans())).lower()
            parts.append(
                f'<bpmn:boundaryEvent id="{border}" attachedToRef="{made}" cancelActivity="{cancel}">'
                "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
                "</bpmn:boundaryEvent>\n"
            )
            parts.append(f'<bpmn:endEvent id="{end}"/>\n')
            link(border, side)
            link(side, end)
    parts.append('<bpmn:endEvent id="e"/>\n')
    link(last, "e")
    found = compile_process(process(*parts, lanes={"front": tasks, "system": systems}))
    assert found.process is not None, found.faults
    return found.process


def apply(marking: tuple[Token, ...], move: Move) -> tuple[Token, ...]:
    """The marking after a step; nothing may leave that was not there, nothing be born that was."""
    held = {token.id for token in marking}
    assert set(move.gone) <= held
    assert not held & {token.id for token in move.born}
    assert len({token.id for token in move.born}) == len(move.born)
    after = tuple(token for token in marking if token.id not in move.gone) + move.born
    assert move.ended == (not after)
    return after


@settings(max_examples=120, deadline=None)
@given(processes(), st.data())
def test_no_token_is_lost_or_doubled(found: CompiledProcess, data: st.DataObject) -> None:
    marking = apply((), begin(found, facts={}, ids=new_id, inline=INLINE))
    fired: set[tuple[UUID, str]] = set()
    for _ in range(60):
        if not marking:
            break
        token = data.draw(st.sampled_from(marking))
        node = found.node(token.node)
        assert node.rests and node.handler not in INLINE
        borders = [each for each in node.boundaries if (token.id, each) not in fired]
        if borders and data.draw(st.booleans()):
            fired.add((token.id, borders[0]))
            move = fire(
                found, marking=marking, token=token.id, event=borders[0], facts={}, ids=new_id, inline=INLINE
            )
            after = apply(marking, move)
            grown = 0 if found.node(borders[0]).interrupting else 1
            assert len(after) == len(marking) + grown
            assert (token in after) == (grown == 1)
        else:
            outcome = data.draw(st.sampled_from(node.outcomes or ("done",)))
            move = leave(
                found, marking=marking, token=token.id, facts={"outcome": outcome}, ids=new_id, inline=INLINE
            )
            after = apply(marking, move)
            assert token not in after
            assert len(after) in (len(marking), len(marking) - 1)
            assert len(after) == len(marking) - 1 or move.born
        marking = after


@settings(max_examples=80, deadline=None)
@given(processes())
def test_going_forward_always_ends(found: CompiledProcess) -> None:
    marking = apply((), begin(found, facts={}, ids=new_id, inline=INLINE))
    for _ in range(200):
        if not marking:
            return
        token = marking[0]
        move = leave(
            found, marking=marking, token=token.id, facts={"outcome": "c"}, ids=new_id, inline=INLINE
        )
        marking = apply(marking, move)
    raise AssertionError("a process of at most six blocks did not end in 200 steps")


def one(*, ids: Callable[[], UUID] = new_id) -> tuple[CompiledProcess, tuple[Token, ...], dict[str, Any]]:
    found = compile_process(
        process(
            '<bpmn:startEvent id="s"/><bpmn:userTask id="a" onedoor:status="in_progress"/>',
            '<bpmn:endEvent id="e" onedoor:status="closed"/>',
            flow("f1", "s", "a"),
            flow("f2", "a", "e"),
            lanes={"front": ["a"]},
        )
    ).process
    assert found is not None
    move = begin(found, facts={}, ids=ids)
    assert move.status == "in_progress" and not move.ended
    return found, move.born, {"facts": {}, "ids": ids}


def test_status_and_end() -> None:
    found, marking, more = one()
    move = leave(found, marking=marking, token=marking[0].id, **more)
    assert (move.ended, move.status, move.passed) == (True, "closed", ("e",))


def test_a_token_that_does_not_rest_here_is_a_fault_of_the_program() -> None:
    found, marking, more = one()
    with pytest.raises(StuckToken):
        leave(found, marking=marking, token=new_id(), **more)
    with pytest.raises(StuckToken):
        fire(found, marking=marking, token=marking[0].id, event="e", **more)
