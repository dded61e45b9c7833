"""What a hall, a board and a counter see of the line of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.days import today_rows
from onedoor.domain.queue.rules import AT_COUNTER, Status
from onedoor.kernel.scope import open_scope

SEEN_NEXT = 8
SEEN_CALLED = 6


@dataclass(frozen=True)
class Called:
    """A number on the board, the counter it should go to, and when it was called."""

    number: str
    counter: UUID
    code: str
    at: datetime
    calls: int
    zone: str = ""


@dataclass(frozen=True)
class BoardView:
    """What a hall sees: called now, newest first; who is next; how many wait."""

    called: tuple[Called, ...]
    next: tuple[str, ...]
    waiting: int


@dataclass(frozen=True)
class LineView:
    """What a counter sees of the line of today."""

    waiting: int
    next: tuple[Ticket, ...]
    aside: tuple[Ticket, ...]
    here: Ticket | None


def waiting_count(centre: UUID, *, at: datetime) -> int:
    """How many people wait at a centre today."""
    with open_scope(centre=[centre]):
        return today_rows(centre, at).filter(status=Status.WAITING).count()


def waiting_counts(among: Sequence[UUID], *, day: date) -> dict[UUID, int]:
    """How many people wait at each of these centres on a day; centres without any are left out. One statement."""
    with open_scope(centre=list(among)):
        rows = Ticket.objects.filter(centre_id__in=among, day=day, status=Status.WAITING)
        return dict(rows.values_list("centre_id").annotate(Count("id")))


def board(centre: UUID, *, at: datetime, zones: Sequence[str] = ()) -> BoardView:
    """The hall's screen of a centre; of these zones only, when some are named."""
    codes = {counter.id: counter.code for counter in centres.counters(centre)}
    with open_scope(centre=[centre]):
        today = today_rows(centre, at)
        if zones:
            today = today.filter(zone__in=zones)
        called = today.filter(status__in=AT_COUNTER).order_by("-called_at", "-id")[:SEEN_CALLED]
        shown = tuple(
            Called(t.number, t.counter_id, codes.get(t.counter_id, ""), t.called_at, t.calls, t.zone)
            for t in called
            if t.counter_id and t.called_at
        )
        waiting = today.filter(status=Status.WAITING)
        upcoming = tuple(waiting.order_by("place", "id").values_list("number", flat=True)[:SEEN_NEXT])
        count = len(upcoming) if len(upcoming) < SEEN_NEXT else waiting.count()
    return BoardView(called=shown, next=upcoming, waiting=count)


def line(centre: UUID, *, counter: UUID, at: datetime) -> LineView:
    """The line as a counter sees it: who is here, who is next, who was set aside (held or missed)."""
    waiting = today_rows(centre, at).filter(status=Status.WAITING)
    upcoming = tuple(waiting.order_by("place", "id")[:SEEN_NEXT])
    set_aside = today_rows(centre, at).filter(status__in=(Status.HELD, Status.MISSED))
    aside = tuple(set_aside.order_by("-called_at")[:SEEN_NEXT])
    count = len(upcoming) if len(upcoming) < SEEN_NEXT else waiting.count()
    return LineView(waiting=count, next=upcoming, aside=aside, here=at_counter(centre, counter=counter))


def at_counter(centre: UUID, *, counter: UUID) -> Ticket | None:
    """The ticket that is called to, or served at, a counter."""
    return Ticket.objects.filter(centre_id=centre, counter_id=counter, status__in=AT_COUNTER).first()
