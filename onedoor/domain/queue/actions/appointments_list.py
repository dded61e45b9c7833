"""The waiting list of a full day: joined, offered a freed time in order, taken in time or passed on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.asking import Asking, asked_for, new_appointment
from onedoor.domain.queue.actions.booking import (
    OPEN_TO_ALL,
    found,
    permit_own,
    refuse_shut,
    set_time,
)
from onedoor.domain.queue.actions.helping import expect_helps
from onedoor.domain.queue.errors import AppointmentHasMoved, DayCannotBeBooked, DayIsNotFull
from onedoor.domain.queue.events.appointments import (
    AppointmentBooked,
    FreedTimeOffered,
    WaitingListJoined,
    WaitingListLeft,
)
from onedoor.domain.queue.models import Appointment, free_seats, give_seats, lock_days
from onedoor.domain.queue.queries.slots import (
    booking_of,
    booking_rule,
    centre_days,
    free_slots,
    full_days,
    gives_seats,
    why_shut,
    wish_of,
)
from onedoor.domain.queue.rules.appointments import Move, Standing, standing_after
from onedoor.domain.queue.rules.booking import BookingRule
from onedoor.domain.queue.rules.slots import SHUT_WORDS, CentreDay, Seat, seats_for, slots
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

SHORTEST_OFFER = timedelta(minutes=10)
LOOKED_AT = 20


def join_list(*, by: Actor, at: datetime, asking: Asking, day: date) -> Appointment:
    """Wait for a time of a day that is full; the order is that of joining. Counts as an appointment against the limit.

    Raises:
        DayIsNotFull, DayCannotBeBooked, and those of `asked_for`.
    """
    with asked_for(asking, by=by, at=at) as asked:
        if asked.before is not None:
            return asked.before
        lock_days(centre=asking.centre, days=[day])
        why = why_shut(asked.view, asked=asked.booking, day=day, at=at, rule=asked.rule)
        if why:
            raise DayCannotBeBooked(SHUT_WORDS.get(why), field="day")
        if free_slots(asked.view, asked=asked.booking, day=day, at=at):
            raise DayIsNotFull
        made = new_appointment(asking, day=day, at=at)
        said.keep_person(made, asked.who)
        made.standing = Standing.WAITING.value
        made.save()
        event = WaitingListJoined(visit=made.visit, service=asking.service, day=day, channel=asking.channel)
        publish(event, of=made, by=by, at=at, centre=asking.centre)
    return made


def accept(*, by: Actor, at: datetime, appointment: UUID, centre: UUID | None = None) -> Appointment:
    """Take the time that is held for one; taking it again changes nothing.

    Raises:
        AppointmentUnknown, AppointmentHasMoved: the offer is over, or there was none.
        DayCannotBeBooked: the centre does not open then any more.
    """
    with transaction.atomic(), everything(OPEN_TO_ALL):
        held = found(appointment, centre=centre)
        permit_own(by, held)
        if held.standing == Standing.BOOKED:
            return held
        if held.starts_at is None or held.offer_until is None or at > held.offer_until:
            raise AppointmentHasMoved
        refuse_shut(held, at=at)
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
        expect_helps(held, by=by, at=at)
    return held


def offer_freed(view: centres.CentreView, day: date, *, by: Actor, at: datetime) -> int:
    """Hold the free times of a day for those who wait for them, in the order of joining; gives how many were offered.

    Whose visit is too long for what is free keeps the place, and the next is asked. Only inside a transaction that holds the day.
    Who is leaving the list at this instant is passed over: that person holds the own row and waits for the day.
    """
    waiting = Appointment.objects.select_for_update(no_key=True, skip_locked=True).filter(
        centre_id=view.id, day=day, standing=Standing.WAITING
    )
    listed = list(waiting.order_by("made_at", "id")[:LOOKED_AT])
    if not listed:
        return 0
    rule, ours = booking_rule(view.id), gives_seats(view.id)
    (known,) = centre_days(view, [day], rule=rule)
    offered = 0
    for held in listed:
        asked = replace(booking_of(held), channel="")
        shut = why_shut(view, asked=asked, day=day, at=at, rule=rule, ours=ours)
        if shut or full_days(view, asked, [day], rule=rule):
            continue
        seats = _offer(held, view, known, rule, by=by, at=at)
        known = replace(known, taken=(*known.taken, *seats))
        offered += bool(seats)
    return offered


def _offer(
    held: Appointment,
    view: centres.CentreView,
    known: CentreDay,
    rule: BookingRule,
    *,
    by: Actor,
    at: datetime,
) -> Sequence[Seat]:
    """Hold the first time that fits for one who waits; gives its seats, none where nothing fits."""
    wish = wish_of(view, replace(booking_of(held), channel=""), held.day, rule=rule)
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
        return seats
    return ()


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
