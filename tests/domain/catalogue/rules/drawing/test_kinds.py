"""A step becomes another kind: everything beside stands as it stood."""

import pytest

from onedoor.domain.catalogue.rules.drawing import CannotDraw, change_kind, exchanged, step_table
from tests.domain.catalogue.rules.process.bpmn import HEAD

PROCESS = (
    HEAD + '<bpmn:process id="p" isExecutable="true"><!-- kept --><bpmn:startEvent id="s"/>'
    '<bpmn:task id="t" name="ກວດ" onedoor:nameEn="Look"><bpmn:incoming>a</bpmn:incoming></bpmn:task>'
    '<bpmn:exclusiveGateway id="g" default="b"/><bpmn:endEvent id="e"/>'
    '<bpmn:sequenceFlow id="a" sourceRef="s" targetRef="t"/><bpmn:sequenceFlow id="b" sourceRef="g" targetRef="e"/>'
    "</bpmn:process></bpmn:definitions>"
)


def test_a_task_of_no_kind_becomes_one_that_runs() -> None:
    changed = change_kind(PROCESS, "t", "userTask")
    assert changed.replace("bpmn:userTask", "bpmn:task") == PROCESS
    assert step_table(changed).step("t").kind == "userTask"  # type: ignore[union-attr]


def test_what_only_the_former_kind_says_goes() -> None:
    task = change_kind(PROCESS, "t", "serviceTask").replace('id="t"', 'id="t" onedoor:handler="notify"')
    assert "handler" not in change_kind(task, "t", "userTask")
    assert 'default="b"' not in change_kind(PROCESS, "g", "parallelGateway")
    assert 'default="b"' in change_kind(PROCESS, "g", "inclusiveGateway")


@pytest.mark.parametrize(
    ("id", "kind"), [("s", "userTask"), ("t", "exclusiveGateway"), ("g", "x"), ("no", "userTask")]
)
def test_what_cannot_become_another_kind_is_refused(id: str, kind: str) -> None:
    with pytest.raises(CannotDraw):
        change_kind(PROCESS, id, kind)


def test_the_same_kind_changes_nothing() -> None:
    assert change_kind(PROCESS, "g", "exclusiveGateway") == PROCESS and exchanged("startEvent") == ()
