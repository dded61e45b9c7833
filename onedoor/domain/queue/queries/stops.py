"""How many people a mobile unit's stop has taken already, all its services together."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Appointment, Ticket
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.appointments import Standing
from onedoor.kernel.scope import everything


def people_between(
    centre: UUID, day: date, *, since: datetime, until: datetime, moving: UUID | None = None
) -> int:
    """The people who came between two instants of a day and did not leave unserved, and those booked for it who have not come.

    Args:
        moving: the appointment that gets another time: it is not counted.
    """
    with everything("a number of people, nobody's data"):
        came = Ticket.objects.filter(centre_id=centre, day=day, issued_at__gte=since, issued_at__lt=until)
        booked = Appointment.objects.filter(
            centre_id=centre, day=day, standing__in=(Standing.OFFERED, Standing.BOOKED)
        ).filter(starts_at__gte=since, starts_at__lt=until)
        booked = booked.exclude(id=moving) if moving else booked
        sums = (came.exclude(status=Status.LEFT), booked)
        return sum(one.aggregate(people=Sum("people"))["people"] or 0 for one in sums)


def room_at(view: centres.CentreView, moment: datetime, *, moving: UUID | None = None) -> int | None:
    """How many more people the stop of a moment can serve; None where no stop bounds it."""
    zone = ZoneInfo(view.zone)
    local = moment.astimezone(zone)
    found = centres.stop_of_hour(view.stops, local.date(), local.time())
    if found is None:
        return None
    held, since, until = found
    day = held.day
    counted = people_between(
        view.id,
        day,
        since=datetime.combine(day, since, zone),
        until=datetime.combine(day, until, zone),
        moving=moving,
    )
    return held.capacity - counted


def days_without_room(
    view: centres.CentreView, days: Iterable[date], *, moving: UUID | None = None
) -> frozenset[date]:
    """The days on which every stop of a mobile unit is full; none of a centre that stays where it is."""
    wanted, zone = frozenset(days), ZoneInfo(view.zone)
    room: dict[date, int] = {}
    for one in view.stops:
        if one.day in wanted:
            left = room_at(view, datetime.combine(one.day, one.opens, zone), moving=moving) or 0
            room[one.day] = max(room.get(one.day, 0), left)
    return frozenset(day for day, left in room.items() if left <= 0)
