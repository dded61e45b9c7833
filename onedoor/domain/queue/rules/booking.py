"""What a centre may promise: how much of its counters, to whom, how far ahead, and when it promises nothing.

The stated rule between walk-ins and appointments: of the counters at work, at most the share is promised at any instant, rounded
down; where that is none, one counter is promised for that share of each hour, from the hour on. So there is always somebody
for those who just come, and neither line can eat up the other (docs/decisions/0036).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import BookingRuleIsWrong

CHANNELS = ("portal", "calls", "centre")
"""By which way a time is booked: by oneself on a page, by telephone with the call centre, at the centre."""
STEPS = (5, 10, 15, 20, 30, 60)
MOST_BLOCKS, LONGEST_WHY = 60, 200


@dataclass(frozen=True, kw_only=True)
class Block:
    """A stretch of a day in which nothing is promised: of one day, of a weekday, or of the n-th such weekday of each month.

    Args:
        weekday: 1 is Monday. nth: 1 to 5, the n-th such weekday of the month; every week when None. day: one day instead.
        counters: how many counters are away meanwhile; all of them when None.
        why: for the staff; citizens see only that there is no time.
    """

    opens: time
    closes: time
    weekday: int | None = None
    nth: int | None = None
    day: date | None = None
    counters: int | None = None
    why: str = ""

    def on(self, day: date) -> bool:
        """Whether it falls on this day."""
        if self.day is not None:
            return self.day == day
        return self.weekday == day.isoweekday() and self.nth in (None, (day.day - 1) // 7 + 1)


@dataclass(frozen=True, kw_only=True)
class BookingRule:
    """What a centre promises. A centre's own rule stands before what its country's pack says.

    Args:
        open: whether times are booked here at all.
        step: minutes between the times that are offered; a longer service takes several in a row.
        share: per cent of the counters at work that may be promised; the rest serves those who just come.
        channels: per cent of a day's promised time that each channel may take, before the rest is given free.
        release: hours before a time from which every channel may take what is left.
        horizon: how many days ahead. notice: how many minutes before a time it can still be booked on the portal.
        usual: minutes of a service whose length the centre's calling rule does not say.
        per_phone: open appointments of one telephone number. per_address: bookings a day from one network address.
        offer: minutes for which a freed time is held for the next on the waiting list.
        most_people: who can come with one appointment.
    """

    open: bool = True
    step: int = 15
    share: int = 50
    channels: Mapping[str, int] = field(default_factory=lambda: {"portal": 60, "calls": 20, "centre": 20})
    release: int = 24
    horizon: int = 30
    notice: int = 60
    usual: int = 15
    per_phone: int = 3
    per_address: int = 10
    offer: int = 120
    most_people: int = 6
    blocks: tuple[Block, ...] = ()
    revision: int = 0


USUAL = BookingRule()
"""What holds where nobody has said otherwise."""
BOUNDS: Mapping[str, tuple[int, int]] = {
    "share": (0, 80),
    "release": (0, 24 * 14),
    "horizon": (1, 180),
    "notice": (0, 7 * 24 * 60),
    "usual": (5, 240),
    "per_phone": (1, 20),
    "per_address": (1, 500),
    "offer": (10, 24 * 60),
    "most_people": (1, 20),
}


def check_booking_rule(rule: BookingRule) -> BookingRule:
    """The rule in order.

    Raises:
        BookingRuleIsWrong: names the field and the reason; of a block ``blocks.<its place>``.
    """
    if rule.step not in STEPS:
        raise BookingRuleIsWrong(
            field="step", reason=_("Times are offered every 5, 10, 15, 20, 30 or 60 minutes.")
        )
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(rule, name) <= most:
            raise BookingRuleIsWrong(
                field=name, reason=_("A number from %(least)s to %(most)s.") % {"least": least, "most": most}
            )
    if set(rule.channels) != set(CHANNELS) or any(not 0 <= part <= 100 for part in rule.channels.values()):
        wrong = next((one for one in CHANNELS if not 0 <= rule.channels.get(one, -1) <= 100), "portal")
        raise BookingRuleIsWrong(field=wrong, reason=_("A share is 0 to 100 per cent."))
    if sum(rule.channels.values()) != 100:
        raise BookingRuleIsWrong(
            field="portal", reason=_("The shares of the three ways to book make 100 per cent.")
        )
    if len(rule.blocks) > MOST_BLOCKS:
        raise BookingRuleIsWrong(field="blocks", reason=_("There are too many closed stretches."))
    for place, block in enumerate(rule.blocks):
        _check_block(block, f"blocks.{place}")
    return rule


def _check_block(block: Block, name: str) -> None:
    if block.opens >= block.closes:
        raise BookingRuleIsWrong(field=name, reason=_("It ends before it begins."))
    if (block.day is None) == (block.weekday is None):
        raise BookingRuleIsWrong(field=name, reason=_("Say either one day or a weekday."))
    if block.weekday is not None and not 1 <= block.weekday <= 7:
        raise BookingRuleIsWrong(field=name, reason=_("A weekday is 1 (Monday) to 7 (Sunday)."))
    if block.nth is not None and (not 1 <= block.nth <= 5 or block.weekday is None):
        raise BookingRuleIsWrong(field=name, reason=_("A month has the weekday at most five times."))
    if block.counters is not None and not 1 <= block.counters <= 200:
        raise BookingRuleIsWrong(field=name, reason=_("At least one counter is away, or all of them."))
    if len(block.why) > LONGEST_WHY or not block.why.isprintable():
        raise BookingRuleIsWrong(field=name, reason=_("The reason is too long."))


def written(rule: BookingRule) -> dict[str, Any]:
    """The rule as it is kept: plain JSON."""
    held = {name: value for name, value in asdict(rule).items() if name != "revision"}
    return {
        **held,
        "channels": dict(rule.channels),
        "blocks": [
            {
                name: value.isoformat() if isinstance(value, date | time) else value
                for name, value in one.items()
            }
            for one in held["blocks"]
        ],
    }


def read_rule(held: Mapping[str, Any], *, revision: int = 0) -> BookingRule:
    """The reverse of `written`; what an older program did not write is as usual, what a newer one wrote is passed over."""
    known = {name: held[name] for name in BookingRule.__dataclass_fields__ if name in held}
    known["blocks"] = tuple(_block(one) for one in held.get("blocks", ()))
    return BookingRule(**{**known, "revision": revision})


def _block(held: Mapping[str, Any]) -> Block:
    day = held.get("day")
    return Block(
        opens=time.fromisoformat(held["opens"]),
        closes=time.fromisoformat(held["closes"]),
        weekday=held.get("weekday"),
        nth=held.get("nth"),
        day=date.fromisoformat(day) if day else None,
        counters=held.get("counters"),
        why=held.get("why", ""),
    )


def promised(counters: int, *, share: int, until: int) -> int:
    """How many of these counters are promised in a step: the share rounded down, else one for that share of each hour.

    Args:
        until: the minute of its hour at which the step ends, 1 to 60.
    """
    whole = counters * share // 100
    if whole:
        return whole
    return 1 if until * 100 <= 60 * counters * share else 0


def blocked(blocks: Sequence[Block], *, day: date, opens: time, closes: time, counters: int) -> int:
    """How many of these counters are away in a stretch of a day."""
    away = [
        counters if one.counters is None else one.counters
        for one in blocks
        if one.on(day) and one.opens < closes and opens < one.closes
    ]
    return min(sum(away), counters)
