"""What follows a call: the person is served, missed, held, given back with their place, or leaves."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.queue.actions.locking import locked, seen
from onedoor.domain.queue.errors import TicketHasMoved
from onedoor.domain.queue.events import (
    TicketGivenBack,
    TicketHeld,
    TicketLeft,
    TicketMissed,
    TicketServed,
    TicketStarted,
)
from onedoor.domain.queue.models import Ticket, update_ticket
from onedoor.domain.queue.permissions import CALL
from onedoor.domain.queue.rules import OPEN, Status, Step, decide
from onedoor.kernel.inbox import Once
from onedoor.kernel.letters import Event
from onedoor.kernel.scope import Actor


def start(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """The called person came: the service begins."""
    return _step(Step.START, _started, by=by, at=at, ticket=ticket, centre=centre, once=once)


def finish(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """The service at the counter is over."""
    return _step(Step.FINISH, _served, by=by, at=at, ticket=ticket, centre=centre, once=once)


def miss(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """The called person did not come; they may be called again by number."""
    return _step(Step.MISS, _missed, by=by, at=at, ticket=ticket, centre=centre, once=once)


def hold(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """The person fetches something and comes straight back; the counter is free meanwhile."""
    return _step(Step.HOLD, _held, by=by, at=at, ticket=ticket, centre=centre, once=once)


def give_back(
    *, by: Actor, at: datetime, ticket: UUID, centre: UUID | None = None, once: Once | None = None
) -> Ticket:
    """Put the person back in line at the place they had: the officer steps away, or who was missed came after all."""
    return _step(Step.GIVE_BACK, _given_back, by=by, at=at, ticket=ticket, centre=centre, once=once)


def leave(*, by: Actor, at: datetime, ticket: UUID, centre: UUID) -> Ticket:
    """The person gives up the place. Who holds the ticket's unguessable address may do it for themselves."""
    return _step(Step.LEAVE, _left, by=by, at=at, ticket=ticket, centre=centre, once=None, asks=None)


def leave_over_night(*, by: Actor, at: datetime, ticket: UUID, centre: UUID) -> bool:
    """The day is over for a ticket that is still open; gives whether it was. A service that was not ended counts as left."""
    held = locked(ticket=ticket, centre=centre, by=by)
    if held.status not in OPEN:
        return False
    held.status = Status.LEFT.value
    update_ticket(held, centre=centre, event=_left(held, at), by=by, at=at, once=None)
    return True


def _step(
    step: Step,
    change: Callable[[Ticket, datetime], Event],
    *,
    by: Actor,
    at: datetime,
    ticket: UUID,
    centre: UUID | None,
    once: Once | None,
    asks: str | None = CALL,
) -> Ticket:
    """Decide on the ticket as it was seen, and write it in one statement if it still stands so; else look again.

    One or two statements a step instead of a lock, a write and the frame of a transaction (docs/decisions/0009).
    """
    for held, recalled in seen(ticket=ticket, centre=centre, by=by):
        if asks is not None:
            require(by, asks, at=held.centre_id)
        try:
            held.status = decide(step, held.status).value
        except TicketHasMoved:
            if recalled:
                continue
            raise
        event = change(held, at)
        if update_ticket(held, centre=held.centre_id, event=event, by=by, at=at, once=once):
            return held
    raise TicketHasMoved


def _started(ticket: Ticket, at: datetime) -> Event:
    ticket.started_at = at
    return TicketStarted(
        visit=ticket.visit, service=ticket.service_id, counter=_counter(ticket), number=ticket.number
    )


def _served(ticket: Ticket, at: datetime) -> Event:
    ticket.ended_at = at
    return TicketServed(
        visit=ticket.visit, service=ticket.service_id, counter=_counter(ticket), number=ticket.number
    )


def _missed(ticket: Ticket, at: datetime) -> Event:
    return TicketMissed(
        visit=ticket.visit, service=ticket.service_id, counter=_counter(ticket), number=ticket.number
    )


def _held(ticket: Ticket, at: datetime) -> Event:
    return TicketHeld(
        visit=ticket.visit, service=ticket.service_id, counter=_counter(ticket), number=ticket.number
    )


def _given_back(ticket: Ticket, at: datetime) -> Event:
    counter, ticket.counter_id = ticket.counter_id, None
    ticket.called_at = ticket.started_at = None
    return TicketGivenBack(
        visit=ticket.visit, service=ticket.service_id, counter=counter, number=ticket.number
    )


def _left(ticket: Ticket, at: datetime) -> Event:
    ticket.ended_at = at
    return TicketLeft(visit=ticket.visit, service=ticket.service_id, number=ticket.number)


def _counter(ticket: Ticket) -> UUID:
    if ticket.counter_id is None:
        raise RuntimeError("a ticket past its call has a counter")
    return ticket.counter_id
