"""Tickets: taken, named, and given anew when lost."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.helping import put_helps
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.actions.stopping import refuse_full_stop
from onedoor.domain.queue.errors import (
    CentreIsClosed,
    ServiceIsFullToday,
    ServiceNotOfferedHere,
    TicketIsWrong,
)
from onedoor.domain.queue.events import TicketNamed, TicketReissued, TicketTaken
from onedoor.domain.queue.models import Ticket, draw_serial, insert_ticket, update_ticket
from onedoor.domain.queue.permissions import TAKE
from onedoor.domain.queue.queries import calling_rule, letter_at, phone_mark, taken_on, today_of
from onedoor.domain.queue.queries.appointments import booked_on
from onedoor.domain.queue.queries.expecting import promised, taken
from onedoor.domain.queue.rules import (
    Status,
    Step,
    coming,
    decide,
    place_in_line,
    plain_name,
    series_of,
    ticket_number,
    zone_of,
)
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor


def take_ticket(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    service: UUID,
    name: str | None = None,
    phone: str | None = None,
    priority: bool = False,
    visit: UUID | None = None,
    people: int = 1,
    origin: str = "",
    ground: str = "",
    help: Sequence[str] = (),
    appointment: UUID | None = None,
    slot: datetime | None = None,
    issued_at: datetime | None = None,
    once: Once | None = None,
) -> Ticket:
    """Put a person in line for a service of a centre.

    Args:
        name, phone: by which a lost ticket is found; both or neither.
        priority: goes first, without saying why.
        visit: an appointment's visit, else a new one begins.
        people: how many come with this ticket.
        origin: kiosk, desk, phone, home, paper or appointment.
        ground: why they go first, one of the centre's rule; it never leaves this node.
        help: what help they asked for, as codes (``wheelchair``, ``language:hmn``).
        appointment, slot: the appointment, and its booked time.
        issued_at: when they came, where that is earlier than ``at``: the time on a paper ticket.
        once: the request's idempotency, written in the same statement.

    Raises:
        CentreIsClosed, ServiceNotOfferedHere, ServiceIsFullToday, NameOrPhoneInvalid, TicketIsWrong.
    """
    require(by, TAKE, at=centre)
    view = centres.centre(centre)
    day = today_of(view, at)
    letter = letter_at(view, service=service, day=day)
    if letter is None:
        raise ServiceNotOfferedHere(centres.why_not(view, service=service, on=day), field="service")
    if not centres.is_open_now(view, at):
        raise CentreIsClosed(centres.closed_words(view, at=at) or None)
    kept_name = plain_name(name) if name else ""
    mark = phone_mark(phone) if phone else None
    rule = calling_rule(centre)
    told = coming(
        at=at,
        grounds=rule.grounds,
        people=people,
        origin=origin,
        ground=ground,
        help=help,
        appointment=appointment,
        slot=slot,
        issued_at=issued_at,
    )
    if today_of(view, told.issued_at) != day:
        raise TicketIsWrong(field="issued_at", reason=_("The time on the paper is a time of today."))
    zone = zone_of(rule, service)
    place = place_in_line(rule=rule, issued_at=told.issued_at, ground=ground, priority=priority, slot=slot)
    wait = None
    if issued_at is None:  # who came earlier has waited already, and was told nothing
        wait = promised(view, rule=rule, zone=zone, day=day, at=at, place=place)
    with transaction.atomic():
        if appointment is None:  # before the series: whoever books holds the day first, too
            refuse_full_stop(view, moment=told.issued_at, people=told.people)
        serial = draw_serial(centre=centre, day=day, letter=letter)
        if appointment is None:
            _refuse_full(view, service=service, day=day)
        ticket = Ticket(
            id=new_id(),
            centre_id=centre,
            service_id=service,
            visit=visit or new_id(),
            day=day,
            number=ticket_number(letter, serial),
            token=secrets.token_urlsafe(16),
            status=Status.WAITING.value,
            priority=priority or bool(ground),
            place=place,
            name=kept_name,
            phone_mark=mark,
            issued_at=told.issued_at,
            zone=zone,
            ground=told.ground,
            help=told.help,
            people=told.people,
            origin=told.origin,
            appointment_id=told.appointment,
            promised_low=wait.low if wait else None,
            promised_high=wait.high if wait else None,
        )
        event = TicketTaken(
            visit=ticket.visit,
            service=service,
            number=ticket.number,
            priority=ticket.priority,
            zone=ticket.zone,
            people=told.people,
            origin=told.origin,
            appointment=told.appointment,
            came=issued_at,
        )
        insert_ticket(ticket, event=event, by=by, at=at, once=once)
        if told.help:
            put_helps(by=by, at=at, centre=centre, day=day, visit=ticket.visit, codes=told.help.split())
    taken(ticket)
    return ticket


def _refuse_full(view: centres.CentreView, *, service: UUID, day: date) -> None:
    """A day's capacity is not passed: the series is locked by now, so tickets of a service come one after another.

    The places of those who are booked and have not come yet are theirs.
    """
    capacity = centres.capacity_on(view, service=service, on=day)
    if capacity is None:
        return
    booked = booked_on(view.id, service=service, day=day)
    if taken_on(view.id, service=service, day=day) + booked >= capacity:
        raise ServiceIsFullToday(
            centres.full_today(centres.next_day_of(view, service=service, after=day)), field="service"
        )


def name_ticket(*, by: Actor, at: datetime, ticket: UUID, centre: UUID, name: str, phone: str) -> Ticket:
    """Keep a name and a telephone number with a ticket, so that it can be found when it is lost.

    The ticket's unguessable address is the permission: who holds it may name it.
    """
    kept_name, mark = plain_name(name), phone_mark(phone)
    with transaction.atomic():
        held = locked(ticket=ticket, centre=centre, by=by)
        decide(Step.NAME, held.status)
        held.name, held.phone_mark = kept_name, mark
        update_ticket(
            held, centre=held.centre_id, event=TicketNamed(visit=held.visit), by=by, at=at, once=None
        )
    return held


def reissue(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """Give a lost ticket anew: another number and another address at the same place. The former ones are dead."""
    with transaction.atomic():
        held = locked(ticket=ticket, centre=centre, by=by)
        require(by, TAKE, at=held.centre_id)
        decide(Step.REISSUE, held.status)
        former = held.number
        letter = series_of(former)
        held.number = ticket_number(letter, draw_serial(centre=held.centre_id, day=held.day, letter=letter))
        held.token = secrets.token_urlsafe(16)
        event = TicketReissued(visit=held.visit, service=held.service_id, number=held.number, former=former)
        update_ticket(held, centre=held.centre_id, event=event, by=by, at=at, once=once)
    return held
