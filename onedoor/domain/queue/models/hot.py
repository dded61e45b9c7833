"""The hot paths' plain SQL: one lock, and one statement for the change, its letter, its deliveries and its idempotency row.

Every function that finds a ticket takes ``centres``, as plain SQL passes the scoped managers. The statements run on
server-side cursors, which psycopg prepares after a few uses (Django's own cursors never are).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.queue.models.tables import Obligation, Ticket
from onedoor.kernel.aggregate import prepared, this_node
from onedoor.kernel.inbox import REQUEST_CTE, Once, request_values
from onedoor.kernel.letters import LETTER_CTE, Event, letter_values, poke
from onedoor.kernel.scope import Actor

KIND, OBLIGATION = "queue.ticket", "queue.obligation"
FIELDS = [field.attname for field in Ticket._meta.concrete_fields]
_COLUMNS = ", ".join(f"t.{name}" for name in FIELDS)

_SERIAL = """
INSERT INTO queue_series (centre_id, day, letter, last) VALUES (%(centre)s, %(day)s, %(letter)s, 1)
ON CONFLICT (centre_id, day, letter) DO UPDATE SET last = queue_series.last + 1 RETURNING last
"""
_NEXT = f"""
SELECT {_COLUMNS} FROM queue_ticket t
WHERE t.centre_id = ANY(%(centres)s) AND t.day = %(day)s AND t.status = 'waiting'
  AND (%(services)s::uuid[] IS NULL OR t.service_id = ANY(%(services)s))
ORDER BY t.place, t.id LIMIT 1 FOR UPDATE"""
_ONE = (
    f"SELECT {_COLUMNS} FROM queue_ticket t WHERE t.centre_id = ANY(%(centres)s) AND t.id = %(id)s FOR UPDATE"
)
_INSERT = (
    f"WITH changed AS (INSERT INTO queue_ticket ({', '.join(FIELDS)})"
    f" VALUES ({', '.join(f'%(t_{name})s' for name in FIELDS)}) RETURNING id, epoch, version), "
)
_WRITTEN = [
    name
    for name in FIELDS
    if name not in ("id", "owner", "epoch", "version", "visit", "day", "place", "issued_at")
]
_UPDATE = (
    "WITH changed AS (UPDATE queue_ticket SET "
    + ", ".join(f"{name} = %(t_{name})s" for name in _WRITTEN)
    + ", version = version + 1 WHERE id = %(t_id)s AND centre_id = ANY(%(centres)s) RETURNING id, epoch, version), "
)
_END = " SELECT id FROM letter"
_OBLIGE = f"""
WITH changed AS (
  INSERT INTO queue_obligation (id, owner, epoch, version, centre_id, visit, kind, subject, due, outcome, opened_at)
  VALUES (%(id)s, kernel_this_node(), 1, 1, %(centre)s, %(visit)s, %(word)s, %(subject)s, %(due)s, '', %(at)s)
  ON CONFLICT (visit, kind) DO NOTHING RETURNING id, epoch, version),
{LETTER_CTE} SELECT id FROM letter"""


def draw_serial(*, centre: UUID, day: date, letter: str) -> int:
    """The next serial of a letter, from 1; the row stays locked to the end of the transaction."""
    with prepared() as cursor:
        cursor.execute(_SERIAL, {"centre": centre, "day": day, "letter": letter})
        row = cursor.fetchone()
    if row is None:
        raise RuntimeError("the series gave no number")
    return int(row[0])


def lock_next(*, centres: Sequence[UUID], day: date, services: Sequence[UUID] | None) -> Ticket | None:
    """Lock the ticket whose turn it is. Nobody waits only when a look past locked rows, and one that waits, found none."""
    values = {
        "centres": list(centres),
        "day": day,
        "services": list(services) if services is not None else None,
    }
    with prepared() as cursor:
        for look in (f"{_NEXT} SKIP LOCKED", _NEXT, f"{_NEXT} SKIP LOCKED"):
            cursor.execute(look, values)
            row = cursor.fetchone()
            if row is not None:
                return _ticket(row)
    return None


def lock_ticket(*, centres: Sequence[UUID], ticket: UUID) -> Ticket | None:
    """Lock one ticket of these centres."""
    with prepared() as cursor:
        cursor.execute(_ONE, {"centres": list(centres), "id": ticket})
        row = cursor.fetchone()
    return None if row is None else _ticket(row)


def insert_ticket(ticket: Ticket, *, event: Event, by: Actor, at: datetime, once: Once | None) -> None:
    """Write a new ticket with its letter, deliveries and idempotency row."""
    ticket.owner, ticket.epoch, ticket.version = this_node(), 1, 1
    _write(_INSERT, ticket, centres=(ticket.centre_id,), event=event, by=by, at=at, once=once)


def update_ticket(
    ticket: Ticket, *, centres: Sequence[UUID], event: Event, by: Actor, at: datetime, once: Once | None
) -> None:
    """Write a locked ticket's next version with its letter, deliveries and idempotency row."""
    ticket.version += 1
    _write(_UPDATE, ticket, centres=centres, event=event, by=by, at=at, once=once)


def insert_obligation(obligation: Obligation, *, event: Event, by: Actor, at: datetime) -> bool:
    """Write a new obligation with its letter; False, and nothing is written, when the visit has one of this kind."""
    values = letter_values(event, kind=OBLIGATION, by=by, at=at, centre=obligation.centre_id)
    values |= {"id": obligation.id, "visit": obligation.visit, "word": obligation.kind}
    values |= {"subject": obligation.subject, "due": obligation.due}
    with prepared() as cursor:
        cursor.execute(_OBLIGE, values)
        written = cursor.fetchone() is not None
    if written:
        transaction.on_commit(poke)
    return written


def _write(
    head: str,
    ticket: Ticket,
    *,
    centres: Sequence[UUID],
    event: Event,
    by: Actor,
    at: datetime,
    once: Once | None,
) -> None:
    held = ticket.__dict__
    values = {f"t_{name}": held[name] for name in FIELDS}
    values.update(
        letter_values(event, kind=KIND, by=by, at=at, centre=ticket.centre_id), centres=list(centres)
    )
    statement = head + LETTER_CTE + _END
    if once is not None:
        values.update(request_values(once, changed=ticket, at=at))
        statement = head + LETTER_CTE + "," + REQUEST_CTE + _END
    with prepared() as cursor:
        cursor.execute(statement, values)
        if cursor.fetchone() is None:
            raise RuntimeError("a locked ticket was not written")
    transaction.on_commit(poke)


def _ticket(row: tuple[Any, ...]) -> Ticket:
    return Ticket.from_db("default", FIELDS, row)
