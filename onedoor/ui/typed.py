"""Days and hours as somebody typed them, or as somebody wrote them into an address."""

from datetime import date, time

FIRST_YEAR, LAST_YEAR = 1900, 2200


def typed_day(said: str) -> date:
    """A day, as 2026-03-02; far enough from both ends of the calendar that weeks can be counted from it.

    Raises:
        ValueError: it is none.
    """
    day = date.fromisoformat(said.strip())
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(day.year)
    return day


def typed_hour(said: str) -> time:
    """An hour of a day without a zone, as 08:30: it is the centre's.

    Raises:
        ValueError: it is none, or names a zone.
    """
    hour = time.fromisoformat(said.strip())
    if hour.tzinfo is not None:
        raise ValueError(said)
    return hour
