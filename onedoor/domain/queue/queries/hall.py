"""What a hall, a board and a counter see of the line of today."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.calling import next_at, reach
from onedoor.domain.queue.queries.days import counter_now, today_rows
from onedoor.domain.queue.rules import AT_COUNTER, Status
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor, open_scope

SEEN_NEXT = 8
SEEN_CALLED = 6


@dataclass(frozen=True)
class Called:
    """A number on the board, the counter it should go to, and when it was called.

    ``remote``: where to go instead, when the officer sits elsewhere (a booth, a telephone).
    """

    number: str
    counter: UUID
    code: str
    at: datetime
    calls: int
    zone: str = ""
    remote: Translated = field(default_factory=dict)


@dataclass(frozen=True)
class BoardView:
    """What a hall sees: called now, newest first; who is next; how many wait."""

    called: tuple[Called, ...]
    next: tuple[str, ...]
    waiting: int


@dataclass(frozen=True)
class LineView:
    """What a counter sees of the line of today: ``waiting`` counts everybody, ``next`` are those whom it may call."""

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


def waiting_by_zone(centre: UUID, *, at: datetime) -> dict[str, int]:
    """How many people wait in each part of a hall; "" where it has none."""
    with open_scope(centre=[centre]):
        rows = today_rows(centre, at).filter(status=Status.WAITING).values("zone")
        return {row["zone"]: row["people"] for row in rows.annotate(people=Count("id")).order_by("zone")}


def board(centre: UUID, *, at: datetime, zones: Sequence[str] = ()) -> BoardView:
    """The hall's screen of a centre; of these zones only, when some are named."""
    places = {counter.id: counter for counter in centres.counters(centre)}
    with open_scope(centre=[centre]):
        today = today_rows(centre, at)
        if zones:
            today = today.filter(zone__in=zones)
        called = today.filter(status__in=AT_COUNTER).order_by("-called_at", "-id")[:SEEN_CALLED]
        shown = tuple(
            Called(t.number, here.id, here.code, t.called_at, t.calls, t.zone, here.remote)
            for t in called
            if t.counter_id and t.called_at and (here := places.get(t.counter_id)) is not None
        )
        waiting = today.filter(status=Status.WAITING)
        upcoming = tuple(waiting.order_by("place", "id").values_list("number", flat=True)[:SEEN_NEXT])
        count = len(upcoming) if len(upcoming) < SEEN_NEXT else waiting.count()
    return BoardView(called=shown, next=upcoming, waiting=count)


def line(centre: UUID, *, counter: UUID, at: datetime, officer: Actor | None = None) -> LineView:
    """The line as a counter sees it: who is here, whom it calls next, who was set aside (held or missed).

    Args:
        officer: who sits there, and serves what she has learnt; None for whoever does.
    """
    waiting = today_rows(centre, at).filter(status=Status.WAITING)
    here = counter_now(counter)
    upcoming = tuple(next_at(here, reach=reach(here, at=at, officer=officer), most=SEEN_NEXT))
    set_aside = today_rows(centre, at).filter(status__in=(Status.HELD, Status.MISSED))
    aside = tuple(set_aside.order_by("-called_at")[:SEEN_NEXT])
    return LineView(
        waiting=waiting.count(), next=upcoming, aside=aside, here=at_counter(centre, counter=counter)
    )


def at_counter(centre: UUID, *, counter: UUID) -> Ticket | None:
    """The ticket that is called to, or served at, a counter."""
    return Ticket.objects.filter(centre_id=centre, counter_id=counter, status__in=AT_COUNTER).first()
