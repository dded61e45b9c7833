"""The end of a day that nobody ended: whoever still waits keeps the place, an hour after closing or over night."""

import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.actions.keeping import end_day, keep_line
from onedoor.domain.queue.actions.serving import leave_over_night
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries import today_of
from onedoor.domain.queue.queries.keeping import last_call
from onedoor.domain.queue.rules import OPEN
from onedoor.domain.queue.rules.keeping import KEPT_AT_ONCE, KEPT_FOR, KEPT_IN_THE_EVENING, ends_by_itself
from onedoor.kernel.scope import Actor, everything

log = logging.getLogger("onedoor.queue")
BATCH = 200


def end_days(*, by: Actor, at: datetime) -> int:
    """End today where the centre closed an hour ago with people waiting and nobody calls any more; gives how many places.

    The safety net of `end_day`, for a head who forgot; a centre that still serves is left alone until midnight.
    """
    with everything("days end at every centre"):
        near = [(at + timedelta(days=step)).date() for step in (-1, 0, 1)]
        waiting = Ticket.objects.filter(status__in=KEPT_IN_THE_EVENING, day__in=near)
        found = sorted(set(waiting.values_list("centre_id", "day")))
    return sum(_alone(_end_today, centre, day, by=by, at=at) for centre, day in found)


def end_past_days(*, by: Actor, at: datetime) -> int:
    """Nothing of a past day stays open: who waited keeps the place, the rest have left; gives how many.

    A place of a day a week ago or longer is not kept: the node was off, and people have come again or given up.
    """
    with everything("days end at every centre"):
        late = Ticket.objects.filter(status__in=OPEN, day__lt=(at + timedelta(days=1)).date())
        found = list(late.order_by("day", "centre_id").values_list("centre_id", "day").distinct())
    return sum(_alone(_end_past, centre, day, by=by, at=at) for centre, day in found)


def _alone(step: Callable[..., int], centre: UUID, day: date, *, by: Actor, at: datetime) -> int:
    """One day of one centre in a transaction of its own: one that cannot be ended leaves the others to be ended."""
    try:
        with transaction.atomic():
            return step(centre, day, by=by, at=at)
    except Exception as fault:
        more = {"centre": str(centre), "day": str(day), "fault": type(fault).__name__}
        log.warning("a day could not be ended", extra=more)
        return 0


def _end_today(centre: UUID, day: date, *, by: Actor, at: datetime) -> int:
    view = centres.centre(centre)
    closes = _closed_at(view, at)
    if day != today_of(view, at) or closes is None:
        return 0
    if not ends_by_itself(closes=closes, called=last_call(centre, day=day), at=at):
        return 0
    return end_day(by=by, at=at, centre=centre).tickets


def _end_past(centre: UUID, day: date, *, by: Actor, at: datetime) -> int:
    ended, view = 0, centres.centre(centre)
    if day >= today_of(view, at):
        return 0
    if today_of(view, at) - day <= KEPT_FOR:
        ended = keep_line(by=by, at=at, view=view, day=day, statuses=KEPT_AT_ONCE).tickets
    with everything("days end at every centre"):
        rows = Ticket.objects.filter(centre_id=centre, day=day, status__in=OPEN)
        left = list(rows.values_list("id", flat=True)[:BATCH])
    return ended + sum(leave_over_night(by=by, at=at, ticket=one, centre=centre) for one in left)


def _closed_at(view: centres.CentreView, at: datetime) -> datetime | None:
    """When today's hours ended, as they would be without the day having been ended; None where it does not open today."""
    zone = ZoneInfo(view.zone)
    day = today_of(view, at)
    periods = centres.opening_of(view, day)
    return datetime.combine(day, periods[-1][1], tzinfo=zone).astimezone(UTC) if periods else None
