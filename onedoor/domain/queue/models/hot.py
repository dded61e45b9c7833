"""The hot paths' plain SQL: one lock, and one statement for the change, its letter, its deliveries and its idempotency row.

Every function that finds a ticket takes ``centres``, as plain SQL passes the scoped managers. The statements run on
server-side cursors, which psycopg prepares after a few uses (Django's own cursors never are).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.queue.events import ObligationOpened
from onedoor.domain.queue.models import lately
from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.rules import AT_COUNTER, Promise
from onedoor.kernel.aggregate import prepared, this_node
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import REQUEST_CTE, Once, request_values
from onedoor.kernel.letters import LETTER_CTE, Event, letter_values, poke
from onedoor.kernel.scope import Actor

KIND, OBLIGATION = "queue.ticket", "queue.obligation"
FIELDS = [field.attname for field in Ticket._meta.concrete_fields]
_CENTRE = FIELDS.index("centre_id")
COLUMNS = ", ".join(f"t.{name}" for name in FIELDS)

_SERIAL = """
INSERT INTO queue_series (centre_id, day, letter, last) VALUES (%(centre)s, %(day)s, %(letter)s, 1)
ON CONFLICT (centre_id, day, letter) DO UPDATE SET last = queue_series.last + 1 RETURNING last
"""
_ONE = f"SELECT {COLUMNS} FROM queue_ticket t WHERE t.centre_id = ANY(%(centres)s) AND t.id = %(id)s"
INSERT = (
    f"WITH changed AS (INSERT INTO queue_ticket ({', '.join(FIELDS)})"
    f" VALUES ({', '.join(f'%(t_{name})s' for name in FIELDS)}) RETURNING id, epoch, version), "
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


def lock_ticket(*, centres: Sequence[UUID], ticket: UUID) -> Ticket | None:
    """Lock one ticket of these centres."""
    return _one(f"{_ONE} FOR UPDATE", centres, ticket)


def look_at_ticket(*, centres: Sequence[UUID], ticket: UUID) -> Ticket | None:
    """One ticket of these centres as it stands; writing it finds out whether it still does."""
    return _one(_ONE, centres, ticket)


def recall_ticket(*, centres: Sequence[UUID], ticket: UUID) -> Ticket | None:
    """The same as this process last wrote it, while it stands at a counter; None when it must be looked at."""
    row = lately.remembered(ticket, centres=centres, place=_CENTRE)
    return None if row is None else row_of(row)


def insert_ticket(ticket: Ticket, *, event: Event, by: Actor, at: datetime, once: Once | None) -> None:
    """Write a new ticket with its letter, deliveries and idempotency row."""
    ticket.owner, ticket.epoch, ticket.version = this_node(), 1, 1
    held = {f"t_{name}": ticket.__dict__[name] for name in FIELDS}
    _write(INSERT, held, ticket, event=event, by=by, at=at, once=once)


def update_ticket(
    ticket: Ticket, *, centre: UUID, event: Event, by: Actor, at: datetime, once: Once | None
) -> bool:
    """Write what was changed of a ticket of this centre since it was read, with its letter, deliveries and idempotency row.

    False, and nothing is written, when somebody else changed it meanwhile; that cannot be while it is locked.
    """
    now, before = ticket.__dict__, ticket.__dict__["as_read"]
    changed = tuple(name for name, was in zip(FIELDS, before, strict=True) if now[name] != was)
    held = {f"t_{name}": now[name] for name in changed}
    held |= {"t_id": ticket.id, "t_version": ticket.version, "held_at": centre}
    ticket.version += 1
    return _write(_update(changed), held, ticket, event=event, by=by, at=at, once=once)


@lru_cache(maxsize=64)
def _update(changed: tuple[str, ...]) -> str:
    settings = ", ".join(f"{name} = %(t_{name})s" for name in changed)
    return (
        f"WITH changed AS (UPDATE queue_ticket SET {settings}{', ' if settings else ''}version = version + 1"
        " WHERE id = %(t_id)s AND version = %(t_version)s AND centre_id = %(held_at)s"
        " RETURNING id, epoch, version), "
    )


def insert_obligations(promises: Sequence[Promise], *, kind: str, by: Actor, at: datetime) -> None:
    """Write new obligations with their letters in one round of statements; a visit that has one of this kind keeps it."""
    if not promises:
        return
    rows = []
    for one in promises:
        event = ObligationOpened(visit=one.visit, kind=kind, subject=one.subject, due=one.due)
        values = letter_values(event, kind=OBLIGATION, by=by, at=one.at or at, centre=one.centre)
        mine = {"id": new_id(), "visit": one.visit, "word": kind, "subject": one.subject, "due": one.due}
        rows.append(values | mine)
    with prepared() as cursor:
        cursor.executemany(_OBLIGE, rows)
    transaction.on_commit(poke)


def _write(
    head: str,
    held: dict[str, Any],
    ticket: Ticket,
    *,
    event: Event,
    by: Actor,
    at: datetime,
    once: Once | None,
) -> bool:
    values = letter_values(event, kind=KIND, by=by, at=at, centre=ticket.centre_id) | held
    statement = head + LETTER_CTE + _END
    if once is not None:
        values |= request_values(once, changed=ticket, at=at)
        statement = head + LETTER_CTE + "," + REQUEST_CTE + _END
    with prepared() as cursor:
        written = cursor.execute(statement, values).fetchone() is not None
    if written:
        row = tuple(ticket.__dict__[name] for name in FIELDS)
        transaction.on_commit(partial(_committed, ticket.id, row, ticket.status in AT_COUNTER))
    else:
        lately.forget(ticket.id)
    return written


def _committed(id: UUID, row: tuple[Any, ...], at_counter: bool) -> None:
    """Wake the sealer; a ticket at a counter is changed next by a step there."""
    poke()
    if at_counter:
        lately.remember(id, row)
    else:
        lately.forget(id)


def _one(statement: str, centres: Sequence[UUID], ticket: UUID) -> Ticket | None:
    with prepared() as cursor:
        row = cursor.execute(statement, {"centres": list(centres), "id": ticket}).fetchone()
    return None if row is None else row_of(row)


def row_of(row: tuple[Any, ...]) -> Ticket:
    """A ticket of its columns, which it remembers, so that only what changed is written."""
    ticket = Ticket.from_db("default", FIELDS, row)
    ticket.__dict__["as_read"] = row  # what `update_ticket` compares with
    return ticket
