"""The terms of single steps beside the clock of the whole case: they stand still and get more time with it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.clock.reckoning import Days, reckon_clock
from onedoor.domain.cases.rules.clock.state import ASKED, Clock


def step_clock(count: int, opened_at: datetime, *, zone: str, whole: Clock | None) -> Clock:
    """The clock of a step that began while the case's was running; what the process itself paused is no part of it.

    Args:
        count: working days of the step. whole: the case's clock, None where no law names a time.
    """
    start = opened_at.astimezone(ZoneInfo(zone)).date()
    if whole is None:
        return Clock(kind="working", count=count, start=start, zone=zone)
    more = tuple(each for each in whole.extensions if each.at >= opened_at and whole.kind != "hours")
    stood = tuple(each for each in whole.pauses if each.why == ASKED)
    return Clock(kind="working", count=count, start=start, zone=zone, pauses=stood, extensions=more)


def step_due(clock: Clock, days: Days, *, whole: date | None) -> date | None:
    """When a step is due: never later than the whole case; None while it stands still."""
    on = reckon_clock(clock, days).on
    return min(on, whole) if on is not None and whole is not None else on
