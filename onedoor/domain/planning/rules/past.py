"""The past as the laboratory reads it: when cases came, and of each step how long somebody worked on it and how long it lay.

What is written down of a step is when it could begin and when it was done. That time is taken apart into *work* (by how
fast the same person went from one thing to the next while more lay there), *waiting* (while that person worked on
others) and *rest* (all else: the file lay, was carried, somebody was asked). Work and waiting come again from the lanes
when cases are replayed; rest is taken as it was. A file can rest while its officer works on others, so how much of that
time was *waiting* cannot be seen; one share for all steps is fitted to the past (`rules.fitting`).
"""

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from statistics import median
from typing import Any
from uuid import UUID

from onedoor.domain.cases.api import LivedCase, LivedStep, OpenStep
from onedoor.domain.planning.rules.hours import Hours

Lane = tuple[UUID, str]  # an office and a role
FRONT = ("front", "applicant")
ISSUED = "issued"
ENOUGH = 5  # times that somebody went straight from one to the next, before that tells how long it takes
MOST_TIMES = 3.0  # of the usual work: what took longer was not work only
MOST_AT_COUNTER = 3600.0
BESIDE = UUID(int=0)  # stands for the case of a step that was done for another service


@dataclass(frozen=True, slots=True)
class Visit:
    """One time at a step: seconds of work and of rest, how it ended, which papers came because of it, what came next.

    ``done``: the instant; ``lasted``: seconds in all, waiting behind others included.
    """

    node: str
    audience: str
    role: str
    work: float
    rest: float
    outcome: str = ""
    brought: frozenset[str] = frozenset()
    then: str = ""
    done: float = 0.0
    lasted: float = 0.0
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A step of another service at the same people: when it lay there to be taken, seconds of work, when it was done.

    ``since``: when it could begin. ``seen``: whether its work was seen, or is as long as is usual.
    """

    lane: Lane
    since: float
    ready: float
    work: float
    done: float
    seen: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """What came of a case in fact: instants in seconds, trips, the status at the end, what was charged.

    Of an open case the status is empty and the trips are not known; ``answered`` is then the instant until which it was seen
    to wait, unless its offices have answered: ``censored`` says which.
    """

    answered: float
    due: date | None
    status: str
    trips: int | None
    fee: int | None
    censored: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case as it came, and everything that was done with it.

    ``waits``: seconds until a message came, by element; infinite where it never did. ``pending``: seconds for which the steps
    of an open case have lain. ``ticket``: by which she waited in the hall.
    """

    id: UUID
    centre: UUID
    authority: UUID
    at: float
    counter: float
    answers: Mapping[str, Any]
    papers: frozenset[str]
    visits: Mapping[str, Sequence[Visit]]
    order: Sequence[Visit]
    waits: Mapping[str, Sequence[float]]
    decision: str
    groups: Mapping[str, str]
    fact: Fact
    pending: Mapping[str, float] = field(default_factory=dict)
    is_open: bool = False
    channel: str = ""
    ticket: UUID | None = None

    @property
    def received_by(self) -> str:
        """The role of whoever received it: that of its first step."""
        return self.order[0].role if self.order and self.order[0].audience == "front" else ""


@dataclass(frozen=True)
class Past:
    """A period: its cases in order, how many people each lane had, and what was seen at each step.

    ``prepared``: seconds at the counter of those that came prepared. ``beside``: steps of other services at the same people,
    in the order in which they lay there.
    """

    arrivals: tuple[Arrival, ...] = ()
    people: Mapping[Lane, int] = field(default_factory=dict)
    seen: Mapping[str, Sequence[Visit]] = field(default_factory=dict)
    lanes: Mapping[tuple[str, str], Sequence[Visit]] = field(default_factory=dict)
    prepared: Sequence[float] = ()
    beside: Sequence[Beside] = ()


