"""Damaged processes are refused; those that are not refused run to their end, whatever happens in which order."""

import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.cases.rules import Token, begin, fire, leave
from onedoor.domain.catalogue.rules.process import CompiledProcess, compile_process
from onedoor.kernel.ids import new_id
from tests.domain.cases import drawn
from tests.domain.catalogue.rules.process.blocks import blocks
from tests.domain.catalogue.rules.process.blocks import drawn as of_blocks
from tests.domain.catalogue.rules.process.mutations import damaged

EXAMPLES = int(os.environ.get("ONEDOOR_ORACLE", "80"))
FILES = [
    drawn.FORKED,
    drawn.asked("MOHA MOJ", "counts.ask.refuse > 0"),
    drawn.asked("MOHA MOJ MOF", turn='isSequential="true"'),
    drawn.WAITS,
    drawn.REVIEWED,
    drawn.SENDS,
    drawn.ISSUES,
]


def run(found: CompiledProcess, data: st.DataObject) -> None:
    """Let things happen at random; nothing may be stuck while something waits, and nothing may raise."""
    facts: dict[str, Any] = {"form": {"g": "1"}, "outcome": "done"}
    move = begin(found, facts=facts, ids=new_id)
    marking = move.born
    for _ in range(25):
        facts = {**facts, **move.kept}
        assert move.ended == (not marking)
        if not marking:
            return
        chances = [(token, event) for token in marking for event in happens(found, token)]
        assert chances, f"nothing can happen any more: {marking}"
        token, event = data.draw(st.sampled_from(chances))
        outcomes = found.node(token.node).outcomes or ("done",)
        about: dict[str, Any] = {"marking": marking, "token": token.id, "ids": new_id}
        about["facts"] = {**facts, "outcome": data.draw(st.sampled_from(outcomes))}
        move = fire(found, event=event, **about) if event else leave(found, **about)
        marking = tuple(each for each in marking if each.id not in move.gone) + move.born


def happens(found: CompiledProcess, token: Token) -> list[str]:
    """What can happen to a token; empty text is that its task is done."""
    node = found.node(token.node)
    whole = node.several is not None and not token.mark
    part = node.several is not None and bool(token.mark)
    own = [""] if node.works and not whole else []
    if part:
        return own + ([node.id] if node.kind == "receive" else [])
    events = found.boundaries(node.id) if whole else found.awaited(node.id)
    return own + [event.id for event in events]


@pytest.mark.parametrize("source", FILES, ids=range(len(FILES)))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_processes_of_the_tests_end(source: str, data: st.DataObject) -> None:
    found = compile_process(source.encode())
    assert found.process is not None, found.faults
    run(found.process, data)


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_a_damaged_process_is_refused_or_runs(source: str, data: st.DataObject) -> None:
    found = compile_process(damaged(source.encode(), data))
    assert (found.process is None) == bool(found.faults)
    if found.process is not None:
        run(found.process, data)


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks(), st.data())
def test_rewired_blocks_are_refused_or_run(block: Any, data: st.DataObject) -> None:
    source = of_blocks(block, lambda name: data.draw(st.sampled_from(["1", "0"]))).ours
    found = compile_process(damaged(source, data))
    if found.process is not None:
        run(found.process, data)
