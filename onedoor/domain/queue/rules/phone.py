"""What a telephone may ask for: some more minutes, to be told in time, a place from home."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onedoor.domain.queue import errors
from onedoor.domain.queue.rules.steps import Status

MORE = timedelta(minutes=10)
MOST_PUT_OFF = 2
NEAREST, FARTHEST = 1, 20
CHOICES = (3, 5, 10)
"""How many before one to be told at, as the page offers it."""
MOST_OF_A_PHONE = 2
"""Places that one telephone may take at a centre in a day."""
MOST_NOT_HERE = 40
"""Places of people who have not come yet, at one centre at once."""


def absent_until(day: date, zone: ZoneInfo) -> datetime:
    """Until when who took a place from home is not called: the whole day, unless they come."""
    return datetime.combine(day, time(23, 59, 59), zone)


def has_not_come(*, origin: str, not_before: datetime | None, day: date, zone: ZoneInfo) -> bool:
    """Whether who took a place from home is still on the way; ten more minutes of somebody who came are no absence."""
    return origin == "home" and not_before == absent_until(day, zone)


def more_minutes(
    *, status: str, put_off: int, not_before: datetime | None, absent: bool, at: datetime
) -> datetime:
    """Until when a person who asks for ten more minutes is not called; the place stays.

    Raises:
        TicketHasMoved: they were called already. PutOffTooOften. NotHereYet: who has not come is not called anyway.
    """
    if status != Status.WAITING:
        raise errors.TicketHasMoved
    if absent:
        raise errors.NotHereYet
    if put_off >= MOST_PUT_OFF:
        raise errors.PutOffTooOften
    return max(at, not_before or at) + MORE


def read_ahead(typed: object) -> int:
    """How many before one to be told at.

    Raises:
        AheadInvalid.
    """
    said = str(typed).strip()
    if not (said.isascii() and said.isdecimal() and len(said) < 4 and NEAREST <= int(said) <= FARTHEST):
        raise errors.AheadInvalid(field="ahead")
    return int(said)


def may_take_from_home(*, of_this_phone: int, not_here: int) -> None:
    """The stated limits, so that a telephone cannot fill a hall.

    Raises:
        PhoneHasEnough, HomePlacesFull.
    """
    if of_this_phone >= MOST_OF_A_PHONE:
        raise errors.PhoneHasEnough
    if not_here >= MOST_NOT_HERE:
        raise errors.HomePlacesFull
