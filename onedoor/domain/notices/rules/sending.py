"""When a message is sent, tried again, given up and forgotten."""

from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 240))
FORGET_AFTER = timedelta(days=30)
# A message that comes later than this says something that is no longer so.
_GOOD_FOR = {"ahead": timedelta(minutes=15), "place_kept": timedelta(hours=20)}
_USUALLY_GOOD_FOR = timedelta(days=2)


class State(StrEnum):
    """What became of a message. ``page``: it is shown on the person's page and sent nowhere."""

    PAGE = "page"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


def next_try(*, tries: int, at: datetime) -> datetime | None:
    """When a message that failed ``tries`` times is tried next; None: it is given up."""
    return at + PAUSES[tries - 1] if 0 < tries <= len(PAUSES) else None


def good_until(kind: str, *, due: datetime) -> datetime:
    """Until when a message of this kind may still be sent."""
    return due + _GOOD_FOR.get(kind, _USUALLY_GOOD_FOR)