def past_of(
    cases: Iterable[LivedCase],
    *,
    beside: Sequence[LivedStep] = (),
    hours: Mapping[UUID, Hours],
    usual_work: float,
    groups: Mapping[UUID, Mapping[str, str]],
    waiting: float = 1.0,
    seen: float = math.inf,
) -> Past:
    """Read the past.

    Args:
        beside: what the same people did for other services. hours: of every office that took part.
        usual_work: seconds, where nothing tells how long a step takes.
        groups: what is known of each case's place, by centre.
        seen: the instant until which open cases were looked at.
        waiting: which share of the time in which an officer worked on others a file waited for that officer.
    """
    held = list(cases)
    parts, others = _taken_apart(held, beside, hours, usual_work, waiting)
    arrivals = tuple(_arrival(case, parts, hours, groups.get(case.centre, {}), seen) for case in held)
    visits: defaultdict[str, list[Visit]] = defaultdict(list)
    lanes: defaultdict[tuple[str, str], list[Visit]] = defaultdict(list)
    for visit in (each for one in arrivals for each in one.order):
        visits[visit.node].append(visit)
        lanes[visit.audience, visit.role].append(visit)
    return Past(
        arrivals=arrivals,
        people=_people((*(step for case in held for step in case.steps), *beside), _lanes_of(held), hours),
        seen=dict(visits),
        lanes=dict(lanes),
        prepared=[one.counter for one in arrivals if one.channel and one.counter],
        beside=others,
    )


def trips_of(days: Collection[date]) -> int:
    """How often somebody came: steps of one day are one trip."""
    return len(set(days))


Key = tuple[UUID, int]
Parts = tuple[Mapping[Key, float], Mapping[Key, float], Mapping[Key, float]]


def _taken_apart(
    cases: Sequence[LivedCase],
    beside: Sequence[LivedStep],
    hours: Mapping[UUID, Hours],
    usual: float,
    waiting: float,
) -> tuple[Parts, list[Beside]]:
    """Work and rest of every step, and how long it lasted in all, by case and place among its steps; and the steps beside."""
    by_person: defaultdict[UUID, list[tuple[float, float, Key, LivedStep]]] = defaultdict(list)
    for case in cases:
        for place, step in enumerate(case.steps):
            if step.by is not None and step.kind != "service":
                since, done = step.opened_at.timestamp(), step.done_at.timestamp()
                by_person[step.by].append((done, since, (case.id, place), step))
    for place, step in enumerate(beside):
        if step.by is not None:
            row = (step.done_at.timestamp(), step.opened_at.timestamp(), (BESIDE, place), step)
            by_person[step.by].append(row)
    straight: defaultdict[str, list[float]] = defaultdict(list)
    run: dict[Key, float] = {}
    for rows in by_person.values():
        rows.sort(key=lambda row: row[0])
        before = 0.0
        for done, since, key, step in rows:
            office = hours[step.unit]
            if since <= before and office.day(before) == office.day(done):
                run[key] = office.between(before, done)
                straight[step.node].append(run[key])
            before = done
    typical = {node: median(found) for node, found in straight.items() if len(found) >= ENOUGH}
    work: dict[Key, float] = {}
    rest: dict[Key, float] = {}
    lasted: dict[Key, float] = {}
    for rows in by_person.values():
        spent = []
        for done, since, key, step in rows:
            took = hours[step.unit].between(since, done)
            expected = typical.get(step.node, usual)
            spent.append(min(took, run.get(key, expected), expected * MOST_TIMES))
        ends, sums = [row[0] for row in rows], list(accumulate(spent, initial=0.0))
        for place, (done, since, key, step) in enumerate(rows):
            others = max(0.0, sums[bisect_left(ends, done)] - sums[bisect_right(ends, since)])
            whole = done - since if step.audience in FRONT else hours[step.unit].between(since, done)
            work[key], lasted[key] = spent[place], whole
            rest[key] = max(0.0, whole - spent[place] - waiting * others)
    found = [
        Beside(
            (step.unit, step.role),
            step.opened_at.timestamp(),
            hours[step.unit].after(step.opened_at.timestamp(), rest[BESIDE, place]),
            work[BESIDE, place],
            step.done_at.timestamp(),
            (BESIDE, place) in run,
        )
        for place, step in enumerate(beside)
        if step.by is not None and work[BESIDE, place] > 0
    ]
    return (work, rest, lasted), sorted(found, key=lambda one: one.ready)


