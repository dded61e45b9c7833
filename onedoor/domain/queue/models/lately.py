"""The tickets at counters as this process last wrote them: a step begins from there instead of asking for them again.

Never an answer by itself. A ticket's version names its columns as they were written, and a step is written only onto the
version that it was decided on (docs/decisions/0009): from a memory that is behind nothing is written, and what a
memory makes one refuse is looked up. Only what was committed is remembered, and only while somebody stands at a counter.
"""

from collections import OrderedDict
from collections.abc import Container
from threading import Lock
from typing import Any
from uuid import UUID

KEPT = 1024
"""Tickets; as many counters as one process can serve. What other processes ended is pushed out."""

_lock = Lock()
_rows: OrderedDict[UUID, tuple[Any, ...]] = OrderedDict()


def remember(id: UUID, row: tuple[Any, ...]) -> None:
    """Keep the columns of a ticket that is at a counter, as they were just committed."""
    with _lock:
        _rows[id] = row
        _rows.move_to_end(id)
        if len(_rows) > KEPT:
            _rows.popitem(last=False)


def forget(id: UUID) -> None:
    """The ticket left its counter, or was found to be otherwise than remembered."""
    with _lock:
        _rows.pop(id, None)


def remembered(id: UUID, *, centres: Container[UUID], place: int) -> tuple[Any, ...] | None:
    """The columns of a ticket of these centres, if this process knows it; ``place`` is the centre's among the columns."""
    row = _rows.get(id)
    return row if row is not None and row[place] in centres else None
