"""Identifiers: time-ordered ones for what happens here, named ones for what a pack brings; and where a page of a list ended.

A mark is the instant (or the day) and the id that a page ended with, in the list's own order, so that what is added or ends
meanwhile neither repeats nor skips.
"""

import os
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from onedoor.kernel.errors import Invalid

Last = TypeVar("Last")

PACK_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://onedoor.example/packs")


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest random. Order is a convenience, never causality."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (7 << 76)
    value = value & ~(0x3 << 62) | (2 << 62)
    return uuid.UUID(int=value)


def named_id(pack: str, key: str) -> uuid.UUID:
    """The UUIDv5 of a row of a pack, the same on every node."""
    return uuid.uuid5(PACK_SPACE, f"{pack}/{key}")


def mark(when: date, last: object) -> str:
    """Where a page ended, to be sent back for the next one."""
    return f"{when.isoformat()}.{last}"


def marked(after: str | None, last: Callable[[str], Last]) -> tuple[datetime, Last] | None:
    """Reverse of `mark` for a list that is ordered by an instant; None at the beginning.

    Args:
        last: reads the id; raises ValueError where it is none.
    Errors: Invalid (field ``after``).
    """
    return _read(after, datetime.fromisoformat, last) if after else None


def marked_day(after: str | None, last: Callable[[str], Last]) -> tuple[date, Last] | None:
    """The same for a list that is ordered by a day."""
    return _read(after, date.fromisoformat, last) if after else None


When = TypeVar("When", date, datetime)


def _read(after: str, when: Callable[[str], When], last: Callable[[str], Last]) -> tuple[When, Last]:
    written, _, id = after.rpartition(".")
    try:
        found = when(written), last(id)
    except ValueError as fault:
        raise Invalid(field="after") from fault
    if isinstance(found[0], datetime) and (found[0].tzinfo is None or not 1900 <= found[0].year <= 9000):
        raise Invalid(field="after")
    return found
