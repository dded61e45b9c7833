"""The waiting list of a full day: joined, offered a freed time in order, taken in time or passed on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.booking import (
    OPEN_TO_ALL,
    booking_of,
    found,
    new_appointment,
    permit_channel,
    permit_own,
    sent_before,
    set_time,
)
from onedoor.domain.queue.errors import AppointmentHasMoved, DayCannotBeBooked, DayIsNotFull
from onedoor.domain.queue.events.appointments import (
    AppointmentBooked,
    FreedTimeOffered,
    WaitingListJoined,
    WaitingListLeft,
)
from onedoor.domain.queue.models import Appointment, free_seats, give_seats, lock_days, lock_number
from onedoor.domain.queue.queries import phone_mark
from onedoor.domain.queue.queries.slots import (
    Booking,
    booking_rule,
    centre_days,
    free_slots,
    full_days,
    why_shut,
    wish_of,
)
from onedoor.domain.queue.rules.appointments import Move, Standing, standing_after
from onedoor.domain.queue.rules.slots import SHUT_WORDS, seats_for, slots
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

SHORTEST_OFFER = timedelta(minutes=10)
LOOKED_AT = 20


def join_list(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    service: UUID,
    day: date,
    name: str,
    phone: str,
    channel: str = "portal",
    services: Sequence[UUID] = (),
    people: int = 1,
    language: str = "lo",
    help: Sequence[str] = (),
    address: str = "",
    id: UUID | None = None,
) -> Appointment:
    """Wait for a time of a day that is full; the order is that of joining. Counts as an appointment against the limit.

    Raises:
        DayIsNotFull, DayCannotBeBooked, TooManyAppointments, NameOrPhoneInvalid, BookingIsWrong.
    """
    permit_channel(by, channel, centre)
    view, rule = centres.centre(centre), booking_rule(centre)
    who = said.person(
        at=at,
        rule=rule,
        name=name,
        phone=phone,
        language=language,
        help=help,
        people=people,
        service=service,
        services=services,
    )
    asked = Booking(services=who.services, people=people, channel=channel)
    with transaction.atomic(), everything(OPEN_TO_ALL):
        lock_number(phone_mark(who.phone))
        before = sent_before(id, centre=centre, phone=who.phone)
        if before is not None:
            return before
        said.refuse_hoarding(at=at, rule=rule, phone=who.phone, address=address)
        lock_days(centre=centre, days=[day])
        why = why_shut(view, asked=asked, day=day, at=at, rule=rule)
        if why:
            raise DayCannotBeBooked(SHUT_WORDS.get(why), field="day")
        if free_slots(view, asked=asked, day=day, at=at):
            raise DayIsNotFull
        made = new_appointment(
            id, view=view, day=day, service=service, channel=channel, address=address, subject=None, at=at
        )
        said.keep_person(made, who)
        made.standing = Standing.WAITING.value
        made.save()
        event = WaitingListJoined(visit=made.visit, service=service, day=day, channel=channel)
        publish(event, of=made, by=by, at=at, centre=centre)
    return made


def accept(*, by: Actor, at: datetime, appointment: UUID, centre: UUID | None = None) -> Appointment:
    """Take the time that is held for one; taking it again changes nothing.

    Raises:
        AppointmentUnknown, AppointmentHasMoved: the offer is over, or there was none.
    """
    with transaction.atomic(), everything(OPEN_TO_ALL):
        held = found(appointment, centre=centre)
        permit_own(by, held)
        if held.standing == Standing.BOOKED:
            return held
        if held.starts_at is None or held.offer_until is None or at > held.offer_until:
            raise AppointmentHasMoved
        held.standing = standing_after(Move.ACCEPT, held.standing).value
        held.offer_until = None
        held.save()
        event = AppointmentBooked(
            visit=held.visit,
            service=held.service_id,
            starts=held.starts_at,
            channel=held.channel,
            people=held.people,
            from_list=True,
        )
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
        said.remind(held, by=by, at=at)
    return held


def offer_freed(view: centres.CentreView, day: date, *, by: Actor, at: datetime) -> int:
    """Hold the free times of a day for those who wait for them, in the order of joining; gives how many were offered.

    Whose visit is too long for what is free keeps the place, and the next is asked. Only inside a transaction that holds the day.
    """
    waiting = Appointment.objects.select_for_update(no_key=True).filter(
        centre_id=view.id, day=day, standing=Standing.WAITING
    )
    offered = 0
    for held in waiting.order_by("made_at", "id")[:LOOKED_AT]:
        offered += _offer(held, view, by=by, at=at)
    return offered


def _offer(held: Appointment, view: centres.CentreView, *, by: Actor, at: datetime) -> bool:
    rule, asked = booking_rule(view.id), replace(booking_of(held), channel="")
    if why_shut(view, asked=asked, day=held.day, at=at, rule=rule) or full_days(
        view, asked, [held.day], rule=rule
    ):
        return False
    (known,) = centre_days(view, [held.day], rule=rule)
    wish = wish_of(view, asked, held.day, rule=rule)
    for slot in slots(known, rule, wish, at=at + 2 * SHORTEST_OFFER):
        until = min(at + timedelta(minutes=rule.offer), slot.starts - SHORTEST_OFFER)
        seats = seats_for(known, rule, wish, starts=slot.starts)
        if seats is None or until < at + SHORTEST_OFFER:
            continue
        held.standing = standing_after(Move.OFFER, held.standing).value
        held.offer_until = until
        set_time(held, seats, starts=slot.starts, rule=rule)
        held.save()
        give_seats(held, seats)
        event = FreedTimeOffered(visit=held.visit, service=held.service_id, starts=slot.starts, until=until)
        publish(event, of=held, by=by, at=at, centre=view.id)
        said.tell(held, "offered", by=by, at=at)
        return True
    return False


def expire(held: Appointment, *, by: Actor, at: datetime) -> None:
    """The offer was not taken in time, or the day is over. Only inside a transaction that locked it and holds its day."""
    offered = held.standing == Standing.OFFERED
    held.standing = standing_after(Move.EXPIRE, held.standing).value
    held.ended_at = at
    held.save()
    free_seats(held)
    event = WaitingListLeft(visit=held.visit, service=held.service_id, offered=offered)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    said.untell(held, by=by, at=at)
