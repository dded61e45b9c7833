"""One payment over several charges: which there may be, and how the money is told apart on their receipts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from onedoor.domain.payments import errors
from onedoor.domain.payments.rules.money import Paid

MOST_TOGETHER = 40
"""Charges in one payment; twice the errands that a visit may have."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What the receipt of one charge says of the money of the whole payment."""

    tendered: int
    given: int
    owed: int


def chosen(wanted: Sequence[UUID], open_now: Collection[UUID]) -> tuple[UUID, ...]:
    """The charges that are paid together, each once, in the order in which they are locked.

    Raises:
        NothingToPay: none. NoSuchCharge: one that is not owed for this visit here.
    """
    asked = set(wanted)
    if not asked:
        raise errors.NothingToPay(field="charge")
    if len(asked) > MOST_TOGETHER or not asked <= set(open_now):
        raise errors.NoSuchCharge
    return tuple(sorted(asked))


def parted(paid: Paid, totals: Sequence[int]) -> tuple[Part, ...]:
    """The payment on its receipts: each says its own sum, the first one the change too, so that every one adds up."""
    change = Part(tendered=totals[0] + paid.given + paid.owed, given=paid.given, owed=paid.owed)
    return (change, *(Part(tendered=total, given=0, owed=0) for total in totals[1:]))
