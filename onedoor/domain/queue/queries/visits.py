"""A visit as its people and its officers see it: its ticket, and its errands."""

from collections.abc import Collection
from uuid import UUID

from onedoor.domain.queue.errors import VisitUnknown
from onedoor.domain.queue.models import Errand, Ticket
from onedoor.domain.queue.rules.visits import ErrandState
from onedoor.kernel.scope import everything

OURS = "a visit's id is known only to those who serve it"


def errands(*, visit: UUID) -> tuple[Errand, ...]:
    """The errands of a visit, person by person; none for a visit of one service whose application is not opened yet."""
    return errands_among([visit]).get(visit, ())


def errands_among(visits: Collection[UUID]) -> dict[UUID, tuple[Errand, ...]]:
    """The same for many visits, in one question; those without any are left out."""
    found: dict[UUID, list[Errand]] = {}
    with everything(OURS):
        rows = Errand.objects.filter(visit__in=set(visits)).exclude(state=ErrandState.DROPPED)
        for row in rows.order_by("person", "asked_at", "id"):
            found.setdefault(row.visit, []).append(row)
    return {visit: tuple(rows) for visit, rows in found.items()}


def visit_ticket(visit: UUID) -> Ticket:
    """The ticket by whose number a visit is known: its newest.

    Raises:
        VisitUnknown: no ticket was given for it.
    """
    with everything(OURS):
        held = Ticket.objects.filter(visit=visit).order_by("-issued_at", "-id").first()
    if held is None:
        raise VisitUnknown
    return held
