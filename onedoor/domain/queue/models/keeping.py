"""The plain SQL by which a whole line is kept for another day: one lock, and two rounds of statements, however long it is."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.queue.models.hot import FIELDS, INSERT, KIND
from onedoor.domain.queue.models.lately import forget
from onedoor.domain.queue.models.tables import Ticket
from onedoor.kernel.aggregate import prepared, this_node
from onedoor.kernel.letters import LETTER_CTE, Event, letter_values, poke
from onedoor.kernel.scope import Actor

_LINE = (
    f"SELECT {', '.join(f't.{name}' for name in FIELDS)} FROM queue_ticket t"
    " WHERE t.centre_id = %(centre)s AND t.day = %(day)s AND t.status = ANY(%(statuses)s)"
    " ORDER BY t.place, t.id LIMIT %(limit)s FOR UPDATE"
)
WRITTEN = ("status", "token", "name", "phone_mark", "ended_at")
_UPDATE = (
    f"WITH changed AS (UPDATE queue_ticket SET {', '.join(f'{name} = %(t_{name})s' for name in WRITTEN)},"
    " version = version + 1 WHERE id = %(t_id)s AND version = %(t_version)s AND centre_id = %(held_at)s"
    " RETURNING id, epoch, version), "
)
Change = tuple[Ticket, Event]


def lock_line(*, centre: UUID, day: date, statuses: Sequence[str], limit: int) -> list[Ticket]:
    """Lock a day's tickets of a centre that stand so, in the order of the line."""
    asked = {"centre": centre, "day": day, "statuses": list(statuses), "limit": limit}
    with prepared() as cursor:
        rows = cursor.execute(_LINE, asked).fetchall()
    return [Ticket.from_db("default", FIELDS, row) for row in rows]


def update_each(changes: Sequence[Change], *, centre: UUID, by: Actor, at: datetime) -> None:
    """Write status, address, name, telephone mark and end of locked tickets of this centre, each with its letter."""
    rows = []
    for ticket, event in changes:
        held = {f"t_{name}": ticket.__dict__[name] for name in ("id", "version", *WRITTEN)} | {
            "held_at": centre
        }
        ticket.version += 1
        rows.append(letter_values(event, kind=KIND, by=by, at=at, centre=centre) | held)
    _write(_UPDATE, rows, changed=[ticket.id for ticket, _ in changes])


def insert_each(changes: Sequence[Change], *, centre: UUID, by: Actor, at: datetime) -> None:
    """Write new tickets of this centre, each with its letter."""
    rows = []
    for ticket, event in changes:
        ticket.owner, ticket.epoch, ticket.version = this_node(), 1, 1
        held = {f"t_{name}": ticket.__dict__[name] for name in FIELDS}
        rows.append(letter_values(event, kind=KIND, by=by, at=at, centre=centre) | held)
    _write(INSERT, rows, changed=[])


def _write(head: str, rows: Sequence[dict[str, Any]], *, changed: Sequence[UUID]) -> None:
    if not rows:
        return
    with prepared() as cursor:
        cursor.executemany(head + LETTER_CTE + " SELECT id FROM letter", rows)
    transaction.on_commit(partial(_committed, changed))


def _committed(changed: Sequence[UUID]) -> None:
    for id in changed:
        forget(id)
    poke()
