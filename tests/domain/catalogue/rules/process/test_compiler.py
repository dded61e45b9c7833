"""What compiles, what is refused, and how exactly the refusal speaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

import onedoor
from onedoor.domain.catalogue.rules.decisions import compile as compile_decisions
from onedoor.domain.catalogue.rules.process import ProcessRefused, compile_process, compiled, without_office
from tests.domain.catalogue.rules.process.bpmn import HEAD, LANES, flow, process, simple

TASK = '<bpmn:userTask id="a" name="A"/>\n'
SERVICES = Path(onedoor.__file__).parent / "packs" / "lao" / "services"


def reasons(source: bytes, **known: object) -> dict[str, str]:
    found = compile_process(source, **known)  # type: ignore[arg-type]
    assert (found.process is None) == bool(found.faults)
    return {fault.element: fault.reason for fault in found.faults}


@pytest.mark.parametrize("path", sorted(SERVICES.glob("*/process.bpmn")), ids=lambda path: path.parent.name)
def test_the_pack_compiles_and_has_its_diagram(path: Path) -> None:
    source, beside = path.read_bytes(), path.with_name("decisions.dmn")
    found = compile_process(
        source,
        decisions=compile_decisions(beside.read_bytes()) if beside.exists() else None,
        handlers={"documents.prepare", "documents.issue", "cases.mark_overdue"},
        roles={"officer", "ministry_officer"},
    )
    assert found.faults == () and found.process is not None
    for node in found.process.nodes.values():
        assert f'bpmnElement="{node.id}"'.encode() in source
        assert (
            node.kind in ("exclusive", "inclusive", "parallel")
            or node.names["lo"]
            and node.names["en"] != node.names["lo"]
        )
        for arrow in node.flows:
            assert f'bpmnElement="{arrow.id}"'.encode() in source
    assert found.process.intake is not None
    assert any(node.separated for node in found.process.nodes.values())


@pytest.mark.parametrize("path", sorted(SERVICES.glob("*/process.bpmn")), ids=lambda path: path.parent.name)
def test_the_pack_is_valid_bpmn_for_everybody_else(path: Path) -> None:
    BpmnValidator().validate(etree.parse(path))


def test_the_smallest_process() -> None:
    found = compiled(simple())
    assert found.start == "s" and found.node("a").outcomes == ("done",)
    assert found.digest == compiled(simple()).digest
    with pytest.raises(TypeError):
        found.nodes["x"] = found.node("a")  # type: ignore[index]


@pytest.mark.parametrize(
    ("element", "said"),
    [
        (
            '<bpmn:scriptTask id="x" name="N"><bpmn:script>import os</bpmn:script></bpmn:scriptTask>',
            "scripts are never run",
        ),
        ('<bpmn:complexGateway id="x"/>', "complex gateway"),
        ('<bpmn:subProcess id="x"/>', "the subprocess has no start"),
        ('<bpmn:subProcess id="x" triggeredByEvent="true"/>', "event subprocess"),
        ('<bpmn:transaction id="x"/>', "transaction"),
        ('<bpmn:callActivity id="x"/>', "no service whose process is called"),
        ('<bpmn:callActivity id="x" calledElement="y" onedoor:version="1"/>', "is not published"),
        ('<bpmn:businessRuleTask id="x"/>', "names no decision"),
        ('<bpmn:businessRuleTask id="x" onedoor:rule="Level" onedoor:into="level"/>', "no decisions"),
        ('<bpmn:task id="x"/>', "of no kind"),
        ('<bpmn:intermediateCatchEvent id="x"/>', "waits for nothing"),
        (
            '<bpmn:intermediateCatchEvent id="x"><bpmn:signalEventDefinition/></bpmn:intermediateCatchEvent>',
            "use a message",
        ),
        (
            '<bpmn:userTask id="x"><bpmn:standardLoopCharacteristics/></bpmn:userTask>',
            "draw the way back",
        ),
        ('<bpmn:receiveTask id="x" messageRef="m"/>', "no message has the id"),
        ('<bpmn:receiveTask id="x"/>', "names no message"),
        ('<other:task xmlns:other="urn:x" id="x"/>', "unknown kind"),
        ('<bpmn:userTask id="x" onedoor:outcomes="a|b c"/>', "one word"),
        ('<bpmn:eventBasedGateway id="x"/>', "at least two events"),
        ('<bpmn:dataObject id="x"/>', "dataObject"),
        ('<bpmn:userTask id="x"><bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>', "loopCardinality"),
        ('<bpmn:userTask id="x" onedoor:outcomes="a b" onedoor:decision="onTheSpot"/>', "on the spot"),
        ('<bpmn:userTask id="x" onedoor:due="three days"/>', "not an ISO 8601 duration"),
        ('<bpmn:userTask id="x" onedoor:due="PT4H" onedoor:calendar="office"/>', "only days and weeks"),
        ('<bpmn:serviceTask id="x"/>', "names no handler"),
        ('<bpmn:serviceTask id="x" onedoor:handler="os.system"/>', "no handler is called"),
        ('<bpmn:endEvent id="x" onedoor:status="gone"/>', "no status"),
        (
            '<bpmn:endEvent id="x"><bpmn:compensateEventDefinition/></bpmn:endEvent>',
            "put things right",
        ),
        (
            '<bpmn:endEvent id="x"><bpmn:errorEventDefinition errorRef="no"/></bpmn:endEvent>',
            "no error has the id",
        ),
        (
            '<bpmn:startEvent id="x"><bpmn:messageEventDefinition/></bpmn:startEvent>',
            "names no message",
        ),
        (
            '<bpmn:boundaryEvent id="x" attachedToRef="a"><bpmn:escalationEventDefinition/></bpmn:boundaryEvent>',
            "term that does not interrupt",
        ),
        ('<bpmn:userTask id="x"/>', "no lane"),
        ('<bpmn:userTask id="x"/>', "no arrow leads here"),
        ('<bpmn:userTask id="a"/>', "used twice"),
        ('<bpmn:startEvent id="x"/>', "one start of no kind"),
        (
            '<bpmn:startEvent id="x"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle>'
            "</bpmn:timerEventDefinition></bpmn:startEvent>",
            "days, weeks, months or years",
        ),
        (
            '<bpmn:startEvent id="x"><bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration>'
            "</bpmn:timerEventDefinition></bpmn:startEvent>",
            "needs a date or a cycle",
        ),
    ],
)
def test_unsupported_and_unsound_elements_are_named(element: str, said: str) -> None:
    found = compile_process(simple(TASK, element), handlers=set())
    assert found.process is None
    named = [str(fault) for fault in found.faults if fault.element in ("x", "a")]
    assert any(said in each for each in named), found.faults
    assert all(fault.line > 1 for fault in found.faults)


@pytest.mark.parametrize(
    ("bound", "said"),
    [
        ('onedoor:unit="centre" onedoor:audience="front"', "not bound to a role"),
        ('onedoor:role="officer" onedoor:audience="front"', "not bound to a unit"),
        ('onedoor:role="officer" onedoor:unit="centre"', "no audience"),
        ('onedoor:role="wizard" onedoor:unit="centre" onedoor:audience="front"', "no role is called"),
        ('onedoor:role="officer" onedoor:unit="authority" onedoor:audience="front"', "works at the centre"),
        (
            'onedoor:role="officer" onedoor:unit="district-office" onedoor:audience="front"',
            "works at the centre",
        ),
        (
            'onedoor:role="officer" onedoor:unit="centre" onedoor:of="GOV" onedoor:audience="front"',
            "whose office",
        ),
    ],
)
def test_lanes_must_be_bound(bound: str, said: str) -> None:
    source = simple().replace(LANES["front"].encode(), bound.encode())
    assert said in reasons(source, roles={"officer"})["front"]


def test_a_lane_may_mean_an_office_of_the_province_or_district() -> None:
    own = 'onedoor:role="officer" onedoor:unit="district-office" onedoor:of="GOV" onedoor:audience="back"'
    found = compile_process(simple().replace(LANES["front"].encode(), own.encode()))
    assert found.process is not None
    lane = found.process.node("a").lane
    assert lane is not None and (lane.unit, lane.of) == ("district-office", "GOV")
    places = {"province": ("01",), "district": ("0101", "0102")}
    lacking = without_office(found.process, authority="MPWT", units={"MPWT-0101", "GOV-0102"}, places=places)
    assert list(lacking) == [(lane, ("0101",))]


def gateway(*guards: str, default: str = "f3") -> bytes:
    chosen = f' default="{default}"' if default else ""
    return process(
        '<bpmn:startEvent id="s"/>\n',
        '<bpmn:userTask id="a"/>\n',
        f'<bpmn:exclusiveGateway id="g"{chosen}/>\n',
        '<bpmn:endEvent id="e"/>\n',
        flow("f1", "s", "a"),
        flow("f2", "a", "g"),
        flow("f3", "g", "e", guards[0]),
        flow("f4", "g", "a", guards[1]),
        lanes={"front": ["a"]},
    )


def test_gateways_need_a_default_and_guards_that_read_what_there_is() -> None:
    assert not reasons(gateway("", 'outcome = "x"'))
    assert "default" in reasons(gateway("", 'outcome = "x"', default=""))["g"]
    assert "no condition" in reasons(gateway("", ""))["f4"]
    assert "it may read" in reasons(gateway("", "salary > 3"))["f4"]
    assert "character 11" in reasons(gateway("", "outcome = @"))["f4"]
    assert "cannot be called" in reasons(gateway("", "outcome.__class__()"))["f4"]


def test_dead_ends_and_circles() -> None:
    dead = process(
        '<bpmn:startEvent id="s"/>\n<bpmn:userTask id="a"/>\n<bpmn:userTask id="b"/>\n<bpmn:endEvent id="e"/>\n',
        '<bpmn:exclusiveGateway id="g" default="f2"/>\n',
        flow("f1", "s", "g"),
        flow("f2", "g", "e"),
        flow("f3", "g", "a", 'outcome = "x"'),
        flow("f4", "a", "b"),
        flow("f5", "b", "a"),
        lanes={"front": ["a", "b"]},
    )
    assert "no way leads" in reasons(dead)["a"]
    circle = process(
        '<bpmn:startEvent id="s"/>\n<bpmn:exclusiveGateway id="g" default="f2"/>\n<bpmn:endEvent id="e"/>\n',
        '<bpmn:exclusiveGateway id="h" default="f4"/>\n',
        flow("f1", "s", "g"),
        flow("f2", "g", "h"),
        flow("f3", "h", "e", 'outcome = "x"'),
        flow("f4", "h", "g"),
    )
    assert "turn for ever" in "".join(reasons(circle).values())


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"   ",
        b"<a/>",
        b"not xml at all",
        HEAD.encode(),
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 100 + b'">]><l>&a;&a;</l>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
        b"<a>" * 5000,
        b"x" * (3 * 1024 * 1024),
        (HEAD + "</bpmn:definitions>").encode(),
        (HEAD + "<bpmn:process id='p'/><bpmn:process id='q'/></bpmn:definitions>").encode(),
    ],
)
def test_hostile_files_are_refused_never_a_crash(source: bytes) -> None:
    found = compile_process(source)
    assert found.process is None and found.faults


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_never_crashes_the_compiler(data: st.DataObject) -> None:
    source = (SERVICES / "birth-registration" / "process.bpmn").read_bytes()
    start = data.draw(st.integers(0, len(source) - 1))
    length = data.draw(st.integers(0, 200))
    put = data.draw(st.binary(max_size=30))
    compile_process(source[:start] + put + source[start + length :])


def test_refusal_as_an_exception() -> None:
    with pytest.raises(ProcessRefused) as refusal:
        compiled(b"<a/>")
    assert "definitions" in str(refusal.value)
