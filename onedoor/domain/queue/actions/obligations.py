"""Obligations on a visit: opened and settled by higher contexts, opaque to the queue."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.queue.errors import ObligationUnknown, VisitUnknown
from onedoor.domain.queue.events import ObligationSettled
from onedoor.domain.queue.models import Obligation, Ticket, insert_obligations
from onedoor.domain.queue.rules import Promise
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything


def oblige(
    *,
    by: Actor,
    at: datetime,
    visit: UUID,
    kind: str,
    subject: UUID | None = None,
    due: datetime | None = None,
    centre: UUID | None = None,
) -> Obligation:
    """Put an obligation on a visit; a second one of the same kind is the first one.

    Args:
        kind: the higher context's word, e.g. ``rating``.
        subject: what it is about, opaque here.
        due: when it is over unanswered.
        centre: where the visit is; that of its ticket when None.

    Raises:
        VisitUnknown: no centre is given and the visit has no ticket.
    """
    with everything("a visit's obligations are asked for by the context that keeps them"):
        where = centre or Ticket.objects.filter(visit=visit).values_list("centre_id", flat=True).first()
        if where is None:
            raise VisitUnknown
        promise = Promise(visit=visit, centre=where, due=due, subject=subject)
        oblige_each(by=by, at=at, kind=kind, asked=[promise])
        return Obligation.objects.get(visit=visit, kind=kind)


def oblige_each(*, by: Actor, at: datetime, kind: str, asked: Sequence[Promise]) -> None:
    """Put an obligation of one kind on each of these visits; a visit that has one keeps it."""
    with transaction.atomic(savepoint=False):
        insert_obligations(asked, kind=kind, by=by, at=at)


def settle(*, by: Actor, at: datetime, visit: UUID, kind: str, outcome: str) -> Obligation:
    """Settle a visit's obligation; settling it again changes nothing.

    Raises:
        ObligationUnknown: the visit has none of this kind.
    """
    with everything("a visit's obligations are settled by the context that keeps them"), transaction.atomic():
        held = Obligation.objects.select_for_update().filter(visit=visit, kind=kind).first()
        if held is None:
            raise ObligationUnknown
        if held.settled_at is None:
            held.outcome, held.settled_at = outcome, at
            held.save()
            publish(
                ObligationSettled(visit=visit, kind=kind, outcome=outcome),
                of=held,
                by=by,
                at=at,
                centre=held.centre_id,
            )
    return held
