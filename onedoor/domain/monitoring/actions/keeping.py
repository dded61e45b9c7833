"""Keeping the projections: letting go of what no question needs any more, and making everything anew."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from onedoor.domain.monitoring.models import (
    Film,
    Grievance,
    Hall,
    Heard,
    Matter,
    MomentRow,
    Post,
    TallyRow,
    Till,
    TurnRow,
    Visit,
    films_to_make,
    make_film,
    only_projector,
)
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import from_the_beginning

FOLLOWER = "monitoring.project"
BATCH = 200


def forget_old(*, before: datetime) -> int:
    """Let go of visits, turns, moments and marks from before an instant; gives how many. Films of those days stay.

    A day that has no film yet keeps all of which its film will be made.
    """
    unpacked = {day for _centre, day in films_to_make(before=before.date(), most=BATCH)}
    day = min(unpacked, default=before.date())
    filmed = min(before, datetime.combine(day, time(), ZONE))
    gone = [
        Visit.objects.filter(day__lt=day),
        TurnRow.objects.filter(at__lt=filmed).exclude(letter__in=_standing()),
        MomentRow.objects.filter(at__lt=filmed),
        Heard.objects.filter(at__lt=before),
    ]
    return sum(rows.delete()[0] for rows in gone)


def pack_days(*, before: date) -> int:
    """Make the films of days that are over, at most 200 at a time; gives how many."""
    days = films_to_make(before=before, most=BATCH)
    for centre, day in days:
        make_film(centre=centre, day=day)
    return len(days)


def _standing() -> QuerySet[TurnRow, int]:
    """The last turn of each counter, which says how it stands."""
    last = TurnRow.objects.order_by("counter", "-at", "-letter").distinct("counter")
    return last.values_list("letter", flat=True)


@transaction.atomic
def make_anew() -> None:
    """Empty the projections and go back to the first letter; the worker then hears them all again."""
    from_the_beginning(FOLLOWER)  # waits for who follows, who asks for the lock of projectors only then
    only_projector()
    for table in (Visit, Matter, Grievance, Hall, Post, Till, TurnRow, MomentRow, Film, Heard, TallyRow):
        table.objects.all().delete()
