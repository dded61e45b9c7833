"""Why somebody may be called before her turn, and whether this counter may call her at all."""

from uuid import UUID

from onedoor.domain.queue.errors import ReasonNeeded, ServiceNotLearnt, TicketIsForAnotherCounter
from onedoor.domain.queue.rules.steps import Status

OUT_OF_TURN = ("unwell", "safety", "mistake", "one_question", "long_way_back", "ordered")
"""Codes, in the order in which they are offered; each call for one of them is listed for the head and the auditor."""


def reason_for(reason: str, *, status: str) -> str:
    """The reason as it is kept: who waits is called out of turn for one; who was called before comes back without.

    Raises:
        ReasonNeeded: it is none of the list.
    """
    if status != Status.WAITING:
        return ""
    if reason not in OUT_OF_TURN:
        raise ReasonNeeded(field="reason")
    return reason


def may_be_called_here(
    *, counter: UUID, only_counter: UUID | None, service: UUID, services: frozenset[UUID] | None
) -> None:
    """Whether a counter may call somebody by name.

    Args:
        services: those that the officer has learnt; None when nobody said.

    Raises:
        TicketIsForAnotherCounter, ServiceNotLearnt.
    """
    if only_counter is not None and only_counter != counter:
        raise TicketIsForAnotherCounter
    if services is not None and service not in services and only_counter is None:
        raise ServiceNotLearnt
