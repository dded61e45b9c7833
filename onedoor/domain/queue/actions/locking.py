"""Locking one ticket for a step."""

from collections.abc import Iterator
from uuid import UUID

from onedoor.domain.access.api import reach
from onedoor.domain.queue.errors import TicketUnknown
from onedoor.domain.queue.models import Ticket, lock_ticket, look_at_ticket, recall_ticket
from onedoor.kernel.scope import Actor

LOOKS = 5
"""How often a step looks again at a ticket that somebody else changed at the same instant."""


def locked(*, ticket: UUID, centre: UUID | None, by: Actor) -> Ticket:
    """The ticket, locked until the transaction ends.

    Args:
        centre: where it must be; anywhere within the actor's reach when None.

    Raises:
        TicketUnknown: there is no such ticket there.
    """
    return _found(lock_ticket(centres=_where(centre, by), ticket=ticket))


def seen(*, ticket: UUID, centre: UUID | None, by: Actor) -> Iterator[tuple[Ticket, bool]]:
    """The same without a lock, for a step that is written only if the ticket still stands as it was seen.

    First as this process last wrote it, if it did: the step then costs one statement. Then as it stands in the database,
    and that as often as somebody else was faster, at most `LOOKS` times. With each goes whether it is only recalled: what
    it refuses must then be looked at again.
    """
    where = _where(centre, by)
    recalled = recall_ticket(centres=where, ticket=ticket)
    if recalled is not None:
        yield recalled, True
    for _ in range(LOOKS):
        yield _found(look_at_ticket(centres=where, ticket=ticket)), False


def _where(centre: UUID | None, by: Actor) -> tuple[UUID, ...]:
    return tuple(reach(by).units) if centre is None else (centre,)


def _found(held: Ticket | None) -> Ticket:
    if held is None:
        raise TicketUnknown
    return held
