"""Keeping the projections: letting go of what no question needs any more, and making everything anew."""

from datetime import datetime

from django.db import transaction

from onedoor.domain.monitoring.models import (
    Grievance,
    Hall,
    Heard,
    Matter,
    Post,
    TallyRow,
    Till,
    Visit,
    only_projector,
)
from onedoor.kernel.letters import from_the_beginning

FOLLOWER = "monitoring.project"


def forget_old(*, before: datetime) -> int:
    """Let go of visits and marks from before an instant; gives how many."""
    visits, _ = Visit.objects.filter(day__lt=before.date()).delete()
    marks, _ = Heard.objects.filter(at__lt=before).delete()
    return visits + marks


@transaction.atomic
def make_anew() -> None:
    """Empty the projections and go back to the first letter; the worker then hears them all again."""
    from_the_beginning(FOLLOWER)  # waits for who follows, who asks for the lock of projectors only then
    only_projector()
    for table in (Visit, Matter, Grievance, Hall, Post, Till, Heard, TallyRow):
        table.objects.all().delete()
