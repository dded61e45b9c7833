"""Random processes run the same here and in another engine: after each step the same tasks wait, and both end together."""

import os
from io import BytesIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState

from onedoor.domain.cases.rules import Token, begin, leave
from onedoor.domain.catalogue.rules.process import compiled
from onedoor.kernel.ids import new_id
from tests.domain.catalogue.rules.process.blocks import Drawn, blocks, drawn

EXAMPLES = int(os.environ.get("ONEDOOR_ORACLE", "60"))


class Ours:
    """The engine under test, driven by the names of tasks."""

    def __init__(self, found: Drawn) -> None:
        self.process = compiled(found.ours)
        self.facts: dict[str, Any] = {"form": found.answers}
        self.marking: tuple[Token, ...] = ()
        self._apply(begin(self.process, facts=self.facts, ids=new_id))

    def _apply(self, move: Any) -> None:
        self.marking = tuple(token for token in self.marking if token.id not in move.gone) + move.born
        self.facts |= move.kept
        assert move.ended == (not self.marking)

    def _open(self) -> list[Token]:
        found = [token for token in self.marking if self.process.node(token.node).kind == "user"]
        return [token for token in found if not (self.process.node(token.node).several and not token.mark)]

    def _place(self, token: Token) -> list[int]:
        """In which of several it stands, the outermost first: the other engine names its tasks in this order."""
        found, held = [], {each.id: each for each in self.marking}
        here: Token | None = token
        while here is not None:
            found += [int(here.mark)] if here.mark.isdigit() else []
            here = held[here.parent] if here.parent else None
        return found[::-1]

    def waiting(self) -> list[str]:
        return sorted(token.node for token in self._open())

    def finish(self, name: str) -> None:
        token = min((token for token in self._open() if token.node == name), key=self._place)
        self._apply(
            leave(
                self.process,
                marking=self.marking,
                token=token.id,
                facts={**self.facts, "outcome": "done"},
                ids=new_id,
            )
        )

    @property
    def ended(self) -> bool:
        return not self.marking


class Theirs:
    """The oracle."""

    def __init__(self, found: Drawn) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.parse(BytesIO(found.theirs)))
        self.workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
        self.workflow.task_tree.data.update(found.answers)
        self.workflow.do_engine_steps()

    def _open(self) -> list[tuple[str, Any]]:
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return [(task.task_spec.name.partition(" [")[0], task) for task in ready]

    def waiting(self) -> list[str]:
        return sorted(name for name, _ in self._open())

    def finish(self, name: str) -> None:
        next(task for found, task in self._open() if found == name).run()
        self.workflow.do_engine_steps()

    @property
    def ended(self) -> bool:
        return bool(self.workflow.is_completed())


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks(), st.data())
def test_the_same_tasks_wait_after_every_step(block: Any, data: st.DataObject) -> None:
    found = drawn(block, lambda name: data.draw(st.sampled_from(["1", "0"]), label=name))
    ours, theirs = Ours(found), Theirs(found)
    for _ in range(80):
        assert ours.waiting() == theirs.waiting()
        assert ours.ended == theirs.ended
        if ours.ended:
            return
        name = data.draw(st.sampled_from(ours.waiting()), label="next")
        ours.finish(name)
        theirs.finish(name)
    raise AssertionError("a small process did not end in 80 steps")
