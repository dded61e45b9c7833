"""What can be read of a queue.

Numbers of a hall are open to all, so those reads open their own scope; what shows tickets themselves needs the scope
that the guard opened, or the ticket's unguessable address.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.errors import CounterUnknown, TicketNotFound, TicketUnknown
from onedoor.domain.queue.models import Obligation, Ticket
from onedoor.domain.queue.rules import (
    AT_COUNTER,
    OPEN,
    USUAL_MINUTES,
    Status,
    letter_of,
    naive_wait,
    plain_name,
    plain_phone,
)
from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import Missing
from onedoor.kernel.i18n import normalise, toneless
from onedoor.kernel.scope import everything, open_scope

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


@dataclass(frozen=True)
class BoardView:
    """What a hall sees: called now, newest first; who is next; how many wait."""

    called: tuple[Called, ...]
    next: tuple[str, ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's time in a hall: when she came, at which counter she was served, and from when to when.

    ``place``: by which she stood in line, earlier than she came for those who go first.
    """

    ticket: UUID
    centre: UUID
    day: date
    service: UUID
    counter: UUID
    issued_at: datetime
    place: datetime
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True)
class LineView:
    """What a counter sees of the line of today."""

    waiting: int
    next: tuple[Ticket, ...]
    aside: tuple[Ticket, ...]
    here: Ticket | None


def today_at(*, centre: UUID, at: datetime) -> date:
    """The date at the centre."""
    return today_of(centres.centre(centre), at)


def today_of(view: centres.CentreView | centres.CounterView, at: datetime) -> date:
    """The same for a centre, or one of its counters, that is already at hand."""
    return at.astimezone(ZoneInfo(view.zone)).date()


def counter_now(counter: UUID) -> centres.CounterView:
    """The counter as it stands.

    Raises:
        CounterUnknown: there is none.
    """
    try:
        return centres.counter(counter)
    except Missing as none:
        raise CounterUnknown from none


def letter_at(view: centres.CentreView, *, service: UUID, day: date) -> str | None:
    """The letter of a service's tickets at a centre: by its place among the centre's offers; None when not offered."""
    offers = sorted(view.offers, key=lambda offer: (offer.valid_from, offer.service.hex))
    places = list(dict.fromkeys(offer.service for offer in offers))
    if not any(offer.service == service and offer.holds_on(day) for offer in offers):
        return None
    return letter_of(places.index(service))


def phone_mark(phone: str) -> bytes:
    """The blind index by which a telephone number is found again and never read."""
    return keyring().blind("queue.phone", plain_phone(phone))


def waiting_count(centre: UUID, *, at: datetime) -> int:
    """How many people wait at a centre today."""
    with open_scope(centre=[centre]):
        return _today(centre, at).filter(status=Status.WAITING).count()


def taken_on(centre: UUID, *, service: UUID, day: date) -> int:
    """How many tickets of a service were taken at a centre for a day, without those who left."""
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day=day, service_id=service)
        return rows.exclude(status=Status.LEFT).count()


def waiting_counts(among: Sequence[UUID], *, day: date) -> dict[UUID, int]:
    """How many people wait at each of these centres on a day; centres without any are left out. One statement."""
    with open_scope(centre=list(among)):
        rows = Ticket.objects.filter(centre_id__in=among, day=day, status=Status.WAITING)
        return dict(rows.values_list("centre_id").annotate(Count("id")))


def expected_wait(
    centre: UUID, service: UUID | None = None, *, at: datetime, ahead: int | None = None
) -> int | None:
    """The estimated wait in minutes of who would come last (or has ``ahead`` people ahead); None when no counter is open.

    The naive formula: people ahead, times the average service of today, over the open counters. One line serves all
    services, so ``service`` narrows the average only.
    """
    people = waiting_count(centre, at=at) if ahead is None else ahead
    return naive_wait(
        people_ahead=people,
        service_minutes=service_minutes(centre, service, at=at),
        open_counters=sum(counter.state == "open" for counter in centres.counters(centre)),
    )


def service_minutes(centre: UUID, service: UUID | None = None, *, at: datetime) -> float:
    """The average length of today's services at a centre, in minutes; the usual one before anyone was served."""
    length = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    with open_scope(centre=[centre]):
        served = _today(centre, at).filter(status=Status.SERVED, started_at__isnull=False)
        if service is not None and served.filter(service_id=service).exists():
            served = served.filter(service_id=service)
        mean = served.aggregate(mean=Avg(length))["mean"]
    return mean.total_seconds() / 60 if mean else USUAL_MINUTES


def people_ahead(of: Ticket) -> int:
    """How many wait before this ticket; 0 when it no longer waits."""
    if of.status != Status.WAITING:
        return 0
    with open_scope(centre=[of.centre_id]):
        return (
            Ticket.objects.filter(centre_id=of.centre_id, day=of.day, status=Status.WAITING)
            .filter(Q(place__lt=of.place) | Q(place=of.place, id__lt=of.id))
            .count()
        )


