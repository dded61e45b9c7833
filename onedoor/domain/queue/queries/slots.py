"""The times that a centre can promise, as they stand. Free times are open to all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from onedoor.domain.access.api import ancestors
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Appointment, BookingTerms, SlotSeat, hall_node
from onedoor.domain.queue.queries.calling import calling_rule
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.queries.stops import days_without_room
from onedoor.domain.queue.rules.appointments import HOLDING
from onedoor.domain.queue.rules.booking import USUAL, BookingRule, read_rule
from onedoor.domain.queue.rules.slots import CentreDay, Seat, Shut, Slot, Wish, shut, slots, steps_of
from onedoor.kernel.aggregate import this_node
from onedoor.kernel.scope import everything


@dataclass(frozen=True, kw_only=True)
class Booking:
    """What somebody wants to come for: the services, how many people, by which way, and which appointment is moved by it."""

    services: Sequence[UUID]
    people: int = 1
    channel: str = ""
    moving: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DayView:
    """A day as one chooses it: how many times are free, or why there are none."""

    day: date
    free: int
    shut: Shut


def booking_of(held: Appointment) -> Booking:
    """What an appointment is for."""
    services = tuple(UUID(one) for one in held.services) or (held.service_id,)
    return Booking(services=services, people=held.people, channel=held.channel)


def booking_rule(centre: UUID) -> BookingRule:
    """What a centre promises: its own terms, else those of the nearest unit above it, else what is usual."""
    path = [centre, *(above.id for above in reversed(ancestors(centre)))]
    with everything("what a centre promises is open to all"):
        held = {row.centre_id: row for row in BookingTerms.objects.filter(centre_id__in=path)}
    nearest = next((held[one] for one in path if one in held), None)
    return read_rule(nearest.rule, revision=nearest.revision) if nearest else USUAL


def free_slots(view: centres.CentreView, *, asked: Booking, day: date, at: datetime) -> list[Slot]:
    """The free times of one day, in order; none on a day that is shut."""
    rule = booking_rule(view.id)
    if why_shut(view, asked=asked, day=day, at=at, rule=rule):
        return []
    (found,) = centre_days(view, [day], rule=rule, moving=asked.moving)
    if day in full_days(view, asked, [day], rule=rule):
        return []
    return slots(found, rule, wish_of(view, asked, day, rule=rule), at=at)


def free_days(
    view: centres.CentreView,
    *,
    asked: Booking,
    at: datetime,
    since: date | None = None,
    count: int | None = None,
) -> list[DayView]:
    """The coming days, as far as may be booked, each with how many times are free."""
    rule, today = booking_rule(view.id), today_of(view, at)
    first = max(since or today, today)
    far = min(count or rule.horizon + 1, (today + timedelta(days=rule.horizon) - first).days + 1)
    days = [first + timedelta(days=place) for place in range(max(0, far))]
    ours = gives_seats(view.id)
    closed = {day: why_shut(view, asked=asked, day=day, at=at, rule=rule, ours=ours) for day in days}
    open_days = [day for day in days if not closed[day]]
    full = full_days(view, asked, open_days, rule=rule)
    known = {one.day: one for one in centre_days(view, open_days, rule=rule, moving=asked.moving)}
    found = []
    for day in days:
        free = (
            slots(known[day], rule, wish_of(view, asked, day, rule=rule), at=at)
            if day in known and day not in full
            else []
        )
        found.append(DayView(day=day, free=len(free), shut=closed[day] or ("" if free else "full")))
    return found


def gives_seats(centre: UUID) -> bool:
    """Whether this node may promise times of a centre: it works in the hall, or nobody does yet."""
    return hall_node(centre) in (None, this_node())


def why_shut(
    view: centres.CentreView,
    *,
    asked: Booking,
    day: date,
    at: datetime,
    rule: BookingRule,
    ours: bool | None = None,
) -> Shut:
    """Why nothing can be booked on a day; empty where something could.

    Args:
        ours: what `gives_seats` says, where it was asked for many days at once.
    """
    today = today_of(view, at)
    near = today <= day <= today + timedelta(days=rule.horizon)
    return shut(
        day=day,
        today=today,
        rule=rule,
        holiday=near and centres.calendar_of(view.id).holiday(day) is not None,
        open_hours=near and bool(centres.opening_of(view, day)),
        offered=near and all(_offers(view, service, day) for service in asked.services),
        ours=gives_seats(view.id) if ours is None else ours,
    )


def centre_days(
    view: centres.CentreView, days: Iterable[date], *, rule: BookingRule, moving: UUID | None = None
) -> list[CentreDay]:
    """What is known of these days; one look for all seats that are given.

    Args:
        moving: the appointment whose own seats count as free.
    """
    listed, zone = sorted(set(days)), ZoneInfo(view.zone)
    if not listed:
        return []
    counters = counters_in_order(view)
    given = SlotSeat.objects.filter(
        centre_id=view.id,
        at__gte=datetime.combine(listed[0], time(), zone),
        at__lt=datetime.combine(listed[-1] + timedelta(days=1), time(), zone),
    )
    if moving is not None:
        given = given.exclude(appointment=moving)
    taken: dict[date, list[Seat]] = defaultdict(list)
    ways: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for at, seat, counter, channel in given.values_list("at", "seat", "counter", "appointment__channel"):
        day = at.astimezone(zone).date()
        taken[day].append(Seat(at=at, seat=seat, counter=counter))
        ways[day][channel] += 1
    return [
        _staffed(
            CentreDay(
                day=day,
                zone=zone,
                periods=centres.opening_of(view, day),
                counters=counters,
                taken=tuple(taken[day]),
                by_channel=dict(ways[day]),
            ),
            rule,
            view.id,
        )
        for day in listed
    ]


def _staffed(day: CentreDay, rule: BookingRule, centre: UUID) -> CentreDay:
    """The same day with how many officers are on shift at each step; as it is where nobody planned shifts."""
    planned = centres.shifts_on(centre, day.day)
    if not planned:
        return day
    staff = {step: sum(one.works_at(step.time()) for one in planned) for step in steps_of(day, rule)}
    return replace(day, staff=staff)


def counters_in_order(view: centres.CentreView) -> tuple[str, ...]:
    """The codes of a centre's counters, those that no offer names first: so a promise for any service leaves the others free."""
    needed = [code for offer in view.offers for code in offer.counters]
    codes = [one.code for one in centres.counters(view.id)]
    return tuple(sorted(codes, key=lambda code: (needed.count(code), len(code), code)))


