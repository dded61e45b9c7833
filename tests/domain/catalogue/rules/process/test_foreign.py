"""Files as other modelers write them: read, or refused by the id of every element that stands in the way; never a crash."""

import pytest

from onedoor.domain.catalogue.rules import drawing
from onedoor.domain.catalogue.rules.process import compile_process

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
PARTNER = 'one file holds one process that is run; a partner says isExecutable="false"'
DIAGRAM = (
    '<di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" id="dd"><di:BPMNPlane bpmnElement="p" id="pl">'
    '<di:BPMNShape bpmnElement="s" id="sh"><dc:Bounds xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" x="1.5" y="2"'
    ' width="3" height="4"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>'
)


def arrow(source: str, target: str, more: str = "") -> str:
    return f'<b:sequenceFlow id="{source}_{target}" name="" sourceRef="{source}" targetRef="{target}">{more}</b:sequenceFlow>'


def row(*ids: str) -> str:
    """Arrows from one to the next."""
    return "".join(arrow(one, two) for one, two in zip(ids, ids[1:], strict=False))


def one(kind: str, id: str, inside: str = "", more: str = "") -> str:
    """An element with the attributes that modelers write though they say nothing."""
    usual = (
        ' completionQuantity="1" isForCompensation="false" startQuantity="1" implementation="##WebService"'
    )
    return f'<b:{kind} id="{id}" name="{id} &#10;next line"{usual if "ask" in kind else ""} {more}>{inside}</b:{kind}>'


def file(*processes: str, roots: str = "", encoding: str = "UTF-8", after: str = DIAGRAM) -> bytes:
    """A whole file: foreign attributes and extensions on the outside, the diagram behind."""
    held = "".join(
        f'<b:process id="p{number}" isExecutable="false" triso:defaultName="true">{process}</b:process>'
        for number, process in enumerate(processes)
    )
    return (
        f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>'
        f'<b:definitions xmlns:b="{MODEL}" xmlns:triso="urn:another:modeler" xmlns:sim="urn:simulation"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:nothing" id="d" targetNamespace="urn:t"'
        f' expressionLanguage="http://www.w3.org/1999/XPath" exporter="M" triso:logoChoice="Default">{roots}{held}{after}'
        "</b:definitions>"
    ).encode(encoding)


