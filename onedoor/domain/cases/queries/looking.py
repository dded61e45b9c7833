"""How many cases of a period are over, and the numbers of those that an office had in its hands."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from onedoor.domain.cases.models import Case, Task
from onedoor.domain.cases.permissions import lanes_of, require_looking_back
from onedoor.domain.cases.queries.views import numbers_of
from onedoor.domain.catalogue.api import service_by_id
from onedoor.kernel.scope import Actor, everything

WHY = "the permission is asked at the service's authority, or at the office that had the task"


def count_back(by: Actor, *, service: UUID, since: datetime, until: datetime) -> tuple[int, int]:
    """How many cases of a service were received in this time: those that are over, and those that are not. Errors: Refused."""
    require_looking_back(by, service_by_id(service).authority)
    with everything(WHY):
        came = Case.objects.filter(service_id=service, received_at__gte=since, received_at__lt=until)
        ended = over(service, since, until).count()
        return ended, came.exclude(status="withdrawn").count() - ended


def numbers_back(by: Actor, *, cases: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of those of these cases that one may open: at one's centres, or through a task that one's office had."""
    with everything(WHY):
        had = Task.objects.filter(case_id__in=cases, audience="back", unit_id__in=lanes_of(by).back)
        mine = {id: number or "" for id, number in had.values_list("case_id", "case__number").distinct()}
    return mine | numbers_of(by, cases=cases)


def over(service: UUID, since: datetime, until: datetime) -> QuerySet[Case]:
    """The cases that were received in this time and are over; for callers that have asked for the permission."""
    return Case.objects.filter(
        service_id=service,
        received_at__gte=since,
        received_at__lt=until,
        closed_at__isnull=False,
        number__isnull=False,
    ).exclude(status="withdrawn")
