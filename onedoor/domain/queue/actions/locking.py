"""Locking one ticket for a step."""

from uuid import UUID

from onedoor.domain.access.api import reach
from onedoor.domain.queue.errors import TicketUnknown
from onedoor.domain.queue.models import Ticket, lock_ticket
from onedoor.kernel.scope import Actor


def locked(*, ticket: UUID, centre: UUID | None, by: Actor) -> Ticket:
    """The ticket, locked until the transaction ends.

    Args:
        centre: where it must be; anywhere within the actor's reach when None.

    Raises:
        TicketUnknown: there is no such ticket there.
    """
    where = tuple(reach(by).units) if centre is None else (centre,)
    held = lock_ticket(centres=where, ticket=ticket)
    if held is None:
        raise TicketUnknown
    return held
