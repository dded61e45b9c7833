"""Calling people to a counter: whose turn it is, or one by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres.api import CounterView
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.errors import (
    CounterIsBusy,
    CounterIsClosed,
    NobodyForThisCounter,
    NobodyWaits,
    TicketHasMoved,
)
from onedoor.domain.queue.events import TicketCalled, TicketOutOfTurn
from onedoor.domain.queue.models import Ticket, lock_next, update_ticket
from onedoor.domain.queue.permissions import CALL
from onedoor.domain.queue.queries import counter_now, today_of, waiting_count
from onedoor.domain.queue.queries.calling import learnt_by, reach
from onedoor.domain.queue.rules import Step, decide, may_call_from
from onedoor.domain.queue.rules.out_of_turn import may_be_called_here, reason_for
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor

ONE_AT_A_COUNTER = "one_ticket_at_a_counter"


def call_next(*, by: Actor, at: datetime, counter: UUID | CounterView, once: Once | None = None) -> Ticket:
    """Call the person whose turn it is at a counter, by the centre's rule and by what the officer may serve.

    Args:
        counter: its id, or the counter as the door has just read it.

    Raises:
        NobodyWaits, NobodyForThisCounter, CounterIsClosed, CounterIsBusy, CounterUnknown.
    """
    here = _open(counter, by)
    whom = reach(here, at=at, officer=by)
    with _one_at_a_counter(), transaction.atomic():
        ticket = lock_next(centre=here.centre, day=today_of(here, at), reach=whom)
        if ticket is None:
            raise _nobody(here, at)
        decide(Step.CALL, ticket.status)
        return _called(ticket, here, by, at, once)


def call_one(
    *,
    by: Actor,
    at: datetime,
    counter: UUID | CounterView,
    ticket: UUID,
    reason: str = "",
    once: Once | None = None,
) -> Ticket:
    """Call one person by name: who was held or missed, once more who was called to this counter, or, for a reason, out of turn.

    Args:
        reason: one of `rules.OUT_OF_TURN`, for who still waits: kept, told in a letter of its own, shown to the head.

    Raises:
        TicketUnknown, TicketHasMoved, ReasonNeeded, TicketIsForAnotherCounter, ServiceNotLearnt, CounterIsClosed,
        CounterIsBusy, CounterUnknown.
    """
    here = _open(counter, by)
    learnt = learnt_by(by, here, at=at)
    with _one_at_a_counter(), transaction.atomic():
        held = locked(ticket=ticket, centre=here.centre, by=by)
        if held.day != today_of(
            here, at
        ):  # a place that is kept for another day, or one of a day that is over
            raise TicketHasMoved
        may_call_from(held.status, counter_now=held.counter_id, counter=here.id)
        why = reason_for(reason, status=held.status)
        may_be_called_here(
            counter=here.id,
            only_counter=held.only_counter_id,
            service=held.service_id,
            services=learnt.services,
        )
        if why:
            held.out_of_turn = why
            news = TicketOutOfTurn(visit=held.visit, counter=here.id, number=held.number, reason=why)
            update_ticket(held, centre=here.centre, event=news, by=by, at=at, once=None)
            held = locked(ticket=ticket, centre=here.centre, by=by)
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


def _nobody(here: CounterView, at: datetime) -> NobodyWaits:
    """The line is empty, or holds only people whom others must call."""
    return NobodyForThisCounter() if waiting_count(here.centre, at=at) else NobodyWaits()


def _called(ticket: Ticket, here: CounterView, by: Actor, at: datetime, once: Once | None) -> Ticket:
    ticket.status = decide(Step.CALL, ticket.status).value
    ticket.counter_id, ticket.officer_id = here.id, by.id
    ticket.called_at, ticket.started_at = at, None
    ticket.calls += 1
    event = TicketCalled(
        visit=ticket.visit,
        service=ticket.service_id,
        counter=here.id,
        number=ticket.number,
        zone=ticket.zone,
    )
    update_ticket(ticket, centre=here.centre, event=event, by=by, at=at, once=once)
    return ticket
