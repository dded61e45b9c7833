"""Messages: taken in once, kept until a case waits for them, heard in the case's own transaction."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.moving import due_after, waiting
from onedoor.domain.cases.actions.stepping import Own, step
from onedoor.domain.cases.errors import MessageIsNotClear
from onedoor.domain.cases.events import MessageHeard
from onedoor.domain.cases.models import hold_token, keep_message, mark_heard, matched_messages, still_waits
from onedoor.domain.cases.permissions import MESSAGE
from onedoor.domain.cases.rules import clean_message
from onedoor.kernel.letters import poke
from onedoor.kernel.scope import Actor

log = logging.getLogger("onedoor.cases")
BATCH = 200
MOST_ANSWERS, LARGEST = 200, 64 * 1024
NOTHING: Mapping[str, Any] = {}


@transaction.atomic
def send_message(
    *,
    by: Actor,
    at: datetime,
    id: UUID,
    name: str,
    key: str,
    outcome: str = "",
    centre: UUID | None = None,
    answers: Mapping[str, Any] = NOTHING,
) -> bool:
    """Take in a message for whichever case waits for it, now or later; False when it was taken in before.

    Where none waits and a process of the centre starts by this message, it begins a case, under the message's id.

    Args:
        id: the sender's own, so that a repeat changes nothing. outcome: a word that the process may read as ``outcome``.
        centre: only cases of this centre hear it; needed from anybody but the node itself.
        answers: of the form, for a case that it begins.
    Errors: Refused, MessageIsNotClear.
    """
    if by.kind != "system":
        require(by, MESSAGE, at=centre)
        if centre is None:
            raise MessageIsNotClear(field="centre")
    said = clean_message(name=name, key=key, outcome=outcome)
    if said is None:
        raise MessageIsNotClear(field="message")
    if len(answers) > MOST_ANSWERS or len(orjson.dumps(dict(answers))) > LARGEST:
        raise MessageIsNotClear(field="answers")
    name, key, word = said
    return keep_message(id=id, name=name, key=key, outcome=word, centre=centre, at=at, answers=answers)


def take_over(*, at: datetime, id: UUID, name: str, key: str, outcome: str, centre: UUID | None) -> None:
    """A message that another node passed on is kept here for the case that waits for it."""
    keep_message(id=id, name=name, key=key, outcome=outcome, centre=centre, at=at)


def hear_messages(*, at: datetime, limit: int = BATCH) -> int:
    """Bring messages to the tokens that wait for them, one transaction each; gives how many were heard."""
    heard = 0
    for message, wait, token, node, outcome in matched_messages(limit=limit):
        try:
            heard += _hear(message, wait, token, node, outcome, at=at)
        except Exception as fault:
            log.warning("a message could not be heard", extra={"node": node, "fault": type(fault).__name__})
    return heard


@transaction.atomic
def _hear(message: UUID, wait: UUID, token: UUID, node: str, outcome: str, *, at: datetime) -> int:
    """One message: the case is locked, then it is asked whether it still waits and the message is still unheard."""
    held = hold_token(token=token)
    if held is None or all(each.id != token for each in held.marking) or not still_waits(wait):
        return 0
    if not mark_heard(message=message, case=held.case, at=at):
        return 0
    step(
        held,
        Own(event=node, outcome=outcome or "done"),
        lambda change, rows: MessageHeard(
            message=message, node=node, status=change.status, waiting=waiting(rows), due=due_after(change)
        ),
        at=at,
        heard=wait,
    )
    transaction.on_commit(poke)
    return 1
