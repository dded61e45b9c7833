"""The whole of a closure in one action: places are kept, appointments moved; and a counter that closes lets its people go on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.appointments import cancel
from onedoor.domain.queue.actions.appointments_moving import rebook_day
from onedoor.domain.queue.actions.keeping import keep_closed_days, keep_line
from onedoor.domain.queue.events import TicketGivenBack
from onedoor.domain.queue.models import Appointment, Ticket, update_ticket
from onedoor.domain.queue.models.appointments import lock_booked
from onedoor.domain.queue.models.hot import lock_ticket
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.queries.keeping import lasts
from onedoor.domain.queue.rules import OPEN, Status
from onedoor.domain.queue.rules.appointments import Standing
from onedoor.domain.queue.rules.keeping import KEPT_AT_ONCE, Keeping
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor, everything, open_scope


@dataclass(frozen=True, kw_only=True)
class Closed:
    """What a closure did: the places that were kept, appointments moved, and those for whom no time was free."""

    closure: centres.Closure
    keeping: Keeping
    moved: int = 0
    left: int = 0


@transaction.atomic
def close_centre(
    *, by: Actor, at: datetime, centre: UUID, first: date, last: date, reason: Translated
) -> Closed:
    """Close a centre out of turn: whoever waits, or has a place kept for one of these days, keeps it for the next open day.

    Errors: Refused, Missing, ClosureIsWrong.
    """
    made = centres.close_centre(by=by, at=at, centre=centre, first=first, last=last, reason=reason)
    with everything("the centre does not keep its own appointments"):
        lock_booked(centre=centre, first=first, last=last)
    keeping = keep_closed_days(by=by, at=at, closure=made)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    done = [move_booked(at=at, centre=centre, day=day, since=last + timedelta(days=1)) for day in days]
    return Closed(
        closure=made,
        keeping=keeping,
        moved=sum(moved for moved, _left in done),
        left=sum(left for _moved, left in done),
    )


def move_booked(*, at: datetime, centre: UUID, day: date, since: date) -> tuple[int, int]:
    """Everybody who is booked on a shut day gets the next free time from ``since`` on, in the order of their times, and is told.

    For whom none is free, the appointment is cancelled and they are told that, too. Gives how many of each. The caller has asked.
    """
    system, moved, left = Actor.system(), 0, 0
    while True:
        done = rebook_day(by=system, at=at, centre=centre, day=day, since=since, not_before=at)
        for one in done.left:
            cancel(by=system, at=at, appointment=one.id, centre=centre, by_centre=True)
        if not done.moved and not done.left:
            return moved, left
        moved, left = moved + len(done.moved), left + len(done.left)


def give_up_stop(
    *, at: datetime, centre: UUID, day: date, left: tuple[datetime, datetime] | None = None
) -> int:
    """A mobile unit does not come: who is booked while it is not open that day any more is cancelled and told; gives how many.

    Nobody gets another time, as its next stop is in another village.

    Args:
        left: hours at which it was to stand in another village: who is booked for them is cancelled although it is open.
    """
    view = centres.centre(centre)
    periods = [
        [datetime.combine(day, moment, tzinfo=ZoneInfo(view.zone)) for moment in period]
        for period in centres.opening_of(view, day)
    ]
    with everything("the centre does not keep its own appointments"):
        rows = Appointment.objects.filter(centre_id=centre, day=day, standing=Standing.BOOKED)
        booked = list(
            rows.filter(starts_at__gt=at).order_by("starts_at", "id").values_list("id", "starts_at")
        )
    given_up = [
        one
        for one, starts in booked
        if starts is not None
        and (
            (left is not None and left[0] <= starts < left[1])
            or not any(opens <= starts < closes for opens, closes in periods)
        )
    ]
    for one in given_up:
        cancel(by=Actor.system(), at=at, appointment=one, centre=centre, by_centre=True)
    return len(given_up)


def keep_shut_day(*, by: Actor, at: datetime, since: datetime | None, last: date, centre: UUID | None) -> int:
    """Whoever stands in the line of a day on which their centre does not open any more keeps the place; gives how many.

    Who is booked for it gets another time.

    Args:
        since: from when; the day ``last`` alone when None. centre: all that have such a line when None.
    """
    with everything("a day is shut for every centre that it concerns"):
        rows = Ticket.objects.filter(status__in=KEPT_AT_ONCE, day__lte=last)
        rows = rows.filter(day=last) if since is None else rows.filter(day__gte=since.date())
        rows = rows if centre is None else rows.filter(centre_id=centre)
        found = sorted(set(rows.values_list("centre_id", "day")))
        times = Appointment.objects.filter(standing=Standing.BOOKED, day__lte=last)
        times = times.filter(day=last) if since is None else times.filter(day__gte=since.date())
        times = times if centre is None else times.filter(centre_id=centre)
        booked = sorted(set(times.values_list("centre_id", "day")))
    kept = 0
    for where, day in found:
        view = centres.centre(where)
        if day >= today_of(view, at) and not lasts(view, day, at):
            kept += keep_line(by=by, at=at, view=view, day=day, statuses=KEPT_AT_ONCE).tickets
    for where, day in booked:
        view = centres.centre(where)
        if day >= today_of(view, at) and not lasts(view, day, at):
            move_booked(at=at, centre=where, day=day, since=last + timedelta(days=1))
    return kept


def free_counter(*, by: Actor, at: datetime, counter: UUID, centre: UUID) -> Sequence[UUID]:
    """A counter closed: who was called to it waits again at the place they had, and who may be called by it alone by any.

    Who is being served there is served to the end. Doing it again changes nothing. Gives the tickets that were freed.
    """
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, status__in=OPEN)
        called = rows.filter(counter_id=counter, status=Status.CALLED)
        bound = rows.filter(only_counter_id=counter, status__in=(Status.WAITING, Status.HELD, Status.MISSED))
        found = sorted({*called.values_list("id", flat=True), *bound.values_list("id", flat=True)})
    return [ticket for ticket in found if _freed(ticket, by=by, at=at, counter=counter, centre=centre)]


def _freed(id: UUID, *, by: Actor, at: datetime, counter: UUID, centre: UUID) -> bool:
    with transaction.atomic():
        ticket = lock_ticket(centres=(centre,), ticket=id)
        if ticket is None:
            return False
        called = ticket.status == Status.CALLED and ticket.counter_id == counter
        bound = ticket.only_counter_id == counter and ticket.status in OPEN
        if not called and not bound:
            return False
        if called:
            ticket.status, ticket.counter_id, ticket.called_at = Status.WAITING.value, None, None
        if bound:
            ticket.only_counter_id = None
        event = TicketGivenBack(
            visit=ticket.visit, service=ticket.service_id, counter=counter, number=ticket.number
        )
        update_ticket(ticket, centre=centre, event=event, by=by, at=at, once=None)
    return True
