"""Drawings whose tokens would wait in vain, run twice, or never come to an end; and those that look so and do not."""

import time

import pytest

from onedoor.domain.catalogue.rules.process import compile_process, compiled
from onedoor.domain.catalogue.rules.process.reader import LARGEST
from tests.domain.catalogue.rules.process.bpmn import HEAD, flow, process

GATES = {"x": "exclusiveGateway", "p": "parallelGateway", "i": "inclusiveGateway"}


def net(ways: str, *more: str, defaults: dict[str, str] | None = None) -> bytes:
    """Elements by the first letter of their name (s, e, t task, x, p, i gateways), arrows as ``a>b``, guarded as ``a>b?``."""
    arrows, names = [], set()
    for place, way in enumerate(ways.split()):
        source, _, target = way.rstrip("?").partition(">")
        names |= {source, target}
        arrows.append(flow(f"f{place}", source, target, 'outcome = "a"' if way.endswith("?") else ""))
    made = []
    for name in sorted(names):
        kind = {"s": "startEvent", "e": "endEvent", "t": "userTask"}.get(name[0]) or GATES[name[0]]
        default = (defaults or {}).get(name, "")
        chosen = f' default="{default}"' if default else ""
        made.append(f'<bpmn:{kind} id="{name}"{chosen}/>\n')
    return process(*made, *arrows, *more, lanes={"front": [name for name in names if name[0] == "t"]})


def reason(source: bytes) -> str:
    """The faults as one text."""
    return "; ".join(str(fault) for fault in compile_process(source).faults)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (net("s>x1 x1>t1? x1>t2 t1>p1 t2>p1 p1>e", defaults={"x1": "f2"}), "“p1”: it can wait in vain"),
        (net("s>p1 p1>t1 p1>t2 t1>x1 t2>x1 x1>t3 t3>e"), "can be walked twice at once"),
        (net("s>p1 p1>t1 p1>t2 t1>t3 t2>t3 t3>e"), "can be walked twice at once"),
        (net("s>i1 i1>t1? i1>t2 t1>p1 t2>p1 p1>e", defaults={"i1": "f2"}), "“p1”: it can wait in vain"),
        (net("s>x1 x1>p1? x1>e p1>t1 p1>x2 t1>e x2>x1", defaults={"x1": "f2"}), "turn for ever"),
        (
            net(
                "s>p1 p1>i1 p1>i2 i1>t1 t1>x1 x1>i2? x1>e1 i2>t2 t2>x2 x2>i1? x2>e2",
                defaults={"x1": "f6", "x2": "f10"},
            ),
            "wait for each other",
        ),
        (net("s>t1 t1>e t1>t2 t2>e"), "several arrows leave"),
    ],
)
def test_what_cannot_be_shown_to_end_is_named(source: bytes, said: str) -> None:
    assert said in reason(source), reason(source)


@pytest.mark.parametrize(
    "source",
    [
        net("s>p1 p1>t1 p1>t2 t1>p2 t2>p2 p2>e"),
        net("s>p1 p1>t1 p1>t2 t1>e t2>e"),
        net("s>p1 p1>t1 p1>t2 t1>e1 t2>e2"),
        net("s>x1 x1>t1? x1>t2 t1>i1 t2>i1 i1>e", defaults={"x1": "f2"}),
        net("s>p1 p1>t1 p1>x1 x1>t2? x1>e1 t1>i1 t2>i1 i1>e", defaults={"x1": "f4"}),
        net("s>x1 x1>t1 t1>x2 x2>x1? x2>e", defaults={"x2": "f4"}),
        net("s>p1 p1>x1 p1>t2 x1>t1 t1>x2 x2>x1? x2>p2 t2>p2 p2>e", defaults={"x2": "f6"}),
    ],
)
def test_sound_drawings_are_taken(source: bytes) -> None:
    assert compiled(source).start == "s", reason(source)


