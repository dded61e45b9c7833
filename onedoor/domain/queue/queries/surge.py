"""Whether a hall can cope: how long its open work lasts, and who waits for a service that no open counter gives."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count

from onedoor.domain.centres import api as centres
from onedoor.domain.queue.models import Ticket
from onedoor.domain.queue.queries.days import today_of
from onedoor.domain.queue.rules import Status
from onedoor.domain.queue.rules.surge import DAYS, Clearing, clearing
from onedoor.kernel.scope import open_scope

LOOK_BACK = timedelta(days=60)


def to_clear(centre: UUID, *, at: datetime) -> list[Clearing]:
    """For each service for which somebody waits, today or with a kept place: the days until all are served. Two statements."""
    today = today_of(centres.centre(centre), at)
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre)
        waiting = rows.filter(day__gte=today, status__in=(Status.WAITING, Status.HELD))
        work = dict(waiting.values_list("service_id").annotate(Count("id")).order_by())
        past = rows.filter(day__gte=today - LOOK_BACK, day__lt=today, status=Status.SERVED)
        served = list(past.values_list("service_id", "day").annotate(Count("id")).order_by())
    days = sorted({day for _, day, _ in served})[-DAYS:]
    done = {(service, day): count for service, day, count in served}
    found = [
        clearing(subject=service, work=count, done=[done.get((service, day), 0) for day in days])
        for service, count in work.items()
    ]
    return sorted(found, key=lambda one: (-(one.likely or 0.0), -one.work, one.subject))


def unserved(centre: UUID, *, at: datetime) -> list[tuple[UUID, int]]:
    """The services for which people wait today although no open counter gives them, with how many wait."""
    view = centres.centre(centre)
    today = today_of(view, at)
    open_codes = {counter.code for counter in centres.counters(centre) if counter.state == "open"}
    only = {offer.service: set(offer.counters) for offer in view.offers if offer.holds_on(today)}
    with open_scope(centre=[centre]):
        rows = Ticket.objects.filter(centre_id=centre, day=today, status=Status.WAITING)
        waiting = rows.values_list("service_id").annotate(Count("id")).order_by("service_id")
        return [
            (service, count)
            for service, count in waiting
            if not (open_codes & only[service] if only.get(service) else open_codes)
        ]
