"""Loaded logs: their figures, their traces in order, and the timeline of a case that came from one."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from onedoor.domain.access.api import require, unit
from onedoor.domain.cases.errors import NoSuchLog
from onedoor.domain.cases.models import Case, EventLog, Task, Trace, log_in_figures
from onedoor.domain.cases.permissions import LOAD
from onedoor.domain.cases.rules.due import ZONE
from onedoor.domain.cases.rules.logs import LOG, LogFigures, LogView, OwnTrace, Wait
from onedoor.domain.cases.rules.shown import Step
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.scope import Actor, everything

OURS = "the permission is asked at the log's own centre"


def event_log(by: Actor, *, log: UUID) -> LogView:
    """A log that was loaded. Errors: NoSuchLog, Refused."""
    with everything(OURS):
        held = EventLog.objects.filter(id=log).first()
    if held is None:
        raise NoSuchLog()
    require(by, LOAD, at=held.centre_id)
    return LogView(
        id=held.id, name=held.name, service=held.service_id, centre=held.centre_id, header=held.header
    )


def log_figures(by: Actor, *, log: UUID) -> LogFigures:
    """What a loaded log comes to, reckoned by the database: counts, durations, deadlines, the longest waits.

    Waits are from one activity to the one that followed it, by their median; pairs seen less than five times are left out
    where enough others are there.
    """
    event_log(by, log=log)
    counts, waiting = log_in_figures(log=log, zone=ZONE)
    cases, finished, events, activities, took, worked, due, late, late_days, open_due, open_late = counts
    waits = tuple(
        Wait(before=before, after=after, times=times, median=median, longest=longest)
        for before, after, times, median, longest in waiting
    )
    return LogFigures(
        cases=cases,
        finished=finished,
        events=int(events),
        activities=activities,
        median=took[0] if took else None,
        p90=took[1] if took else None,
        worked_median=worked[0] if worked else None,
        worked_p90=worked[1] if worked else None,
        due=due,
        late=late,
        late_days=late_days,
        open_due=open_due,
        open_late=open_late,
        waits=waits,
    )


def logged_name(held: Case) -> str:
    """What a case was called in the log that it came from."""
    return Trace.objects.values_list("name", flat=True).get(case_id=held.id)


def logged_timeline(held: Case) -> tuple[Step, ...]:
    """Each step of a case that came from a log: the activity, who (a pseudonym, else the office), and when."""
    said = Trace.objects.values_list("events", flat=True).get(case_id=held.id)
    office = unit(held.authority_id).name
    return tuple(
        _step(row, attributes, office)
        for row, attributes in zip(held.tasks.order_by("place"), said, strict=False)
    )


def _step(row: Any, attributes: list[Any], office: Any) -> Step:
    who, what = said_in(attributes, "org:resource"), said_in(attributes, "concept:name")
    return Step(
        names={"lo": what, "en": what},
        holder={"lo": who, "en": who} if who else office,
        audience=row.audience,
        state=row.state,
        opened_at=row.opened_at,
        due_on=None,
        due_words="",
        why="",
        done_at=row.done_at,
        outcome=row.outcome,
        outcome_words="",
        reason="",
        on_time=None,
    )


def said_in(attributes: list[Any], key: str) -> str:
    """The value of a key among the attributes of a log; empty where it is not."""
    return next((str(one[2]) for one in attributes if one[1] == key), "")


def logs_of(by: Actor, *, service: UUID, centre: UUID | None = None) -> list[LogView]:
    """The logs that were loaded for a service (at a centre), in the order in which they came."""
    with everything(OURS):
        rows = EventLog.objects.filter(service_id=service).order_by("loaded_at", "id")
        found = list(rows.filter(centre_id=centre) if centre else rows)
    return [event_log(by, log=row.id) for row in found]


def traces_of(by: Actor, *, log: UUID) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Every trace of a log as it stood there: name, attributes, events; in its order, read as one goes along."""
    event_log(by, log=log)
    rows = Trace.objects.filter(log=log).order_by("place").values_list("name", "attributes", "events")
    yield from rows.iterator(chunk_size=200)


def own_traces(by: Actor, *, service: UUID, centre: UUID | None = None) -> Iterator[OwnTrace]:
    """The cases of a service that were received here, with the steps that were done; read as one goes along.

    Errors: Refused (the permission is asked at every centre, or at the one that is named).
    """
    require(by, LOAD, at=centre)
    rows = Case.objects.filter(service_id=service, number__isnull=False).exclude(origin=LOG)
    if centre is not None:
        rows = rows.filter(centre_id=centre)
    done = Prefetch("tasks", queryset=Task.objects.filter(state="done").order_by("place"))
    for held in rows.order_by("received_at", "id").prefetch_related(done).iterator(chunk_size=200):
        process = process_of(held.edition_id)
        yield OwnTrace(
            number=held.number or "",
            status=held.status,
            received_at=held.received_at,
            closed_at=held.closed_at,
            due_at=_end_of(held.due_on) if held.due_on else None,
            steps=tuple(
                (
                    process.node(row.node).names.get("en", row.node),
                    _group(row),
                    row.done_by,
                    row.done_at,
                    row.outcome,
                )
                for row in held.tasks.all()
                if row.done_at is not None
            ),
        )


def _group(row: Task) -> str:
    """Who has such tasks: the role and the unit's code."""
    return f"{row.role or row.audience} {unit(row.unit_id).code}"


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), ZoneInfo(ZONE))
