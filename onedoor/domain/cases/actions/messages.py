"""Messages: taken in once, kept until a case waits for them, heard in the case's own transaction."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.moving import waiting
from onedoor.domain.cases.actions.stepping import Own, step
from onedoor.domain.cases.errors import MessageIsNotClear
from onedoor.domain.cases.events import MessageHeard
from onedoor.domain.cases.models import hold_token, keep_message, mark_heard, matched_messages, still_waits
from onedoor.domain.cases.permissions import ENTER
from onedoor.domain.cases.rules import clean_message
from onedoor.kernel.letters import poke
from onedoor.kernel.scope import Actor

log = logging.getLogger("onedoor.cases")
BATCH = 200


@transaction.atomic
def send_message(
    *, by: Actor, at: datetime, id: UUID, name: str, key: str, outcome: str = "", centre: UUID | None = None
) -> bool:
    """Take in a message for whichever case waits for it, now or later; False when it was taken in before.

    Args:
        id: the sender's own, so that a repeat changes nothing. outcome: a word that the process may read as ``outcome``.
        centre: only cases of this centre hear it; needed from anybody but the node itself.
    Errors: Refused, MessageIsNotClear.
    """
    if by.kind != "system":
        require(by, ENTER, at=centre)
        if centre is None:
            raise MessageIsNotClear(field="centre")
    said = clean_message(name=name, key=key, outcome=outcome)
    if said is None:
        raise MessageIsNotClear(field="message")
    return keep_message(id=id, name=said[0], key=said[1], outcome=said[2], centre=centre, at=at)


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
            message=message, node=node, status=change.status, waiting=waiting(rows)
        ),
        at=at,
        heard=wait,
    )
    transaction.on_commit(poke)
    return 1
