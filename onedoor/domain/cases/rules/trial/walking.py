"""How a trial goes on: the same moves, rows and clock as with a case, and what the worker would do in between."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from onedoor.domain.cases.errors import NoSuchTask, NotAsked, OutcomeIsUnknown
from onedoor.domain.cases.rules.clock import (
    Clock,
    breach_at,
    clock_of,
    kept,
    reckon_clock,
    turned,
    warning_at,
)
from onedoor.domain.cases.rules.due import instant_after
from onedoor.domain.cases.rules.engine import Move, Token, begin, fire, leave
from onedoor.domain.cases.rules.rows import Row, facts, is_of_the_seat, key_text, rows_of
from onedoor.domain.cases.rules.trial.state import (
    Trial,
    TrialDecision,
    TrialHit,
    TrialPassed,
    TrialSent,
    TrialTask,
    TrialTimer,
    TrialWait,
)
from onedoor.domain.catalogue.api import CompiledProcess, Node, known_by
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.ids import new_id

OFFICE = UUID(int=0)
ANY_ERROR = "error"
ANSWERED = ("refused", "issued", "handed_over", "withdrawn", "closed")
MOST_FIRED = 1_000


@dataclass(frozen=True)
class Course:
    """By which process a trial goes, and which handlers run inside a step.

    ``overdue``: the handler that marks tasks as overdue.
    """

    process: CompiledProcess
    inline: Collection[str] = ()
    overdue: str = ""


@dataclass
class _Ground:
    """Every office of a trial is the same one, with one calendar."""

    calendar: Calendar
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    def unit_of(self, node: Node, seat: str = "") -> UUID:
        """No office in particular."""
        return OFFICE

    def days(self, unit: UUID, *, hours: bool = False) -> Calendar:
        """The trial's calendar."""
        return self.calendar


def begun(course: Course, trial: Trial, *, clock: Clock | None, start: str = "") -> Trial:
    """It is received, or begins by itself: the receiving is done where the process draws it, and the clock runs."""
    if clock is not None:
        trial = replace(trial, clock=kept(clock), due_on=reckon_clock(clock, trial.calendar).on)
    move = begin(course.process, facts=_facts(trial, "done"), ids=new_id, inline=course.inline, start=start)
    trial = _moved(course, trial, move, turns=False)
    intake = course.process.intake_after(start or course.process.start)
    if intake is not None:
        first = replace(trial, status="received")
        move = _left(course, first, trial.marking[0].id, "done")
        first = _noted(first, "done", intake, "done")
        trial = _moved(course, first, move, turns=False, done=intake.id)
    return _heard(course, trial)


def stepped(
    course: Course, trial: Trial, *, task: UUID, outcome: str, answers: Mapping[str, Any] | None
) -> Trial:
    """A task ends, a handler is imitated, or a message comes. Errors: NoSuchTask, OutcomeIsUnknown, NotAsked."""
    open_task = next((each for each in trial.tasks if each.id == task), None)
    wait = next((each for each in trial.waits if each.id == task), None)
    if open_task is not None:
        trial = _done(course, trial, open_task, outcome, answers)
    elif wait is not None:
        trial = _hears(course, trial, wait, outcome)
    else:
        raise NoSuchTask()
    return _heard(course, trial)


def waited(course: Course, trial: Trial, *, until: datetime) -> Trial:
    """Time passes: what runs out on the way happens at its instant, the earliest first."""
    for _ in range(MOST_FIRED):
        due = min(_coming(trial), key=lambda each: each[:2], default=None)
        if due is None or due[0] > until:
            break
        at, _order, happen = due
        trial = _heard(course, happen(course, replace(trial, at=max(at, trial.at))))
    return replace(trial, at=max(until, trial.at))


def _done(
    course: Course, trial: Trial, task: TrialTask, outcome: str, answers: Mapping[str, Any] | None
) -> Trial:
    node = course.process.node(task.node)
    if outcome not in task.outcomes:
        raise OutcomeIsUnknown(field="outcome")
    if answers is not None:
        if not node.edits:
            raise NotAsked(field="answers")
        trial = replace(trial, answers=dict(answers))
    if node.kind == "service":
        return _served(course, trial, task, node, outcome)
    decision = outcome if node.separated else trial.decision
    trial = _noted(replace(trial, decision=decision), "done", node, outcome)
    return _moved(course, trial, _left(course, trial, task.token, outcome), outcome=outcome, done=node.id)