def test_what_forks_too_widely_to_be_shown_is_refused_within_its_bound() -> None:
    ways = ["s>p0"]
    for place in range(12):
        ways += [f"p0>x{place}a", f"x{place}a>t{place}", f"t{place}>x{place}b", f"x{place}b>x{place}a?"]
        ways += [f"x{place}b>i9"]
    ways.append("i9>e")
    arrows = {f"x{place}b": f"f{5 + 5 * place}" for place in range(12)}
    found = compile_process(net(" ".join(ways), defaults=arrows))
    assert found.process is not None or all("cannot be shown" in each.reason for each in found.faults)


SUB = '<bpmn:subProcess id="b"><bpmn:startEvent id="bs"/><bpmn:endEvent id="be"/>{0}</bpmn:subProcess>\n'


def test_an_arrow_may_not_cross_the_border_of_a_subprocess() -> None:
    source = process(
        '<bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>',
        SUB.format('<bpmn:userTask id="t"/>' + flow("b1", "bs", "t") + flow("b2", "t", "be")),
        flow("f1", "s", "b"),
        flow("f2", "b", "e"),
        flow("f3", "t", "e"),
        lanes={"front": ["t"]},
    )
    assert "may not cross the border" in reason(source)


def test_what_begins_beside_ends_by_itself() -> None:
    term = "<bpmn:timerEventDefinition><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition>"
    source = process(
        '<bpmn:startEvent id="s"/><bpmn:userTask id="t"/><bpmn:userTask id="u"/><bpmn:endEvent id="e"/>',
        f'<bpmn:boundaryEvent id="b" attachedToRef="t" cancelActivity="false">{term}</bpmn:boundaryEvent>',
        flow("f1", "s", "t"),
        flow("f2", "t", "u"),
        flow("f3", "u", "e"),
        flow("f4", "b", "u"),
        lanes={"front": ["t", "u"]},
    )
    assert "give it an end of its own" in reason(source)


def test_partners_and_their_messages_are_drawings() -> None:
    ways = net("s>t1 t1>e").decode()
    partner = (
        '<bpmn:process id="other" isExecutable="false"><bpmn:task id="theirs"/></bpmn:process>'
        '<bpmn:collaboration id="c"><bpmn:participant id="we" processRef="p"/>'
        '<bpmn:participant id="they" processRef="other"/><bpmn:participant id="box"/>'
        '<bpmn:messageFlow id="m" sourceRef="t1" targetRef="box"/></bpmn:collaboration></bpmn:definitions>'
    )
    assert compiled(ways.replace("</bpmn:definitions>", partner).encode()).start == "s"
    assert "one process that is run" in reason(
        ways.replace("</bpmn:definitions>", partner).replace('"false"', '"true"').encode()
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<bpmn:process id='p'>" + "<bpmn:userTask id='a'/>" * 25_000,
        "<bpmn:process id='p'>" + "<bpmn:subProcess id='a'>" * 70,
        "<!--" + "x" * LARGEST + "-->",
        "<bpmn:process id='p'>" + "".join(f"<bpmn:endEvent id='e{n}'/>" for n in range(3_000)),
    ],
    ids=["elements", "depth", "bytes", "nodes"],
)
def test_too_much_is_refused(inside: str) -> None:
    found = compile_process((HEAD + inside).encode())
    assert found.process is None and found.faults


def test_many_inclusive_joins_are_read_in_bounded_time() -> None:
    ways = ["s>i0a"]
    for place in range(60):
        ways += [
            f"i{place}a>t{place}a?",
            f"i{place}a>t{place}b",
            f"t{place}a>i{place}b",
            f"t{place}b>i{place}b",
        ]
        ways.append(f"i{place}b>i{place + 1}a" if place < 59 else f"i{place}b>e")
    defaults = {f"i{place}a": f"f{2 + 5 * place}" for place in range(60)}
    began = time.process_time()
    assert compile_process(net(" ".join(ways), defaults=defaults)).process is not None
    assert time.process_time() - began < 5
