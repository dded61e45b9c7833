"""ISO 8601 durations, as BPMN timers write them, and what they mean from a given instant or by the office's days."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_FORM = re.compile(
    r"^P(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?$"
)


class DurationError(ValueError):
    """The text is not an ISO 8601 duration that this house runs."""


@dataclass(frozen=True)
class Duration:
    """A length of time: whole months and days of the calendar, and seconds."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @property
    def whole_days(self) -> bool:
        """Whether it can be counted in days of an office."""
        return self.days > 0 and not self.months and not self.seconds

    def times(self, number: int) -> "Duration":
        """So many of it, one after the other."""
        return Duration(self.months * number, self.days * number, self.seconds * number)

    def after(self, start: datetime) -> datetime:
        """The instant this long after ``start``; months keep the day, or the last one of a shorter month."""
        moved = start
        if self.months:
            year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
            moved = _on_day(moved, year, month + 1)
        return moved + timedelta(days=self.days, seconds=self.seconds)


def _on_day(start: datetime, year: int, month: int) -> datetime:
    first = date(year + month // 12, month % 12 + 1, 1)
    last = (first - timedelta(days=1)).day
    return start.replace(year=year, month=month, day=min(start.day, last))


def parse_duration(text: str) -> Duration:
    """Read a duration like ``P3D`` or ``PT2H``; raises DurationError with what is wrong."""
    match = _FORM.match(text.strip())
    if match is None or text.strip().endswith(("P", "T")):
        raise DurationError(f"“{text[:40]}” is not an ISO 8601 duration such as P3D or PT2H")
    part = {name: int(value or 0) for name, value in match.groupdict().items()}
    found = Duration(
        months=part["years"] * 12 + part["months"],
        days=part["weeks"] * 7 + part["days"],
        seconds=part["hours"] * 3600 + part["minutes"] * 60 + part["seconds"],
    )
    if found == Duration():
        raise DurationError("a duration of nothing")
    return found


@dataclass(frozen=True)
class Term:
    """How long until something is due, and by which days: ``elapsed`` time, or the ``office``'s working days."""

    duration: Duration
    calendar: str = "elapsed"