def _served(course: Course, trial: Trial, task: TrialTask, node: Node, outcome: str) -> Trial:
    """A handler succeeded, or failed with an error that stands on its border."""
    if outcome != "done":
        border = next(
            each
            for each in course.process.boundaries(node.id)
            if each.event == "error" and (each.error or ANY_ERROR) == outcome
        )
        return _happened(course, _noted(trial, "done", node, outcome), task.token, border, outcome, node.id)
    trial = _noted(trial, "sent" if node.message else "done", node, "done")
    if node.message:
        key = key_text(node.key(_facts(trial, "")) if node.key else None)
        trial = replace(trial, sent=(*trial.sent, TrialSent(message=node.message, key=key)))
    return _moved(course, trial, _left(course, trial, task.token, "done"), done=node.id)


def _hears(course: Course, trial: Trial, wait: TrialWait, outcome: str) -> Trial:
    trial = replace(trial, waits=tuple(each for each in trial.waits if each.id != wait.id))
    node = course.process.node(wait.node)
    return _happened(course, _noted(trial, "heard", node, outcome), wait.token, node, outcome or "done")


def _heard(course: Course, trial: Trial) -> Trial:
    """What the process itself sent reaches what waits for it, in the order in which it was sent."""
    for sent in trial.sent:
        wait = next(
            (each for each in trial.waits if (each.message, each.key) == (sent.message, sent.key)), None
        )
        if wait is not None:
            left = list(trial.sent)
            left.remove(sent)
            return _heard(course, _hears(course, replace(trial, sent=tuple(left)), wait, ""))
    return trial


def _coming(trial: Trial) -> list[tuple[datetime, str, Callable[[Course, Trial], Trial]]]:
    """What will happen by itself: terms that run out, and what the legal clock says."""
    found: list[tuple[datetime, str, Callable[[Course, Trial], Trial]]] = []
    for timer in trial.timers:
        found.append((timer.due_at, str(timer.id), partial(_fired, timer=timer)))
    clock = clock_of(trial.clock)
    if clock is None or trial.due_on is None or trial.ended or trial.status in ANSWERED:
        return found
    reckoned, told = reckon_clock(clock, trial.calendar), {each.what for each in trial.passed}
    rings = {"warned": warning_at(clock, reckoned, trial.calendar), "breached": breach_at(reckoned)}
    for what, at in rings.items():
        if at is not None and what not in told:
            found.append((at, what, partial(_rung, what=what)))
    return found


def _rung(course: Course, trial: Trial, *, what: str) -> Trial:
    told = TrialPassed(at=trial.at, what=what, node="", names={})
    tasks = trial.tasks
    if what == "breached":
        tasks = tuple(replace(each, overdue=True) if each.kind == "user" else each for each in tasks)
    return replace(trial, passed=(*trial.passed, told), tasks=tasks)


def _fired(course: Course, trial: Trial, *, timer: TrialTimer) -> Trial:
    node = course.process.node(timer.node)
    left = tuple(each for each in trial.timers if each.id != timer.id)
    if timer.again and node.timer is not None and not node.interrupting:
        days = trial.calendar if node.timer.calendar == "office" else Calendar()
        due = instant_after(node.timer, at=timer.due_at, days=days)
        left = (*left, replace(timer, id=new_id(), due_at=due, again=timer.again - 1))
    return _happened(course, _noted(replace(trial, timers=left), "fired", node), timer.token, node, "done")


def _happened(course: Course, trial: Trial, token: UUID, event: Node, outcome: str, done: str = "") -> Trial:
    move = fire(
        course.process,
        marking=trial.marking,
        token=token,
        event=event.id,
        facts=_facts(trial, outcome),
        ids=new_id,
        inline=course.inline,
    )
    return _moved(course, trial, move, outcome=outcome, done=done, at=token)


def _left(course: Course, trial: Trial, token: UUID, outcome: str) -> Move:
    return leave(
        course.process,
        marking=trial.marking,
        token=token,
        facts=_facts(trial, outcome),
        ids=new_id,
        inline=course.inline,
    )


def _facts(trial: Trial, outcome: str) -> dict[str, Any]:
    known = known_by(trial.form, trial.answers)
    return facts(outcome=outcome, decision=trial.decision, data=known, kept=trial.kept, number=trial.number)


