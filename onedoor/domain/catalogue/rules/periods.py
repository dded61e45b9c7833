"""Which edition of a service applies on a day at a centre, and whether a new one may begin. No database, no clock."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

EVERYWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Period:
    """An edition in force: from a day on, until a day on which it no longer applies, at all centres or at the named ones.

    Of several that apply at once the newest edition counts. ``instead``: the service to which people go when it has ended.
    """

    edition: UUID
    number: int
    valid_from: date
    until: date | None = None
    centres: frozenset[UUID] = EVERYWHERE
    reason: str = ""
    instead: UUID | None = None

    def holds(self, on: date, centre: UUID | None) -> bool:
        """Whether it applies on a day at a centre (None: for everybody)."""
        begun = self.valid_from <= on and (self.until is None or on < self.until)
        return begun and (not self.centres or centre in self.centres)

    def meets(self, centres: Collection[UUID]) -> bool:
        """Whether it shares a centre with these (none: all)."""
        return not self.centres or not centres or not self.centres.isdisjoint(centres)


def in_force(periods: Iterable[Period], on: date, centre: UUID | None = None) -> Period | None:
    """The period that counts; None where the service does not apply."""
    return max((each for each in periods if each.holds(on, centre)), key=lambda one: one.number, default=None)


def to_show(periods: Collection[Period], on: date, centre: UUID | None = None) -> Period | None:
    """The same, or else what a reader is shown of a service that is over, comes later, or is tried out elsewhere."""
    found = in_force(periods, on, centre)
    if found is not None or not periods:
        return found
    begun = [each for each in periods if each.valid_from <= on]
    return max(begun or periods, key=lambda one: (not one.centres, one.number if begun else -one.number))


def ending(periods: Collection[Period], on: date, centre: UUID | None = None) -> Period | None:
    """The period by whose end a service is, or will be, withdrawn at a centre; None where it goes on or comes again."""
    now = in_force(periods, on, centre)
    here = [
        each for each in periods if each.meets((centre,) if centre else ()) and each.until != each.valid_from
    ]
    over = [each for each in here if each.until is not None and each.until <= on and each.reason]
    last = now or max(over, key=lambda one: (one.until or on, one.number), default=None)
    if last is None or last.until is None or not last.reason:
        return None
    end = max(last.until, on)
    comes = any(each.until is None or each.until > end for each in here)
    return None if comes else last


def clash(periods: Iterable[Period], *, valid_from: date, centres: Collection[UUID]) -> Any:
    """Why no edition may begin on this day at these centres, as a sentence; None when one may."""
    for each in periods:
        if not each.meets(centres) or (each.until is not None and each.until <= valid_from):
            continue
        about = {"number": each.number, "day": each.valid_from.isoformat()}
        if each.valid_from > valid_from:
            return _("Edition %(number)s begins on %(day)s, and a newer one cannot begin before it.") % about
        if each.until is not None:
            said = _("Edition %(number)s applies until %(day)s: the new one can begin on that day.")
            return said % {**about, "day": each.until.isoformat()}
    return None


def ended(period: Period, periods: Iterable[Period]) -> date | None:
    """The first day on which a period no longer counts anywhere: it ends, or a newer edition follows it."""
    after = [
        each.valid_from
        for each in periods
        if each.number > period.number
        and not each.centres
        and (each.until is None or each.until > each.valid_from)
    ]
    days = [each for each in (period.until, *after) if each is not None]
    return max(min(days), period.valid_from) if days else None
