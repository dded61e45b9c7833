"""Service tasks: run by the worker, tried again with growing pauses, and never lost: what fails stays in sight."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.moving import Ground, change_of, facts, rows_of, waiting
from onedoor.domain.cases.errors import NoSuchTask, NotFailed
from onedoor.domain.cases.events import ServiceFailed, ServiceRan, ServiceRetried
from onedoor.domain.cases.models import KIND, Held, fail, hold, lock_next_service, write
from onedoor.domain.cases.permissions import MEND
from onedoor.domain.cases.providers import Call, handler, inline_handlers
from onedoor.domain.cases.rules import leave
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.errors import Conflict, DomainError
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import letter_values, poke
from onedoor.kernel.scope import Actor, everything

log = logging.getLogger("onedoor.cases")
TRIES = 5
FIRST_PAUSE = timedelta(seconds=5)


def run_services(*, at: datetime, limit: int = 20) -> int:
    """Run the service tasks that are due, one transaction each; gives how many were tried."""
    tried = 0
    while tried < limit and _run_one(at=at):
        tried += 1
    return tried


@transaction.atomic
def _run_one(*, at: datetime) -> bool:
    """The oldest one whose case nobody works on. Whatever fails is undone and noted, so that the others go on."""
    task = lock_next_service(at=at)
    held = hold(task=task, units=None) if task else None
    if held is None or held.state != "open":
        return task is not None
    try:
        with transaction.atomic(), everything("a service task works for a case of any centre"):
            name = process_of(held.edition).node(held.node).handler or ""
            found = handler(name)
            if found is None:
                raise LookupError(f"no handler {name} is installed")
            found.run(_call(held, at))
            _go_on(held, at=at)
    except Exception as fault:
        log.warning("a service task failed", extra={"node": held.node, "fault": type(fault).__name__})
        _failed(held, fault, at=at)
    return True


def _call(held: Held, at: datetime) -> Call:
    return Call(
        case=held.case,
        number=held.number,
        centre=held.centre,
        service=held.service,
        edition=held.edition,
        person=held.person,
        data=held.data,
        at=at,
    )


def _go_on(held: Held, *, at: datetime) -> None:
    """The work is done: the token leaves."""
    process = process_of(held.edition)
    by = Actor.system()
    move = leave(
        process,
        marking=held.marking,
        token=held.token,
        facts=facts(outcome="done", decision=held.outcome, data=held.data),
        ids=new_id,
        inline=inline_handlers(),
    )
    rows = rows_of(
        process, move, ground=Ground(centre=held.centre, authority=held.authority, at=at), steps=held.steps
    )
    change = change_of(held, move, rows, at=at, task=held.task, by=by.id, task_outcome="done")
    event = ServiceRan(task=held.task, node=held.node, status=change.status, waiting=waiting(rows))
    if not write(
        change, units=None, letter=letter_values(event, kind=KIND, by=by, at=at, centre=held.centre)
    ):
        raise Conflict()
    transaction.on_commit(poke)


def _failed(held: Held, fault: Exception, *, at: datetime) -> None:
    """Try again later, or put it into the list of failed steps. Only the kind of fault is kept, never contents."""
    attempts = held.attempts + 1
    final = attempts >= TRIES
    code = fault.code if isinstance(fault, DomainError) else type(fault).__name__
    event = ServiceFailed(task=held.task, node=held.node, fault=code, attempts=attempts, final=final)
    fail(
        held,
        state="failed" if final else "open",
        attempts=attempts,
        try_at=None if final else at + FIRST_PAUSE * 4 ** (attempts - 1),
        fault=code,
        letter=letter_values(event, kind=KIND, by=Actor.system(), at=at, centre=held.centre),
    )


@transaction.atomic
def retry(*, by: Actor, at: datetime, task: UUID) -> None:
    """Have a failed step tried again at once. Errors: NoSuchTask, Refused, NotFailed."""
    held = hold(task=task, units=None)
    if held is None or held.kind != "service":
        raise NoSuchTask()
    require(by, MEND, at=held.unit)
    if held.state != "failed" and not (held.state == "open" and held.attempts):
        raise NotFailed()
    event = ServiceRetried(task=held.task, node=held.node)
    fail(
        held,
        state="open",
        attempts=0,
        try_at=at,
        fault="",
        letter=letter_values(event, kind=KIND, by=by, at=at, centre=held.centre),
    )
