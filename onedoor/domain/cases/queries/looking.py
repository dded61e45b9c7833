"""The cases of a period, how many of them are over, and the numbers of those that an office had in its hands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from onedoor.domain.cases.models import Case, EventLog, Task
from onedoor.domain.cases.permissions import lanes_of, require_looking_back
from onedoor.domain.cases.queries.views import numbers_of
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.catalogue.api import service_by_id
from onedoor.kernel.scope import Actor, everything

WHY = "the permission is asked at the service's authority, or at the office that had the task"


@dataclass(frozen=True)
class LoggedPast:
    """The cases that came from logs: of which, how many, received from when to when, and how often each activity was done."""

    logs: tuple[str, ...]
    cases: int
    first: datetime
    last: datetime
    activities: tuple[tuple[str, int], ...]


def count_back(by: Actor, *, service: UUID, since: datetime, until: datetime) -> tuple[int, int]:
    """How many cases of a service were received in this time: those that are over, and those that are not. Errors: Refused."""
    require_looking_back(by, service_by_id(service).authority)
    with everything(WHY):
        came = received_in(service, since, until)
        ended = came.filter(closed_at__isnull=False).count()
        return ended, came.count() - ended


def numbers_back(by: Actor, *, cases: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of those of these cases that one may open: at one's centres, or through a task that one's office had."""
    with everything(WHY):
        had = Task.objects.filter(case_id__in=cases, audience="back", unit_id__in=lanes_of(by).back)
        mine = {id: number or "" for id, number in had.values_list("case_id", "case__number").distinct()}
    return mine | numbers_of(by, cases=cases)


def logged_back(by: Actor, *, service: UUID) -> LoggedPast | None:
    """What an earlier system's logs tell of a service; None where none was loaded. Errors: Refused."""
    require_looking_back(by, service_by_id(service).authority)
    with everything(WHY):
        names = tuple(
            EventLog.objects.filter(service_id=service).order_by("name").values_list("name", flat=True)
        )
        held = Case.objects.filter(service_id=service, origin=LOG, closed_at__isnull=False)
        about = held.aggregate(cases=Count("id"), first=Min("received_at"), last=Max("received_at"))
        steps = (
            Task.objects.filter(case__in=held, state="done").values_list("node").annotate(times=Count("id"))
        )
        found = tuple(steps.order_by("-times", "node"))
    if not about["cases"]:
        return None
    return LoggedPast(names, about["cases"], about["first"], about["last"], found)


def services_with_logs() -> set[UUID]:
    """The services of which an earlier system's log was loaded."""
    with everything("which services have logs is no secret to whoever may try them"):
        return set(EventLog.objects.values_list("service_id", flat=True))


def received_in(service: UUID, since: datetime, until: datetime) -> QuerySet[Case]:
    """The cases that were received in this time, over or open; for callers that have asked for the permission."""
    return Case.objects.filter(
        service_id=service,
        received_at__gte=since,
        received_at__lt=until,
        number__isnull=False,
    ).exclude(status="withdrawn")
