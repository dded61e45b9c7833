"""Appointments: booked, moved, cancelled. Seats are given under the lock of their day; giving one twice the database refuses."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.appointments_list import offer_freed
from onedoor.domain.queue.actions.asking import Asking, asked_for, new_appointment
from onedoor.domain.queue.actions.booking import (
    OPEN_TO_ALL,
    day_of,
    found,
    permit_own,
    seats_now,
    set_time,
    shift_to,
)
from onedoor.domain.queue.actions.helping import expect_helps, release_helps
from onedoor.domain.queue.errors import AppointmentHasMoved
from onedoor.domain.queue.events.appointments import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMoved,
)
from onedoor.domain.queue.models import Appointment, free_seats, give_seats, lock_days
from onedoor.domain.queue.queries.slots import booking_of, booking_rule
from onedoor.domain.queue.rules.appointments import Move, Standing, standing_after
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


def book(*, by: Actor, at: datetime, asking: Asking, starts: datetime) -> Appointment:
    """Promise a person a time at a centre.

    Raises:
        SlotIsTaken, DayCannotBeBooked, ServiceNotOfferedHere, and those of `asked_for`.
    """
    with asked_for(asking, by=by, at=at) as asked:
        if asked.before is not None:
            return asked.before
        day = day_of(asked.view, starts)
        lock_days(centre=asking.centre, days=[day])
        seats = seats_now(asked.view, asked.rule, asked.booking, starts=starts, at=at)
        made = new_appointment(asking, day=day, at=at)
        said.keep_person(made, asked.who)
        made.standing = Standing.BOOKED.value
        set_time(made, seats, starts=starts, rule=asked.rule)
        made.save()
        give_seats(made, seats)
        event = AppointmentBooked(
            visit=made.visit,
            service=asking.service,
            starts=starts,
            channel=asking.channel,
            people=made.people,
        )
        publish(event, of=made, by=by, at=at, centre=asking.centre)
        said.remind(made, by=by, at=at, anew=False)
        expect_helps(made, by=by, at=at)
    return made


def move(
    *,
    by: Actor,
    at: datetime,
    appointment: UUID,
    starts: datetime,
    channel: str = "portal",
    centre: UUID | None = None,
) -> Appointment:
    """Give an appointment another time; the former one goes to the waiting list. Who holds its secret address may do it.

    Args:
        centre: where it must be; anywhere when None.

    Raises:
        AppointmentUnknown, AppointmentHasMoved, SlotIsTaken, DayCannotBeBooked.
    """
    with transaction.atomic(), everything(OPEN_TO_ALL):
        held = found(appointment, centre=centre)
        permit_own(by, held)
        former, former_day = held.starts_at, held.day
        if held.standing == Standing.BOOKED and former == starts:
            return held
        standing_after(Move.CHANGE, held.standing)
        view, rule = centres.centre(held.centre_id), booking_rule(held.centre_id)
        if former is not None and former <= at:
            raise AppointmentHasMoved
        lock_days(centre=view.id, days=[former_day, day_of(view, starts)])
        asked = replace(booking_of(held), channel=channel, moving=held.id)
        seats = seats_now(view, rule, asked, starts=starts, at=at)
        shift_to(held, seats, starts=starts, rule=rule, view=view)
        event = AppointmentMoved(visit=held.visit, service=held.service_id, starts=starts, former=former)
        publish(event, of=held, by=by, at=at, centre=view.id)
        said.remind(held, by=by, at=at)
        expect_helps(held, by=by, at=at)
        said.tell(held, "moved", by=by, at=at)
        offer_freed(view, former_day, by=by, at=at)
    return held


def cancel(
    *, by: Actor, at: datetime, appointment: UUID, centre: UUID | None = None, by_centre: bool = False
) -> Appointment:
    """Take an appointment back, or leave the waiting list; its time is offered to the next who waits. Again changes nothing.

    Args:
        by_centre: the centre cannot keep it; the person is told.

    Raises:
        AppointmentUnknown, AppointmentHasMoved.
    """
    with transaction.atomic(), everything(OPEN_TO_ALL):
        held = found(appointment, centre=centre)
        permit_own(by, held)
        if held.standing == Standing.CANCELLED:
            return held
        held.standing = standing_after(Move.CANCEL, held.standing).value
        lock_days(centre=held.centre_id, days=[held.day])
        held.sequence += 1
        held.ended_at, held.offer_until = at, None
        held.save()
        free_seats(held)
        event = AppointmentCancelled(
            visit=held.visit, service=held.service_id, starts=held.starts_at, by_centre=by_centre
        )
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
        said.untell(held, by=by, at=at)
        release_helps(held, by=by, at=at)
        if by_centre:
            said.tell_cancelled(held, by=by, at=at)
        else:
            offer_freed(centres.centre(held.centre_id), held.day, by=by, at=at)
    return held
