"""What the worker does for appointments: ends what is over, passes on what was not taken, forgets who came."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.appointments_list import expire, offer_freed
from onedoor.domain.queue.actions.booking import found
from onedoor.domain.queue.events.appointments import (
    AppointmentForgotten,
    AppointmentMissed,
    AppointmentServed,
)
from onedoor.domain.queue.models import Appointment, Ticket, free_seats, lock_days
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.appointments import NO_SHOW, RETENTION, Move, Standing, standing_after
from onedoor.kernel.letters import publish
from onedoor.kernel.letters.payload import forget_person
from onedoor.kernel.scope import Actor, everything

BATCH = 200
WORKER = "the worker tends all centres"


def end_appointments(*, by: Actor, at: datetime) -> int:
    """Who did not come within the hour missed it; whose ticket has ended was served, or left. Gives how many, at most 400."""
    with everything(WORKER):
        missed = Appointment.objects.filter(standing=Standing.BOOKED, starts_at__lt=at - NO_SHOW)
        done = _each(missed.order_by("starts_at"), by=by, at=at)
        arrived = Appointment.objects.filter(standing=Standing.ARRIVED, arrived_at__lt=at)
        ended = arrived.filter(
            ticket_id__in=Ticket.objects.filter(appointment_id__isnull=False, ended_at__isnull=False).values(
                "id"
            )
        )
        return done + _each(ended.order_by("arrived_at"), by=by, at=at)


def _each(rows: QuerySet[Appointment], *, by: Actor, at: datetime) -> int:
    done = 0
    for appointment in list(rows.values_list("id", flat=True)[:BATCH]):
        with transaction.atomic():
            done += _end(appointment, by=by, at=at)
    return done


def _end(appointment: UUID, *, by: Actor, at: datetime) -> bool:
    held = found(appointment)
    came = held.standing == Standing.ARRIVED
    if held.standing not in (Standing.BOOKED, Standing.ARRIVED):
        return False
    served = (
        came
        and held.ticket_id is not None
        and Ticket.objects.filter(id=held.ticket_id, status=Status.SERVED).exists()
    )
    held.standing = standing_after(Move.FINISH if served else Move.MISS, held.standing).value
    held.ended_at = at
    held.save()
    free_seats(held)
    about = {"visit": held.visit, "service": held.service_id}
    event = AppointmentServed(**about) if served else AppointmentMissed(**about, came=came)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    said.untell(held, by=by, at=at)
    return True


def tend_waiting_lists(*, by: Actor, at: datetime) -> int:
    """Offers that were not taken end and go to the next; lists of past days end; what became free otherwise is offered."""
    with everything(WORKER):
        rows = Appointment.objects.filter(standing__in=(Standing.WAITING, Standing.OFFERED))
        days = rows.order_by("day", "centre_id").values_list("centre_id", "day").distinct()[:BATCH]
        return sum(_tend(centre, day, by=by, at=at) for centre, day in list(days))


def _tend(centre: UUID, day: date, *, by: Actor, at: datetime) -> int:
    with transaction.atomic():
        view, done = centres.centre(centre), 0
        lock_days(centre=centre, days=[day])
        rows = Appointment.objects.select_for_update(no_key=True).filter(centre_id=centre, day=day)
        over = day < today_of(view, at)
        for held in rows.filter(standing__in=(Standing.WAITING, Standing.OFFERED)).order_by("made_at")[
            :BATCH
        ]:
            if over or (held.offer_until is not None and held.offer_until < at):
                expire(held, by=by, at=at)
                done += 1
        return done + (0 if over else offer_freed(view, day, by=by, at=at))


def forget_appointments(*, by: Actor, at: datetime) -> int:
    """Name and number of what ended thirty days ago are destroyed; that somebody came stays. At most 200; gives how many."""
    with everything(WORKER):
        old = Appointment.objects.filter(sealed__isnull=False, ended_at__lt=at - RETENTION)
        listed = list(old.order_by("ended_at").values_list("id", flat=True)[:BATCH])
        for appointment in listed:
            with transaction.atomic():
                held = found(appointment)
                held.name, held.sealed, held.phone_mark, held.address_mark = "", None, None, None
                held.save()
                publish(AppointmentForgotten(), of=held, by=by, at=at, centre=held.centre_id)
                forget_person(person=held.id, at=at)
    return len(listed)
