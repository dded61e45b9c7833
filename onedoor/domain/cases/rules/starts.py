"""When a process begins by itself: the days of a cycle, counted from the first day of its edition, by the office's calendar."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from onedoor.domain.catalogue.api import Node
from onedoor.domain.centres.api import Calendar

LATE = 31  # days after which a start that nobody made is not made up for
MOST = 20_000


def latest_start(start: Node, *, since: date, today: date, days: Calendar) -> date | None:
    """The day of the newest start that is due and not long past; None where there is none.

    Args:
        since: the first day of the edition, from which a cycle counts. days: of the centre; where the start says so, a day
            without work gives the next working day.
    """
    found = None
    for day in _days(start, since):
        if _moved(day, start, days) > today:
            break
        found = day
    return found if found is not None and today - _moved(found, start, days) < timedelta(days=LATE) else None


def _days(start: Node, since: date) -> Iterator[date]:
    if start.moment is not None and start.moment.fixed is not None:
        fixed = start.moment.fixed
        day = fixed.date() if isinstance(fixed, datetime) else fixed
        if day >= since:
            yield day
    if start.timer is None:
        return
    term, base = start.timer.duration, datetime.combine(since, time.min)
    times = MOST if start.again < 0 else min(start.again + 1, MOST)
    for number in range(1, times + 1):
        yield term.times(number).after(base).date()


def _moved(day: date, start: Node, days: Calendar) -> date:
    office = start.timer is not None and start.timer.calendar == "office"
    return days.add_working_days(day, 0) if office else day
