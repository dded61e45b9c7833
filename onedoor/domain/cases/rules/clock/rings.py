"""When a clock rings: it warns before the end, says when the term has run out, and then climbs the tree of authorities."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.clock.reckoning import Days, Reckoned
from onedoor.domain.cases.rules.clock.state import Clock

WARNING, BREACH, CLIMB = "clock.warning", "clock.breach", "clock.climb"
RINGS = frozenset({WARNING, BREACH, CLIMB})
CLIMB_AFTER = 3  # working days at each level before the next one hears of it
ONE = timedelta(days=1)


def warning_at(clock: Clock, reckoned: Reckoned, days: Days) -> datetime | None:
    """The morning of a working day, so many before the due date; on the due date itself where the term is shorter."""
    if reckoned.on is None or reckoned.at is None:
        return None
    if clock.kind == "hours":
        return max(reckoned.at - timedelta(hours=clock.warn), clock.began or reckoned.at)
    day = _back(reckoned.on, clock.warn, days)
    return _morning(day if day > clock.start else reckoned.on, clock.zone)


def breach_at(reckoned: Reckoned) -> datetime | None:
    """The instant at which the term has run out."""
    return reckoned.at


def climb_at(at: datetime, *, zone: str, days: Days) -> datetime:
    """When the next level hears of a case that is still not answered."""
    day, left = at.astimezone(ZoneInfo(zone)).date(), CLIMB_AFTER
    while left:
        day += ONE
        left -= days.is_working(day)
    return _morning(day, zone)


def _back(day: date, count: int, days: Days) -> date:
    """The working day so many before a day; never more than a year of days is looked at."""
    for _ in range(366):
        if count <= 0:
            break
        day -= ONE
        count -= days.is_working(day)
    return day


def _morning(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))
