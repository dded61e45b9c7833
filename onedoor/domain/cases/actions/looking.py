"""Looking back at the cases of a period as a whole: permitted, written down once for all of them, then read as one goes along."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from onedoor.domain.access.api import record_sight
from onedoor.domain.cases.actions.moving import Ground
from onedoor.domain.cases.models import Case, Paper, Preparation, Task, Wait
from onedoor.domain.cases.permissions import require_looking_back
from onedoor.domain.cases.queries.looking import received_in, step_of
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.cases.rules.lived import LivedCase, LivedWait, OpenStep
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.cases.rules.traits import traits
from onedoor.domain.catalogue.api import Node, form_to_ask, service_by_id
from onedoor.domain.payments.api import fees_of
from onedoor.kernel.scope import Actor, everything

WHY = "the permission is asked at the service's authority"
AT_ONCE = 500


def look_back(
    *, by: Actor, at: datetime, service: UUID, since: datetime, until: datetime, why: str
) -> Iterator[LivedCase]:
    """The cases of a service that were received in this time, over or open, oldest first; one sight is recorded for all.

    Args:
        until: the first instant that is outside. why: a short code of the reason, for the log of sights.
    Errors: UnknownService, Refused (at once, before the first is read).
    """
    held = service_by_id(service)
    require_looking_back(by, held.authority)
    record_sight(by=by, at=at, subject=service, why=why, kind="cases.period")
    with everything(WHY):
        rows = received_in(service, since, until)
    return _read(rows)


def office_of_step(*, node: Node, mark: str, centre: UUID, authority: UUID, at: datetime) -> UUID:
    """The unit whose people do a step of a case; ``mark``: its place, where it runs for several units."""
    seat = node.several.units[int(mark)] if node.several and node.several.units and mark else ""
    return Ground(centre=centre, authority=authority, at=at).unit_of(node, seat)


def _read(rows: QuerySet[Case]) -> Iterator[LivedCase]:
    """Batch by batch, so that a quarter of a large service is never in memory as rows."""
    after: tuple[datetime, UUID] | None = None
    while True:
        with everything(WHY):
            batch = list(_batch(rows, after))
        if not batch:
            return
        ids = [held.id for held in batch]
        fees, channels = fees_of(subjects=ids), _channels(ids)
        yield from [_lived(held, fees.get(held.id), channels.get(held.id, "")) for held in batch]
        after = (batch[-1].received_at or batch[-1].opened_at, batch[-1].id)


def _batch(rows: QuerySet[Case], after: tuple[datetime, UUID] | None) -> QuerySet[Case]:
    if after is not None:
        rows = rows.filter(Q(received_at__gt=after[0]) | Q(received_at=after[0], id__gt=after[1]))
    steps = Task.objects.filter(state__in=["done", "open"]).order_by("done_at", "place")
    return rows.order_by("received_at", "id").prefetch_related(
        Prefetch("tasks", queryset=steps),
        Prefetch("papers", queryset=Paper.objects.only("code", "added_at", "case_id")),
        Prefetch("waits", queryset=Wait.objects.only("node", "since", "state", "case_id")),
    )[:AT_ONCE]


def _channels(cases: list[UUID]) -> dict[UUID, str]:
    """Where these cases were prepared, of those that were."""
    taken = Preparation.objects.filter(case_id__in=cases, state="taken")
    return {case: channel for case, channel in taken.values_list("case_id", "channel") if case is not None}


def _lived(held: Case, fee: int | None, channel: str) -> LivedCase:
    assert held.received_at is not None
    tasks = list(held.tasks.all())
    return LivedCase(
        id=held.id,
        centre=held.centre_id,
        authority=held.authority_id,
        edition=held.edition_id,
        opened_at=held.opened_at,
        received_at=held.received_at,
        closed_at=held.closed_at,
        due_on=held.due_on,
        status=held.status,
        decision=held.outcome,
        answers=held.data,
        papers=tuple((row.code, row.added_at) for row in held.papers.all()),
        steps=tuple(step_of(row) for row in tasks if row.state == "done" and row.done_at is not None),
        waits=tuple(LivedWait(row.node, row.since, row.state == "heard") for row in held.waits.all()),
        pending=tuple(
            OpenStep(row.node, row.audience, row.unit_id, row.opened_at)
            for row in tasks
            if row.state == "open"
        ),
        channel=channel,
        ticket=held.ticket,
        traits={} if held.origin == LOG else _traits(held),
        fee=fee,
        log=held.origin == LOG,
    )


def _traits(held: Case) -> dict[str, str]:
    """Sex and age group by her answers; no names and no dates."""
    asked = form_to_ask(held.edition_id).applicant
    said = {key: held.data.get(name) for key, name in asked.items()}
    assert held.received_at is not None
    known = traits(said, today=local(held.received_at, ZONE))
    return {key: known[key] for key in ("sex", "age") if key in known}
