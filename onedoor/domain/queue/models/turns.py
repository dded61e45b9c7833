"""Whose turn it is, asked of the database: the same answer as `rules.turns`, with the row locked (docs/decisions/0031).

The line's index is walked in its order, and whom the counter may not call is passed over on the way.
"""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from onedoor.domain.queue.models.hot import COLUMNS, row_of
from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.rules.turns import LANGUAGE, Reach
from onedoor.kernel.aggregate import prepared

_LINE = f"SELECT {COLUMNS} FROM queue_ticket t WHERE t.centre_id = %(centre)s AND t.day = %(day)s AND t.status = 'waiting'"
_NOT_YET = "(t.not_before IS NULL OR t.not_before <= %(at)s)"
_CLOSED = "t.zone <> ALL(%(closed)s::text[])"
_WITHOUT = "t.service_id <> ALL(%(without)s::uuid[])"
_WISHED = f"substring(t.help from '(?:^| ){LANGUAGE}([a-z_-]+)')"
_UNDERSTOOD = (
    f"(t.help = '' OR t.place <= %(long)s OR {_WISHED} IS NULL OR {_WISHED} = ANY(%(languages)s::text[]))"
)
_SENT_HERE = "t.only_counter_id = %(counter)s"
_LATER = "(t.zone <> ALL(%(later)s::text[]) OR t.place <= %(long)s OR t.only_counter_id IS NOT NULL)"
_ORDER = " ORDER BY t.place, t.id LIMIT "
LOCKED, PAST_LOCKED = " FOR UPDATE", " FOR UPDATE SKIP LOCKED"


def lock_next(*, centre: UUID, day: date, reach: Reach) -> Ticket | None:
    """Lock the ticket whose turn it is at a counter; None only when a look past locked rows, and one that waits, found none.

    One centre by name, not a list of them: so the index gives the line in its order, and one plan serves every call.
    """
    *before, last = reach.ladder
    looks = [(step, PAST_LOCKED) for step in before]
    looks += [(last, PAST_LOCKED), (last, LOCKED), (last, PAST_LOCKED)]
    with prepared() as cursor:
        for later, lock in looks:
            statement, values = _look(reach, later, lock=lock, most=1)
            row = cursor.execute(statement, {"centre": centre, "day": day, **values}).fetchone()
            if row is not None:
                return row_of(row)
    return None


def see_next(*, centre: UUID, day: date, reach: Reach, most: int) -> list[Ticket]:
    """Who would be called to a counter next, and after that, at most so many; nothing is locked."""
    found: dict[UUID, Ticket] = {}
    with prepared() as cursor:
        for later in reach.ladder:
            statement, values = _look(reach, later, lock="", most=most)
            for row in cursor.execute(statement, {"centre": centre, "day": day, **values}):
                ticket = row_of(row)
                found.setdefault(ticket.id, ticket)
            if len(found) >= most:
                break
    return list(found.values())[:most]


def statement_of(reach: Reach, *, centre: UUID, day: date) -> tuple[str, dict[str, Any]]:
    """The statement of the first look and its values, to be explained."""
    statement, values = _look(reach, reach.ladder[0], lock=PAST_LOCKED, most=1)
    return statement, {"centre": centre, "day": day, **values}


def _look(reach: Reach, later: tuple[str, ...], *, lock: str, most: int) -> tuple[str, dict[str, Any]]:
    """The statement of one look and its values: what does not bind stands in neither."""
    values: dict[str, Any] = {"at": reach.at, "counter": reach.counter}
    if reach.closed:
        values["closed"] = list(reach.closed)
    if reach.without:
        values["without"] = list(reach.without)
    if reach.languages is not None:
        values["languages"] = list(reach.languages)
    if later:
        values["later"] = list(later)
    if later or reach.languages is not None:
        values["long"] = reach.long
    return _statement(frozenset(values), lock, most), values


@lru_cache(maxsize=128)
def _statement(bound: frozenset[str], lock: str, most: int) -> str:
    may = ["t.only_counter_id IS NULL"]
    may += [_CLOSED] if "closed" in bound else []
    may += [_WITHOUT] if "without" in bound else []
    may += [_UNDERSTOOD] if "languages" in bound else []
    wants = [_NOT_YET, f"({' AND '.join(may)} OR {_SENT_HERE})"]
    wants += [_LATER] if "later" in bound else []
    return f"{_LINE} AND {' AND '.join(wants)}{_ORDER}{most}{lock}"
