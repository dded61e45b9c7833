"""The replay: cases arrive as they did and walk a version of the process, event by event, in the order of time.

Nothing here knows tables or the time of day; one seed gives one result. What a case did itself it does again: answers,
papers, the rest and work of each step, how each officer decided. What it never did is drawn from cases that did it.
"""

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.api import StuckToken, Token, begin, due_after, facts, fire, instant_after, leave
from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.domain.planning.rules.hours import DAY
from onedoor.domain.planning.rules.lanes import Lane
from onedoor.domain.planning.rules.past import FRONT, Arrival, Visit, trips_of
from onedoor.domain.planning.rules.scripts import Script
from onedoor.domain.planning.rules.version import Ground, Version
from onedoor.domain.planning.rules.walks import Walk

READY, DONE, FIRE, BESIDE = range(4)
MOST_STEPS, MOST_RETURNS = 300, 50
APPLICANT = "waiting_for_applicant"
REFUSED = "refused"
NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case.

    ``days``: to the answer of the offices; None where it was not walked to its end. ``counter``: seconds there to receive it.
    """

    id: UUID
    status: str
    days: float | None
    on_time: bool | None
    trips: int | None
    fee: int | None
    new_papers: tuple[str, ...] = ()
    counter: float = 0.0
    why: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it was refused, or not accepted at all."""
        return self.status in (REFUSED, NOT_ACCEPTED)


@dataclass(frozen=True)
class Run:
    """Everything that came of one replay; ``drawn``: how often something was drawn, ``stuck``: cases without an end.

    ``beside``: when each step of another service was done, in the order of the past.
    """

    outcomes: tuple[Outcome, ...]
    lanes: Mapping[tuple[UUID, str], Lane]
    drawn: int
    stuck: int
    events: int
    beside: tuple[float, ...] = ()


