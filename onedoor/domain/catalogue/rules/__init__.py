"""What a service is, and which fee applies on a day. No database, no clock."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from onedoor.kernel.i18n import Translated, missing_languages, normalise, toneless
from onedoor.kernel.money import Money

FeeState = Literal["set", "free", "to_be_set"]
DurationKind = Literal["working", "calendar", "unknown"]
FEE_STATES: tuple[FeeState, ...] = ("set", "free", "to_be_set")
DURATION_KINDS: tuple[DurationKind, ...] = ("working", "calendar", "unknown")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Evidence an applicant brings. ``code`` names it in forms and files; a demonstration paper has no source."""

    code: str
    name: Translated
    note: Translated = field(default_factory=dict)
    required: bool = True
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class Law:
    """A legal basis: what it is called, its number, its date where known, and where we have it from."""

    name: Translated
    number: str = ""
    dated: date | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Fee:
    """What the state charges from a day on: set, free by a law that is cited, or to be set.

    ``valid_until`` is the first day on which it no longer applies.
    """

    state: FeeState
    amount: int = 0
    currency: str = "LAK"
    law: Translated = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""

    @property
    def money(self) -> Money | None:
        """The amount, when it is set."""
        return Money(self.amount, self.currency) if self.state == "set" else None


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long the state may take: days of one kind, or unknown. ``note`` says what the source says."""

    days: int | None = None
    kind: DurationKind = "unknown"
    note: Translated = field(default_factory=dict)
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class ServiceView:
    """One edition of a service as every reader gets it. ``authority`` is a unit; ``version`` counts editions."""

    id: UUID
    code: str
    version: int
    version_id: UUID
    name: Translated
    summary: Translated
    authority: UUID
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    duration: Duration
    legal_basis: tuple[Law, ...]
    result: Translated
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    demonstration: bool
    notice: Translated
    valid_from: date
    form: dict[str, Any]
    source: str

    def fee_on(self, day: date) -> Fee:
        """The fee that applies on a day of the centre's calendar."""
        return fee_on(self.fees, day)

    @property
    def fee(self) -> Fee:
        """The newest fee; ask ``fee_on`` where the day matters."""
        return self.fees[-1] if self.fees else Fee(state="to_be_set")


def fee_on(fees: tuple[Fee, ...], day: date) -> Fee:
    """The period that covers ``day``; *to be set* when none does."""
    for fee in fees:
        if (fee.valid_from is None or fee.valid_from <= day) and (
            fee.valid_until is None or day < fee.valid_until
        ):
            return fee
    return Fee(state="to_be_set")


def fee_faults(fees: tuple[Fee, ...]) -> list[tuple[int, str]]:
    """What is wrong with a fee table: (index of the period, sentence). Periods are in order of time."""
    faults: list[tuple[int, str]] = []
    for index, fee in enumerate(fees):
        if fee.amount < 0:
            faults.append((index, f"the fee is negative: {fee.amount}"))
        if fee.state == "set" and fee.amount == 0:
            faults.append((index, "a fee that is set needs an amount above 0"))
        if fee.state != "set" and fee.amount:
            faults.append((index, f"a fee that is {fee.state} has no amount"))
        if fee.state == "free" and missing_languages(fee.law):
            faults.append((index, "a service is free only by a law: cite it in every language"))
        if fee.valid_from and fee.valid_until and fee.valid_until <= fee.valid_from:
            faults.append((index, f"the period ends ({fee.valid_until}) before it begins ({fee.valid_from})"))
        if index:
            faults.extend(_seam(index, fees[index - 1], fee))
    return faults


def _seam(index: int, before: Fee, after: Fee) -> list[tuple[int, str]]:
    if after.valid_from is None:
        return [(index, "a later fee period needs its first day")]
    if before.valid_until is None or before.valid_until > after.valid_from:
        return [(index, f"the fee period from {after.valid_from} overlaps the one before it")]
    if before.valid_until < after.valid_from:
        return [(index, f"no fee from {before.valid_until} to {after.valid_from}: the fee table has a gap")]
    return []


def search_forms(name: Translated, summary: Translated, keywords: tuple[str, ...]) -> tuple[str, str]:
    """The normalised and the toneless text of a service, its parts one a line, as search compares them."""
    parts = [*name.values(), *keywords, *summary.values()]
    return "\n".join(normalise(part) for part in parts), "\n".join(toneless(part) for part in parts)
