"""Loaded logs: their figures, their traces in order, and the timeline of a case that came from one."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Prefetch

from onedoor.domain.access.api import require, unit
from onedoor.domain.cases.errors import NoSuchLog
from onedoor.domain.cases.models import Case, EventLog, Task, Trace
from onedoor.domain.cases.permissions import LOAD
from onedoor.domain.cases.rules.due import ZONE
from onedoor.domain.cases.rules.logs import LOG, LogFigures, LogView, OwnTrace, Wait
from onedoor.domain.cases.rules.shown import Step
from onedoor.domain.catalogue.api import process_of
from onedoor.kernel.scope import Actor

OFTEN = 5
LONGEST = 10

_COUNTS = """
WITH c AS (
  SELECT c.id, c.steps, c.received_at, c.closed_at, t.deadline_at FROM cases_trace t JOIN cases_case c ON c.id = t.case_id
  WHERE t.log = %(log)s),
k AS (
  SELECT k.case_id, min(k.done_at) AS first, max(k.done_at) AS last FROM cases_task k JOIN c ON c.id = k.case_id GROUP BY 1),
d AS (SELECT extract(epoch FROM closed_at - received_at)::float AS took FROM c WHERE closed_at IS NOT NULL),
w AS (SELECT extract(epoch FROM last - first)::float AS took FROM k),
late AS (SELECT max(last) AS log_end FROM k)
SELECT count(*), count(closed_at), coalesce(sum(steps), 0),
  (SELECT count(DISTINCT k.node) FROM cases_task k JOIN c ON c.id = k.case_id),
  (SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took) FROM d),
  (SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY took) FROM w),
  count(*) FILTER (WHERE closed_at IS NOT NULL AND deadline_at IS NOT NULL),
  count(*) FILTER (WHERE closed_at > deadline_at),
  count(*) FILTER (WHERE closed_at IS NULL AND deadline_at IS NOT NULL),
  count(*) FILTER (WHERE closed_at IS NULL AND deadline_at < (SELECT log_end FROM late))
FROM c
"""
_WAITS = """
WITH step AS (
  SELECT k.case_id, k.node, k.done_at, lag(k.node) OVER line AS before, lag(k.done_at) OVER line AS since
  FROM cases_trace t JOIN cases_task k ON k.case_id = t.case_id WHERE t.log = %(log)s
  WINDOW line AS (PARTITION BY k.case_id ORDER BY k.place)),
pair AS (
  SELECT before, node, count(*) AS times,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM done_at - since)::float) AS median,
         max(extract(epoch FROM done_at - since)::float) AS longest
  FROM step WHERE before IS NOT NULL GROUP BY before, node)
SELECT before, node, times, median, longest FROM pair
WHERE times >= %(often)s OR (SELECT count(*) FROM pair WHERE times >= %(often)s) < %(limit)s
ORDER BY median DESC, times DESC, before, node LIMIT %(limit)s
"""


def event_log(by: Actor, *, log: UUID) -> LogView:
    """A log that was loaded. Errors: NoSuchLog, Refused."""
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
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"log": log})
        cases, finished, events, activities, took, worked, due, late, open_due, open_late = cursor.fetchone()
        cursor.execute(_WAITS, {"log": log, "often": OFTEN, "limit": LONGEST})
        waits = tuple(
            Wait(before=before, after=after, times=times, median=median, longest=longest)
            for before, after, times, median, longest in cursor.fetchall()
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
    rows = EventLog.objects.filter(service_id=service).order_by("loaded_at", "id")
    found = rows.filter(centre_id=centre) if centre else rows
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