START, END = one("startEvent", "s"), one("endEvent", "e")
GATES = (
    START
    + one("exclusiveGateway", "x", more='gatewayDirection="Diverging" default="x_b"')
    + one("task", "a")
    + one("task", "b")
    + one("parallelGateway", "y")
    + one("complexGateway", "z")
    + END
    + arrow("s", "x")
    + arrow("x", "a", "<b:conditionExpression/>")
    + arrow("x", "b")
    + row("a", "y", "z", "e")
    + row("b", "y")
)
DATA = (
    one("dataObject", "do", more='isCollection="false"')
    + one("dataObjectReference", "dor", more='dataObjectRef="do"')
    + one("dataStoreReference", "dsr", more='dataStoreRef="ds"')
    + START
    + one(
        "userTask",
        "t",
        '<b:ioSpecification><b:dataInput id="in"/><b:inputSet><b:dataInputRefs>in</b:dataInputRefs></b:inputSet>'
        '<b:outputSet/></b:ioSpecification><b:dataInputAssociation id="da"><b:sourceRef>dor</b:sourceRef>'
        "<b:targetRef>in</b:targetRef></b:dataInputAssociation>",
    )
    + END
    + row("s", "t", "e")
)
EVENTS = (
    one("startEvent", "s", "<b:conditionalEventDefinition><b:condition/></b:conditionalEventDefinition>")
    + one("startEvent", "s2", "<b:timerEventDefinition><b:timeDate/></b:timerEventDefinition>")
    + one("intermediateThrowEvent", "signal", "<b:signalEventDefinition/>")
    + one("intermediateThrowEvent", "link", '<b:linkEventDefinition name="there"/>')
    + one("intermediateCatchEvent", "message", "<b:messageEventDefinition/>", 'parallelMultiple="false"')
    + one("intermediateCatchEvent", "timer", "<b:timerEventDefinition/>")
    + one("userTask", "t", '<b:multiInstanceLoopCharacteristics isSequential="true"/>')
    + one("userTask", "loop", '<b:standardLoopCharacteristics testBefore="false"/>')
    + one(
        "boundaryEvent",
        "escalated",
        "<b:escalationEventDefinition/>",
        'attachedToRef="t" cancelActivity="false"',
    )
    + one("boundaryEvent", "undone", "<b:compensateEventDefinition/>", 'attachedToRef="t"')
    + one("endEvent", "e", "<b:cancelEventDefinition/>")
    + one("endEvent", "two", "<b:messageEventDefinition/><b:signalEventDefinition/>")
    + row("s", "signal", "link", "message", "timer", "t", "loop", "e")
    + row("s2", "signal")
    + row("escalated", "two")
)
SUBS = (
    START
    + one(
        "subProcess",
        "empty",
        '<b:multiInstanceLoopCharacteristics isSequential="false"/>',
        'triggeredByEvent="false"',
    )
    + one(
        "subProcess", "event", one("startEvent", "es", "<b:errorEventDefinition/>"), 'triggeredByEvent="true"'
    )
    + one("transaction", "tx", one("startEvent", "ts") + one("endEvent", "te") + row("ts", "te"))
    + one("adHocSubProcess", "adhoc", one("task", "inside"))
    + one("callActivity", "call", more='calledElement="global"')
    + one("manualTask", "hand")
    + one("scriptTask", "script", "<b:script>import os</b:script>")
    + one("businessRuleTask", "rule")
    + one("sendTask", "send", more='messageRef="gone"')
    + END
    + row("s", "empty", "tx", "adhoc", "call", "hand", "script", "rule", "send", "e")
)
POOLS = (
    '<b:collaboration id="c"><b:participant id="pool" name="Bank" processRef="p0"/><b:participant id="closed" name="Payer"/>'
    '<b:participant id="lost" name="Lost" processRef="nowhere"/>'
    '<b:messageFlow id="mf" sourceRef="closed" targetRef="pool"/><b:conversationNode id="talk"/></b:collaboration>'
)
ROOTS = (
    '<b:dataStore id="ds" capacity="0" isUnlimited="false"/><b:signal id="sg" name="hired"/>'
    '<b:itemDefinition id="item" structureRef="string"/><b:globalUserTask id="global" name="a global task"/>'
)


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (
            file(START + one("userTask", "t") + one("serviceTask", "v") + END + row("s", "t", "v", "e")),
            {"t", "v"},
        ),
        (file(GATES), {"a", "b", "x_a", "z"}),
        (file(DATA, roots=ROOTS), {"do", "dor", "dsr", "t", "ds", "sg", "global"}),
        (
            file(EVENTS),
            {"s", "s2", "signal", "link", "message", "timer", "t", "loop", "escalated", "undone", "e", "two"},
        ),
        (file(SUBS), {"empty", "event", "tx", "adhoc", "call", "hand", "script", "rule", "send"}),
        (
            file(START + one("userTask", "t") + END + row("s", "t", "e"), START, roots=POOLS),
            {"lost", "talk", "t"},
        ),
        (
            file(GATES, DATA, EVENTS, roots=ROOTS + POOLS, encoding="ISO-8859-1").replace(
                b'id="p0" isExecutable="false"', b'id="p0" isExecutable="true"'
            ),
            {"ds", "sg", "global", "lost", "z"},
        ),
    ],
    ids=["row", "gateways", "data", "events", "subprocesses", "pools", "all of it"],
)
def test_every_element_that_is_not_run_is_named(found: bytes, named: set[str]) -> None:
    made = compile_process(found)
    said = {fault.element for fault in made.faults}
    assert made.process is None
    assert named <= said, named - said
    assert all(fault.reason and fault.line for fault in made.faults)


