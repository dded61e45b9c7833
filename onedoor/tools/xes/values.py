"""What the values of XES attributes may be: instants with their zone, whole and broken numbers, truth."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONGEST_KEY, LONGEST_VALUE = 2_000, 1_000_000
EARLIEST, LATEST = 1900, 2200
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_BROKEN = re.compile(
    r"[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,4})?|[+-]?(INF|Infinity)|NaN", re.ASCII
)
_TRUTH = frozenset(("true", "false", "1", "0"))
_PATTERNS = {"int": (_WHOLE, "a whole number"), "float": (_BROKEN, "a number")}
ZONE = ZoneInfo("Asia/Vientiane")


class BadValue(ValueError):
    """A value that its kind does not have."""


def checked(kind: str, key: str, value: str) -> None:
    """Refuse a value that its kind does not have. Raises BadValue, naming the attribute."""
    if not key or len(key) > LONGEST_KEY:
        raise BadValue("an attribute without a key" if not key else "an attribute's key is too long")
    if len(value) > LONGEST_VALUE:
        raise BadValue(f"“{key[:80]}” is longer than {LONGEST_VALUE} signs")
    if kind == "date":
        try:
            instant(value)
        except BadValue as fault:
            raise BadValue(f"“{key[:80]}”: {fault}") from fault
    elif kind == "boolean" and value.lower() not in _TRUTH:
        raise BadValue(f"“{key[:80]}”: {value[:40]!r} is neither true nor false")
    elif kind in _PATTERNS:
        pattern, name = _PATTERNS[kind]
        if not pattern.fullmatch(value.strip()):
            raise BadValue(f"“{key[:80]}”: {value[:40]!r} is not {name}")


@lru_cache(maxsize=256)
def instant(value: str) -> datetime:
    """An instant in UTC; without a zone it is told by the clocks of Vientiane. Raises BadValue."""
    if not _INSTANT.fullmatch(value):
        raise BadValue(f"{value[:40]!r} is not an instant (like 2026-03-02T09:00:00+07:00)")
    try:
        read = datetime.fromisoformat(value)
    except ValueError as fault:
        raise BadValue(f"{value[:40]!r} is no day or hour that exists") from fault
    if not EARLIEST <= read.year <= LATEST:
        raise BadValue(f"{value[:40]!r} is outside of the years {EARLIEST} to {LATEST}")
    return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(UTC)


def later(at: datetime, than: datetime) -> bool:
    """Whether an instant has not come yet; a day is allowed for clocks that go wrong."""
    return at > than + timedelta(days=1)
