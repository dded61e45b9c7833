"""Terms that run out: fired in batches, each once, without waiting for cases on which somebody works."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.actions.moving import Ground, change_of, facts, rows_of, waiting
from onedoor.domain.cases.events import TimerFired
from onedoor.domain.cases.models import KIND, hold_token, lock_due_timers, postpone_timer, write
from onedoor.domain.cases.providers import inline_handlers
from onedoor.domain.cases.rules import fire
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import letter_values, poke
from onedoor.kernel.scope import Actor

log = logging.getLogger("onedoor.cases")
BATCH = 200
PAUSE = timedelta(minutes=10)


@transaction.atomic
def fire_timers(*, at: datetime, limit: int = BATCH) -> int:
    """Fire up to ``limit`` terms that have run out; gives how many. Their cases are locked first, then looked at again."""
    fired = sum(_fire_or_postpone(*due, at=at) for due in lock_due_timers(at=at, limit=limit))
    if fired:
        transaction.on_commit(poke)
    return fired


def _fire_or_postpone(timer: UUID, token: UUID, border: str, *, at: datetime) -> int:
    """One term in a savepoint: one that cannot fire is tried again later and does not hold up the others."""
    try:
        with transaction.atomic():
            return _fire(timer, token, border, at=at)
    except Exception as fault:
        log.warning("a term could not fire", extra={"node": border, "fault": type(fault).__name__})
        postpone_timer(timer=timer, until=at + PAUSE)
        return 0


def _fire(timer: UUID, token: UUID, border: str, *, at: datetime) -> int:
    """One term: its arrow is taken; what was waiting stays or is stopped, as the element says."""
    held = hold_token(token=token, units=None)
    if held is None or all(each.id != token for each in held.marking):
        return 0
    process = process_of(held.edition)
    move = fire(
        process,
        marking=held.marking,
        token=token,
        timer=border,
        facts=facts(outcome=held.task_outcome, decision=held.outcome, data=held.data),
        ids=new_id,
        inline=inline_handlers(),
    )
    ground = Ground(centre=held.centre, authority=held.authority, at=at)
    rows = rows_of(process, move, ground=ground, steps=held.steps)
    late: list[Any] = [held.task] if any(node.handler == "cases.mark_overdue" for node in move.inline) else []
    change = change_of(held, move, rows, at=at, fired=timer, overdue=late)
    event = TimerFired(task=held.task, node=border, status=change.status, waiting=waiting(rows))
    letter = letter_values(event, kind=KIND, by=Actor.system(), at=at, centre=held.centre)
    if not write(change, units=None, letter=letter):
        raise Conflict()
    return 1
