"""The cases of a period, how many of them are over, their numbers, and what their people did beside."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from onedoor.domain.cases.models import Case, EventLog, Task
from onedoor.domain.cases.permissions import lanes_of, require_looking_back
from onedoor.domain.cases.queries.views import numbers_of
from onedoor.domain.cases.rules.lived import LivedStep
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.catalogue.api import service_by_id
from onedoor.kernel.scope import Actor, everything

WHY = "the permission is asked at the service's authority, or at the office that had the task"
AT_ONCE = 5_000


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


def steps_beside(
    by: Actor, *, service: UUID, people: Collection[UUID], since: datetime, until: datetime
) -> Iterator[LivedStep]:
    """What these people did for other services in this time, oldest first: when, in which lane, and nothing of the case.

    Errors: UnknownService, Refused (of the service for whose reform it is asked; at once, before the first is read).
    """
    require_looking_back(by, service_by_id(service).authority)
    done = Task.objects.filter(
        state="done", kind="user", done_by__in=set(people), done_at__gte=since, done_at__lte=until
    )
    return _beside(done.exclude(case__service_id=service).exclude(case__origin=LOG))


def _beside(done: QuerySet[Task]) -> Iterator[LivedStep]:
    after: tuple[datetime, UUID] | None = None
    while True:
        rows = done.filter(Q(done_at__gt=after[0]) | Q(done_at=after[0], id__gt=after[1])) if after else done
        with everything(WHY):
            batch = list(rows.order_by("done_at", "id")[:AT_ONCE])
        if not batch:
            return
        yield from [step_of(row) for row in batch]
        assert batch[-1].done_at is not None
        after = (batch[-1].done_at, batch[-1].id)


def step_of(row: Task) -> LivedStep:
    """A step that was done, without what was asked or answered in it."""
    assert row.done_at is not None
    return LivedStep(
        node=row.node,
        kind=row.kind,
        audience=row.audience,
        role=row.role,
        unit=row.unit_id,
        opened_at=row.opened_at,
        done_at=row.done_at,
        outcome=row.outcome,
        by=row.done_by,
    )


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
