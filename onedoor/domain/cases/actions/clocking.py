"""What officers do to the legal clock: let it stand still while a paper is missing, let it go on, give it more time."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.turning import ANSWERED
from onedoor.domain.cases.errors import (
    CaseIsFromALog,
    DecidedByTheReceiver,
    NoSuchCase,
    NoSuchTask,
    NoTermRuns,
    ReasonIsMissing,
    TaskIsDone,
)
from onedoor.domain.cases.events import ClockPaused, ClockResumed, TermExtended
from onedoor.domain.cases.models import Case, Task, Timer
from onedoor.domain.cases.permissions import EXTEND, lanes_of
from onedoor.domain.cases.queries.clock import days_of, office_days
from onedoor.domain.cases.queries.views import visible
from onedoor.domain.cases.rules import bounded, clean_reason, reckon
from onedoor.domain.cases.rules.clock import (
    RINGS,
    Clock,
    clock_of,
    extended,
    kept,
    paused,
    reckon_clock,
    resumed,
    step_clock,
    step_due,
)
from onedoor.domain.cases.rules.clock.reckoning import midnight_after
from onedoor.domain.catalogue.api import process_of
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

Office = Callable[[UUID, UUID], tuple[Calendar, bool]]
FAR = date(9999, 12, 31)


@transaction.atomic
def pause(*, by: Actor, at: datetime, task: UUID, reason: str) -> None:
    """Let a case's clock stand still from tomorrow on, because of what the reason says is missing.

    Errors: NoSuchTask, DecidedByTheReceiver, TaskIsDone, ReasonIsMissing, NoTermRuns, TermStandsStill.
    """
    held, clock = _of_task(task, by=by)
    if not clean_reason(reason):
        raise ReasonIsMissing(field="reason")
    _turn(held, paused(clock, at=at, reason=reason))
    publish(ClockPaused(task=task), of=held, by=by, at=at, centre=held.centre_id)


@transaction.atomic
def resume(*, by: Actor, at: datetime, task: UUID) -> date | None:
    """Let it go on; the new due date. Errors: NoSuchTask, TaskIsDone, NoTermRuns, TermDoesNotStandStill."""
    held, clock = _of_task(task, by=by)
    _turn(held, resumed(clock, at=at))
    due = held.due_on.isoformat() if held.due_on else ""
    publish(ClockResumed(task=task, due=due), of=held, by=by, at=at, centre=held.centre_id)
    return held.due_on


@transaction.atomic
def extend(*, by: Actor, at: datetime, case: UUID, amount: int, reason: str) -> date | None:
    """Give a case more time, as the service allows, before its term ends; the new due date.

    Args:
        amount: in the unit of the term: working days, days or office hours.
    Errors: NoSuchCase, Refused, NoTermRuns, ReasonIsMissing, NoMoreExtensions, ExtensionIsTooLong, TermHasRunOut.
    """
    with everything("who may see it is asked next"):
        visible(by, case)
        held = Case.objects.select_for_update().get(id=case)
    require(by, EXTEND, at=held.authority_id)
    if not clean_reason(reason):
        raise ReasonIsMissing(field="reason")
    clock = _running(held)
    now = reckon_clock(clock, days_of(held, clock))
    _turn(held, extended(clock, at=at, by=by.id, amount=amount, reason=reason, due=now.on, ends=now.at))
    due = held.due_on.isoformat() if held.due_on else ""
    publish(TermExtended(amount=amount, due=due), of=held, by=by, at=at, centre=held.centre_id)
    return held.due_on


def _of_task(task: UUID, *, by: Actor) -> tuple[Case, Clock]:
    """The case of an open task of this actor's lanes, locked, and its clock."""
    lanes = lanes_of(by)
    with everything("the lane is asked next"):
        row = Task.objects.filter(id=task, audience="back").first()
        if row is None or not lanes.works(audience=row.audience, unit=row.unit_id, role=row.role):
            raise NoSuchTask()
        held = Case.objects.select_for_update().get(id=row.case_id)
        row.refresh_from_db()
    if row.separated and str(by.id) in held.hands:
        raise DecidedByTheReceiver()
    if row.state != "open":
        raise TaskIsDone()
    return held, _running(held)


def _running(held: Case) -> Clock:
    """The clock of a case that is not answered yet."""
    clock = clock_of(held.due_why)
    if held.number is None:
        raise NoSuchCase()
    if held.origin:
        raise CaseIsFromALog()
    if clock is None or held.closed_at is not None or held.status in ANSWERED:
        raise NoTermRuns()
    return clock


def _turn(held: Case, clock: Clock) -> None:
    """Keep the clock and its date, and let the open steps and terms of the case follow."""
    held.due_on, held.due_why = reckon_clock(clock, days_of(held, clock)).on, kept(clock)
    held.save(update_fields=["due_on", "due_why"])
    tasks = list(held.tasks.filter(state="open", kind="user", audience="back"))
    timers = list(held.timers.filter(state__in=["waiting", "resting"]).exclude(node__in=RINGS))
    follow(held, clock, tasks, timers)
    Task.objects.bulk_update(tasks, ["due_on", "due_order", "due_why"])
    Timer.objects.bulk_update(timers, ["due_at", "state"])


def follow(
    held: Case, clock: Clock, tasks: list[Task], timers: list[Timer], *, office: Office = office_days
) -> None:
    """Set due dates and terms of open steps by the clock of their case; they rest while it stands still.

    Only what is counted in the office's days follows; a term of elapsed time is none of the law's, it is only never later.

    Args:
        office: gives the calendar of an office of a centre.
    """
    process = process_of(held.edition_id)
    by_token = {task.token: task for task in tasks}
    standing = clock.standing is not None and held.due_on is None
    for task in tasks:
        days, term = office(task.unit_id, held.centre_id)[0], process.node(task.node).due
        if standing:
            task.due_on = None
        elif term is not None and term.calendar == "office":
            own = step_clock(term.duration.days, task.opened_at, zone=days.zone, whole=clock)
            task.due_on = step_due(own, days, whole=held.due_on)
            bound = task.due_on == held.due_on and reckon_clock(own, days).on != task.due_on
            task.due_why = {"kind": "case"} if bound else kept(own)
        elif term is not None:
            due = bounded(reckon(term, at=task.opened_at, days=days), held.due_on, answers=True)
            task.due_on, task.due_why = due.on, dict(due.why)
        else:
            task.due_on, task.due_why = held.due_on, {"kind": "case"}
        task.due_order = task.due_on or FAR
    for timer in timers:
        of, term = by_token.get(timer.token), process.node(timer.node).timer
        if of is None or term is None or term.calendar != "office":
            continue
        days = office(of.unit_id, held.centre_id)[0]
        own = step_clock(term.duration.days, of.opened_at, zone=days.zone, whole=clock)
        on = None if standing else reckon_clock(own, days).on
        timer.state = "waiting" if on else "resting"
        timer.due_at = midnight_after(on, days.zone) if on else timer.due_at
