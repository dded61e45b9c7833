"""When a centre is closed out of turn: since when, until which day, and what is left of a day's hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onedoor.domain.centres.errors import ClosureIsWrong
from onedoor.kernel.i18n import Translated

Kind = Literal["evening", "unplanned"]
KINDS: tuple[Kind, ...] = ("evening", "unplanned")
LONGEST = timedelta(days=60)
"""A longer closure is a change of hours or of what is offered."""
REASON = 300
FIRST_LIGHT = time(0, 0)


@dataclass(frozen=True, kw_only=True)
class Closure:
    """A centre takes nobody in from an instant to the end of a day.

    Args:
        kind: ``evening`` when the day was ended with people waiting, ``unplanned`` for anything else.
        reason: in words for everybody; empty for an evening.
        since: the instant from which it holds.
        last: the last day on which the centre stays closed.
    """

    id: UUID
    centre: UUID
    kind: Kind
    since: datetime
    last: date
    reason: Translated

    def covers(self, day: date, *, zone: str) -> bool:
        """Whether some of this day is closed."""
        return self.since.astimezone(ZoneInfo(zone)).date() <= day <= self.last


def left_open(
    periods: Iterable[tuple[time, time]], closures: Iterable[Closure], *, day: date, zone: str
) -> list[tuple[time, time]]:
    """What closures leave of a day's hours, in order."""
    until: time | None = None
    for one in closures:
        if one.covers(day, zone=zone):
            local = one.since.astimezone(ZoneInfo(zone))
            ends = local.time().replace(tzinfo=None) if local.date() == day else FIRST_LIGHT
            until = ends if until is None else min(until, ends)
    if until is None:
        return list(periods)
    return [(opens, min(closes, until)) for opens, closes in periods if opens < until]


def in_force(closures: Iterable[Closure], *, day: date, zone: str) -> Closure | None:
    """The unplanned closure of a day, else the evening that ended it; None when nothing closes it."""
    found = [one for one in closures if one.covers(day, zone=zone)]
    return min(found, key=lambda one: (one.kind != "unplanned", one.since), default=None)


def check_closure(
    *, first: date, last: date, today: date, reason: Translated, held: Sequence[Closure], zone: str
) -> dict[str, str]:
    """The reason as it is kept, by language.

    Raises:
        ClosureIsWrong: names the field and what is wrong with it.
    """
    said = {code: words.strip() for code, words in reason.items() if words.strip()}
    if first < today:
        raise ClosureIsWrong(field="first", reason=_("A day that is over cannot be closed."))
    if last < first:
        raise ClosureIsWrong(field="last", reason=_("It ends before it begins."))
    if last - first > LONGEST:
        raise ClosureIsWrong(field="last", reason=_("At most 60 days at once; longer is a change of hours."))
    if not said:
        raise ClosureIsWrong(field="reason", reason=_("Say why the centre is closed: everybody reads it."))
    if any(len(words) > REASON for words in said.values()):
        raise ClosureIsWrong(field="reason", reason=_("A reason has at most 300 signs."))
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))
    if any(one.kind == "unplanned" and one.covers(day, zone=zone) for day in days for one in held):
        raise ClosureIsWrong(field="first", reason=_("One of these days is closed already."))
    return said
