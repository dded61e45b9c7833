"""Calling people to a counter: the next in line, or one by number."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import CounterView
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.errors import CounterIsBusy, CounterIsClosed, NobodyWaits
from onedoor.domain.queue.events import TicketCalled
from onedoor.domain.queue.models import Ticket, lock_next, update_ticket
from onedoor.domain.queue.permissions import CALL
from onedoor.domain.queue.queries import counter_now, today_of
from onedoor.domain.queue.rules import Step, decide, may_call_from
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor

ONE_AT_A_COUNTER = "one_ticket_at_a_counter"


def call_next(*, by: Actor, at: datetime, counter: UUID | CounterView, once: Once | None = None) -> Ticket:
    """Call the person whose turn it is to a counter.

    Args:
        counter: its id, or the counter as the door has just read it.

    Raises:
        NobodyWaits, CounterIsClosed, CounterIsBusy, CounterUnknown.
    """
    here = _open(counter, by)
    day = today_of(here, at)
    with _one_at_a_counter(), transaction.atomic():
        ticket = lock_next(centre=here.centre, day=day)
        if ticket is None:
            raise NobodyWaits
        decide(Step.CALL, ticket.status)
        return _called(ticket, here, by, at, once)


def call_one(
    *, by: Actor, at: datetime, counter: UUID | CounterView, ticket: UUID, once: Once | None = None
) -> Ticket:
    """Call one person out of turn: who was held or missed, or once more who was called to this counter.

    Raises:
        TicketUnknown, TicketHasMoved, CounterIsClosed, CounterIsBusy, CounterUnknown.
    """
    here = _open(counter, by)
    with _one_at_a_counter(), transaction.atomic():
        held = locked(ticket=ticket, centre=here.centre, by=by)
        may_call_from(held.status, counter_now=held.counter_id, counter=here.id)
        return _called(held, here, by, at, once)


def _open(counter: UUID | CounterView, by: Actor) -> CounterView:
    here = counter_now(counter) if isinstance(counter, UUID) else counter
    require(by, CALL, at=here.centre)
    if here.state != "open":
        raise CounterIsClosed
    return here


@contextmanager
def _one_at_a_counter() -> Iterator[None]:
    """The database holds a counter to one person, also against two officers at once."""
    try:
        yield
    except IntegrityError as clash:
        if ONE_AT_A_COUNTER in str(clash):
            raise CounterIsBusy from clash
        raise


def _called(ticket: Ticket, here: CounterView, by: Actor, at: datetime, once: Once | None) -> Ticket:
    ticket.status = decide(Step.CALL, ticket.status).value
    ticket.counter_id, ticket.officer_id = here.id, by.id
    ticket.called_at, ticket.started_at = at, None
    ticket.calls += 1
    event = TicketCalled(visit=ticket.visit, service=ticket.service_id, counter=here.id, number=ticket.number)
    update_ticket(ticket, centre=here.centre, event=event, by=by, at=at, once=once)
    return ticket
