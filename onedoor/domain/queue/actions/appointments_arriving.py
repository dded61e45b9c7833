"""A person with an appointment comes: they get a ticket whose place in line is the promised time's."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.booking import found
from onedoor.domain.queue.actions.tickets import take_ticket
from onedoor.domain.queue.actions.visits import add_errand
from onedoor.domain.queue.errors import AppointmentHasMoved, ServiceIsFullToday, ServiceNotOfferedHere
from onedoor.domain.queue.events.appointments import AppointmentArrived
from onedoor.domain.queue.models import Appointment, Ticket
from onedoor.domain.queue.models.appointments import open_ticket_of
from onedoor.domain.queue.permissions import TAKE
from onedoor.domain.queue.queries import calling_rule
from onedoor.domain.queue.queries.appointments import phone_of
from onedoor.domain.queue.queries.slots import booking_of
from onedoor.domain.queue.rules import Wanted
from onedoor.domain.queue.rules.appointments import Move, Standing, may_arrive, slot_kept, standing_after
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, open_scope


def arrive(*, by: Actor, at: datetime, appointment: UUID, centre: UUID, ground: str = "") -> Ticket:
    """Give who has come for an appointment their ticket; who shows the code again gets the same one.

    Up to the rule's minutes early they are let in, and the place is the promised time's; up to its minutes late it still is.
    Who comes later that day stands in line as everybody who comes then.

    Args:
        ground: why they go first, where the reception sees it.

    Raises:
        AppointmentUnknown, AppointmentHasMoved, TooEarly, CentreIsClosed, ServiceNotOfferedHere, Refused.
    """
    require(by, TAKE, at=centre)
    rule, view = calling_rule(centre), centres.centre(centre)
    with transaction.atomic(), open_scope(centre=[centre]):
        held = found(appointment, centre=centre)
        given = _ticket_of(held)
        if given is not None:
            return given
        after = standing_after(Move.ARRIVE, held.standing)
        if held.starts_at is None:
            raise AppointmentHasMoved
        today = at.astimezone(ZoneInfo(view.zone)).date()
        may_arrive(starts=held.starts_at, at=at, early=rule.early, another_day=held.day != today)
        ticket = take_ticket(
            by=by,
            at=at,
            centre=centre,
            service=held.service_id,
            name=held.name or None,
            phone=phone_of(held) or None,
            visit=held.visit,
            people=held.people,
            origin="appointment",
            ground=ground,
            help=tuple(held.help.split()),
            appointment=held.id,
            slot=slot_kept(starts=held.starts_at, at=at, late=rule.late),
        )
        _ask_for_the_rest(held, ticket, by=by, at=at)
        held.standing, held.ticket_id, held.arrived_at = after.value, ticket.id, at
        held.ended_at = None
        held.save()
        minutes = round((at - held.starts_at).total_seconds() / 60)
        event = AppointmentArrived(
            visit=held.visit, service=held.service_id, ticket=ticket.id, minutes=minutes
        )
        publish(event, of=held, by=by, at=at, centre=centre)
        said.untell(held, by=by, at=at)
    return ticket


def _ask_for_the_rest(held: Appointment, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """What else was booked stands on the same ticket; a service that is full by now keeps nobody out."""
    for service in booking_of(held).services[1:]:
        with suppress(ServiceIsFullToday, ServiceNotOfferedHere):
            add_errand(by=by, at=at, centre=held.centre_id, ticket=ticket.id, wanted=Wanted(service=service))


def _ticket_of(held: Appointment) -> Ticket | None:
    """The ticket that was given for it, while it has not ended; that of the day for which its place was kept."""
    if held.standing != Standing.ARRIVED or held.ticket_id is None:
        return None
    return open_ticket_of(held)
