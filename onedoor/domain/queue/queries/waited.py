"""What became of the waits of past days: how honest what was told was, and each day's tickets as turns."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models.waits import see_days, see_told
from onedoor.domain.queue.rules.waits.days import Day
from onedoor.domain.queue.rules.waits.kept import days_of
from onedoor.domain.queue.rules.waits.learning import can_judge

WEEKS = 8
"""So far back a hall learns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldDay:
    """What was told on a day against what happened, over the tickets that were told a wait and called; minutes.

    Args:
        held: who waited within what was told. longer: who waited longer. missed_by: mean distance from the middle of it.
        guessed: the days before it were too few to learn from, so that what was told was a guess.
    """

    day: date
    told: int
    held: int
    longer: int
    waited: float
    missed_by: float
    low: float
    high: float
    guessed: bool


def told_days(centre: UUID, *, since: date, until: date) -> list[ToldDay]:
    """What was told at a centre on these days, both included; the caller has asked for the permission."""
    found: list[ToldDay] = []
    days = people = 0
    rows = see_told(centre=centre, since=since - timedelta(weeks=WEEKS), until=until)
    for day, told, held, longer, waited, missed, low, high in rows:
        if day >= since:
            found.append(
                ToldDay(
                    day=day,
                    told=told,
                    held=held,
                    longer=longer,
                    waited=float(waited),
                    missed_by=float(missed),
                    low=float(low),
                    high=float(high),
                    guessed=not can_judge(days=days, people=people),
                )
            )
        days, people = days + 1, people + told
    return found


def hall_days(centre: UUID, *, since: date, until: date) -> list[Day]:
    """The days of a hall with who came, was called and served, when; people are told apart by nothing."""
    view = centres.centre(centre)
    return days_of(see_days(centre=centre, since=since, until=until), zone=ZoneInfo(view.zone))[0]
