"""People sent on with their place kept, and people who come after they were called in vain."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import may, require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.locking import locked
from onedoor.domain.queue.errors import (
    CounterIsClosed,
    CounterUnknown,
    ServiceNotOfferedHere,
    TransferIsWrong,
)
from onedoor.domain.queue.events.visits import TicketCameBack, TicketTransferred
from onedoor.domain.queue.models import Ticket, update_ticket
from onedoor.domain.queue.permissions import CALL, TAKE
from onedoor.domain.queue.queries import calling_rule, counter_now, today_of
from onedoor.domain.queue.rules import Step, decide, zone_of
from onedoor.domain.queue.rules.transfers import known_reason, one_target
from onedoor.domain.queue.rules.visits import place_after_missing
from onedoor.kernel.inbox import Once
from onedoor.kernel.scope import Actor


def transfer(
    *,
    by: Actor,
    at: datetime,
    ticket: UUID,
    centre: UUID,
    reason: str,
    counter: UUID | None = None,
    service: UUID | None = None,
    zone: str = "",
    once: Once | None = None,
) -> Ticket:
    """Send a person to one other counter, service or part of the hall. They wait there at the place they had.

    Args:
        reason: one of `rules.TRANSFER_WORDS`. counter: the only one that calls them then.

    Raises:
        Refused, TicketUnknown, TicketHasMoved, TransferIsWrong, CounterUnknown, CounterIsClosed, ServiceNotOfferedHere.
    """
    require(by, CALL, at=centre)
    one_target(counter=counter, service=service, zone=zone)
    why = known_reason(reason)
    with transaction.atomic():
        held = locked(ticket=ticket, centre=centre, by=by)
        held.status = decide(Step.TRANSFER, held.status).value
        former_service, former_counter = held.service_id, held.counter_id
        held.counter_id = held.officer_id = held.called_at = held.started_at = None
        held.only_counter_id = _open_counter(counter, held, former_counter) if counter else None
        if service:
            _serve(held, service, at)
        held.zone = _known_zone(zone, centre) if zone else held.zone
        event = TicketTransferred(
            visit=held.visit,
            service=held.service_id,
            number=held.number,
            reason=why,
            former_service=former_service,
            former_counter=former_counter,
            to_counter=held.only_counter_id,
            zone=held.zone,
        )
        update_ticket(held, centre=centre, event=event, by=by, at=at, once=once)
    return held


def come_back(*, by: Actor, at: datetime, ticket: UUID, centre: UUID, once: Once | None = None) -> Ticket:
    """Who was called and did not come is here: they wait again, where `rules.place_after_missing` says.

    Raises:
        Refused, TicketUnknown, TicketHasMoved (not missed).
    """
    require(by, TAKE if may(by, TAKE, at=centre) else CALL, at=centre)
    with transaction.atomic():
        held = locked(ticket=ticket, centre=centre, by=by)
        held.status = decide(Step.COME_BACK, held.status).value
        held.place = place_after_missing(
            place=held.place, issued_at=held.issued_at, called_at=held.called_at, at=at
        )
        held.counter_id = held.called_at = held.started_at = None
        event = TicketCameBack(
            visit=held.visit, service=held.service_id, number=held.number, place=held.place
        )
        update_ticket(held, centre=centre, event=event, by=by, at=at, once=once)
    return held


def _open_counter(counter: UUID, held: Ticket, now_at: UUID | None) -> UUID:
    """The counter, if it is another one of this centre and open."""
    there = counter_now(counter)
    if there.centre != held.centre_id or there.id == now_at:
        raise CounterUnknown
    if there.state != "open":
        raise CounterIsClosed
    return there.id


def _serve(held: Ticket, service: UUID, at: datetime) -> None:
    """The ticket is for another service from now on; its number stays."""
    view = centres.centre(held.centre_id)
    day = today_of(view, at)
    if not centres.is_offered(centre=held.centre_id, service=service, on=day):
        raise ServiceNotOfferedHere(centres.why_not(view, service=service, on=day), field="service")
    held.service_id, held.zone = service, zone_of(calling_rule(held.centre_id), service)


def _known_zone(zone: str, centre: UUID) -> str:
    if zone not in {each.code for each in calling_rule(centre).zones}:
        raise TransferIsWrong(field="zone")
    return zone