def wish_of(view: centres.CentreView, asked: Booking, day: date, *, rule: BookingRule) -> Wish:
    """How long a booking takes, and at which counters: those that serve all of it, else those that serve a part."""
    length = calling_rule(view.id).minutes
    minutes = sum(length.get(service, rule.usual) for service in asked.services) * asked.people
    bound = [
        set(offer.counters) for one in asked.services for offer in _offers(view, one, day) if offer.counters
    ]
    counters = set.intersection(*bound) or set.union(*bound) if bound else set()
    return Wish(minutes=minutes, counters=tuple(sorted(counters)), channel=asked.channel)


def full_days(
    view: centres.CentreView, asked: Booking, days: Sequence[date], *, rule: BookingRule
) -> frozenset[date]:
    """The days that are full: the share of a service's daily capacity is promised, or a mobile unit's stops have no room."""
    packed = days_without_room(view, days, moving=asked.moving)
    limits = {
        (day, service): offer.capacity * rule.share // 100
        for day in days
        for service in asked.services
        for offer in _offers(view, service, day)
        if offer.capacity is not None
    }
    if not limits:
        return packed
    with everything("how full a day is, is open to all"):
        rows = Appointment.objects.filter(centre_id=view.id, day__in=days, standing__in=HOLDING)
        rows = rows.exclude(id=asked.moving) if asked.moving else rows
        made = Counter(
            {
                (day, service): count
                for day, service, count in rows.values_list("day", "service_id").annotate(Count("id"))
            }
        )
        several = rows.filter(services__1__isnull=False).values_list("day", "services")
        made.update((day, UUID(one)) for day, services in several for one in services[1:])
    full = frozenset(day for (day, service), most in limits.items() if made[day, service] >= most)
    return full | packed


def _offers(view: centres.CentreView, service: UUID, day: date) -> list[centres.Offer]:
    return [one for one in view.offers if one.service == service and one.holds_on(day)]
