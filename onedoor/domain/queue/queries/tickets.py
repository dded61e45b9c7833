"""Tickets: by id, by their unguessable address, by whom they belong to, and those who were served."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.queue.errors import TicketNotFound, TicketUnknown
from onedoor.domain.queue.models import Errand, Ticket
from onedoor.domain.queue.queries.days import today_rows
from onedoor.domain.queue.rules import OPEN, ErrandState, Status, plain_name, plain_phone
from onedoor.kernel.crypto import keyring
from onedoor.kernel.i18n import normalise, toneless
from onedoor.kernel.scope import everything, open_scope


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


def phone_mark(phone: str) -> bytes:
    """The blind index by which a telephone number is found again and never read."""
    return keyring().blind("queue.phone", plain_phone(phone))


def taken_on(centre: UUID, *, service: UUID, day: date) -> int:
    """How many people took a place for a service at a centre for a day, by a ticket or as one more errand of one.

    Those who left, and errands that were taken back, do not count.
    """
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day=day, service_id=service)
        more = Errand.objects.filter(centre_id=centre, day=day, service_id=service, first=False)
        beside = more.exclude(state=ErrandState.DROPPED).count()
        return rows.exclude(status=Status.LEFT).count() + beside


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
    for found in today_rows(centre, at).filter(phone_mark=mark, status__in=OPEN).order_by("-issued_at"):
        if toneless(normalise(found.name)) == wanted:
            return found
    raise TicketNotFound
