"""A past made up for tests: cases of a simple service that were received, decided at an office and handed over."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from onedoor.domain.cases.api import LivedCase, LivedStep
from onedoor.domain.catalogue.api import (
    CompiledProcess,
    Duration,
    Node,
    Paper,
    compile_decisions,
    compile_process,
)
from onedoor.domain.centres.api import Calendar
from onedoor.domain.centres.api import Hours as OpenHours
from onedoor.domain.planning.rules.hours import Hours
from onedoor.domain.planning.rules.past import past_of
from onedoor.domain.planning.rules.version import Assumptions, Ground, Version

CENTRE, OFFICE, EDITION = UUID(int=101), UUID(int=102), UUID(int=103)
BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # a Monday, eight in the morning in Vientiane
WEEK = tuple(OpenHours(weekday=day, opens=time(8), closes=time(16)) for day in range(1, 6))
DAYS = Calendar(hours=WEEK)
HOURS = Hours(DAYS, date(2026, 1, 1), date(2027, 1, 1))
NAME = {"lo": "ຊື່", "en": "Name"}

BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:onedoor="urn:onedoor:bpmn:1" id="d" targetNamespace="urn:t">
<bpmn:process id="p" name="ທົດລອງ" onedoor:nameEn="Trial" isExecutable="true"><bpmn:laneSet id="ls">
<bpmn:lane id="front" name="ໜ້າ" onedoor:nameEn="Front" onedoor:role="officer" onedoor:unit="centre" onedoor:audience="front">
<bpmn:flowNodeRef>receive</bpmn:flowNodeRef><bpmn:flowNodeRef>correct</bpmn:flowNodeRef><bpmn:flowNodeRef>hand</bpmn:flowNodeRef></bpmn:lane>
<bpmn:lane id="back" name="ຫຼັງ" onedoor:nameEn="Back" onedoor:role="clerk" onedoor:unit="authority" onedoor:audience="back">
<bpmn:flowNodeRef>check</bpmn:flowNodeRef><bpmn:flowNodeRef>decide</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
<bpmn:startEvent id="s" name="s" onedoor:nameEn="s"/>
<bpmn:userTask id="receive" name="ຮັບ" onedoor:nameEn="Receive" onedoor:intake="true" onedoor:status="received"/>
{rule}<bpmn:userTask id="check" name="ກວດ" onedoor:nameEn="Check" onedoor:status="in_progress"/>
<bpmn:userTask id="decide" name="ຕັດສິນ" onedoor:nameEn="Decide" onedoor:outcomes="approve return refuse"
  onedoor:reasonFor="return refuse" onedoor:decision="separated" onedoor:status="in_progress"/>
<bpmn:exclusiveGateway id="how" name="?" onedoor:nameEn="How?" default="back_f"/>
<bpmn:userTask id="correct" name="ແກ້" onedoor:nameEn="Correct" onedoor:edits="true" onedoor:status="waiting_for_applicant"/>
<bpmn:endEvent id="no" name="no" onedoor:nameEn="no" onedoor:status="refused"/>
<bpmn:userTask id="hand" name="ມອບ" onedoor:nameEn="Hand over" onedoor:status="issued"/>
<bpmn:endEvent id="e" name="e" onedoor:nameEn="e" onedoor:status="handed_over"/>
<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="receive"/>
<bpmn:sequenceFlow id="f2" sourceRef="receive" targetRef="{first}"/>
<bpmn:sequenceFlow id="f3" sourceRef="check" targetRef="decide"/>
<bpmn:sequenceFlow id="f4" sourceRef="decide" targetRef="how"/>
<bpmn:sequenceFlow id="yes" sourceRef="how" targetRef="hand"><bpmn:conditionExpression
  xsi:type="bpmn:tFormalExpression">outcome = "approve"</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="no_f" sourceRef="how" targetRef="no"><bpmn:conditionExpression
  xsi:type="bpmn:tFormalExpression">outcome = "refuse"</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="back_f" sourceRef="how" targetRef="correct"/>
<bpmn:sequenceFlow id="f6" sourceRef="correct" targetRef="decide"/>
<bpmn:sequenceFlow id="f7" sourceRef="hand" targetRef="e"/>
</bpmn:process></bpmn:definitions>
"""


def plain_process(ministry: str = "clerk") -> str:
    """Receive, check, decide (or return, or refuse), hand over; the office's role may be another one."""
    return BPMN.format(rule="", first="check").replace('role="clerk"', f'role="{ministry}"')


def compiled(source: str, decisions: str = "") -> CompiledProcess:
    """The process, which has to be sound."""
    decided = compile_decisions(decisions.encode()) if decisions else None
    found = compile_process(source.encode(), decisions=decided)
    assert found.process is not None, found.faults
    return found.process


def paper(code: str) -> Paper:
    """A paper that everybody brings."""
    return Paper(code=code, name=NAME)


