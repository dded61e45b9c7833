"""The end of a day: who still waits has left."""

from datetime import datetime, timedelta

from django.db import transaction

from onedoor.domain.queue.actions.serving import leave_over_night
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries import today_at
from onedoor.domain.queue.rules import OPEN
from onedoor.kernel.scope import Actor, everything

BATCH = 200


def end_past_days(*, by: Actor, at: datetime) -> int:
    """End the open tickets of days that are over at their centre, at most 200 at a time; gives how many."""
    with everything("days end at every centre"):
        late = Ticket.objects.filter(status__in=OPEN, day__lt=(at + timedelta(days=1)).date())
        rows = list(late.order_by("day").values_list("id", "centre_id", "day")[:BATCH])
    ended = 0
    for ticket, centre, day in rows:
        if day < today_at(centre=centre, at=at):
            with transaction.atomic():
                ended += leave_over_night(by=by, at=at, ticket=ticket, centre=centre)
    return ended
