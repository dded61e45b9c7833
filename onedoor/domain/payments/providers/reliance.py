"""Whether others rely on a payment. The context that understands a subject says so; payments only asks before money goes back."""

from collections.abc import Callable
from enum import IntEnum
from uuid import UUID


class Reliance(IntEnum):
    """How much was done because something was paid; the strongest answer counts."""

    FREE = 0
    RELIED = 1
    SPENT = 2


Ask = Callable[[UUID], Reliance]
_known: list[Ask] = []


def relying(ask: Ask) -> Ask:
    """Register who knows about subjects of its own; it answers FREE for those of others."""
    _known.append(ask)
    return ask


def reliance(subject: UUID) -> Reliance:
    """What was done because this was paid."""
    return max((ask(subject) for ask in _known), default=Reliance.FREE)
