"""Delivery: each handler hears each letter at least once, in the order of the aggregate; effect and mark in one transaction."""

import logging
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction

from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters.event import Letter
from onedoor.kernel.letters.handler import handlers
from onedoor.kernel.scope import everything

log = logging.getLogger("onedoor.letters")
LONGEST_WAIT = timedelta(minutes=10)

TAKE = """
SELECT d.id, d.handler, d.attempts, l.id, l.origin, l.type, l.schema, l.kind, l.aggregate, l.epoch, l.version,
       l.actor_kind, l.actor, l.centre, l.at, l.body
FROM kernel_delivery d JOIN kernel_letter l ON l.id = d.letter
WHERE (d.due IS NULL OR d.due <= %s)
  AND NOT EXISTS (SELECT FROM kernel_delivery e
                  WHERE e.handler = d.handler AND e.aggregate = d.aggregate AND e.letter < d.letter)
ORDER BY d.letter LIMIT %s FOR UPDATE OF d SKIP LOCKED
"""


def deliver_batch(*, at: datetime, limit: int = 50) -> int:
    """Deliver what is due, at most ``limit``; gives how many deliveries were tried. Several workers may run it at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, [at, limit])
        taken = cursor.fetchall()
        done = []
        for delivery, name, attempts, *written in taken:
            try:
                with transaction.atomic():
                    _hear(name, Letter(*written))
                done.append(delivery)
            except NotYet as wait:
                _postpone(cursor, delivery, at, attempts, f"waits: {wait}")
            except Exception as fault:
                log.warning(
                    "a delivery failed",
                    extra={"handler": name, "letter": written[0], "fault": type(fault).__name__},
                )
                _postpone(cursor, delivery, at, attempts, type(fault).__name__)
        if done:
            cursor.execute("DELETE FROM kernel_delivery WHERE id = ANY(%s)", [done])
    return len(taken)


def drain(*, at: datetime, seconds: float = 10.0) -> int:
    """Deliver until nothing is due or the time budget (seconds) is used; gives how many were tried."""
    tried, end = 0, monotonic() + seconds
    while monotonic() < end:
        batch = deliver_batch(at=at)
        tried += batch
        if not batch:
            break
    return tried


def backlog() -> dict[str, Any]:
    """What waits: unsealed letters, undelivered rows, how many failed, and the age in seconds of the oldest of both."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM kernel_unsealed), count(*), count(*) FILTER (WHERE attempts > 0),"
            " coalesce(extract(epoch FROM clock_timestamp() - least(min(written),"
            " (SELECT min(written) FROM kernel_unsealed))), 0)::float FROM kernel_delivery"
        )
        unsealed, waiting, failed, oldest = cursor.fetchone()
    return {
        "unsealed": unsealed,
        "undelivered": waiting,
        "failed": failed,
        "oldest_seconds": round(oldest, 1),
    }


def _hear(name: str, letter: Letter) -> None:
    handler = handlers().get(name)
    if handler is None:
        raise NotYet(f"no handler {name} is installed")
    with everything(f"{name} hears letters of every centre"):
        handler.hear(letter, letter.event())


def _postpone(cursor: Any, delivery: int, at: datetime, attempts: int, why: str) -> None:
    wait = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_WAIT)
    cursor.execute(
        "UPDATE kernel_delivery SET attempts = attempts + 1, due = %s, error = %s WHERE id = %s",
        [at + wait, why[:200], delivery],
    )
