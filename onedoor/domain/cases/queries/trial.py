"""Trying a service before it is published: its documents are compiled as for publication, and nothing is written."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from onedoor.domain.cases.errors import FormIsNotValid, NoSuchStart
from onedoor.domain.cases.providers import inline_handlers
from onedoor.domain.cases.providers.marks import MARK_OVERDUE
from onedoor.domain.cases.queries.answers import faults_in
from onedoor.domain.cases.queries.clock import clock_view
from onedoor.domain.cases.rules import ZONE, ClockView, legal_clock, local
from onedoor.domain.cases.rules.trial import Course, Trial, TrialDocuments, begun, stepped, waited
from onedoor.domain.catalogue.api import (
    CompiledProcess,
    Duration,
    Node,
    compile_decisions,
    compile_form,
    compiled,
    declared_handlers,
    published_decisions,
    published_process,
)
from onedoor.domain.centres.api import Calendar

NUMBER = "TRIAL"


def trial_starts(documents: TrialDocuments) -> tuple[Node, ...]:
    """In which ways an application can begin: handed in, where that is drawn, then by each message and each time.

    Errors: ProcessRefused, DecisionsRefused.
    """
    process = _course(documents.process, documents.decisions).process
    by_hand = (process.node(process.start),) if process.by_hand else ()
    return by_hand + process.starts


def trial_begin(
    *,
    documents: TrialDocuments,
    answers: Mapping[str, Any],
    at: datetime,
    calendar: Calendar | None = None,
    number: str = NUMBER,
    start: str = "",
) -> Trial:
    """An invented application is received, or begins by itself: where it stands then, what waits for whom and until when.

    Args:
        answers: of the form; as at a counter, what does not fit is refused. An empty form asks nothing.
        calendar: of every office; one with weekends only where none is given.
        number: as which messages and conditions know the application.
        start: the id of the start by which it begins; none is that of a counter or door. A day that comes brings no answers.
    Errors: NoSuchStart, ProcessRefused, DecisionsRefused, FormRefused, FormIsNotValid.
    """
    days = calendar or Calendar()
    course = _course(documents.process, documents.decisions)
    begins = {each.id: each for each in trial_starts(documents)}
    if start and start not in begins:
        raise NoSuchStart(field="start")
    if start and begins[start].event == "timer":
        answers, form = {}, None
    else:
        form = compile_form(dict(documents.form)) if documents.form else None
    faults = faults_in(form, answers, today=local(at, days.zone)) if form else {}
    if faults:
        raise FormIsNotValid(faults)
    trial = Trial(
        process=documents.process,
        decisions_text=documents.decisions,
        form=dict(documents.form),
        answers=dict(answers),
        calendar=days,
        number=number,
        began=at,
        at=at,
    )
    duration = _duration(documents.content)
    return begun(course, trial, clock=legal_clock(duration, answers, at=at, zone=days.zone), start=start)


def trial_step(
    trial: Trial,
    *,
    task: UUID,
    outcome: str = "done",
    at: datetime | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Trial:
    """A person ends a task, a handler succeeds or fails, or a message comes.

    Args:
        task: the id of an open task or of a waiting message. outcome: one of the task's; of a message its word or none.
        at: when; what runs out before that happens first. answers: the corrected form, where the task may edit it.
    Errors: NoSuchTask (also of one that was stopped meanwhile), OutcomeIsUnknown, NotAsked, FormIsNotValid.
    """
    course = _course(trial.process, trial.decisions_text)
    if answers is not None and trial.form:
        faults = faults_in(
            compile_form(trial.form), answers, today=local(at or trial.at, trial.calendar.zone)
        )
        if faults:
            raise FormIsNotValid(faults)
    then = waited(course, trial, until=at or trial.at)
    return stepped(course, then, task=task, outcome=outcome, answers=answers)


def trial_wait(trial: Trial, *, until: datetime) -> Trial:
    """The clock is moved on: terms run out in their order, each at its own instant."""
    return waited(_course(trial.process, trial.decisions_text), trial, until=until)


def trial_clock(trial: Trial) -> ClockView:
    """The legal clock of a trial with everything that moved it, in words of the reader's language."""
    return clock_view(
        trial.clock,
        trial.due_on,
        days=trial.calendar,
        today=local(trial.at, ZONE),
        at=trial.at,
        answered=trial.answered,
        ended=trial.answered or (trial.at if trial.ended else None),
    )


@lru_cache(maxsize=32)
def _course(process: str, decisions: str) -> Course:
    return Course(_compiled(process, decisions), inline_handlers(), MARK_OVERDUE)


def _compiled(process: str, decisions: str) -> CompiledProcess:
    decided = compile_decisions(decisions.encode()) if decisions else None
    return compiled(
        process.encode(),
        handlers=declared_handlers(),
        called=published_process,
        decided=published_decisions,
        decisions=decided,
    )


def _duration(content: Mapping[str, Any]) -> Duration:
    """The term of the law; unknown where the description does not say it yet."""
    try:
        return _durations().validate_python(content.get("duration") or {})
    except ValidationError:
        return Duration()


@lru_cache(maxsize=1)
def _durations() -> TypeAdapter[Duration]:
    return TypeAdapter(Duration)
