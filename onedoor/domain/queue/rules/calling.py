"""A centre's calling rule: the parts of its hall, who goes first and by how much, and which counter helps where.

A ticket's *place*, an instant, is the only order of the line. A reason to go first moves the place earlier by a stated
number of minutes, its head start; time does the rest, so who waits long is passed by nobody (docs/decisions/0031).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.kernel.i18n import Translated

GROUNDS: dict[str, Any] = {
    "older": _("Older person"),
    "disabled": _("Person with a disability"),
    "pregnant": _("Pregnant"),
    "small_children": _("With small children"),
    "from_far": _("Came from far away"),
}
"""For what a person may go first, with the words; a rule says by how many minutes, and one it does not name gives nothing."""


@dataclass(frozen=True, kw_only=True)
class Zone:
    """A part of the hall for services of about one length; ``up_to`` in minutes, None for all that are longer."""

    code: str
    name: Translated
    up_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class CallingRule:
    """How a centre calls. Minutes everywhere.

    Args:
        zones: from the shortest services to the longest; none means one line for everybody.
        minutes: how long a service takes at the counter, by its id; one that is not named belongs to the last zone.
        by_hand: the zone of a service, whatever its length.
        counters: the zones that a counter serves, by its code, its own first; one that is not named serves all alike.
        grounds: the head start of each ground.
        early, late: how long before and after the booked time an appointment counts as kept.
        appointment: the head start before the booked time.
        help_after: a counter leaves its own zone for somebody of another zone who has waited this long.
    """

    zones: tuple[Zone, ...] = ()
    minutes: Mapping[UUID, int] = field(default_factory=dict)
    by_hand: Mapping[UUID, str] = field(default_factory=dict)
    counters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grounds: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(GROUNDS, 30))
    early: int = 30
    late: int = 15
    appointment: int = 10
    help_after: int = 20
    demonstration: bool = False
    source: str = ""
    revision: int = 0

    @property
    def first_by_hand(self) -> int:
        """The head start of a person for whom the reception named no ground: the largest of them."""
        return max(self.grounds.values(), default=0)

    @property
    def bound(self) -> int:
        """Nobody is overtaken by anyone who came more than so many minutes later."""
        return max(self.first_by_hand, self.late + self.appointment, self.help_after if self.zones else 0)


ANYWHERE = CallingRule()
"""What holds where neither the pack nor the centre has a rule: one line, thirty minutes for each ground."""


def place_in_line(
    *,
    issued_at: datetime,
    rule: CallingRule = ANYWHERE,
    ground: str = "",
    priority: bool = False,
    slot: datetime | None = None,
) -> datetime:
    """The instant by which a ticket is ordered; it never changes, so who is given back keeps the place.

    Args:
        issued_at: when the person came.
        ground: one of the rule's. priority: goes first without a named ground.
        slot: the booked time of an appointment; one that is not kept gives nothing.
    """
    head = rule.grounds.get(ground, 0) if ground else rule.first_by_hand if priority else 0
    place = issued_at - timedelta(minutes=head)
    if slot is not None and keeps_slot(rule=rule, slot=slot, at=issued_at):
        place = min(place, slot - timedelta(minutes=rule.appointment))
    return place


def keeps_slot(*, rule: CallingRule, slot: datetime, at: datetime) -> bool:
    """Whether who comes at this instant keeps the booked time; too early or too late stands in line as everybody does."""
    return slot - timedelta(minutes=rule.early) <= at <= slot + timedelta(minutes=rule.late)


def zone_of(rule: CallingRule, service: UUID) -> str:
    """The zone of a service: as set by hand, else the first that is long enough, else the last; empty without zones."""
    if not rule.zones:
        return ""
    if service in rule.by_hand:
        return rule.by_hand[service]
    minutes = rule.minutes.get(service)
    fits = (z.code for z in rule.zones if minutes is not None and (z.up_to is None or minutes <= z.up_to))
    return next(fits, rule.zones[-1].code)
