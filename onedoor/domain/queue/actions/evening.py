"""The end of a day that nobody ended: whoever still waits keeps the place, an hour after closing or over night."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.keeping import end_day, keep_line
from onedoor.domain.queue.actions.serving import leave_over_night
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries import today_at, today_of
from onedoor.domain.queue.queries.keeping import last_call
from onedoor.domain.queue.rules import OPEN
from onedoor.domain.queue.rules.keeping import KEPT_AT_ONCE, KEPT_FOR, KEPT_IN_THE_EVENING, ends_by_itself
from onedoor.kernel.scope import Actor, everything

BATCH = 200


def end_days(*, by: Actor, at: datetime) -> int:
    """End today where the centre closed an hour ago with people waiting and nobody calls any more; gives how many places.

    The safety net of `end_day`, for a head who forgot; a centre that still serves is left alone until midnight.
    """
    with everything("days end at every centre"):
        near = [(at + timedelta(days=step)).date() for step in (-1, 0, 1)]
        waiting = Ticket.objects.filter(status__in=KEPT_IN_THE_EVENING, day__in=near)
        found = sorted(set(waiting.values_list("centre_id", "day")))
    kept = 0
    for centre, day in found:
        view = centres.centre(centre)
        closes = _closed_at(view, at)
        if day != today_of(view, at) or closes is None:
            continue
        if ends_by_itself(closes=closes, called=last_call(centre, day=day), at=at):
            kept += end_day(by=by, at=at, centre=centre).tickets
    return kept


def end_past_days(*, by: Actor, at: datetime) -> int:
    """Nothing of a past day stays open: who waited keeps the place, the rest have left; gives how many.

    A place of a day a week ago or longer is not kept: the node was off, and people have come again or given up.
    """
    with everything("days end at every centre"):
        late = Ticket.objects.filter(status__in=OPEN, day__lt=(at + timedelta(days=1)).date())
        rows = list(late.order_by("day").values_list("id", "centre_id", "day")[:BATCH])
    ended = 0
    kept: set[tuple[UUID, object]] = set()
    for ticket, centre, day in rows:
        today = today_at(centre=centre, at=at)
        if day >= today:
            continue
        if today - day <= KEPT_FOR and (centre, day) not in kept:
            kept.add((centre, day))
            view = centres.centre(centre)
            ended += keep_line(by=by, at=at, view=view, day=day, statuses=KEPT_AT_ONCE).tickets
        with transaction.atomic():
            ended += leave_over_night(by=by, at=at, ticket=ticket, centre=centre)
    return ended


def _closed_at(view: centres.CentreView, at: datetime) -> datetime | None:
    """When today's hours ended, as they would be without the day having been ended; None where it does not open today."""
    zone = ZoneInfo(view.zone)
    day = today_of(view, at)
    periods = centres.opening_of(view, day)
    return datetime.combine(day, periods[-1][1], tzinfo=zone).astimezone(UTC) if periods else None
