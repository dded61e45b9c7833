"""Delivery: each handler hears each letter at least once, in the order of the aggregate; effect and mark in one transaction."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction

from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters.event import Letter
from onedoor.kernel.letters.follow import follow_batch
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


@dataclass(frozen=True)
class Taken:
    """One delivery of this batch."""

    id: int
    attempts: int
    letter: Letter


def deliver_batch(*, at: datetime, limit: int = 200) -> int:
    """Deliver what is due, at most ``limit``; gives how many deliveries were tried. Several workers may run it at once.

    A handler that hears letters together gets those of the batch in one list; the lists of different handlers are told in
    the order of their first letters.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, [at, limit])
        taken = [(name, Taken(id, attempts, Letter(*written))) for id, name, attempts, *written in cursor]
        done: list[int] = []
        for name, those in _gathered(taken):
            if len(those) > 1 and _heard(name, those, quietly=True) is None:
                done += [one.id for one in those]
                continue
            for one in those:
                fault = _heard(name, [one])
                if fault is None:
                    done.append(one.id)
                else:
                    _postpone(cursor, one, at, fault)
        if done:
            cursor.execute("DELETE FROM kernel_delivery WHERE id = ANY(%s)", [done])
    return len(taken)


def _gathered(taken: list[tuple[str, Taken]]) -> Iterator[tuple[str, list[Taken]]]:
    """What is told in one go: all letters of a handler that hears them together, else one."""
    lists: dict[tuple[str, int], list[Taken]] = {}
    known = handlers()
    for name, one in taken:
        together = name in known and known[name].together
        lists.setdefault((name, 0 if together else one.id), []).append(one)
    for (name, _), those in lists.items():
        yield name, those


def drain(*, at: datetime, seconds: float = 10.0) -> int:
    """Deliver until nothing is due or the time budget (seconds) is used; gives how many were tried or followed."""
    tried, end = 0, monotonic() + seconds
    while monotonic() < end:
        batch = deliver_batch(at=at) + follow_batch()
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


def _heard(name: str, those: list[Taken], *, quietly: bool = False) -> str | None:
    """Tell a handler; None when its effect stands, else why not, and nothing was changed."""
    try:
        with transaction.atomic():
            _tell(name, [one.letter for one in those])
    except NotYet as wait:
        return f"waits: {wait}"
    except Exception as fault:
        if not quietly:
            told = {"handler": name, "letter": those[0].letter.id, "fault": type(fault).__name__}
            log.warning("a delivery failed", extra=told)
        return type(fault).__name__
    return None


def _tell(name: str, letters: list[Letter]) -> None:
    handler = handlers().get(name)
    if handler is None:
        raise NotYet(f"no handler {name} is installed")
    with everything(f"{name} hears letters of every centre"):
        handler.tell([(letter, letter.event()) for letter in letters])


def _postpone(cursor: Any, one: Taken, at: datetime, why: str) -> None:
    wait = min(timedelta(seconds=2 ** min(one.attempts, 10)), LONGEST_WAIT)
    cursor.execute(
        "UPDATE kernel_delivery SET attempts = attempts + 1, due = %s, error = %s WHERE id = %s",
        [at + wait, why[:200], one.id],
    )
