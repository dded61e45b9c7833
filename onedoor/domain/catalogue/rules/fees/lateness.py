"""How late somebody is: whole periods that have begun behind a date, in days, months or years of the calendar. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from onedoor.domain.catalogue.rules.fees.model import Period

LATEST = date(9000, 1, 1)


def begun(due: date, on: date, *, period: Period = "day", per: int = 1, grace: int = 0) -> int:
    """How many periods of ``per`` days, months or years have begun between a date and a day; 0 when it is in time.

    Args:
        due: the last day in time. grace: days behind it that are forgiven; what is counted begins behind them.
    """
    if due > LATEST or on > LATEST:
        return 0
    start = due + timedelta(days=grace)
    if on <= start:
        return 0
    if period == "day":
        return -(-(on - start).days // per)
    step = per * (12 if period == "year" else 1)
    months = (on.year - start.year) * 12 + on.month - start.month
    if on > months_after(start, months):
        months += 1
    return -(-months // step)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