class Replay:
    """One run of one version. ``go`` yields after each stretch of events, so that whoever runs it may tell how far it is."""

    def __init__(self, ground: Ground, version: Version, *, seed: int) -> None:
        self.ground, self.version, self.seed = ground, version, seed
        self.lanes: dict[tuple[UUID, str], Lane] = {}
        self.walks: list[Walk] = []
        self.waiting: list[tuple[float, int, int, Walk | None, Any, Any]] = []
        self.count = self.events = self.drawn = self.stuck = self.ids = 0
        self.offices: dict[tuple[str, str, UUID, UUID], UUID] = {}
        self.beside = [one.done for one in ground.past.beside]

    def go(self, stretch: int = 2_000) -> Iterator[int]:
        """Let everything happen; yields how many cases have come so far. The result stands in `run` afterwards."""
        for place, one in enumerate(self.ground.past.beside):
            self._plan(one.ready, BESIDE, None, None, place)
        for place, arrival in enumerate(self.ground.past.arrivals, start=1):
            self._until(arrival.at)
            self._receive(arrival)
            if place % max(1, stretch // 10) == 0:
                yield place
        while self.waiting:
            self._until(float("inf"), stretch)
            yield len(self.ground.past.arrivals)

    def run(self) -> Run:
        """What came of it, once everything has happened."""
        outcomes = tuple(self._outcome(walk) for walk in self.walks)
        return Run(outcomes, self.lanes, self.drawn, self.stuck, self.events, tuple(self.beside))

    def _until(self, at: float, most: int = 0) -> None:
        """Let happen what happens before an instant, or at most so much of it."""
        done = 0
        while self.waiting and self.waiting[0][0] <= at and (not most or done < most):
            then, _place, kind, walk, token, about = heapq.heappop(self.waiting)
            done += 1
            if walk is None:
                self._lend(about)
                continue
            try:
                self._happen(then, kind, walk, token, about)
            except (StuckToken, ArithmeticError, LookupError, ValueError):
                walk.marking.clear()
                walk.script.over()
                self.stuck += walk.ended is None
        self.events += done

    def _lend(self, place: int) -> None:
        """A step of another service comes to the same people."""
        one = self.ground.past.beside[place]
        self.beside[place] = self._of_lane(one.lane).lend(one.ready, one.work)

    def _plan(self, at: float, kind: int, walk: Walk | None, token: Any, about: Any) -> None:
        self.count += 1
        heapq.heappush(self.waiting, (at, self.count, kind, walk, token, about))

    def _receive(self, arrival: Arrival) -> None:
        """A case comes: accepted or not, its first steps begin."""
        version, hours = self.version, self.ground.hours[arrival.centre]
        script = Script(arrival, version, self.ground, seed=self.seed)
        known, days = version.known(arrival.answers), [hours.day(arrival.at)]
        walk = Walk(arrival, script, known, answered=arrival.at, days=days)
        self.walks.append(walk)
        walk.why = version.refuses(arrival.answers, walk.days[0])
        if walk.why:
            walk.status, walk.ended = NOT_ACCEPTED, arrival.at
            return
        if version.process is None:
            self._follow(arrival.at, walk)
            return
        try:
            self._begin(arrival.at, walk, version.process)
        except (StuckToken, ArithmeticError, LookupError, ValueError):
            walk.marking.clear()
            self.stuck += 1

    def _begin(self, at: float, walk: Walk, process: CompiledProcess) -> None:
        known = facts(outcome="done", decision="", data=walk.known)
        move = begin(process, facts=known, ids=self._id, inline=self.version.inline)
        first = process.intake
        if first is None:
            self._moved(at, walk, move)
            return
        if first.lane is not None:
            lane = self._lane(walk, first, "")
            walk.counter = walk.script.at_counter()
            lane.note(at, walk.counter, at)
        walk.script.taken(first.id)
        known = {**known, **move.kept}
        status = move.status
        move = leave(
            process,
            marking=move.born,
            token=move.born[0].id,
            facts=known,
            ids=self._id,
            inline=self.version.inline,
        )
        walk.status = status or walk.status
        self._moved(at, walk, move)

    def _follow(self, at: float, walk: Walk) -> None:
        """The next activity of a case that has no process: it goes on as it did."""
        visit = walk.script.following()
        if visit is None:
            walk.ended = at
            return
        hours = self.ground.hours[walk.arrival.authority]
        self._plan(hours.after(at, visit.rest), READY, walk, None, visit)

    def _happen(self, at: float, kind: int, walk: Walk, token: Any, about: Any) -> None:
        if walk.ended is not None or (token is not None and token.id not in walk.marking):
            return
        if kind == READY:
            self._plan(self._worked(at, walk, token, about), DONE, walk, token, about)
        elif kind == FIRE:
            self._fired(at, walk, token, about)
        elif token is None:
            walk.answered = at
            self._follow(at, walk)
        else:
            self._done(at, walk, token, about)

    def _worked(self, at: float, walk: Walk, token: Token | None, visit: Visit) -> float:
        """When somebody has worked on it."""
        if token is None or self.version.process is None:
            return self._of_lane((walk.arrival.authority, visit.role)).take(at, visit.work)
        node = self.version.process.node(token.node)
        if node.kind == "service" or node.lane is None or node.lane.audience == "applicant" or not visit.work:
            return at
        return self._lane(walk, node, token.mark).take(at, visit.work)

    def _done(self, at: float, walk: Walk, token: Token, visit: Visit) -> None:
        """A step is done: the process moves on."""
        process = self.version.process
        assert process is not None
        node = process.node(token.node)
        walk.steps += 1
        if walk.steps > MOST_STEPS:
            raise StuckToken(f"more than {MOST_STEPS} steps")
        if node.kind == "user" and node.lane is not None and node.lane.audience in FRONT:
            if visit.rest or visit.work or not node.waits_for:
                walk.days.append(self.ground.hours[walk.arrival.centre].day(at))
        else:
            walk.answered = max(walk.answered, at)
        outcome = visit.outcome or "done"
        walk.decision = outcome if node.separated else walk.decision
        move = leave(
            process,
            marking=tuple(walk.marking.values()),
            token=token.id,
            facts=self._facts(walk, outcome),
            ids=self._id,
            inline=self.version.inline,
        )
        self._moved(at, walk, move)

    def _fired(self, at: float, walk: Walk, token: Token, about: tuple[Node, int]) -> None:
        """A term ran out, or a message came."""
        process, (event, left) = self.version.process, about
        assert process is not None
        move = fire(
            process,
            marking=tuple(walk.marking.values()),
            token=token.id,
            event=event.id,
            facts=self._facts(walk, ""),
            ids=self._id,
            inline=self.version.inline,
        )
        self._moved(at, walk, move)
        if left and token.id in walk.marking:
            self._plan(self._due(at, walk, event), FIRE, walk, token, (event, left - 1))

    def _facts(self, walk: Walk, outcome: str) -> dict[str, Any]:
        return facts(outcome=outcome, decision=walk.decision, data=walk.known, kept=walk.kept)

    def _moved(self, at: float, walk: Walk, move: Any) -> None:
        """Take over where the tokens stand now, and let begin what begins there."""
        for gone in move.gone:
            walk.marking.pop(gone, None)
        walk.kept = move.kept
        if move.status and move.status != walk.status:
            self._turn(at, walk, move.status)
        if move.ended:
            walk.marking.clear()
            walk.ended = at
            walk.why = _reasons(move.kept) if walk.status == REFUSED else ()
            return
        walk.marking |= {token.id: token for token in move.born}
        for token in move.born:
            self._rests(at, walk, token)

    def _turn(self, at: float, walk: Walk, status: str) -> None:
        """The legal clock stands still while the applicant has the case."""
        if status == APPLICANT:
            walk.since = at
        elif walk.since is not None:
            walk.pauses.append((walk.since, at))
            walk.since = None
        walk.status = status

    def _rests(self, at: float, walk: Walk, token: Token) -> None:
        """A token rests: a task begins, terms begin to run, a message is awaited."""
        process = self.version.process
        assert process is not None
        node = process.node(token.node)
        whole = node.several is not None and token.mark == ""
        if node.works and not whole and not walk.script.is_cut_short(node, process.boundaries(node.id)):
            visit = walk.script.visit(node)
            self.drawn += visit.drawn
            lying = visit.of.rest
            office = node.lane is not None and node.lane.audience == "back"
            hours = self.ground.hours.get(self._unit(walk, node, token.mark)) if office else None
            then = hours.after(at, lying) if hours is not None else at + lying
            self._plan(then, READY, walk, token, visit.of)
        awaited = process.awaited(node.id) if node.several is None else process.boundaries(node.id)
        for event in awaited if whole or node.several is None else ():
            if event.event == "timer":
                self._plan(
                    self._due(at, walk, event),
                    FIRE,
                    walk,
                    token,
                    (event, min(MOST_RETURNS, event.again if event.again >= 0 else MOST_RETURNS)),
                )
            elif event.event == "message":
                awaited_for = walk.script.wait(event.id, border=event.kind == "border")
                if math.isfinite(awaited_for):
                    self._plan(at + awaited_for, FIRE, walk, token, (event, 0))

    def _due(self, at: float, walk: Walk, event: Node) -> float:
        """When a term runs out."""
        now, days = datetime.fromtimestamp(at, UTC), self.ground.calendars[walk.arrival.authority]
        if event.timer is not None:
            return instant_after(event.timer, at=now, days=days).timestamp()
        found = event.moment.of({"form": walk.known, **walk.kept}) if event.moment else None
        if isinstance(found, datetime):
            return max(at, found.timestamp() if found.tzinfo else found.replace(tzinfo=UTC).timestamp())
        if found is None:
            return at
        return max(at, datetime(found.year, found.month, found.day, tzinfo=UTC).timestamp())

    def _unit(self, walk: Walk, node: Node, mark: str) -> UUID:
        key = (node.id, mark, walk.arrival.centre, walk.arrival.authority)
        if key not in self.offices:
            self.offices[key] = self.ground.office(node, mark, walk.arrival.centre, walk.arrival.authority)
        return self.offices[key]

    def _lane(self, walk: Walk, node: Node, mark: str) -> Lane:
        role = node.lane.role if node.lane else ""
        return self._of_lane((self._unit(walk, node, mark), role), walk.arrival.authority)

    def _of_lane(self, key: tuple[UUID, str], otherwise: UUID | None = None) -> Lane:
        """A lane with as many people as it had, and those that are assumed to come or go."""
        if key not in self.lanes:
            hours = self.ground.hours.get(key[0]) or self.ground.hours[otherwise or key[0]]
            people = self.ground.past.people.get(key, 1) + self.ground.assumptions.people.get(key[1], 0)
            self.lanes[key] = Lane(people, hours)
        return self.lanes[key]

    def _id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    def _outcome(self, walk: Walk) -> Outcome:
        arrival = walk.arrival
        if walk.status == NOT_ACCEPTED:
            return Outcome(arrival.id, NOT_ACCEPTED, None, None, None, None, why=walk.why)
        if walk.ended is None:
            return Outcome(arrival.id, "", None, None, None, None)
        answered = walk.answered if walk.answered > arrival.at or self.version.process is None else walk.ended
        lacking = self._lacking(arrival)
        errands = len(self.version.asked(arrival.answers) & self.ground.assumptions.errands)
        return Outcome(
            id=arrival.id,
            status=walk.status if self.version.process else arrival.fact.status,
            days=(answered - arrival.at) / DAY,
            on_time=self._on_time(walk, answered),
            trips=trips_of(walk.days) + errands + bool(lacking) if self.version.process else None,
            fee=self.version.fee(arrival.answers, walk.days[0]),
            new_papers=lacking,
            counter=walk.counter,
            why=walk.why,
        )

    def _lacking(self, arrival: Arrival) -> tuple[str, ...]:
        """Papers that are newly asked for and were not brought."""
        if self.version is self.ground.current:
            return ()
        asked = self.version.asked(arrival.answers) - self.ground.current.asked(arrival.answers)
        return tuple(sorted(asked - arrival.papers))

    def _on_time(self, walk: Walk, answered: float) -> bool | None:
        """Whether the answer came by the due date that this version gives."""
        arrival, days = walk.arrival, self.ground.calendars[walk.arrival.authority]
        if self.version.process is None:
            due = arrival.fact.due
        else:
            due = due_after(
                self.version.duration,
                arrival.answers,
                at=datetime.fromtimestamp(arrival.at, UTC),
                days=days,
                pauses=[
                    (datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(until, UTC))
                    for since, until in walk.pauses
                ],
            )
        return None if due is None else self.ground.hours[arrival.centre].day(answered) <= due


def _reasons(kept: Mapping[str, Any]) -> tuple[str, ...]:
    """The rules that answered on the way, as decision and rule."""
    found = (hit for hits in (kept.get("why") or {}).values() for hit in hits)
    return tuple(f"{decision}/{rule}" for decision, rule, _said in found)
