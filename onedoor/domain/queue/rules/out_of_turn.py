"""Why somebody may be called before her turn, and whether this counter may call her at all."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import ReasonNeeded, ServiceNotLearnt, TicketIsForAnotherCounter
from onedoor.domain.queue.rules.steps import Status

OUT_OF_TURN: dict[str, Any] = {
    "unwell": _("The person is unwell"),
    "safety": _("For the safety of people in the hall"),
    "mistake": _("To mend a mistake of the centre"),
    "one_question": _("One question, less than a minute"),
    "long_way_back": _("The last ride home leaves"),
    "ordered": _("Ordered by the head of the centre"),
}
"""Codes with their words, in the order in which they are offered; each such call is listed for the head and the auditor."""


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
