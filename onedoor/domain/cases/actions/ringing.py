"""The clock's one ring: it warns, says that the term has run out, and then tells those above, one level after the other."""

from datetime import datetime, timedelta
from uuid import UUID

from onedoor.domain.access.api import unit
from onedoor.domain.cases.actions.turning import ANSWERED
from onedoor.domain.cases.events import CaseEscalated, TermBreached, TermWarned
from onedoor.domain.cases.models import Case, Escalation, Task, Timer
from onedoor.domain.cases.queries.clock import days_of
from onedoor.domain.cases.rules.clock import (
    BREACH,
    CLIMB,
    WARNING,
    Clock,
    Reckoned,
    breach_at,
    climb_at,
    clock_of,
    reckon_clock,
    warning_at,
)
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

SLEEP = timedelta(days=1)


def first_ring(held: Case, *, days: Calendar) -> list[Timer]:
    """The ring of a case that was just received; none where no time is known, or where it is answered at once."""
    clock = clock_of(held.due_why)
    warned = warning_at(clock, reckon_clock(clock, days), days) if clock else None
    if warned is None or held.closed_at is not None or held.status in ANSWERED:
        return []
    return [Timer(case=held, token=held.id, node=WARNING, due_at=warned)]


def ring(timer: UUID, case: UUID, kind: str, *, at: datetime) -> int:
    """Ring for a case, or go to sleep until it is time; 1 when somebody was told.

    The caller has locked the case. What moved its date since the ring was set, is seen here.
    """
    with everything("the clock of a case of any centre rings"):
        held = Case.objects.filter(id=case).first()
        row = Timer.objects.filter(id=timer, state="waiting").first()
        if held is None or row is None:
            return 0
        clock = clock_of(held.due_why)
        if clock is None or held.closed_at is not None or held.status in ANSWERED:
            return _stop(row)
        days = days_of(held, clock)
        reckoned = reckon_clock(clock, days)
        if reckoned.on is None or held.due_on is None:  # it stands still
            return _sleep(row, at + SLEEP)
        when = _when(kind, row, clock, reckoned, days)
        if at < when:
            return _sleep(row, _again(kind, row, clock, reckoned, days) or when)
        return _tell(row, held, clock, reckoned, days, at=at)


def _when(kind: str, row: Timer, clock: Clock, reckoned: Reckoned, days: Calendar) -> datetime:
    """When this ring is due by the date as it is now; one that climbs waits at least for the term's end."""
    ends = breach_at(reckoned) or row.due_at
    if kind == WARNING:
        return warning_at(clock, reckoned, days) or ends
    return ends if kind == BREACH else max(ends, row.due_at)


def _again(kind: str, row: Timer, clock: Clock, reckoned: Reckoned, days: Calendar) -> datetime | None:
    """When it warns once more: a breach that rings too early has got another date, of which nobody was reminded yet."""
    if kind != BREACH:
        return None
    row.node = WARNING
    return warning_at(clock, reckoned, days)


def _tell(row: Timer, held: Case, clock: Clock, reckoned: Reckoned, days: Calendar, *, at: datetime) -> int:
    due = held.due_on.isoformat() if held.due_on else ""
    if row.node == WARNING:
        _publish(held, TermWarned(due=due), at=at)
        row.node, row.due_at = BREACH, breach_at(reckoned) or at
    else:
        told = _climb(held, at=at, first=row.node == BREACH)
        if told is None:
            return _stop(row)
        row.node, row.due_at = CLIMB, climb_at(at, zone=clock.zone, days=days)
    row.save(update_fields=["node", "due_at"])
    return 1


def _climb(held: Case, *, at: datetime, first: bool) -> Escalation | None:
    """Tell the next unit above each office that still has the case; the first time the late steps are marked too."""
    waiting = list(held.tasks.filter(state="open", kind="user").order_by("place"))
    due = held.due_on.isoformat() if held.due_on else ""
    told = [each for each in (_above(held, task, at=at) for task in waiting) if each is not None]
    last = told[-1] if told else None
    if first:
        Task.objects.filter(id__in=[task.id for task in waiting], overdue_at__isnull=True).update(
            overdue_at=at
        )
        told_to = (last.unit_id, last.above_id) if last else (None, None)
        _publish(held, TermBreached(due=due, unit=told_to[0], above=told_to[1]), at=at)
    elif last is not None:
        event = CaseEscalated(due=due, unit=last.unit_id, above=last.above_id, level=last.level)
        _publish(held, event, at=at)
    return last


def _above(held: Case, task: Task, *, at: datetime) -> Escalation | None:
    """A row for the next unit above this step's office; the office's own head where nothing is above it."""
    before = Escalation.objects.filter(task=task.id).order_by("-level").first()
    office = unit(before.above_id if before else task.unit_id)
    if before and (office.parent is None or office.id == before.unit_id):
        return None
    return Escalation.objects.create(
        case=held,
        task=task.id,
        unit_id=task.unit_id,
        above_id=office.parent or office.id,
        level=before.level + 1 if before else 1,
        held_since=task.opened_at,
        due_on=held.due_on or at.date(),
        at=at,
    )


def _publish(held: Case, event: TermWarned | TermBreached | CaseEscalated, *, at: datetime) -> None:
    held.save(update_fields=["steps"])
    publish(event, of=held, by=Actor.system(), at=at, centre=held.centre_id)


def _sleep(row: Timer, until: datetime) -> int:
    row.due_at = until
    row.save(update_fields=["node", "due_at"])
    return 0


def _stop(row: Timer) -> int:
    row.state = "stopped"
    row.save(update_fields=["state"])
    return 0
