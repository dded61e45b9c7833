"""Service tasks: run by the worker, tried again with growing pauses, and never lost: what fails stays in sight."""

import logging
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.messages import send_message
from onedoor.domain.cases.actions.moving import due_after, facts_of, waiting
from onedoor.domain.cases.actions.stepping import Own, step
from onedoor.domain.cases.errors import NoSuchTask, NotFailed
from onedoor.domain.cases.events import ServiceFailed, ServiceRan, ServiceRetried
from onedoor.domain.cases.models import KIND, Held, fail, hold, lock_next_service
from onedoor.domain.cases.permissions import MEND
from onedoor.domain.cases.providers import Call, handler
from onedoor.domain.cases.rules.rows import key_text
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.errors import DomainError
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
            _run(held, at=at)
            _go_on(held, at=at)
    except Exception as fault:
        border = _caught(held, fault)
        if border and _left_by(border, held, fault, at=at):
            return True
        log.warning("a service task failed", extra={"node": held.node, "fault": type(fault).__name__})
        _failed(held, fault, at=at)
    return True


def _run(held: Held, *, at: datetime) -> None:
    """What the step is for: its handler, or the message that it sends."""
    node = process_of(held.edition).node(held.node)
    if node.message:
        key = key_text(node.key(facts_of(held, outcome="")) if node.key else None)
        send_message(by=Actor.system(), at=at, id=held.token, name=node.message, key=key)
        return
    found = handler(node.handler or "")
    if found is None:
        raise LookupError(f"no handler {node.handler} is installed")
    found.run(_call(held, at))


def _left_by(border: str, held: Held, fault: Exception, *, at: datetime) -> bool:
    """The step is left by the error on its border; where that cannot be done it counts as failed."""
    try:
        with transaction.atomic():
            _step(held, Own(event=border, outcome=getattr(fault, "code", "")), at=at)
    except Exception:
        log.exception("an error on a border could not be caught", extra={"node": held.node})
        return False
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
    _step(held, Own(), at=at)


def _caught(held: Held, fault: Exception) -> str:
    """The event on the step's border that catches this fault of the matter; empty where there is none."""
    if not isinstance(fault, DomainError):
        return ""
    for border in process_of(held.edition).boundaries(held.node):
        if border.event == "error" and border.error in ("", fault.code):
            return border.id
    return ""


def _step(held: Held, own: Own, *, at: datetime) -> None:
    task = cast(UUID, held.task)
    step(
        held,
        own,
        lambda change, rows: ServiceRan(
            task=task, node=held.node, status=change.status, waiting=waiting(rows), due=due_after(change)
        ),
        at=at,
        task=task,
        by=Actor.system().id,
        task_outcome=own.outcome[:30],
    )
    transaction.on_commit(poke)


def _failed(held: Held, fault: Exception, *, at: datetime) -> None:
    """Try again later, or put it into the list of failed steps. Only the kind of fault is kept, never contents."""
    attempts = held.attempts + 1
    final = attempts >= TRIES
    code = fault.code if isinstance(fault, DomainError) else type(fault).__name__
    event = ServiceFailed(
        task=cast(UUID, held.task), node=held.node, fault=code, attempts=attempts, final=final
    )
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
    event = ServiceRetried(task=task, node=held.node)
    fail(
        held,
        state="open",
        attempts=0,
        try_at=at,
        fault="",
        letter=letter_values(event, kind=KIND, by=by, at=at, centre=held.centre),
    )