def _arrival(
    case: LivedCase,
    parts: Parts,
    hours: Mapping[UUID, Hours],
    groups: Mapping[str, str],
    seen: float,
) -> Arrival:
    order = tuple(_visit(case, place, step, parts, hours) for place, step in enumerate(case.steps))
    visits: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in order:
        visits[visit.node].append(visit)
    here, came = hours[case.centre], case.received_at.timestamp()
    offices = [step.done_at.timestamp() for step in case.steps if step.audience not in FRONT]
    days = [here.day(came)] + [
        here.day(step.done_at.timestamp()) for step in case.steps if step.audience in FRONT
    ]
    waits: defaultdict[str, list[float]] = defaultdict(list)
    begun = [step.opened_at for step in case.steps] + [step.opened_at for step in case.pending]
    for wait in case.waits:
        then = min((opened for opened in begun if opened > wait.since), default=wait.since)
        waits[wait.node].append((then - wait.since).total_seconds() if wait.heard else math.inf)
    return Arrival(
        id=case.id,
        centre=case.centre,
        authority=case.authority,
        at=came,
        counter=min(MOST_AT_COUNTER, here.between(case.opened_at.timestamp(), came)),
        answers=case.answers,
        papers=frozenset(code for code, _added in case.papers),
        visits=visits,
        order=order,
        waits=waits,
        decision=case.decision,
        groups={**groups, **case.traits, "channel": case.channel or "counter"},
        fact=_fact(case, offices, trips_of(days), seen),
        pending={step.node: _lain(step, hours, seen) for step in case.pending},
        is_open=case.closed_at is None,
        channel=case.channel,
        ticket=case.ticket,
    )


def _fact(case: LivedCase, offices: Sequence[float], trips: int, seen: float) -> Fact:
    """What came of it so far; an open case is answered when its result lies ready, else it has waited until now."""
    if case.closed_at is not None:
        answered = max(offices, default=case.closed_at.timestamp())
        return Fact(answered, case.due_on, case.status, trips, case.fee)
    if case.status == ISSUED and offices:
        return Fact(max(offices), case.due_on, case.status, None, case.fee)
    return Fact(seen, case.due_on, "", None, case.fee, censored=True)


def _lain(step: OpenStep, hours: Mapping[UUID, Hours], seen: float) -> float:
    since = step.opened_at.timestamp()
    if step.audience in FRONT or step.unit not in hours:
        return max(0.0, seen - since)
    return hours[step.unit].between(since, seen)


def _visit(case: LivedCase, place: int, step: LivedStep, parts: Parts, hours: Mapping[UUID, Hours]) -> Visit:
    """A step with the papers that came between it and the end of the step after it."""
    following = case.steps[place + 1] if place + 1 < len(case.steps) else None
    brought = frozenset(
        code for code, added in case.papers if following and step.done_at < added <= following.done_at
    )
    took = (step.done_at - step.opened_at).total_seconds()
    key, (work, rest, lasted) = (case.id, place), parts
    return Visit(
        node=step.node,
        audience=step.audience,
        role=step.role,
        work=work.get(key, 0.0),
        rest=rest.get(key, max(0.0, took)),
        outcome=step.outcome,
        brought=brought,
        then=following.node if following else "",
        done=step.done_at.timestamp(),
        lasted=lasted.get(key, max(0.0, took)),
        unit=step.unit if step.unit in hours else None,
    )


def _lanes_of(cases: Iterable[LivedCase]) -> set[Lane]:
    return {(step.unit, step.role) for case in cases for step in case.steps if step.by is not None}


def _people(
    steps: Iterable[LivedStep], lanes: Collection[Lane], hours: Mapping[UUID, Hours]
) -> dict[Lane, int]:
    """How many people a lane had: on half of its days no more than these, whatever they worked on."""
    there: defaultdict[Lane, defaultdict[date, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    for step in steps:
        if step.by is not None and step.kind != "service" and (step.unit, step.role) in lanes:
            there[step.unit, step.role][hours[step.unit].day(step.done_at.timestamp())].add(step.by)
    return {
        lane: max(1, round(median(len(who) for who in days.values()) + 0.001)) for lane, days in there.items()
    }
