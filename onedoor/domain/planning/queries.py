"""What can be read of experiments: those of one's ministries, one with its result, and what one may try."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import require
from onedoor.domain.cases.api import LoggedPast, count_back, logged_back, numbers_back, services_with_logs
from onedoor.domain.catalogue.api import (
    CompiledProcess,
    Documents,
    Draft,
    NoProcess,
    ServiceView,
    documents_of,
    drafts,
    process_of,
    service,
    service_by_id,
    services,
)
from onedoor.domain.centres.api import counters_staffed
from onedoor.domain.planning.errors import NoLogHere, NoSuchExperiment
from onedoor.domain.planning.models import Experiment
from onedoor.domain.planning.permissions import EXPERIMENT, may_try, require_trying
from onedoor.domain.planning.rules.changes import Limit, limits_in, pairs
from onedoor.domain.planning.rules.findings import cases_in
from onedoor.domain.planning.rules.scripts import steps_of
from onedoor.domain.planning.rules.staffing import StaffPlan, plan
from onedoor.domain.queue.api import HallDay, hall_days
from onedoor.kernel.errors import DomainError
from onedoor.kernel.scope import Actor

MOST = 50
WEEKS = 8
"""Of past days from which the counters of a day are planned."""


@dataclass(frozen=True, kw_only=True)
class ExperimentView:
    """An experiment as its readers get it. ``done``, ``total``: how far it is while it runs; ``numbers``: cases one may see."""

    id: UUID
    service: ServiceView
    kind: str
    draft: UUID | None
    edition: UUID | None
    change: Mapping[str, Any]
    assumptions: Mapping[str, Any]
    since: date
    until: date
    seed: int
    state: str
    fault: str
    at: datetime
    done_at: datetime | None
    by: UUID
    done: int
    total: int
    running: bool
    result: Mapping[str, Any]
    numbers: Mapping[UUID, str]


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be tried with a service.

    Args:
        pairs: steps that can be merged, as (first, second) with their names. roles: whose number can be changed.
        over, open: cases of the period that are over, and that are not.
    """

    service: ServiceView
    drafts: tuple[Draft, ...]
    papers: tuple[tuple[str, Mapping[str, str]], ...]
    pairs: tuple[tuple[str, str, Mapping[str, str], Mapping[str, str]], ...]
    limits: tuple[Limit, ...]
    roles: tuple[tuple[str, Mapping[str, str]], ...]
    over: int
    open: int


def services_to_try(by: Actor) -> list[ServiceView]:
    """The services whose versions one may try out."""
    return [view for view in services() if may_try(by, view.authority)]


def choices(by: Actor, *, code: str, since: datetime, until: datetime) -> Choices:
    """What can be tried with a service, on the cases of a time. Errors: UnknownService, NotPermitted, OutOfReach."""
    view = service(code)
    require_trying(by, view.authority)
    process, documents = _process(view), documents_of(view.version_id)
    over, still = _count(by, view, since, until)
    return Choices(
        service=view,
        drafts=tuple(_drafts(by, code)),
        papers=tuple((paper.code, paper.name) for paper in view.papers),
        pairs=tuple((a.id, b.id, a.names, b.names) for a, b in pairs(process)) if process else (),
        limits=_limits(documents),
        roles=_roles(process),
        over=over,
        open=still,
    )


def logs_to_try(by: Actor) -> list[ServiceView]:
    """The services one may try of which an earlier system's log was loaded."""
    held = services_with_logs()
    return [view for view in services_to_try(by) if view.id in held]


def logged_choices(by: Actor, *, code: str) -> LoggedPast:
    """What the logs of a service tell, so that activities can be left out or done together.

    Errors: UnknownService, NotPermitted, OutOfReach, NoLogHere.
    """
    view = service(code)
    require_trying(by, view.authority)
    found = logged_back(by, service=view.id)
    if found is None:
        raise NoLogHere()
    return found


