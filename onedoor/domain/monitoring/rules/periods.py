"""Periods that are looked at: a year or a month; a week for the Monday page."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from onedoor.domain.monitoring.errors import NotAPeriod

DAY, MONTH, YEAR = "d", "m", "y"
_WRITTEN = re.compile(r"(20\d\d|21\d\d)(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Period:
    """A year or a month of the country's calendar; ``first`` is its first day."""

    grain: str
    first: date

    @property
    def code(self) -> str:
        """As an address says it: 2026 or 2026-03."""
        return f"{self.first:%Y}" if self.grain == YEAR else f"{self.first:%Y-%m}"

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next().first - timedelta(days=1)

    def next(self) -> "Period":
        """The period after this one."""
        if self.grain == YEAR:
            return Period(YEAR, date(self.first.year + 1, 1, 1))
        return Period(MONTH, (self.first.replace(day=28) + timedelta(days=4)).replace(day=1))

    def before(self) -> "Period":
        """The period before this one."""
        if self.grain == YEAR:
            return Period(YEAR, date(self.first.year - 1, 1, 1))
        return Period(MONTH, (self.first - timedelta(days=1)).replace(day=1))

    def year(self) -> "Period":
        """The year in which it lies."""
        return Period(YEAR, date(self.first.year, 1, 1))

    def months(self) -> list[date]:
        """The first days of the twelve months that end with this period (of a year: its own)."""
        end = self.first.replace(month=12) if self.grain == YEAR else self.first
        number = end.year * 12 + end.month - 1
        return [date(one // 12, one % 12 + 1, 1) for one in range(number - 11, number + 1)]


def read_period(written: str, *, today: date) -> Period:
    """The period of an address; this year when nothing is written. Raises NotAPeriod."""
    if not written:
        return Period(YEAR, date(today.year, 1, 1))
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise NotAPeriod(field="period")
    if found[2]:
        return Period(MONTH, date(int(found[1]), int(found[2]), 1))
    return Period(YEAR, date(int(found[1]), 1, 1))


def week_before(today: date) -> tuple[date, date]:
    """The last whole week, Monday to Sunday."""
    monday = today - timedelta(days=today.weekday() + 7)
    return monday, monday + timedelta(days=6)
