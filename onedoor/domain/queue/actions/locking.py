"""Locking one ticket for a step."""

from collections.abc import Callable
from uuid import UUID

from onedoor.domain.access.api import reach
from onedoor.domain.queue.errors import TicketUnknown
from onedoor.domain.queue.models import Ticket, lock_ticket, look_at_ticket
from onedoor.kernel.scope import Actor


def locked(*, ticket: UUID, centre: UUID | None, by: Actor) -> Ticket:
    """The ticket, locked until the transaction ends.

    Args:
        centre: where it must be; anywhere within the actor's reach when None.

    Raises:
        TicketUnknown: there is no such ticket there.
    """
    return _found(lock_ticket, ticket, centre, by)


def seen(*, ticket: UUID, centre: UUID | None, by: Actor) -> Ticket:
    """The same without a lock, for a step that is written only if the ticket still stands as it was read."""
    return _found(look_at_ticket, ticket, centre, by)


def _found(look: Callable[..., Ticket | None], ticket: UUID, centre: UUID | None, by: Actor) -> Ticket:
    where = tuple(reach(by).units) if centre is None else (centre,)
    held = look(centres=where, ticket=ticket)
    if held is None:
        raise TicketUnknown
    return held
