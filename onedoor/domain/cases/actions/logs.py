"""Loading the cases of an earlier system from its event log: whole or not at all, once, each step with its letter."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from django.db import IntegrityError, transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.errors import NoSuchLog
from onedoor.domain.cases.events import CaseClosed, CaseReceived, LogOpened, StepTaken
from onedoor.domain.cases.models import KIND, EventLog, NewCase, traces_here, write_cases
from onedoor.domain.cases.permissions import LOAD
from onedoor.domain.cases.rules import ZONE, local
from onedoor.domain.cases.rules.finding import search_words
from onedoor.domain.cases.rules.logs import (
    LOG,
    Loaded,
    LoggedTrace,
    LogView,
    log_id,
    node_name,
    resource_id,
    trace_id,
)
from onedoor.domain.catalogue.api import service_by_id
from onedoor.domain.centres.api import centre as centre_of
from onedoor.kernel.errors import Conflict
from onedoor.kernel.letters import publish
from onedoor.kernel.letters.many import Happened, publish_many
from onedoor.kernel.numbers import draw_many
from onedoor.kernel.scope import Actor, everything

SERIES = "L"
OURS = "the permission is asked at the log's own centre"


@transaction.atomic
def open_log(
    *, by: Actor, at: datetime, service: UUID, centre: UUID, name: str, header: Mapping[str, Any]
) -> LogView:
    """Begin to load a log, or take up one of the same name that was begun before; it stays as it was then.

    Args:
        header: what stands before the traces, to be written out again.
    Errors: Refused, UnknownService, UnknownCentre, Conflict (two began at once: try again).
    """
    require(by, LOAD, at=centre)
    centre_of(centre)
    service_by_id(service)
    id = log_id(service=service, centre=centre, name=name)
    with everything(OURS):
        held = EventLog.objects.select_for_update().filter(id=id).first()
    if held is None:
        held = EventLog(
            id=id, name=name[:300], service_id=service, centre_id=centre, header=header, loaded_at=at
        )
        try:
            with transaction.atomic():
                held.save()
        except IntegrityError as fault:  # somebody else began to load the same log in this moment
            raise Conflict from fault
        publish(LogOpened(service=service), of=held, by=by, at=at, centre=centre)
    return LogView(id=id, name=held.name, service=service, centre=centre, header=held.header)


@transaction.atomic
def load_traces(*, by: Actor, at: datetime, log: UUID, traces: Sequence[LoggedTrace]) -> Loaded:
    """Load some traces of a log as cases; those that are here already stay as they are.

    Args:
        at: the instant at which this run of loading began, the same for all its batches.
    Errors: Refused, NoSuchLog.
    """
    with everything(OURS):
        held = EventLog.objects.select_for_update().filter(id=log).first()
    if held is None:
        raise NoSuchLog()
    require(by, LOAD, at=held.centre_id)
    new, same, differing = _sorted_out(held.id, traces, at=at)
    place = centre_of(held.centre_id)
    cases = list(_cases(held, new, by=by, at=at, code=place.code, zone=place.zone))
    write_cases(cases, units=frozenset({held.centre_id}))
    publish_many([one for case in cases for one in _letters(case)], kind=KIND, by=by, centre=held.centre_id)
    return Loaded(new=len(cases), same=same, differing=tuple(differing))


New = tuple[UUID, bytes, LoggedTrace]


def _sorted_out(
    log: UUID, traces: Sequence[LoggedTrace], *, at: datetime
) -> tuple[list[New], int, list[str]]:
    """Which traces are new, how many are here already, and the names of those that are here with other contents.

    A name that stood in this very log before (loaded at this same instant) is another case of the same name.
    """
    ids = [(trace_id(log, one.name), trace_id(log, one.name, one.place)) for one in traces]
    here = traces_here(ids={id for pair in ids for id in pair})
    new: list[New] = []
    same, differing = 0, []
    for (id, twin), trace in zip(ids, traces, strict=True):
        digest = _digest(trace)
        if twin in here:
            kept: bytes | None = here[twin][1]
        elif id not in here:
            kept = None
            here[id] = (trace.place, digest, at)
            new.append((id, digest, trace))
        elif here[id][2] == at and here[id][0] != trace.place:
            kept = None
            here[twin] = (trace.place, digest, at)
            new.append((twin, digest, trace))
        else:
            kept = here[id][1]
        if kept == digest:
            same += 1
        elif kept is not None:
            differing.append(trace.name)
    return new, same, differing


def _digest(trace: LoggedTrace) -> bytes:
    return sha256(orjson.dumps([trace.name, list(trace.attributes), list(trace.of_events)])).digest()


def _cases(
    held: EventLog, new: Sequence[New], *, by: Actor, at: datetime, code: str, zone: str
) -> Iterator[NewCase]:
    """The rows of new cases. Numbers come from a series of their own, by the year in which a case was received."""
    service = service_by_id(held.service_id)
    here = ZoneInfo(zone)
    years = [trace.began.astimezone(here).year for _, _, trace in new]
    numbers = {
        year: iter(draw_many(place=code, year=year, series=SERIES, count=years.count(year)))
        for year in sorted(set(years))
    }
    for (id, digest, trace), year in zip(new, years, strict=True):
        number = next(numbers[year])
        yield NewCase(
            id=id,
            number=number,
            words=search_words(number, trace.name),
            centre=held.centre_id,
            authority=service.authority,
            service=held.service_id,
            edition=service.version_id,
            status="closed" if trace.ended else "in_progress",
            began=trace.began,
            ended=trace.ended,
            due_on=local(trace.deadline, ZONE) if trace.deadline else None,
            by=by.id,
            log=held.id,
            place=trace.place,
            name=trace.name,
            deadline=trace.deadline,
            attributes=trace.attributes,
            events=trace.of_events,
            digest=digest,
            at=at,
            steps=_steps(id, held.id, trace),
            closed=trace.closed,
        )


def _steps(case: UUID, log: UUID, trace: LoggedTrace) -> list[Any]:
    """The steps of a case: each opens when the one before it was done."""
    steps, since = [], trace.began
    for place, event in enumerate(trace.events, start=1):
        id = trace_id(case, "step", place)
        done_by = resource_id(log, event.resource)
        steps.append((id, id, node_name(event.activity), since, event.at, done_by))
        since = event.at
    return steps


def _letters(case: NewCase) -> Iterator[Happened]:
    """The letters of a case as they would have been written at the time."""
    received = CaseReceived(
        number=case.number,
        service=case.service,
        authority=case.authority,
        visit=None,
        person=None,
        due=case.due_on.isoformat() if case.due_on else "",
        origin=LOG,
    )
    yield Happened(case.id, 1, received, case.began)
    for version, (id, _, node, _, done, _) in enumerate(case.steps, start=2):
        last = version == len(case.steps) + 1 and not case.closed
        step = StepTaken(
            task=id,
            node=node,
            outcome="done",
            status=case.status if last else "in_progress",
            waiting="",
            on_time=None,
            visit=None,
        )
        yield Happened(case.id, version, step, done)
    if case.closed and case.ended is not None:
        on_time = None if case.deadline is None else case.ended <= case.deadline
        yield Happened(case.id, case.letters, CaseClosed(status=case.status, on_time=on_time), case.ended)
