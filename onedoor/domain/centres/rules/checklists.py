"""Opening and closing: which items stand, how far a list is, what a machine's measure says. Pure decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from onedoor.kernel.i18n import Translated

Phase = Literal["opening", "closing"]
PHASES: tuple[Phase, ...] = ("opening", "closing")
Measure = Literal["", "float", "link", "clock"]
MEASURES: tuple[Measure, ...] = ("", "float", "link", "clock")
CLOCK_BOUND = 2.0  # seconds by which a node's clock may differ
LINK_BOUND = timedelta(minutes=10)  # how old the oldest unsent letter may be
LinkState = Literal["hub", "none", "sent", "sending", "cut"]
Standing = Literal["none", "begun", "whole", "trouble"]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing to check; ``measure`` where a machine measures it and nobody ticks."""

    phase: Phase
    code: str
    name: Translated
    measure: Measure = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing as it was found: in order or not, by whom (None: measured), when, with a note and a measured value."""

    item: str
    fine: bool
    at: datetime
    by: UUID | None = None
    note: str = ""
    value: str = ""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What a machine measured of an item: whether it is in order, and the value."""

    fine: bool
    value: str


@dataclass(frozen=True, kw_only=True)
class ListView:
    """The opening or closing of a centre on a day; ``signed_at`` when somebody said that it is whole."""

    centre: UUID
    day: date
    phase: Phase
    entries: Mapping[str, Entry]
    signed_by: UUID | None = None
    signed_at: datetime | None = None


def standing(items: Sequence[Item], held: ListView | None) -> Standing:
    """How far a list is: nothing checked, begun, signed whole, or signed with something not in order."""
    if held is None or not held.entries:
        return "none"
    if held.signed_at is None:
        return "begun"
    return "whole" if all(one.fine for one in held.entries.values()) else "trouble"


def open_items(items: Sequence[Item], held: ListView | None) -> list[Item]:
    """What is still to be ticked by a person."""
    done = held.entries if held else {}
    return [one for one in items if not one.measure and one.code not in done]


def link_measured(
    *, ours: bool, linked: bool, waiting: int, since: datetime | None, at: datetime
) -> LinkState:
    """How a node stands with its hub: it is the hub, has no link, sends all, sends with some delay, or is cut off.

    Args:
        ours: the centre's reference data are this node's own, as they are at the hub only.
        linked: it has a link to a hub. waiting, since: letters not acknowledged, and when the oldest was written.
    """
    if not linked:
        return "hub" if ours else "none"
    if not waiting or since is None:
        return "sent"
    return "cut" if at - since > LINK_BOUND else "sending"


def clock_measured(offset: float) -> Measured:
    """A clock that is off by some seconds."""
    return Measured(fine=abs(offset) <= CLOCK_BOUND, value=f"{round(offset, 2) + 0.0:+.2f} s")