@pytest.mark.parametrize(
    "text", [b"", b"<x/>", file(), file("", "", roots=POOLS), b'<?xml version="1.0" encoding="UTF-7"?><x/>']
)
def test_what_holds_nothing_is_refused(text: bytes) -> None:
    made = compile_process(text)
    assert made.process is None and made.faults


def test_what_is_run_is_read_with_foreign_signs_around_it() -> None:
    """A row with its lane as this house binds it; everything else is what another modeler left in the file."""
    bound = 'onedoor:role="officer" onedoor:unit="centre" onedoor:audience="front" xmlns:onedoor="urn:onedoor:bpmn:1"'
    lane = f'<b:laneSet id="ls"><b:lane id="l" name="L" {bound}><b:flowNodeRef>t</b:flowNodeRef></b:lane></b:laneSet>'
    task = one(
        "userTask", "t", "<b:extensionElements><sim:cost>7</sim:cost></b:extensionElements>", 'triso:x="1"'
    )
    made = compile_process(file(lane + START + task + END + row("s", "t", "e"), encoding="ISO-8859-1"))
    assert not made.faults and made.process is not None
    assert made.process.node("t").names["lo"] == "t next line"


def test_the_process_that_says_it_is_run_is_the_one_that_is_read() -> None:
    source = file(START + one("userTask", "helper") + END, START + one("userTask", "t") + END)
    source = source.replace(b'id="p0" isExecutable="false"', b'id="p0"').replace(
        b'id="p1" isExecutable="false"', b'id="p1" isExecutable="true"'
    )
    source = source.replace(b'"s"', b'"s2"', 1).replace(b'"e"', b'"e2"', 1)
    faults = compile_process(source).faults
    assert "t" in {fault.element for fault in faults}
    assert [fault.reason for fault in faults if fault.element == "p0"] == [PARTNER]


def test_an_empty_process_left_behind_does_not_hide_the_one_that_is_drawn() -> None:
    source = file(START + one("userTask", "t") + END + row("s", "t", "e"), one("endEvent", "stray"))
    source = source.replace(b'id="p1" isExecutable="false"', b'id="p1"')
    assert [step.id for step in drawing.step_table(source.decode()).steps] == ["s", "t", "e"]
    faults = compile_process(source).faults
    assert [fault.reason for fault in faults if fault.element == "p1"] == [PARTNER]
    assert {fault.element for fault in faults} == {"t", "p1"}


def test_of_processes_that_all_say_they_are_not_run_the_largest_is_read_and_told() -> None:
    source = file(one("endEvent", "small"), START + one("userTask", "t") + END + row("s", "t", "e"))
    assert [step.id for step in drawing.step_table(source.decode()).steps] == ["s", "t", "e"]
    assert [fault.reason for fault in compile_process(source).faults if fault.element == "p1"] == [
        'none of the processes of this file says that it is run (isExecutable="true")'
    ]


def test_what_a_process_as_a_whole_lacks_is_told_of_the_process() -> None:
    faults = compile_process(file(one("userTask", "t"))).faults
    assert {fault.reason for fault in faults if fault.element == "p0"} == {
        "the process has no start",
        "the process has no end",
    }
    assert {fault.element for fault in compile_process(file("")).faults} == {"p0"}


@pytest.mark.parametrize(
    ("message", "told"),
    [("", "no message has the id “m”"), ('<b:message id="m"/>', "the message “m” has no name")],
)
def test_a_message_that_is_missing_is_another_than_one_without_a_name(message: str, told: str) -> None:
    waits = one("intermediateCatchEvent", "w", '<b:messageEventDefinition messageRef="m"/>')
    faults = compile_process(file(START + waits + END + row("s", "w", "e"), roots=message)).faults
    assert told in {fault.reason for fault in faults if fault.element == "w"}


def test_a_name_of_several_lines_is_told_in_one() -> None:
    faults = compile_process(file(START + one("task", "a") + END + row("s", "a", "e"))).faults
    assert next(fault for fault in faults if fault.element == "a").name == "a next line"
