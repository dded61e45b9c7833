"""What the worker does for appointments: ends what is over, passes on what was not taken, forgets who came."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.appointments_list import expire, offer_freed
from onedoor.domain.queue.actions.booking import SHUT_BY_CALENDAR, found
from onedoor.domain.queue.events.appointments import (
    AppointmentForgotten,
    AppointmentMissed,
    AppointmentServed,
)
from onedoor.domain.queue.models import Appointment, free_seats, lock_days
from onedoor.domain.queue.models.appointments import nobody_waits, open_ticket_of, was_served
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.queries.slots import booking_of, booking_rule, why_shut
from onedoor.domain.queue.rules.appointments import (
    LISTED,
    NO_SHOW,
    RETENTION,
    Move,
    Standing,
    in_turn,
    standing_after,
)
from onedoor.kernel.letters import publish
from onedoor.kernel.letters.payload import forget_person
from onedoor.kernel.scope import Actor, everything

log = logging.getLogger("onedoor.queue")
One = TypeVar("One")
BATCH = 200
MOST_DAYS = 20_000
WORKER = "the worker tends all centres"


def end_appointments(*, by: Actor, at: datetime) -> int:
    """Who did not come within the hour missed it; whose tickets have ended was served, or left. Gives how many, at most 400.

    A place that was kept for another day goes on under the ticket of that day.
    """
    with everything(WORKER):
        missed = Appointment.objects.filter(standing=Standing.BOOKED, starts_at__lt=at - NO_SHOW)
        done = _each(_ids(missed.order_by("starts_at")), lambda one: _end(one, by=by, at=at))
        arrived = Appointment.objects.filter(nobody_waits(), standing=Standing.ARRIVED, arrived_at__lt=at)
        return done + _each(_ids(arrived.order_by("arrived_at")), lambda one: _end(one, by=by, at=at))


def _ids(rows: QuerySet[Appointment]) -> list[UUID]:
    return list(rows.values_list("id", flat=True)[:BATCH])


def _each(listed: Iterable[One], act: Callable[[One], int]) -> int:
    """Do it for each in a transaction of its own; one that fails is told to the log and keeps nobody else waiting."""
    done = 0
    for one in listed:
        try:
            with transaction.atomic():
                done += act(one)
        except Exception:  # whatever is wrong with one row
            log.exception("an appointment could not be tended", extra={"row": str(one)})
    return done


def _end(appointment: UUID, *, by: Actor, at: datetime) -> int:
    held = found(appointment)
    came = held.standing == Standing.ARRIVED
    if not came and (
        held.standing != Standing.BOOKED or held.starts_at is None or held.starts_at >= at - NO_SHOW
    ):
        return 0
    if came and open_ticket_of(held) is not None:
        return 0
    served = came and was_served(held)
    held.standing = standing_after(Move.FINISH if served else Move.MISS, held.standing).value
    held.ended_at = at
    held.save()
    free_seats(held)
    about = {"visit": held.visit, "service": held.service_id}
    event = AppointmentServed(**about) if served else AppointmentMissed(**about, came=came)
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    said.untell(held, by=by, at=at)
    return 1


def tend_waiting_lists(*, by: Actor, at: datetime) -> int:
    """Offers that were not taken end and go to the next; lists of past days end; what became free otherwise is offered.

    What is due comes first, the other lists in turn: with more than 200 each has its turn within some minutes.
    """
    with everything(WORKER):
        rows = Appointment.objects.filter(standing__in=LISTED)
        over = rows.filter(standing=Standing.OFFERED, offer_until__lt=at).order_by("offer_until")
        due = dict.fromkeys(over.values_list("centre_id", "day")[:BATCH])
        yesterday = (at - timedelta(days=1)).date()
        listed = rows.order_by("day", "centre_id").values_list("centre_id", "day").distinct()[:MOST_DAYS]
        due |= dict.fromkeys(one for one in listed if one[1] < yesterday)
        others = [one for one in listed if one not in due]
        turn = in_turn(others, most=BATCH, round=int(at.timestamp()) // 60)
        return _each([*list(due)[:BATCH], *turn], lambda one: _tend(*one, by=by, at=at))


def _tend(centre: UUID, day: date, *, by: Actor, at: datetime) -> int:
    view, done = centres.centre(centre), 0
    lock_days(centre=centre, days=[day])
    rule, over = booking_rule(centre), day < today_of(view, at)
    # who is accepting or leaving at this instant holds the own row and waits for the day: looked at again in a minute
    rows = Appointment.objects.select_for_update(no_key=True, skip_locked=True)
    listed = rows.filter(centre_id=centre, day=day, standing__in=LISTED)
    for held in listed.order_by("made_at")[:BATCH]:
        why = why_shut(view, asked=booking_of(held), day=day, at=at, rule=rule)
        passed = held.offer_until is not None and held.offer_until < at
        if over or passed or why in SHUT_BY_CALENDAR:
            expire(held, by=by, at=at)
            done += 1
        if not over and why in SHUT_BY_CALENDAR:
            said.tell_list_over(held, by=by, at=at)
    return done + (0 if over else offer_freed(view, day, by=by, at=at))


def forget_appointments(*, by: Actor, at: datetime) -> int:
    """Name, number and need for help of what ended thirty days ago are destroyed; that somebody came stays. At most 200."""
    with everything(WORKER):
        old = Appointment.objects.filter(sealed__isnull=False, ended_at__lt=at - RETENTION)
        return _each(_ids(old.order_by("ended_at")), lambda one: _forget(one, by=by, at=at))


def _forget(appointment: UUID, *, by: Actor, at: datetime) -> int:
    held = found(appointment)
    held.name, held.help, held.sealed, held.phone_mark, held.address_mark = "", "", None, None, None
    held.save()
    publish(AppointmentForgotten(), of=held, by=by, at=at, centre=held.centre_id)
    forget_person(person=held.id, at=at)
    return 1
