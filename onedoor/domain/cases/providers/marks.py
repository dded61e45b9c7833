"""Handlers that only mark the case's own rows; the step writes the mark."""

from onedoor.domain.cases.providers.base import Call, service

MARK_OVERDUE = "cases.mark_overdue"


@service(MARK_OVERDUE, inline=True)
def mark_overdue(call: Call) -> None:
    """The step that runs it marks the task on whose border the term stood as overdue."""
