"""What the worker learns of a hall every night, from its tickets of the last weeks."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models.waits import HallWaits, see_days
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.queries.waited import WEEKS
from onedoor.domain.queue.rules.waits.busy import tallied
from onedoor.domain.queue.rules.waits.kept import days_of, taught_by
from onedoor.kernel.scope import Actor


def learn_waits(*, by: Actor, at: datetime, most: int = 1) -> int:
    """Learn of some halls whose day is over and that were not learnt of since; gives how many.

    Args:
        most: halls at once, as each takes some seconds of computing.
    """
    known = dict(HallWaits.objects.values_list("centre_id", "learnt_on"))
    due = [view for view in centres.centres() if known.get(view.id, date.min) < today_of(view, at)]
    for view in sorted(due, key=lambda view: known.get(view.id, date.min))[:most]:
        learn_hall(by=by, at=at, centre=view.id)
    return min(len(due), most)


def learn_hall(*, by: Actor, at: datetime, centre: UUID) -> int:
    """Learn of one hall from its last eight weeks without today; gives from how many days."""
    view = centres.centre(centre)
    today = today_of(view, at)
    rows = see_days(centre=centre, since=today - timedelta(weeks=WEEKS), until=today - timedelta(days=1))
    whole, parts = days_of(rows, zone=ZoneInfo(view.zone))
    taught = {"lines": taught_by(whole, parts), "busy": tallied(whole)}
    with transaction.atomic():
        HallWaits.objects.filter(centre_id=centre).delete()
        HallWaits.objects.create(centre_id=centre, learnt_on=today, days=len(whole), taught=taught)
    return len(whole)
