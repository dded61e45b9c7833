"""The day ends, or the centre closes, with people waiting: their places are kept for the next day of their service."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.watching import take_back, tell_kept
from onedoor.domain.queue.events import TicketBroughtBack, TicketCarriedOver, TicketKept, TicketLeft
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.models.keeping import Change, insert_each, lock_line, update_each
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.queries.keeping import day_after
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.keeping import (
    KEPT_AT_ONCE,
    KEPT_IN_THE_EVENING,
    UNDONE_WITHIN,
    Keeping,
    free_number,
    keeping,
    kept_place,
    unmarked,
)
from onedoor.domain.queue.rules.phone import absent_until, has_not_come
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, open_scope

MOST = 5_000


@transaction.atomic
def end_day(*, by: Actor, at: datetime, centre: UUID) -> Keeping:
    """No more tickets today; who waits or was held keeps the place for the next day. Doing it again keeps who came meanwhile.

    Who is at a counter is served to the end. Errors: Refused, Missing.
    """
    centres.end_day(by=by, at=at, centre=centre)
    view = centres.centre(centre)
    return keep_line(by=by, at=at, view=view, day=today_of(view, at), statuses=KEPT_IN_THE_EVENING)


@transaction.atomic
def reopen_centre(*, by: Actor, at: datetime, closure: UUID) -> int:
    """Open a centre again; gives how many places are back in today's line.

    Places that were kept since the closure began come back within the first hour; later people have gone home with what they
    were told, and it stays so. Errors: ClosureUnknown, Refused, Missing.
    """
    ended = centres.reopen_centre(by=by, at=at, closure=closure)
    view = centres.centre(ended.centre)
    if at - ended.since > UNDONE_WITHIN or today_of(view, ended.since) != today_of(view, at):
        return 0
    return _bring_back(by=by, at=at, view=view, day=today_of(view, at))


def keep_closed_days(*, by: Actor, at: datetime, closure: centres.Closure) -> Keeping:
    """Places of the days of a closure, from today on, are kept for the next open day."""
    view = centres.centre(closure.centre)
    first = max(today_of(view, closure.since), today_of(view, at))
    days = [first + timedelta(days=step) for step in range((closure.last - first).days + 1)]
    done = [keep_line(by=by, at=at, view=view, day=day, statuses=KEPT_AT_ONCE) for day in days]
    return _sum(done)


def keep_line(
    *, by: Actor, at: datetime, view: centres.CentreView, day: date, statuses: Collection[Status]
) -> Keeping:
    """Whoever stands so in a day's line keeps the place for the next day on which the service is given.

    One lock and two rounds of statements; the telephone's address and the slip's code open the new ticket, and whoever asked
    to be told is told the new day.
    A service that is not given again within a year keeps nothing: the person is told that the place is over.
    """
    with transaction.atomic():
        line = lock_line(centre=view.id, day=day, statuses=[one.value for one in statuses], limit=MOST)
        if not line:
            return Keeping()
        until = {service: day_after(view, service=service, day=day, at=at) for service in _services(line)}
        opens = {day: _opens(view, day) for day in until.values() if day is not None}
        old: list[Change] = []
        new: list[Change] = []
        moved: dict[UUID, Ticket] = {}
        given = _given(view.id, opens)
        ids = sorted(new_id() for _ in line)  # by which places of one instant stay in order
        for ticket, id in zip(line, ids, strict=True):
            goes_to = until[ticket.service_id]
            if goes_to is None:
                ticket.status, ticket.ended_at = Status.LEFT.value, at
                old.append((ticket, _left(ticket)))
                continue
            kept = _kept(ticket, id=id, day=goes_to, opens=opens[goes_to], zone=ZoneInfo(view.zone))
            kept.number = free_number(ticket.number, taken=given[goes_to])
            given[goes_to].add(kept.number)
            _give_up(ticket)
            old.append((ticket, _carried(ticket, kept)))
            new.append((kept, _news(kept)))
            moved[ticket.id] = kept
        update_each(old, centre=view.id, by=by, at=at)
        insert_each(new, centre=view.id, by=by, at=at)
        tell_kept(moved, by=by, at=at)
    return keeping((ticket.service_id, ticket.people, until[ticket.service_id]) for ticket in line)


def _services(line: Sequence[Ticket]) -> set[UUID]:
    return {ticket.service_id for ticket in line}


def _given(centre: UUID, days: Iterable[date]) -> dict[date, set[str]]:
    """The numbers of places that were kept for these days already, also of those that were given back."""
    given: dict[date, set[str]] = {day: set() for day in days}
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day__in=given, kept_from__isnull=False)
        for day, number in rows.values_list("day", "number"):
            given[day].add(number)
    return given


def _opens(view: centres.CentreView, day: date) -> datetime:
    periods = centres.opening_of(view, day)
    opens = periods[0][0] if periods else time(0)
    return datetime.combine(day, opens, tzinfo=ZoneInfo(view.zone)).astimezone(UTC)


def _kept(ticket: Ticket, *, id: UUID, day: date, opens: datetime, zone: ZoneInfo) -> Ticket:
    """The same place on another day: a new ticket under the old address; its wait begins when the centre opens."""
    return Ticket(
        id=id,
        centre_id=ticket.centre_id,
        service_id=ticket.service_id,
        visit=ticket.visit,
        day=day,
        token=ticket.token,
        status=Status.WAITING.value,
        priority=ticket.priority,
        place=kept_place(ticket.place, began=_midnight(ticket.day, zone), begins=_midnight(day, zone)),
        name=ticket.name,
        phone_mark=ticket.phone_mark,
        issued_at=opens,
        zone=ticket.zone,
        ground=ticket.ground,
        help=ticket.help,
        people=ticket.people,
        origin=ticket.origin,
        appointment_id=ticket.appointment_id,
        kept_from=ticket.day,
        not_before=absent_until(day, zone) if _absent(ticket, zone) else None,
    )


def _absent(ticket: Ticket, zone: ZoneInfo) -> bool:
    return has_not_come(origin=ticket.origin, not_before=ticket.not_before, day=ticket.day, zone=zone)


def _give_up(ticket: Ticket) -> None:
    """The old ticket: its address, name and number have gone to the new one."""
    ticket.status = Status.CARRIED_OVER.value
    ticket.token, ticket.name, ticket.phone_mark = secrets.token_urlsafe(16), "", None


def _bring_back(*, by: Actor, at: datetime, view: centres.CentreView, day: date) -> int:
    """Places kept from a day stand in its line again, as they were; those of later days that were not touched since."""
    with transaction.atomic():
        kept: dict[tuple[UUID, str], Ticket] = {}
        days = Ticket.objects.filter(
            centre_id=view.id, kept_from=day, day__gt=day, status=Status.WAITING
        ).values_list("day", flat=True)
        for later in sorted(set(days)):
            for ticket in lock_line(centre=view.id, day=later, statuses=[Status.WAITING.value], limit=MOST):
                if ticket.kept_from == day:
                    kept[ticket.visit, unmarked(ticket.number)] = ticket
        old: list[Change] = []
        gone: list[Change] = []
        moved: dict[UUID, Ticket] = {}
        for ticket in lock_line(centre=view.id, day=day, statuses=[Status.CARRIED_OVER.value], limit=MOST):
            later_one = kept.get((ticket.visit, unmarked(ticket.number)))
            if later_one is None:
                continue
            ticket.status, ticket.token = Status.WAITING.value, later_one.token
            ticket.name, ticket.phone_mark = later_one.name, later_one.phone_mark
            later_one.status, later_one.ended_at = Status.LEFT.value, at
            later_one.token, later_one.name, later_one.phone_mark = secrets.token_urlsafe(16), "", None
            gone.append((later_one, _left(later_one)))
            back = TicketBroughtBack(visit=ticket.visit, service=ticket.service_id, number=ticket.number)
            old.append((ticket, back))
            moved[later_one.id] = ticket
        update_each(gone, centre=view.id, by=by, at=at)
        update_each(old, centre=view.id, by=by, at=at)
        take_back(moved, by=by, at=at)
    return len(old)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def _carried(ticket: Ticket, kept: Ticket) -> TicketCarriedOver:
    return TicketCarriedOver(
        visit=ticket.visit, service=ticket.service_id, number=ticket.number, until=kept.day, kept=kept.id
    )


def _news(kept: Ticket) -> TicketKept:
    return TicketKept(
        visit=kept.visit,
        service=kept.service_id,
        number=kept.number,
        day=kept.day,
        opens=kept.issued_at,
        kept_from=kept.kept_from or kept.day,
        zone=kept.zone,
    )


def _left(ticket: Ticket) -> TicketLeft:
    return TicketLeft(visit=ticket.visit, service=ticket.service_id, number=ticket.number)


def _sum(done: Sequence[Keeping]) -> Keeping:
    days: dict[date, int] = {}
    nowhere: dict[UUID, int] = {}
    for one in done:
        for day, count in one.days:
            days[day] = days.get(day, 0) + count
        for service, count in one.nowhere:
            nowhere[service] = nowhere.get(service, 0) + count
    return Keeping(
        tickets=sum(one.tickets for one in done),
        people=sum(one.people for one in done),
        days=tuple(sorted(days.items())),
        nowhere=tuple(nowhere.items()),
    )