def board(centre: UUID, *, at: datetime) -> BoardView:
    """The hall's screen of a centre."""
    codes = {counter.id: counter.code for counter in centres.counters(centre)}
    with open_scope(centre=[centre]):
        called = _today(centre, at).filter(status__in=AT_COUNTER).order_by("-called_at", "-id")[:SEEN_CALLED]
        shown = tuple(
            Called(t.number, t.counter_id, codes.get(t.counter_id, ""), t.called_at, t.calls)
            for t in called
            if t.counter_id and t.called_at
        )
        waiting = _today(centre, at).filter(status=Status.WAITING)
        upcoming = tuple(waiting.order_by("place", "id").values_list("number", flat=True)[:SEEN_NEXT])
        count = len(upcoming) if len(upcoming) < SEEN_NEXT else waiting.count()
    return BoardView(called=shown, next=upcoming, waiting=count)


def line(centre: UUID, *, counter: UUID, at: datetime) -> LineView:
    """The line as a counter sees it: who is here, who is next, who was set aside (held or missed)."""
    waiting = _today(centre, at).filter(status=Status.WAITING)
    upcoming = tuple(waiting.order_by("place", "id")[:SEEN_NEXT])
    set_aside = _today(centre, at).filter(status__in=(Status.HELD, Status.MISSED))
    aside = tuple(set_aside.order_by("-called_at")[:SEEN_NEXT])
    count = len(upcoming) if len(upcoming) < SEEN_NEXT else waiting.count()
    return LineView(waiting=count, next=upcoming, aside=aside, here=at_counter(centre, counter=counter))


def at_counter(centre: UUID, *, counter: UUID) -> Ticket | None:
    """The ticket that is called to, or served at, a counter."""
    return Ticket.objects.filter(centre_id=centre, counter_id=counter, status__in=AT_COUNTER).first()


def ticket(id: UUID, *, centre: UUID) -> Ticket:
    """One ticket of a centre.

    Raises:
        TicketUnknown: there is none.
    """
    found = Ticket.objects.filter(id=id, centre_id=centre).first()
    if found is None:
        raise TicketUnknown
    return found


def tickets(centre: UUID, *, day: date, status: str = "", after: str = "", limit: int = 50) -> list[Ticket]:
    """The tickets of a centre on a day, by number, page by page.

    Args:
        status: one of `Status`; empty for all. after: the number that the last page ended with.
    """
    rows = Ticket.objects.filter(centre_id=centre, day=day, number__gt=after)
    if status:
        rows = rows.filter(status=status)
    return list(rows.order_by("number")[:limit])


def stays(centres: Collection[UUID], *, since: date, until: date) -> Iterator[Stay]:
    """Everybody who was served at these centres on these days, both included; the caller has asked for the permission."""
    with everything("people are told apart by their tickets and named by nothing"):
        rows = Ticket.objects.filter(
            centre_id__in=centres,
            day__range=(since, until),
            counter_id__isnull=False,
            started_at__isnull=False,
            ended_at__isnull=False,
        )
        yield from (
            Stay(*row)
            for row in rows.order_by("centre_id", "day", "issued_at", "id").values_list(
                *("id", "centre_id", "day", "service_id", "counter_id"),
                *("issued_at", "place", "started_at", "ended_at"),
            )
        )


def ticket_by_token(token: str) -> Ticket:
    """The ticket of an unguessable address; the address is the permission.

    Raises:
        TicketUnknown: there is none, or it was replaced.
    """
    if not token.isprintable():  # the database refuses some control signs even in a question
        raise TicketUnknown
    with everything("the unguessable address is the permission"):
        found = Ticket.objects.filter(token=token).first()
    if found is None:
        raise TicketUnknown
    return found


def find_lost(*, centre: UUID, name: str, phone: str, at: datetime) -> Ticket:
    """Today's open ticket of a name and a telephone number; both must be those that were left with it.

    Raises:
        TicketNotFound: nothing fits, without saying which of the two did not.
    """
    mark, wanted = phone_mark(phone), toneless(normalise(plain_name(name)))
    for found in _today(centre, at).filter(phone_mark=mark, status__in=OPEN).order_by("-issued_at"):
        if toneless(normalise(found.name)) == wanted:
            return found
    raise TicketNotFound


def open_obligations(*, visit: UUID) -> tuple[Obligation, ...]:
    """What a visit still owes or is owed."""
    with everything("a visit's id is known only to those who serve it"):
        return tuple(Obligation.objects.filter(visit=visit, settled_at__isnull=True).order_by("opened_at"))


def _today(centre: UUID, at: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(centre_id=centre, day=today_at(centre=centre, at=at))
