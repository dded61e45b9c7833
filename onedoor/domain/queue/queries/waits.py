"""How long people wait."""

from datetime import datetime
from uuid import UUID

from django.db.models import Avg, DurationField, ExpressionWrapper, F, Q

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.days import today_rows
from onedoor.domain.queue.queries.hall import waiting_count
from onedoor.domain.queue.rules import USUAL_MINUTES, Status, naive_wait
from onedoor.kernel.scope import open_scope


def expected_wait(
    centre: UUID, service: UUID | None = None, *, at: datetime, ahead: int | None = None
) -> int | None:
    """The estimated wait in minutes of who would come last (or has ``ahead`` people ahead); None when no counter is open.

    The naive formula: people ahead, times the average service of today, over the open counters. One line serves all
    services, so ``service`` narrows the average only.
    """
    people = waiting_count(centre, at=at) if ahead is None else ahead
    return naive_wait(
        people_ahead=people,
        service_minutes=service_minutes(centre, service, at=at),
        open_counters=sum(counter.state == "open" for counter in centres.counters(centre)),
    )


def service_minutes(centre: UUID, service: UUID | None = None, *, at: datetime) -> float:
    """The average length of today's services at a centre, in minutes; the usual one before anyone was served."""
    length = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    with open_scope(centre=[centre]):
        served = today_rows(centre, at).filter(status=Status.SERVED, started_at__isnull=False)
        if service is not None and served.filter(service_id=service).exists():
            served = served.filter(service_id=service)
        mean = served.aggregate(mean=Avg(length))["mean"]
    return mean.total_seconds() / 60 if mean else USUAL_MINUTES


def people_ahead(of: Ticket) -> int:
    """How many wait before this ticket; 0 when it no longer waits."""
    if of.status != Status.WAITING:
        return 0
    with open_scope(centre=[of.centre_id]):
        return (
            Ticket.objects.filter(centre_id=of.centre_id, day=of.day, status=Status.WAITING)
            .filter(Q(place__lt=of.place) | Q(place=of.place, id__lt=of.id))
            .count()
        )
