"""Terms that run out: fired in batches, each once, without waiting for cases on which somebody works."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.moving import due_after, waiting
from onedoor.domain.cases.actions.ringing import ring
from onedoor.domain.cases.actions.stepping import Own, step
from onedoor.domain.cases.events import TimerFired
from onedoor.domain.cases.models import hold_token, lock_due_timers, postpone_timer
from onedoor.domain.cases.rules import instant_after
from onedoor.domain.cases.rules.clock import RINGS
from onedoor.domain.catalogue.api import process_of
from onedoor.domain.centres.api import Calendar, NoCalendar, calendar_of
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import poke

log = logging.getLogger("onedoor.cases")
BATCH = 200
PAUSE = timedelta(minutes=10)


@transaction.atomic
def fire_timers(*, at: datetime, limit: int = BATCH) -> int:
    """Fire up to ``limit`` terms that have run out; gives how many. Their cases are locked first, then looked at again."""
    due = lock_due_timers(at=at, limit=limit)
    try:
        with transaction.atomic():
            fired = sum(_fire_one(*each, at=at) for each in due)
    except Exception:  # one of them cannot: now each by itself, which costs two statements more
        fired = sum(_fire_or_postpone(*each, at=at) for each in due)
    if fired:
        transaction.on_commit(poke)
    return fired


def _fire_or_postpone(
    timer: UUID, token: UUID, node: str, due_at: datetime, again: int, *, at: datetime
) -> int:
    """One term in a savepoint: one that cannot fire is tried again later and does not hold up the others."""
    try:
        with transaction.atomic():
            return _fire_one(timer, token, node, due_at, again, at=at)
    except Exception as fault:
        log.warning("a term could not fire", extra={"node": node, "fault": type(fault).__name__})
        postpone_timer(timer=timer, until=at + PAUSE)
        return 0


def _fire_one(timer: UUID, token: UUID, node: str, due_at: datetime, again: int, *, at: datetime) -> int:
    """One term, or the ring of a whole case."""
    if node in RINGS:
        return ring(timer, token, node, at=at)
    return _fire(timer, token, node, due_at, again, at=at)


def _fire(timer: UUID, token: UUID, node: str, due_at: datetime, again: int, *, at: datetime) -> int:
    """One term: its arrow is taken; what was waiting stays or is stopped, as the element says; a cycle begins anew."""
    held = hold_token(token=token)
    if held is None or all(each.id != token for each in held.marking):
        return 0
    term = process_of(held.edition).node(node)
    timers: tuple[dict[str, Any], ...] = ()
    if again and term.timer is not None and not term.interrupting:
        days = _days(held.unit or held.centre) if term.timer.calendar == "office" else Calendar()
        following = instant_after(term.timer, at=due_at, days=days)
        timers = ({"id": new_id(), "token": token, "node": node, "due_at": following, "again": again - 1},)
    step(
        held,
        Own(event=node, outcome=held.task_outcome or "done"),
        lambda change, rows: TimerFired(
            task=held.task, node=node, status=change.status, waiting=waiting(rows), due=due_after(change)
        ),
        at=at,
        timers=timers,
        fired=timer,
    )
    return 1


def _days(unit: UUID) -> Calendar:
    try:
        return calendar_of(unit)
    except NoCalendar:
        return Calendar()