def experiments(by: Actor) -> list[ExperimentView]:
    """The experiments of one's ministries, the newest first."""
    require(by, EXPERIMENT)
    mine = {view.authority for view in services_to_try(by)}
    rows = Experiment.objects.select_related("progress").filter(authority_id__in=mine)
    return [_view(row, {}) for row in rows.order_by("-at", "id")[:MOST]]


def experiment(by: Actor, *, id: UUID) -> ExperimentView:
    """One experiment; the numbers of cases only as far as one may open them. Errors: NoSuchExperiment, NotPermitted."""
    require(by, EXPERIMENT)
    row = Experiment.objects.select_related("progress").filter(id=id).first()
    if row is None or not may_try(by, row.authority_id):
        raise NoSuchExperiment()
    found = cases_in(row.result) if row.result.get("n") else []
    return _view(row, _numbers(by, found))


def _numbers(by: Actor, cases: list[UUID]) -> Mapping[UUID, str]:
    return numbers_back(by, cases=cases) if cases else {}


def _drafts(by: Actor, code: str) -> list[Draft]:
    try:
        return drafts(by=by, code=code)
    except DomainError:
        return []  # who may try a version need not be one who writes any


def _count(by: Actor, view: ServiceView, since: datetime, until: datetime) -> tuple[int, int]:
    try:
        return count_back(by, service=view.id, since=since, until=until)
    except DomainError:
        return 0, 0


def _process(view: ServiceView) -> CompiledProcess | None:
    try:
        return process_of(view.version_id)
    except NoProcess:
        return None


def _limits(documents: Documents) -> tuple[Limit, ...]:
    return tuple(limits_in(documents.decisions))


def _roles(process: CompiledProcess | None) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The roles of the lanes with steps of people, each once, under the name of its first lane."""
    found: dict[str, Mapping[str, str]] = {}
    for node in steps_of(process) if process else ():
        if node.lane is not None and node.lane.audience in ("front", "back"):
            found.setdefault(node.lane.role, node.lane.names)
    return tuple(found.items())


def _view(row: Experiment, numbers: Mapping[UUID, str]) -> ExperimentView:
    progress = getattr(row, "progress", None)
    return ExperimentView(
        id=row.id,
        service=service_by_id(row.service_id),
        kind=row.kind,
        draft=row.draft_id,
        edition=row.edition_id,
        change=row.change,
        assumptions=row.assumptions,
        since=row.since,
        until=row.until,
        seed=row.seed,
        state=row.state,
        fault=row.fault,
        at=row.at,
        done_at=row.done_at,
        by=row.by,
        done=progress.done if progress else 0,
        total=progress.total if progress else 0,
        running=progress is not None,
        result=row.result,
        numbers=numbers,
    )


def staff_plan(centre: UUID, *, day: date, limit: int, share: int) -> StaffPlan:
    """Counters by half hour for a day of a centre, from its past days; the caller has asked for the permission.

    Args:
        limit, share: the standard: minutes, and the per cent who wait no longer.
    """
    days = hall_days(centre, since=day - timedelta(weeks=WEEKS), until=day - timedelta(days=1))
    staffed = counters_staffed(centre, day)
    planned: dict[int, int] = {}
    for periods in staffed.values():
        for slot in range(48):
            middle = time(slot // 2, slot % 2 * 30 + 15)
            planned[slot] = planned.get(slot, 0) + any(opens <= middle < closes for opens, closes in periods)
    return _planned(tuple(days), day.isoweekday(), limit, share, tuple(sorted(planned.items())))


@lru_cache(maxsize=32)
def _planned(
    days: tuple[HallDay, ...], weekday: int, limit: int, share: int, planned: tuple[tuple[int, int], ...]
) -> StaffPlan:
    """The same for the same past, which takes a second to live through."""
    return plan(days, weekday=weekday, limit=limit, share=share, planned=dict(planned))
