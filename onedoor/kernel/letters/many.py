"""Letters of many changes in one statement, for loading what happened elsewhere; otherwise as `publish`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, transaction

from onedoor.kernel.aggregate import prepared
from onedoor.kernel.letters.event import Event
from onedoor.kernel.letters.handler import handlers_of
from onedoor.kernel.letters.poke import poke
from onedoor.kernel.scope import Actor

MANY = """
WITH letter AS (
  INSERT INTO kernel_letter (origin, type, schema, kind, aggregate, epoch, version, actor_kind, actor, centre, at, body)
  SELECT kernel_this_node(), r.type, r.schema, %(kind)s, r.aggregate, r.epoch, r.version, %(actor_kind)s, %(actor)s,
         coalesce(r.centre, %(centre)s), r.at, r.body
  FROM ROWS FROM (json_to_recordset(%(rows)s::json)
       AS (t text, s int, a uuid, v bigint, i timestamptz, b text, e int, c uuid)) WITH ORDINALITY
       AS r (type, schema, aggregate, version, at, body, epoch, centre, place)
  ORDER BY r.place
  RETURNING id, aggregate, type),
unsealed AS (INSERT INTO kernel_unsealed (letter) SELECT id FROM letter),
delivery AS (INSERT INTO kernel_delivery (letter, handler, aggregate)
             SELECT letter.id, h.handler, letter.aggregate
             FROM letter JOIN unnest(%(heard)s::text[], %(handlers)s::text[]) AS h (type, handler) USING (type))
SELECT count(*) FROM letter
"""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of an aggregate, at its version and instant; ``centre`` where it is not that of all of them."""

    aggregate: UUID
    version: int
    event: Event
    at: datetime
    epoch: int = 1
    centre: UUID | None = None


def _row(each: Happened) -> dict[str, Any]:
    """A letter as the statement reads it."""
    return {
        "t": each.event.name,
        "s": each.event.schema,
        "a": each.aggregate,
        "v": each.version,
        "i": each.at,
        "b": each.event.body(),
        "e": each.epoch,
        "c": each.centre,
    }


def publish_many(happened: Sequence[Happened], *, kind: str, by: Actor, centre: UUID | None) -> int:
    """Write the letters of changes that were just saved, one for each version; gives how many."""
    if not connection.in_atomic_block:
        raise RuntimeError("letters are written in the transaction of their changes")
    heard = [(name, one) for name in {each.event.name for each in happened} for one in handlers_of(name)]
    values: dict[str, Any] = {
        "kind": kind,
        "actor_kind": by.kind,
        "actor": by.id,
        "centre": centre,
        "rows": orjson.dumps([_row(each) for each in happened]).decode(),
        "heard": [name for name, _ in heard],
        "handlers": [one for _, one in heard],
    }
    with prepared() as cursor:
        cursor.execute(MANY, values)
        written = int(cursor.fetchone()[0])  # type: ignore[index]
    transaction.on_commit(poke)
    return written
