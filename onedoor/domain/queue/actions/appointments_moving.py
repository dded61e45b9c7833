"""The centre moves people: one appointment to the next free time, or all of a day in one action."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions import appointments_said as said
from onedoor.domain.queue.actions.booking import OPEN_TO_ALL, found, shift_to
from onedoor.domain.queue.actions.helping import expect_helps
from onedoor.domain.queue.errors import AppointmentHasMoved, NothingIsFree
from onedoor.domain.queue.events.appointments import AppointmentMoved
from onedoor.domain.queue.models import Appointment, lock_days
from onedoor.domain.queue.permissions import BOOK
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.queries.slots import (
    Booking,
    booking_of,
    booking_rule,
    centre_days,
    full_days,
    gives_seats,
    why_shut,
    wish_of,
)
from onedoor.domain.queue.rules.appointments import Move, Standing, standing_after
from onedoor.domain.queue.rules.booking import BookingRule
from onedoor.domain.queue.rules.slots import CentreDay, Seat, seats_for, slots
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

AT_ONCE = 100
"""So many are moved in one transaction at most."""


@dataclass(frozen=True, kw_only=True)
class Rebooked:
    """What became of those who were to be moved: who has another time, and for whom none was free."""

    moved: tuple[Appointment, ...]
    left: tuple[Appointment, ...]
    more: bool


def rebook(
    *, by: Actor, at: datetime, appointment: UUID, since: date | None = None, centre: UUID | None = None
) -> Appointment:
    """Give an appointment the next free time, and tell the person; the shares of the ways to book do not hold here.

    Args:
        since: the first day that comes into question; today when None. centre: where it must be; anywhere when None.

    Raises:
        AppointmentUnknown, AppointmentHasMoved, NothingIsFree, Refused.
    """
    with transaction.atomic(), everything(OPEN_TO_ALL):
        held = found(appointment, centre=centre)
        require(by, BOOK, at=held.centre_id)
        standing_after(Move.CHANGE, held.standing)
        if held.starts_at is None:
            raise AppointmentHasMoved
        done = _move_each([held], since=since, by=by, at=at, avoid=())
        if not done.moved:
            raise NothingIsFree
    return held


def rebook_day(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    day: date,
    since: date | None = None,
    not_before: datetime | None = None,
    until: datetime | None = None,
) -> Rebooked:
    """Give everybody who is booked on a day the next free time after it, in the order of their times, and tell them.

    At most 100 at once: where `more`, ask again. A day's seats are read once for all of them.

    Args:
        since: the first day that comes into question; the day after when None.
        not_before, until: only those whose time begins in this stretch, where a part of the day is closed.

    Raises:
        Refused.
    """
    require(by, BOOK, at=centre)
    with transaction.atomic(), everything("the centre moves its own appointments"):
        rows = Appointment.objects.select_for_update(no_key=True).filter(
            centre_id=centre, day=day, standing=Standing.BOOKED
        )
        rows = rows.filter(starts_at__gte=not_before) if not_before else rows
        rows = rows.filter(starts_at__lt=until) if until else rows
        held = list(rows.order_by("starts_at", "made_at", "id")[: AT_ONCE + 1])
        first = since or day + timedelta(days=1)
        done = _move_each(held[:AT_ONCE], since=first, by=by, at=at, avoid=(day,))
    return replace(done, more=len(held) > AT_ONCE and bool(done.moved))


def _move_each(
    held: list[Appointment], *, since: date | None, by: Actor, at: datetime, avoid: Collection[date]
) -> Rebooked:
    if not held:
        return Rebooked(moved=(), left=(), more=False)
    view, rule = centres.centre(held[0].centre_id), booking_rule(held[0].centre_id)
    today = today_of(view, at)
    first = max(since or today, today)
    days = [first + timedelta(days=place) for place in range((today - first).days + rule.horizon + 1)]
    days = [day for day in days if day not in avoid]
    lock_days(centre=view.id, days=days)
    known = {one.day: one for one in centre_days(view, days, rule=rule)}
    ours = gives_seats(view.id)
    shut: dict[tuple[date, Sequence[UUID]], str] = {}
    moved, left = [], []
    for one in held:
        asked = replace(booking_of(one), channel="", moving=one.id)
        for day in known:
            if (day, asked.services) not in shut:
                shut[day, asked.services] = why_shut(view, asked=asked, day=day, at=at, rule=rule, ours=ours)
        open_days = [seen for day, seen in known.items() if not shut[day, asked.services]]
        place = _next_free(view, rule, asked, open_days, at=at)
        if place is None:
            left.append(one)
            continue
        day, starts, seats = place
        known[day] = replace(known[day], taken=(*known[day].taken, *seats))
        former = one.starts_at
        shift_to(one, seats, starts=starts, rule=rule, view=view)
        event = AppointmentMoved(
            visit=one.visit, service=one.service_id, starts=starts, former=former, by_centre=True
        )
        publish(event, of=one, by=by, at=at, centre=view.id)
        said.remind(one, by=by, at=at)
        expect_helps(one, by=by, at=at)
        said.tell(one, "moved", by=by, at=at)
        moved.append(one)
    return Rebooked(moved=tuple(moved), left=tuple(left), more=False)


def _next_free(
    view: centres.CentreView, rule: BookingRule, asked: Booking, days: Sequence[CentreDay], *, at: datetime
) -> tuple[date, datetime, list[Seat]] | None:
    """The next time with its seats, among days whose seats were read once and are kept up as they are given."""
    soonest = at + timedelta(minutes=rule.notice)
    for seen in days:
        wish = wish_of(view, asked, seen.day, rule=rule)
        free = slots(seen, rule, wish, at=soonest)
        seats = seats_for(seen, rule, wish, starts=free[0].starts) if free else None
        if seats is not None and seen.day not in full_days(view, asked, [seen.day], rule=rule):
            return seen.day, free[0].starts, seats
    return None
