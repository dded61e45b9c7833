"""The times of a day that a centre can still promise: pure arithmetic on hours, counters, staff, blocks and what is taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.rules.booking import BookingRule, blocked, promised

Period = tuple[time, time]
Shut = Literal["", "past", "beyond", "holiday", "closed", "not_offered", "no_booking", "full", "elsewhere"]
SHUT_WORDS: Mapping[Shut, Any] = {
    "past": _("This day is over."),
    "beyond": _("This day is too far ahead to be booked."),
    "holiday": _("The centre is closed on this holiday."),
    "closed": _("The centre is closed on this day."),
    "not_offered": _("This service is not given on this day."),
    "no_booking": _("No times are booked at this centre. Come and take a ticket."),
    "full": _("This day is full."),
    "elsewhere": _("Times of this centre are booked at the centre itself, or by its telephone."),
}


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A stretch of one step's length that is given to somebody: at which instant, the how-manieth, at which counter."""

    at: datetime
    seat: int
    counter: str


@dataclass(frozen=True, kw_only=True)
class CentreDay:
    """What is known of a centre's day when times are looked for.

    Args:
        periods: when it is open; none on holidays.
        counters: the codes of all its counters, those that most services share first.
        staff: how many officers are on shift, by the instant of a step; an instant that is not there is not planned.
        taken: the seats that are given.
        by_channel: how many seats each channel has taken.
    """

    day: date
    zone: ZoneInfo
    periods: Sequence[Period]
    counters: Sequence[str]
    staff: Mapping[datetime, int] = field(default_factory=dict)
    taken: Collection[Seat] = ()
    by_channel: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A time that can be promised, and how many people could still have it."""

    starts: datetime
    ends: datetime
    free: int


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is looked for.

    Args:
        minutes: how long it takes.
        counters: the codes of those that serve it; none means any.
        channel: by which way; "" passes the shares of the ways, as the centre itself does when it moves people.
    """

    minutes: int
    counters: Sequence[str] = ()
    channel: str = ""


def steps_of(day: CentreDay, rule: BookingRule) -> list[datetime]:
    """The instants at which steps begin: on the step's own raster, whole inside an opening period."""
    found = []
    for opens, closes in sorted(day.periods):
        minute = -(-(opens.hour * 60 + opens.minute) // rule.step) * rule.step
        last = closes.hour * 60 + closes.minute
        while minute + rule.step <= last:
            local = datetime.combine(day.day, time(minute // 60, minute % 60), day.zone)
            found.append(local)
            minute += rule.step
    return found


def promised_at(day: CentreDay, rule: BookingRule, *, step: datetime, among: int) -> int:
    """How many of ``among`` counters may be promised in a step: those at work, less who is away, by the share."""
    local = step.astimezone(day.zone)
    opens = local.time()
    closes = (datetime.combine(day.day, opens) + timedelta(minutes=rule.step)).time()
    everybody = len(day.counters)
    away = blocked(rule.blocks, day=day.day, opens=opens, closes=closes or time.max, counters=everybody)
    at_work = min(everybody - away, day.staff.get(step, everybody))
    return promised(max(0, min(at_work, among)), share=rule.share, until=local.minute + rule.step)


def needed(minutes: int, rule: BookingRule) -> int:
    """How many steps a visit of this length takes."""
    return max(1, -(-minutes // rule.step))


def slots(day: CentreDay, rule: BookingRule, wish: Wish, *, at: datetime) -> list[Slot]:
    """The times of a day that are still free, in order.

    Args:
        at: now; what has begun, and for the portal what begins within the rule's notice, is past.
    """
    steps, given = steps_of(day, rule), _by_step(day)
    free = {step: len(_open_seats(day, rule, step, wish, given)) for step in steps}
    count, length = needed(wish.minutes, rule), timedelta(minutes=rule.step)
    room = _room(day, rule, wish, steps)
    found = []
    for step in steps:
        run = [step + place * length for place in range(count)]
        seats = min(free.get(one, 0) for one in run)
        if seats and _may_have(rule, wish, starts=step, at=at, room=room):
            found.append(Slot(starts=step, ends=run[-1] + length, free=seats))
    return found


def seats_for(day: CentreDay, rule: BookingRule, wish: Wish, *, starts: datetime) -> list[Seat] | None:
    """The seats that a visit takes from this instant; None where one of its steps is not free."""
    known, given = set(steps_of(day, rule)), _by_step(day)
    run = [starts + place * timedelta(minutes=rule.step) for place in range(needed(wish.minutes, rule))]
    if any(step not in known for step in run):
        return None
    chosen = [_open_seats(day, rule, step, wish, given) for step in run]
    return [seats[0] for seats in chosen] if all(chosen) else None


def may_have(day: CentreDay, rule: BookingRule, wish: Wish, *, starts: datetime, at: datetime) -> bool:
    """Whether a time is neither past nor beyond the share of the way by which it is booked."""
    room = _room(day, rule, wish, steps_of(day, rule))
    return _may_have(rule, wish, starts=starts, at=at, room=room)


def _may_have(rule: BookingRule, wish: Wish, *, starts: datetime, at: datetime, room: bool) -> bool:
    soonest = at + timedelta(minutes=rule.notice if wish.channel == "portal" else 0)
    return starts >= soonest and (room or starts - at <= timedelta(hours=rule.release))


def _room(day: CentreDay, rule: BookingRule, wish: Wish, steps: Sequence[datetime]) -> bool:
    """Whether the share of the day of this way to book has room for it; who comes by no way needs none."""
    if not wish.channel:
        return True
    everybody = len(day.counters)
    whole = sum(promised_at(day, rule, step=step, among=everybody) for step in steps)
    most = whole * rule.channels.get(wish.channel, 0) // 100
    return day.by_channel.get(wish.channel, 0) + needed(wish.minutes, rule) <= most


def _by_step(day: CentreDay) -> Mapping[datetime, list[Seat]]:
    found: dict[datetime, list[Seat]] = {}
    for one in day.taken:
        found.setdefault(one.at, []).append(one)
    return found


def _open_seats(
    day: CentreDay, rule: BookingRule, step: datetime, wish: Wish, given: Mapping[datetime, list[Seat]]
) -> list[Seat]:
    """The free seats of one step: not more than the share of all counters, nor than the share of those that serve it."""
    ours = [code for code in day.counters if not wish.counters or code in wish.counters]
    taken = given.get(step, [])
    at_ours = sum(one.counter in ours for one in taken)
    most = promised_at(day, rule, step=step, among=len(day.counters))
    most_ours = promised_at(day, rule, step=step, among=len(ours))
    numbers = [number for number in range(1, most + 1) if number not in {one.seat for one in taken}]
    counters = [code for code in ours if code not in {one.counter for one in taken}]
    room = max(0, min(most - len(taken), most_ours - at_ours))
    return [
        Seat(at=step, seat=number, counter=code)
        for number, code in list(zip(numbers, counters, strict=False))[:room]
    ]


def shut(
    *,
    day: date,
    today: date,
    rule: BookingRule,
    holiday: bool,
    open_hours: bool,
    offered: bool,
    ours: bool = True,
) -> Shut:
    """Why nothing can be booked on a day; empty where something could.

    Args:
        ours: this node works in the hall; no other gives its seats, so that none is given twice (decision 48).
    """
    if not ours:
        return "elsewhere"
    if not rule.open or not rule.share:
        return "no_booking"
    if day < today:
        return "past"
    if day > today + timedelta(days=rule.horizon):
        return "beyond"
    if holiday:
        return "holiday"
    if not open_hours:
        return "closed"
    return "" if offered else "not_offered"
