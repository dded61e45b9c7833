"""A mobile unit's stop serves so many people and no more: its services share the room, and so do tickets and bookings."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.errors import StopIsFull
from onedoor.domain.queue.models import lock_days
from onedoor.domain.queue.queries.stops import room_at


def refuse_full_stop(
    view: centres.CentreView, *, moment: datetime, people: int, moving: UUID | None = None
) -> None:
    """Refuse people for whom the stop of a moment has no room, naming the next stop; a centre that stays is not asked.

    Only inside a transaction: it holds the stop's day, so that two who ask for the last place come one after another.

    Args:
        moving: the appointment that gets another time. Raises: StopIsFull.
    """
    local = moment.astimezone(ZoneInfo(view.zone))
    found = centres.stop_of_hour(view.stops, local.date(), local.time())
    if found is None:
        return
    lock_days(centre=view.id, days=[local.date()])
    room = room_at(view, moment, moving=moving)
    if room is not None and room < people:
        raise StopIsFull(centres.stop_is_full(view.id, found[0]), field="service")
