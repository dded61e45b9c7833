"""Writing a letter in the transaction of its change, with a delivery row for each handler, as one statement."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from onedoor.kernel.aggregate import Aggregate, prepared
from onedoor.kernel.letters.event import Event
from onedoor.kernel.letters.handler import handlers_of
from onedoor.kernel.letters.payload import Payload
from onedoor.kernel.letters.poke import poke
from onedoor.kernel.scope import Actor

LETTER_CTE = """
letter AS (
  INSERT INTO kernel_letter (origin, addressee, type, schema, kind, aggregate, epoch, version,
                             actor_kind, actor, centre, at, body, person, payload)
  SELECT kernel_this_node(), %(addressee)s, %(type)s, %(schema)s, %(kind)s, changed.id, changed.epoch, changed.version,
         %(actor_kind)s, %(actor)s, %(centre)s, %(at)s, %(body)s, %(person)s, %(payload)s FROM changed
  RETURNING id, aggregate),
unsealed AS (INSERT INTO kernel_unsealed (letter) SELECT id FROM letter),
delivery AS (INSERT INTO kernel_delivery (letter, handler, aggregate)
             SELECT letter.id, heard, letter.aggregate FROM letter, unnest(%(handlers)s::text[]) AS heard)
"""
"""Common table expressions for a hot path: ``changed`` must give id, epoch and version of the one changed aggregate
(``WITH changed AS (UPDATE … RETURNING …), <this> SELECT …``); parameters by `letter_values`."""

PUBLISH = (
    "WITH changed AS (SELECT %(id)s::uuid AS id, %(epoch)s::int AS epoch, %(version)s::bigint AS version), "
    + LETTER_CTE
    + " SELECT id FROM letter"
)


def letter_values(
    event: Event,
    *,
    kind: str,
    by: Actor,
    at: datetime,
    centre: UUID | None = None,
    payload: Payload | None = None,
    to: UUID | None = None,
) -> dict[str, Any]:
    """The parameters of `LETTER_CTE` for an event about an aggregate of ``kind`` (``app.model``)."""
    return {
        "addressee": to,
        "type": event.name,
        "schema": event.schema,
        "kind": kind,
        "actor_kind": by.kind,
        "actor": by.id,
        "centre": centre,
        "at": at,
        "body": event.body(),
        "person": payload.person if payload else None,
        "payload": payload.sealed() if payload else None,
        "handlers": handlers_of(event.name, here=to is None),
    }


def publish(
    event: Event,
    *,
    of: Aggregate,
    by: Actor,
    at: datetime,
    centre: UUID | None = None,
    payload: Payload | None = None,
    to: UUID | None = None,
) -> int:
    """Write the letter of the change that was just saved; exactly one for each save.

    Args:
        of: the aggregate that was saved in this transaction.
        centre: where it happened, for live screens and reports.
        payload: personal contents, encrypted beside the letter.
        to: the node that the letter is addressed to, when not news for all.

    Returns:
        the letter's id (its number comes with sealing).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is written in the transaction of its change")
    values = letter_values(
        event, kind=of._meta.label_lower, by=by, at=at, centre=centre, payload=payload, to=to
    )
    with prepared() as cursor:
        cursor.execute(PUBLISH, {**values, "id": of.pk, "epoch": of.epoch, "version": of.version})
        letter = int(cursor.fetchone()[0])  # type: ignore[index]
    of.unpublished = False
    transaction.on_commit(poke)
    return letter
