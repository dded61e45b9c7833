"""A refusal names the cause, once: what only follows from it is not said; and nothing that counts is read over in silence."""

import pytest

from onedoor.domain.catalogue.rules.process import compile_process
from tests.domain.catalogue.rules.process.bpmn import flow, process, simple

TASK = '<bpmn:userTask id="a" name="A"/>\n'
TIMED = "<bpmn:timerEventDefinition><bpmn:{0}/></bpmn:timerEventDefinition>"
SUB = '<bpmn:startEvent id="s_{0}"/><bpmn:endEvent id="e_{0}"/>' + flow("f_{0}", "s_{0}", "e_{0}")


def between(element: str, id: str = "x", more: str = "") -> bytes:
    """An element between the task and the end."""
    return process(
        '<bpmn:startEvent id="s"/>',
        TASK,
        element,
        '<bpmn:endEvent id="e"/>',
        flow("f1", "s", "a"),
        flow("f2", "a", id),
        flow("f3", id, "e"),
        more,
        lanes={"front": ["a"], "system": [id]},
    )


def on_border(definition: str, carrier: str = "a") -> bytes:
    """An event on a border, with a way to the end."""
    event = f'<bpmn:boundaryEvent id="x" attachedToRef="{carrier}">{definition}</bpmn:boundaryEvent>'
    return simple(TASK, event, flow("f3", "x", "e"))


@pytest.mark.parametrize(
    ("source", "element", "said"),
    [
        (between('<bpmn:task id="x"/>'), "x", "a task of no kind"),
        (between('<bpmn:globalTask id="x"/>'), "x", "not part of the subset"),
        (
            between('<bpmn:intermediateCatchEvent id="x"><bpmn:linkEventDefinition/></bpmn:intermediateCatchEvent>'),
            "x",
            "a link is not run",
        ),
        (between('<bpmn:intermediateCatchEvent id="x"/>'), "x", "waits for nothing"),
        (on_border("<bpmn:conditionalEventDefinition><bpmn:condition/></bpmn:conditionalEventDefinition>"), "x", "by condition"),
        (on_border(""), "x", "about nothing"),
        (
            simple(
                TASK,
                '<bpmn:startEvent id="x"><bpmn:signalEventDefinition/></bpmn:startEvent>',
                flow("f3", "x", "a"),
            ),
            "x",
            "a signal is not run",
        ),
        (
            simple(
                TASK,
                '<bpmn:startEvent id="x">' + TIMED.format("timeDate") + "</bpmn:startEvent>",
                flow("f3", "x", "a"),
            ),
            "x",
            "the expression is empty",
        ),
        (
            simple(
                TASK,
                '<bpmn:subProcess id="x" triggeredByEvent="true"><bpmn:startEvent id="y">'
                '<bpmn:timerEventDefinition><bpmn:timeCycle>R1/P5D</bpmn:timeCycle></bpmn:timerEventDefinition>'
                '</bpmn:startEvent><bpmn:endEvent id="z"/>' + flow("f3", "y", "z") + "</bpmn:subProcess>",
            ),
            "x",
            "an event subprocess is not run",
        ),
        (between('<bpmn:callActivity id="x" calledElement="other" onedoor:version="1"/>'), "x", "is not published"),
        (
            simple('<bpmn:userTask id="a" name="A" startQuantity="2" completionQuantity="2"/>'),
            "a",
            "begins with one token",
        ),
        (
            simple('<bpmn:userTask id="a"><bpmn:potentialOwner id="o"/></bpmn:userTask>'),
            "a",
            "bind the lane to a role",
        ),
        (
            simple('<bpmn:userTask id="a"><bpmn:ioSpecification id="o"/></bpmn:userTask>'),
            "a",
            "“ioSpecification” is not run: what is asked stands in the form",
        ),
    ],
)  # fmt: skip
def test_the_cause_is_named_and_nothing_that_only_follows_from_it(
    source: bytes, element: str, said: str
) -> None:
    faults = compile_process(source).faults
    assert [fault.element for fault in faults] == [element], faults
    assert said in faults[0].reason and faults[0].line > 1


def test_what_stands_on_a_refused_task_is_not_refused_besides() -> None:
    """The task is of no kind; the time on its border is right."""
    time = "<bpmn:timerEventDefinition><bpmn:timeDuration>P3D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    border = f'<bpmn:boundaryEvent id="b" attachedToRef="x">{time}</bpmn:boundaryEvent>'
    found = compile_process(between('<bpmn:task id="x"/>', more=border + flow("f4", "b", "e")))
    assert [fault.element for fault in found.faults] == ["x"]


def test_an_arrow_to_nowhere_is_the_arrows_own_fault() -> None:
    found = compile_process(simple(TASK, flow("f3", "a", "gone")))
    assert ("f3", True) in {(fault.element, "“gone”" in fault.reason) for fault in found.faults}


def test_an_end_that_sends_is_a_sending_with_an_end_behind_it() -> None:
    """Its status is that of the end; without a key nobody would find who waits."""
    end = (
        '<bpmn:endEvent id="e" name="sent" onedoor:status="closed" {0}><bpmn:messageEventDefinition messageRef="m"/>'
        "</bpmn:endEvent>"
    )

    def drawn(more: str) -> bytes:
        text = process(
            '<bpmn:startEvent id="s"/>', TASK, end.format(more), flow("f1", "s", "a"), flow("f2", "a", "e"),
            lanes={"front": ["a"], "system": ["e"]},
        ).decode()  # fmt: skip
        return text.replace(
            "</bpmn:definitions>", '<bpmn:message id="m" name="told"/></bpmn:definitions>'
        ).encode()

    made = compile_process(drawn('onedoor:key="case.number"'))
    assert made.process is not None, made.faults
    sending, ending = made.process.node("e"), made.process.node("e:end")
    assert (sending.kind, sending.message, sending.status) == ("service", "told", None)
    assert [flow.target for flow in sending.flows] == ["e:end"]
    assert (ending.kind, ending.status, ending.message, ending.flows) == ("end", "closed", "", ())
    assert ["by which key" in fault.reason for fault in compile_process(drawn("")).faults] == [True]
