"""Completing a task: one transaction, three statements beside the calendar's, and the letter in the last of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.clocking import resume
from onedoor.domain.cases.actions.drafts import Files, put_files, refuse_files, refuse_unasked
from onedoor.domain.cases.actions.moving import Ground, change_of, due_after, facts_of, joined, waiting
from onedoor.domain.cases.actions.owing import charge_corrected, refuse_owed
from onedoor.domain.cases.actions.turning import asked_to_stand
from onedoor.domain.cases.errors import (
    DecidedByTheReceiver,
    FormIsNotValid,
    NoSuchTask,
    OutcomeIsUnknown,
    ReasonIsMissing,
    TaskIsDone,
    TaskWaitsForPayment,
)
from onedoor.domain.cases.events import StepTaken
from onedoor.domain.cases.models import KIND, Held, hold, write
from onedoor.domain.cases.permissions import lanes_of
from onedoor.domain.cases.providers import inline_handlers
from onedoor.domain.cases.queries import faults_in
from onedoor.domain.cases.rules import ZONE, Completed, clean_reason, leave, on_time
from onedoor.domain.cases.rules.finding import names_in, search_words
from onedoor.domain.cases.rules.rows import rows_of
from onedoor.domain.catalogue.api import Node, form_to_ask, process_of
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Once, request_values
from onedoor.kernel.letters import letter_values, poke
from onedoor.kernel.mirrors.reference import as_held
from onedoor.kernel.scope import Actor

# The answer to a question whose file is there and not stored yet.
NEW = "new"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """How a task is to end: its outcome, why, the corrected answers and files, and the key of the request."""

    outcome: str = "done"
    reason: str = ""
    data: Mapping[str, Any] | None = None
    files: Files = field(default_factory=dict)
    once: Once | None = None


@transaction.atomic
def complete(
    *,
    by: Actor,
    at: datetime,
    task: UUID,
    outcome: str = "done",
    reason: str = "",
    data: Mapping[str, Any] | None = None,
    files: Files | None = None,
    once: Once | None = None,
) -> Completed:
    """End a task in one of its ways; the process moves on to where somebody or something has to act next.

    Args:
        outcome: one of the task's. reason: for the applicant, where the outcome asks for one.
        data: the corrected form, where the task may edit it. files: of it, as for `save_draft`; a file that is replaced stays
            among the papers of the case. once: the request's key; a repeat is answered the same.
    Errors: NoSuchTask (also of another office), NotInThisLane, DecidedByTheReceiver, TaskIsDone, OutcomeIsUnknown,
        ReasonIsMissing, NotAsked, FormIsNotValid, and those of files (type, size, full disk).
    """
    lanes = lanes_of(by)
    held = hold(task=task, units=None if lanes.everyone else lanes.units)
    if held is None:
        raise NoSuchTask()
    lanes.admit(audience=held.audience, unit=held.unit, role=held.role)
    said = Ending(outcome=outcome, reason=reason, data=data, files=files or {}, once=once)
    return end_step(held, said, units=lanes.units, by=by, at=at)


def end_step(held: Held, ending: Ending, *, units: Collection[UUID], by: Actor, at: datetime) -> Completed:
    """End the step of a locked task, for an actor who was admitted to it. Errors: as for `complete`, but of who may."""
    task, outcome, once = held.task, ending.outcome, ending.once
    assert task is not None
    if held.separated and str(by.id) in held.hands:
        raise DecidedByTheReceiver()
    if held.state != "open":
        raise TaskIsDone()
    process = process_of(held.edition)
    node = process.node(held.node)
    said = clean_reason(ending.reason)
    if node.waits_for and by.kind != "system":
        raise TaskWaitsForPayment()
    refuse_owed(process, node, held.case)
    if outcome not in node.outcomes:
        raise OutcomeIsUnknown(field="outcome")
    if outcome in node.reason_for and not said:
        raise ReasonIsMissing(field="reason")
    if held.audience == "back" and asked_to_stand(held):
        resume(by=by, at=at, task=task)
        held = hold(task=task, units=None) or held
    answers, hands = _entered(held, node, ending.data, ending.files, by=by, at=at)
    decision = outcome if node.separated else held.outcome
    known = facts_of(held, outcome=outcome, decision=decision, data=answers)
    move = leave(
        process,
        marking=held.marking,
        token=held.token,
        facts=known,
        ids=new_id,
        inline=inline_handlers(),
    )
    ground = Ground(centre=held.centre, authority=held.authority, at=at, facts=known)
    with as_held(held.stamp):
        rows = rows_of(process, move, ground=ground, steps=held.steps)
        change = change_of(
            held,
            process,
            move,
            rows,
            at=at,
            outcome=decision,
            data=answers,
            hands=hands,
            task=held.task,
            by=by.id,
            task_outcome=outcome,
            reason=said,
            words=_words(held, answers) if answers is not held.data else None,
        )
    event = StepTaken(
        task=task,
        node=held.node,
        outcome=outcome,
        status=change.status,
        waiting=waiting(rows),
        due=due_after(change),
        on_time=on_time(held.task_due, at, ZONE),
        visit=held.visit,
    )
    completed = Completed(
        case=held.case,
        task=task,
        status=change.status,
        waiting=tuple(row["node"] for row in rows.tasks),
        ended=move.ended,
    )
    written = write(
        change,
        units=units,
        letter=letter_values(event, kind=KIND, by=by, at=at, centre=held.centre),
        request=request_values(once, changed=completed, at=at) if once else None,
    )
    if not written:
        raise Conflict()
    if answers is not held.data:
        charge_corrected(process, held, answers, by=by, at=at)
    transaction.on_commit(poke)
    return completed


def _words(held: Held, answers: Mapping[str, Any]) -> str:
    """By which words a case with these answers is found."""
    return search_words(
        held.number, *names_in(answers.get(form_to_ask(held.edition).applicant.get("names", "")))
    )


def _entered(
    held: Held, node: Node, data: Mapping[str, Any] | None, files: Files, *, by: Actor, at: datetime
) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The answers after this step, and who has entered any; a task that does not edit leaves both alone."""
    if data is None or not node.edits:
        return held.data, held.hands
    form = form_to_ask(held.edition)
    refuse_unasked(form, data)
    there = {each.name: held.data.get(each.name) for each in form.questions if each.kind == "file"}
    kept = form.settled({**data, **there, **dict.fromkeys(files, NEW)})
    refuse_files(form, kept, files)
    faults = faults_in(form, kept, today=at.date())
    if faults:
        raise FormIsNotValid(faults)
    kept |= put_files(held.case, files, by=by, at=at)
    return kept, joined(held.hands, by.id)
