"""Whether the time that a service may take can be kept by its process."""

from __future__ import annotations

import pytest

from onedoor.domain.catalogue.rules import Duration
from onedoor.domain.catalogue.rules.deadline import deadline_faults
from onedoor.domain.catalogue.rules.process import CompiledProcess, compiled

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:onedoor="urn:onedoor:bpmn:1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t"><process id="p" isExecutable="true">
<laneSet id="s"><lane id="l" name="ກ" onedoor:nameEn="L" onedoor:role="officer" onedoor:unit="centre" onedoor:audience="front">
%s</lane></laneSet>%s</process></definitions>"""


def made(body: str, *tasks: str) -> CompiledProcess:
    return compiled((HEAD % ("".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in tasks), body)).encode())


def task(id: str, due: str, *, office: bool = True) -> str:
    calendar = ' onedoor:calendar="office"' if office else ""
    return f'<userTask id="{id}" name="ກ" onedoor:due="{due}"{calendar}/>'


def wait(id: str, length: str) -> str:
    return (
        f'<intermediateCatchEvent id="{id}"><timerEventDefinition id="{id}t"><timeDuration xsi:type="tFormalExpression">'
        f"{length}</timeDuration></timerEventDefinition></intermediateCatchEvent>"
    )


def way(*ids: str) -> str:
    pairs = zip(ids, ids[1:], strict=False)
    return "".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


ENDS = '<startEvent id="start"/><endEvent id="end"/>'
WORKS = made(
    ENDS + task("a", "P2D") + task("b", "P3D") + way("start", "a", "b", "end"),
    "a",
    "b",
)
WAITS = made(ENDS + task("a", "P1D") + wait("w", "P14D") + way("start", "a", "w", "end"), "a")
LOOP = made(
    ENDS
    + task("a", "P2D")
    + '<exclusiveGateway id="g" default="g-end"/>'
    + way("start", "a", "g", "end")
    + '<sequenceFlow id="back" sourceRef="g" targetRef="a"><conditionExpression xsi:type="tFormalExpression">'
    'outcome = "again"</conditionExpression></sequenceFlow>',
    "a",
)


def working(days: int) -> Duration:
    return Duration(days=days, kind="working")


@pytest.mark.parametrize(
    ("process", "duration", "expected"),
    [
        (WORKS, working(5), []),
        (WORKS, working(4), [False]),
        (WORKS, Duration(days=7, kind="calendar"), []),
        (WORKS, Duration(days=6, kind="calendar"), [False]),
        (WORKS, Duration(hours=40, kind="hours"), []),
        (WORKS, Duration(hours=39, kind="hours"), [False]),
        (WORKS, Duration(), []),
        (WAITS, working(11), []),
        (WAITS, working(9), [True]),
        (WAITS, working(10), [False]),
        (LOOP, working(2), []),
        (LOOP, working(1), [False]),
        (WAITS, Duration(days=1, kind="working", by="x", choices={"a": 30, "b": 1}), [False]),
    ],
)
def test_the_deadline_against_the_ways(
    process: CompiledProcess, duration: Duration, expected: list[bool]
) -> None:
    assert [stops for stops, _sentence in deadline_faults(process, duration)] == expected


def test_time_in_which_the_applicant_is_waited_for_does_not_count() -> None:
    body = ENDS + task("a", "P1D") + wait("w", "P90D") + way("start", "a", "w", "end")
    paused = made(body.replace('id="w"', 'id="w" onedoor:status="waiting_for_applicant"'), "a")
    assert list(deadline_faults(paused, working(1))) == []


def test_what_comes_after_the_decision_does_not_count() -> None:
    body = ENDS + task("a", "P1D") + task("b", "P90D") + way("start", "a", "b", "end")
    decided = made(body.replace('id="b"', 'id="b" onedoor:status="approved"'), "a", "b")
    assert list(deadline_faults(decided, working(1))) == []