def _moved(
    course: Course,
    trial: Trial,
    move: Move,
    *,
    outcome: str = "done",
    turns: bool = True,
    done: str = "",
    at: UUID | None = None,
) -> Trial:
    """The trial after a move.

    Args:
        outcome: the word with which it came about. turns: whether the step may let the clock stand still.
        done: the element whose task ended and was not stopped. at: the token at which something happened.
    """
    ground = _Ground(trial.calendar, trial.at, _facts(trial, outcome))
    rows = rows_of(course.process, move, ground=ground, steps=trial.steps)
    status = move.status or trial.status
    trial = _turned(trial, status, ended=move.ended) if turns else trial
    rows.bound(trial.due_on)
    late = any(node.handler == course.overdue for node in move.inline)
    trial = _passed(course, trial, move, done)
    gone = set(move.gone)
    marking = tuple(token for token in trial.marking if token.id not in gone) + move.born
    inside = _within(at, marking) if late and at else frozenset()
    tasks = tuple(
        replace(each, overdue=each.overdue or each.token in inside)
        for each in trial.tasks
        if each.token not in gone
    )
    answered = trial.answered or (trial.at if status in ANSWERED else None)
    return replace(
        trial,
        status=status,
        kept=dict(move.kept),
        marking=marking,
        tasks=tasks + tuple(_task(course, row, move.seats, trial.at) for row in rows.tasks),
        timers=(
            *(each for each in trial.timers if each.token not in gone),
            *(_timer(course, row) for row in rows.timers),
        ),
        waits=(
            *(each for each in trial.waits if each.token not in gone),
            *(_wait(course, row) for row in rows.waits),
        ),
        steps=trial.steps + len(rows.tasks),
        ended=move.ended,
        end=move.end.id if move.end else trial.end,
        answered=answered,
    )


def _turned(trial: Trial, status: str, *, ended: bool) -> Trial:
    clock = clock_of(trial.clock)
    after = turned(clock, before=trial.status, after=status, at=trial.at) if clock and not ended else None
    if after is None:
        return trial
    return replace(trial, clock=kept(after), due_on=reckon_clock(after, trial.calendar).on)


def _within(token: UUID, marking: tuple[Token, ...]) -> frozenset[UUID]:
    """The token and those inside it."""
    found = [token]
    for here in found:
        found += [each.id for each in marking if each.parent == here]
    return frozenset(found)


def _passed(course: Course, trial: Trial, move: Move, done: str) -> Trial:
    """What was walked through and what was stopped, and the decisions that were asked on the way."""
    gone, said, asked = set(move.gone), [], []
    stopped = [each for each in trial.tasks if each.token in gone and each.node != done]
    for task in stopped:
        said.append(TrialPassed(at=trial.at, what="stopped", node=task.node, names=task.names))
    for id in move.passed:
        node = course.process.node(id)
        said.append(TrialPassed(at=trial.at, what="passed", node=id, names=dict(node.names)))
        if node.kind == "rule":
            why = move.kept.get("why", {}).get(node.into, ())
            asked.append(
                TrialDecision(
                    at=trial.at,
                    node=id,
                    rule=node.rule,
                    into=node.into,
                    answer=move.kept["rules"].get(node.into),
                    hits=tuple(_hit(*hit) for hit in why),
                )
            )
    return replace(trial, passed=(*trial.passed, *said), decisions=(*trial.decisions, *asked))


def _hit(decision: str, rule: int, note: str = "", fault: str = "") -> TrialHit:
    return TrialHit(decision=decision, rule=rule, note=note or "", fault=fault or "")


def _noted(trial: Trial, what: str, node: Node, outcome: str = "") -> Trial:
    said = TrialPassed(at=trial.at, what=what, node=node.id, names=dict(node.names), outcome=outcome)
    return replace(trial, passed=(*trial.passed, said))


def _task(course: Course, row: Row, seats: Mapping[UUID, str], at: datetime) -> TrialTask:
    node = course.process.node(row["node"])
    lane, seat = node.lane, seats.get(row["token"], "")
    unit = str(lane.unit) if lane else ""
    if seat and is_of_the_seat(node):
        unit = seat
    outcomes = node.outcomes
    if node.kind == "service":
        errors = (each for each in course.process.boundaries(node.id) if each.event == "error")
        outcomes = ("done", *dict.fromkeys(each.error or ANY_ERROR for each in errors))
    return TrialTask(
        id=row["id"],
        token=row["token"],
        node=node.id,
        names=dict(node.names),
        kind=node.kind,
        lane=dict(lane.names) if lane else {},
        role=lane.role if lane else "",
        unit=unit,
        audience=row["audience"],
        outcomes=outcomes,
        opened_at=at,
        due_on=row["due_on"],
        due_why=row["due_why"],
        separated=node.separated,
        edits=node.edits,
        waits_for=node.waits_for,
        handler=node.message or node.handler or "",
    )


def _timer(course: Course, row: Row) -> TrialTimer:
    names = dict(course.process.node(row["node"]).names)
    return TrialTimer(names=names, **row)


def _wait(course: Course, row: Row) -> TrialWait:
    names = dict(course.process.node(row["node"]).names)
    return TrialWait(names=names, **row)
