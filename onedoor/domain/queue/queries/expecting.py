"""How long somebody will wait, by what the hall's past days taught and by how its line stands now.

What was learnt is kept by its id, which the reference stamp guards; how the line stands is one look, kept for some seconds
for the tickets that are taken meanwhile, so that taking one asks nothing more of the database.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import fmean
from threading import Lock
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.models.waits import MOST_CALLS, HallWaits, look_at_waits, see_line
from onedoor.domain.queue.queries.calling import calling_rule
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.rules import USUAL_MINUTES, CallingRule, Status, naive_wait, zone_of
from onedoor.domain.queue.rules.waits import Busy, Expected, guessed
from onedoor.domain.queue.rules.waits.busy import busy_day, seen_from
from onedoor.domain.queue.rules.waits.days import ACTIVE, WINDOW, Line, Moment, Turn
from onedoor.domain.queue.rules.waits.kept import midnight_of, read, turn_of
from onedoor.domain.queue.rules.waits.model import Learnt, expected

FRESH = timedelta(seconds=30)
"""How long a look at a line serves those who take a ticket."""
MOST_TAKEN = 40
"""Tickets after which a line is looked at anew: in a great rush much is called meanwhile."""
KEPT = 256
LAST = 1e6


@dataclass(slots=True)
class _Stretch:
    """The line of one zone at one look: what its last in line would know, and who waits, by place and service."""

    moment: Moment
    waiting: list[tuple[float, str]]
    usual: float

    def at(self, minute: float, *, place: float) -> Moment:
        """What who stands at a place knows a little later."""
        return replace(
            self.moment, at=minute, ahead=tuple(service for stood, service in self.waiting if stood < place)
        )


@dataclass(slots=True)
class _Seen:
    """A line as it was seen at an instant: the zone and the turn of each ticket, and how many were taken since."""

    at: datetime
    midnight: datetime
    rows: list[tuple[str, Turn]]
    since: float
    zones: dict[str, _Stretch] = field(default_factory=dict)
    taken: int = 0

    def minute(self, at: datetime) -> float:
        """An instant as a minute of the day."""
        return (at - self.midnight).total_seconds() / 60

    def of(self, zone: str) -> _Stretch:
        """The line of a zone; of the whole hall without one."""
        found = self.zones.get(zone)
        if found is None:
            turns = [turn for held_in, turn in self.rows if not zone or held_in == zone]
            moment = Line(turns).moment(self.minute(self.at), place=LAST, since=self.since)
            waiting = [(turn.place, turn.service) for turn in turns if turn.called is None]
            found = self.zones[zone] = _Stretch(moment, waiting, _usual(turns))
        return found

    def add(self, zone: str, turn: Turn) -> None:
        """Somebody took a ticket after the look."""
        self.rows.append((zone, turn))
        self.taken += 1
        for held_in in {zone, ""} & self.zones.keys():
            self.zones[held_in].waiting.append((turn.place, turn.service))


_lock = Lock()
_seen: OrderedDict[tuple[UUID, date], _Seen] = OrderedDict()


def expect(
    centre: UUID, *, service: UUID | None = None, at: datetime, ticket: Ticket | None = None
) -> Expected | None:
    """How long somebody will wait who comes now for a service, or who holds a ticket; None while no counter is open.

    Args:
        service: without one, of whoever stands last in the whole hall. ticket: one that waits; from now on, not from its issue.
    """
    view = centres.centre(centre)
    day = today_of(view, at)
    rule = calling_rule(centre)
    zone = ticket.zone if ticket is not None else zone_of(rule, service) if service is not None else ""
    line = _look(view, day, at)
    return _told(centre, rule, zone, line, at=at, place=None if ticket is None else ticket.place)


def expect_zones(centre: UUID, *, zones: Collection[str], at: datetime) -> dict[str, Expected | None]:
    """The same for who comes now to each of these parts of a hall, by one look at its line."""
    view, rule = centres.centre(centre), calling_rule(centre)
    line = _look(view, today_of(view, at), at)
    return {zone: _told(centre, rule, zone, line, at=at, place=None) for zone in zones}


def promised(
    view: centres.CentreView, *, rule: CallingRule, zone: str, day: date, at: datetime, place: datetime
) -> Expected | None:
    """The same for a ticket that is about to be taken, by a look at the line that is at most half a minute old."""
    with _lock:
        line = _seen.get((view.id, day))
    if line is None or not timedelta(0) <= at - line.at <= FRESH or line.taken >= MOST_TAKEN:
        line = _look(view, day, at)
    behind = place + timedelta(microseconds=1)  # who has the same place stands before
    return _told(view.id, rule, zone, line, at=at, place=behind)


def taken(ticket: Ticket) -> None:
    """A ticket was taken: it stands in the line that the next ones are told of, though nobody looked since."""
    with _lock:
        line = _seen.get((ticket.centre_id, ticket.day))
    if line is not None:
        row = (ticket.service_id, ticket.zone, ticket.status, ticket.place, ticket.issued_at, *(None,) * 4)
        with _lock:
            line.add(ticket.zone, turn_of(row, midnight=line.midnight))


def forget_lines() -> None:
    """Look anew at every line."""
    with _lock:
        _seen.clear()


def busy(centre: UUID, *, day: date, at: datetime, wait: Expected | None = None) -> Busy:
    """When such a day is busy and when it is quiet, seen from an instant; nothing is said of fewer than some days.

    Args:
        wait: of who comes at this instant, as `expect` tells it; None while the hall is closed.
    """
    kept = look_at_waits(centre=centre)
    if kept is None:
        return Busy(days=0)
    found = busy_day(_taught(kept)[1], weekday=day.isoweekday())
    view = centres.centre(centre)
    if not found.hours or today_of(view, at) != day:
        return found
    minute = (at - midnight_of(day, ZoneInfo(view.zone))).total_seconds() / 60
    return seen_from(found, minute=minute, likely=None if wait is None else wait.likely)


def _told(
    centre: UUID, rule: CallingRule, zone: str, line: _Seen, *, at: datetime, place: datetime | None
) -> Expected | None:
    opened = sum(one.state == "open" and _serves(rule, one.code, zone) for one in centres.counters(centre))
    if not opened:
        return None
    with _lock:
        stretch = line.of(zone)
        moment = stretch.at(line.minute(at), place=LAST if place is None else line.minute(place))
    kept = look_at_waits(centre=centre)
    learnt = None if kept is None else _of_zone(_taught(kept)[0], zone)
    if learnt is None or not learnt.strays:
        return _guessed(moment, stretch.usual, opened)
    return expected(learnt, moment, opened=opened)


def _guessed(moment: Moment, minutes: float, opened: int) -> Expected | None:
    likely = naive_wait(people_ahead=len(moment.ahead), service_minutes=minutes, open_counters=opened)
    return None if likely is None else guessed(likely)


def _usual(turns: Sequence[Turn]) -> float:
    """Minutes of a service lately; the usual ones before anybody was served."""
    lengths = [
        turn.freed - turn.called for turn in turns if turn.freed is not None and turn.called is not None
    ]
    return fmean(lengths) if lengths else USUAL_MINUTES


def _serves(rule: CallingRule, counter: str, zone: str) -> bool:
    zones = rule.counters.get(counter)
    return not zone or not zones or zone in zones


def _of_zone(lines: dict[str, Learnt], zone: str) -> Learnt | None:
    return lines.get(zone, lines.get("") if not zone else None)


def _look(view: centres.CentreView, day: date, at: datetime) -> _Seen:
    midnight = midnight_of(day, ZoneInfo(view.zone))
    rows = see_line(centre=view.id, day=day, since=at - timedelta(minutes=WINDOW + ACTIVE))
    turns = [(row[1], turn_of(_as_known(row), midnight=midnight)) for row in rows]
    found = _Seen(at, midnight, turns, _known_since(turns))
    with _lock:
        _seen[view.id, day] = found
        _seen.move_to_end((view.id, day))
        if len(_seen) > KEPT:
            _seen.popitem(last=False)
    return found


def _known_since(turns: Sequence[tuple[str, Turn]]) -> float:
    """From when on all calls are among these, as a minute of the day: of a very busy hall only the latest are read."""
    calls = [turn.called for _zone, turn in turns if turn.called is not None]
    return min(calls) if len(calls) >= MOST_CALLS else 0.0


def _as_known(row: Sequence[Any]) -> Sequence[Any]:
    """A ticket that was given back waits, though it was called once."""
    return (*row[:5], None, None, None, None) if row[2] == Status.WAITING else row


@lru_cache(maxsize=512)
def _taught(kept: UUID) -> tuple[dict[str, Learnt], dict[str, Any]]:
    """What was learnt, by its id; another night's is another entry, so nothing stale is read."""
    row = HallWaits.objects.filter(id=kept).first()
    if row is None:
        return {}, {}
    return {zone: read(one) for zone, one in row.taught["lines"].items()}, row.taught["busy"]