def lived(count: int = 40, *, seed: int = 3, clerks: int = 1, returned: int = 5) -> list[LivedCase]:
    """Cases as one office lived them, in the order of time: each ``returned``-th comes back once, as the *map* was missing.

    A clerk takes what lay longest, a quarter of an hour or more each; every file lies for an hour before it can be taken.
    """
    chance, free = Random(seed), [0.0] * clerks
    waiting: list[tuple[float, int, str, float]] = []
    came, cases = BEGIN.timestamp(), []
    for number in range(count):
        came = HOURS.after(came, chance.uniform(1_800, 7_200))
        steps = [_step("receive", "front", "officer", CENTRE, came, came, "done", UUID(int=600))]
        back = bool(returned) and number % returned == 0
        cases.append(
            _Life(number, came, steps, back, [("form", came)] if back else [("form", came), ("map", came)])
        )
        heapq.heappush(waiting, (HOURS.after(came, 3_600), number, "check", came))
    while waiting:
        ready, number, node, opened = heapq.heappop(waiting)
        life = cases[number]
        if node in ("correct", "hand"):
            life.steps.append(_step(node, "front", "officer", CENTRE, opened, ready, "done", UUID(int=600)))
            if node == "correct":
                life.papers.append(("map", ready - 60))
                heapq.heappush(waiting, (HOURS.after(ready, 3_600), number, "decide", ready))
            continue
        clerk = min(range(clerks), key=free.__getitem__)
        done = free[clerk] = HOURS.after(max(ready, free[clerk]), chance.uniform(900, 1_500))
        ends = "done" if node == "check" else "approve" if number % 11 != 7 else "refuse"
        if life.back and node == "decide":
            life.back, ends = False, "return"
        life.steps.append(_step(node, "back", "clerk", OFFICE, opened, done, ends, UUID(int=500 + clerk)))
        if ends == "return":
            heapq.heappush(waiting, (HOURS.after(done + 86_400 * 2, 1_800), number, "correct", done))
        elif ends == "approve":
            heapq.heappush(waiting, (HOURS.after(done + 86_400, 600), number, "hand", done))
        elif ends == "done":
            heapq.heappush(waiting, (HOURS.after(done, 3_600), number, "decide", done))
    return [_told(life) for life in cases]


@dataclass
class _Life:
    number: int
    came: float
    steps: list[LivedStep]
    back: bool
    papers: list[tuple[str, float]]


def _told(life: _Life) -> LivedCase:
    at, last = datetime.fromtimestamp(life.came, UTC), life.steps[-1]
    refused = last.outcome == "refuse"
    return LivedCase(
        id=UUID(int=10_000 + life.number),
        centre=CENTRE,
        authority=OFFICE,
        edition=EDITION,
        opened_at=at - timedelta(minutes=10),
        received_at=at,
        closed_at=last.done_at,
        due_on=(at + timedelta(days=5)).date(),
        status="refused" if refused else "handed_over",
        decision="refuse" if refused else "approve",
        answers={"area": 100 + 10 * life.number},
        papers=tuple((code, datetime.fromtimestamp(added, UTC)) for code, added in life.papers),
        steps=tuple(life.steps),
        traits={"sex": "female" if life.number % 2 else "male"},
        fee=50_000,
    )


def _step(
    node: str, audience: str, role: str, unit: UUID, opened: float, done: float, outcome: str, by: UUID
) -> LivedStep:
    instants = [datetime.fromtimestamp(each, UTC) for each in (opened, done)]
    return LivedStep(node, "user", audience, role, unit, instants[0], instants[1], outcome, by)


def version(
    source: str = "", *, papers: Sequence[str] = ("form", "map"), fee: int = 50_000, **more: Any
) -> Version:
    """A version of the service."""
    return Version(
        process=compiled(source or plain_process()),
        duration=more.pop("duration", Duration(days=5, kind="calendar")),
        papers=tuple(paper(code) for code in papers),
        fee=lambda _answers, _day: fee,
        **more,
    )


def ground(
    cases: Sequence[LivedCase],
    current: Version,
    assumptions: Assumptions | None = None,
    *,
    waiting: float = 1.0,
) -> Ground:
    """What the replay of these cases stands on."""
    hours = {CENTRE: HOURS, OFFICE: HOURS}
    provinces = {CENTRE: {"province": "01"}}
    return Ground(
        past=past_of(cases, hours=hours, usual_work=900, groups=provinces, waiting=waiting),
        current=current,
        hours=hours,
        calendars={CENTRE: DAYS, OFFICE: DAYS},
        office=_office,
        assumptions=assumptions or Assumptions(),
    )


def _office(node: Node, mark: str, centre: UUID, authority: UUID) -> UUID:
    return authority if node.lane and node.lane.unit == "authority" else centre
