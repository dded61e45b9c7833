"""What people do with a ticket on their own telephone. The ticket's unguessable address is the permission."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.people.api import clean_phone
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.actions.tickets import take_ticket
from onedoor.domain.queue.errors import TicketHasMoved
from onedoor.domain.queue.events.phone import TicketHere, TicketPutOff
from onedoor.domain.queue.models.hot import update_ticket
from onedoor.domain.queue.models.phone import PhonePlace, Watch, one_after_another
from onedoor.domain.queue.models.tables import Ticket
from onedoor.domain.queue.permissions import TAKE
from onedoor.domain.queue.queries.days import today_at, today_of
from onedoor.domain.queue.queries.phone import absent, on_their_way
from onedoor.domain.queue.rules.phone import (
    FARTHEST,
    absent_until,
    may_take_from_home,
    more_minutes,
    read_ahead,
)
from onedoor.domain.queue.rules.steps import OPEN, Status
from onedoor.kernel.crypto import keyring
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Payload
from onedoor.kernel.letters.payload import forget_person, read_payload
from onedoor.kernel.scope import Actor, everything, open_scope

MOST_TOLD = 100


def watch_ticket(
    *,
    by: Actor,
    at: datetime,
    ticket: UUID,
    centre: UUID,
    ahead: object,
    phone: str = "",
    language: str = "lo",
) -> None:
    """Have whoever holds a ticket told when ``ahead`` people are before them: on its page, and by message to ``phone``.

    Raises:
        TicketUnknown, TicketHasMoved, AheadInvalid, PhoneIsNotValid.
    """
    wanted, number = read_ahead(ahead), clean_phone(phone)
    with transaction.atomic(), open_scope(centre=[centre]):
        held = locked(ticket=ticket, centre=centre, by=by)
        if held.status != Status.WAITING:
            raise TicketHasMoved
        row = _watch(held)
        row.ahead, row.language, row.told_at = wanted, language, None
        row.sealed = Payload(person=row.id, data={"phone": number}).sealed() if number else None
        row.save()


def ten_more_minutes(*, by: Actor, at: datetime, ticket: UUID, centre: UUID) -> Ticket:
    """Not called for ten more minutes; the place stays. At most twice.

    Raises:
        TicketUnknown, TicketHasMoved, PutOffTooOften, NotHereYet.
    """
    with transaction.atomic(), open_scope(centre=[centre]):
        held = locked(ticket=ticket, centre=centre, by=by)
        row = _watch(held)
        held.not_before = more_minutes(
            status=held.status,
            put_off=row.put_off,
            not_before=held.not_before,
            absent=absent(held),
            at=at,
        )
        row.put_off += 1
        row.save()
        event = TicketPutOff(visit=held.visit, until=held.not_before, times=row.put_off)
        update_ticket(held, centre=centre, event=event, by=by, at=at, once=None)
    return held


def take_from_home(*, by: Actor, at: datetime, centre: UUID, service: UUID, device: str) -> Ticket:
    """A place in line by telephone, while the centre is open. Nobody is called before they have come (`come_in`).

    Args:
        device: by which the telephone is known again; kept as a keyed hash.

    Raises:
        CentreIsClosed, ServiceNotOfferedHere, ServiceIsFullToday, PhoneHasEnough, HomePlacesFull.
    """
    view = centres.centre(centre)
    day, mark = today_of(view, at), keyring().blind("queue/phone-place", device)
    with transaction.atomic(), open_scope(centre=[centre]):
        one_after_another(centre=centre)
        places = PhonePlace.objects.filter(centre_id=centre, day=day)
        not_here = len(on_their_way(centre, day=day))
        may_take_from_home(of_this_phone=places.filter(device=mark).count(), not_here=not_here)
        # The telephone may not take tickets; within these limits the centre takes one for it.
        taken = take_ticket(by=Actor.system(), at=at, centre=centre, service=service, origin="home")
        PhonePlace.objects.create(device=mark, centre_id=centre, day=day, ticket=taken.id)
        held = locked(ticket=taken.id, centre=centre, by=by)
        held.not_before = absent_until(day, ZoneInfo(view.zone))
        event = TicketPutOff(visit=held.visit, until=held.not_before)
        update_ticket(held, centre=centre, event=event, by=by, at=at, once=None)
    return held


def come_in(*, by: Actor, at: datetime, ticket: UUID, centre: UUID) -> Ticket:
    """Who took a place from home shows the ticket at the centre and may be called; shown again, nothing changes.

    Raises:
        Refused, TicketUnknown.
    """
    require(by, TAKE, at=centre)
    with transaction.atomic(), open_scope(centre=[centre]):
        held = locked(ticket=ticket, centre=centre, by=by)
        if absent(held) and held.status in OPEN:
            held.not_before = None
            update_ticket(held, centre=centre, event=TicketHere(visit=held.visit), by=by, at=at, once=None)
    return held


def tell_who_is_soon(*, at: datetime) -> int:
    """Tell whose turn comes near; gives how many. One look at the head of each line that somebody watches."""
    told = 0
    with everything("the worker tells people of all centres"):
        for centre, day in _watched():
            if day != today_at(centre=centre, at=at):  # a place that is kept for a later day is not near yet
                continue
            line = Ticket.objects.filter(centre_id=centre, day=day, status=Status.WAITING)
            head = list(line.order_by("place", "id").values_list("id", "number")[: FARTHEST + 1])
            places = {ticket: place for place, (ticket, _number) in enumerate(head)}
            soon = Watch.objects.filter(ticket__in=places, told_at=None, ahead__isnull=False)
            for row in list(soon.order_by("id")[:MOST_TOLD]):
                if row.ahead is not None and places[row.ticket] <= row.ahead:
                    number = next(number for ticket, number in head if ticket == row.ticket)
                    told += _tell(row, number, places[row.ticket], at=at)
    return told


@transaction.atomic
def _tell(row: Watch, number: str, place: int, *, at: datetime) -> bool:
    held = Watch.objects.select_for_update(skip_locked=True).filter(id=row.id, told_at=None).first()
    if held is None or held.ahead is None:
        return False
    known = read_payload(person=held.id, sealed=bytes(held.sealed)) if held.sealed else None
    notices.tell(
        by=Actor.system(),
        at=at,
        centre=held.centre_id,
        subject=held.ticket,
        kind="ahead",
        values={"number": number, "ahead": place},
        phone=(known or {}).get("phone"),
        language=held.language,
    )
    held.told_at = at
    held.save()
    return True


def forget_past_wishes(*, at: datetime) -> int:
    """The wishes of days that are over go, told or not, with the keys of their numbers; gives of how many days of centres."""
    with everything("the worker forgets at all centres"):
        tables = (Watch.objects, PhonePlace.objects)
        late = [rows.filter(day__lt=(at + timedelta(days=1)).date()) for rows in tables]
        found = {pair for rows in late for pair in rows.values_list("centre_id", "day").distinct()}
        over = [(centre, day) for centre, day in found if day < today_at(centre=centre, at=at)]
        for centre, day in over:
            _forget(centre, day, at=at)
    return len(over)


def _watched() -> list[tuple[UUID, date]]:
    rows = Watch.objects.filter(told_at=None, ahead__isnull=False)
    return list(rows.order_by("centre_id", "day").values_list("centre_id", "day").distinct())


@transaction.atomic
def _forget(centre: UUID, day: date, *, at: datetime) -> None:
    """The wishes of a day that is over go, with the keys of their numbers."""
    old = Watch.objects.filter(centre_id=centre, day=day)
    for key in list(old.filter(sealed__isnull=False).values_list("id", flat=True)):
        forget_person(person=key, at=at)
    old.delete()
    PhonePlace.objects.filter(centre_id=centre, day=day).delete()


def _watch(held: Ticket) -> Watch:
    Watch.objects.bulk_create(
        [Watch(id=new_id(), ticket=held.id, centre_id=held.centre_id, day=held.day)], ignore_conflicts=True
    )
    return Watch.objects.select_for_update().get(ticket=held.id)
