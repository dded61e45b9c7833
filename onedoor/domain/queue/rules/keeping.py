"""Places kept for another day: whose, under which number, and where in that day's line."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from onedoor.domain.queue.rules.steps import Status

MARK = "+"
"""Behind a number: its place was kept from an earlier day. The slip in the person's hand stays good."""
KEPT_IN_THE_EVENING = (Status.WAITING, Status.HELD)
"""Who is at a counter is served to the end; who was called and did not come has given up the place."""
KEPT_AT_ONCE = (Status.WAITING, Status.HELD, Status.CALLED)
SHRUNK = 1000
"""A day's line is kept in its order within the first minute and a half of the next day's: before anybody can come."""
KEPT_AFTER = timedelta(minutes=60)
"""So long after closing the worker ends a day that nobody ended."""
STILL_CALLING = timedelta(minutes=20)
"""Not while people are still being called: the last call was so long ago at least."""
KEPT_FOR = timedelta(days=7)
"""A node that was off this long or longer keeps no places: the people have come again or given up."""
UNDONE_WITHIN = timedelta(minutes=60)
"""So long after a day was ended its line can be put back as it was."""

_MARKED = re.compile(r"(?P<number>.+?)\+(?P<nights>\d*)")


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What ending a day does: tickets and people by the day for which their place is kept, and for whom there is none.

    Args:
        days: (day, tickets) in order of days.
        nowhere: the services that are not offered again within a year, with their tickets.
    """

    tickets: int = 0
    people: int = 0
    days: tuple[tuple[date, int], ...] = ()
    nowhere: tuple[tuple[UUID, int], ...] = ()


def kept_number(number: str) -> str:
    """A012 becomes A012+, and A012+2 after a second night: never a number of that day's own series."""
    marked = _MARKED.fullmatch(number)
    if marked is None:
        return f"{number}{MARK}"
    return f"{marked['number']}{MARK}{int(marked['nights'] or 1) + 1}"


def free_number(number: str, *, taken: Container[str]) -> str:
    """The number of a kept place on its day: marked once more where a place that was kept and given back has it already."""
    kept = kept_number(number)
    while kept in taken:
        kept = kept_number(kept)
    return kept


def unmarked(number: str) -> str:
    """The number on the slip, however often its place was kept."""
    return number.partition(MARK)[0]


def is_kept(number: str) -> bool:
    """Whether a number says that its place was kept."""
    return _MARKED.fullmatch(number) is not None


def kept_place(place: datetime, *, began: datetime, begins: datetime) -> datetime:
    """The place on the next day: in the order of the day before, ahead of everybody who comes on that day.

    Who is kept a second night stands before who is kept the first, as their place lay in the first minute already.

    Args:
        began, begins: midnight of the day that ends, and of the one for which the place is kept.
    """
    return begins + (place - began) / SHRUNK


def keeping(wanted: Iterable[tuple[UUID, int, date | None]]) -> Keeping:
    """What a day's end does, from (service, people, day) of each ticket."""
    days: dict[date, int] = {}
    nowhere: dict[UUID, int] = {}
    tickets = heads = 0
    for service, people, day in wanted:
        tickets, heads = tickets + 1, heads + people
        if day is None:
            nowhere[service] = nowhere.get(service, 0) + 1
        else:
            days[day] = days.get(day, 0) + 1
    return Keeping(
        tickets=tickets, people=heads, days=tuple(sorted(days.items())), nowhere=tuple(nowhere.items())
    )


def ends_by_itself(*, closes: datetime, called: datetime | None, at: datetime) -> bool:
    """Whether the worker ends a day: an hour after closing, and nobody was called for twenty minutes.

    Args:
        closes: the end of the day's hours. called: when somebody was called last; None when nobody was.
    """
    return at >= closes + KEPT_AFTER and (called is None or at - called >= STILL_CALLING)
