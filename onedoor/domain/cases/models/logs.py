"""Logs of earlier systems: the log, what a trace said, and the plain SQL that writes whole batches of cases at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.db import models

from onedoor.domain.cases.models.tables import FAR, Case
from onedoor.kernel.aggregate import Aggregate, prepared, this_node
from onedoor.kernel.mirrors import Child, Mirror
from onedoor.kernel.scope import ScopedManager


class EventLog(Aggregate):
    """An event log of an earlier system whose cases were loaded; ``header`` is what stood before its traces."""

    mirror = Mirror(direction="up", privacy="open", fields="*")

    name = models.CharField(max_length=300)
    service_id = models.UUIDField()
    centre_id = models.UUIDField()
    header = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()

    objects = ScopedManager(centre="centre_id")

    def __str__(self) -> str:
        return self.name


class Trace(models.Model):
    """What the log said of a case, word for word, so that it can be written out again."""

    mirror = Child(of="case")

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="trace")
    log = models.UUIDField()
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    deadline_at = models.DateTimeField(null=True)
    attributes = models.JSONField(default=list)
    events = models.JSONField(default=list)
    digest = models.BinaryField()
    loaded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["log", "place"], name="cases_trace_of_log")
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case of a log as it is to be written; ``steps`` are (id, token, node, opened, done, by).

    ``closed``: its end is told apart from the last step, with a letter of its own.
    """

    id: UUID
    number: str
    words: str
    centre: UUID
    authority: UUID
    service: UUID
    edition: UUID
    status: str
    began: datetime
    ended: datetime | None
    due_on: date | None
    by: UUID
    log: UUID
    place: int
    name: str
    deadline: datetime | None
    attributes: Sequence[Any]
    events: Sequence[Any]
    digest: bytes
    at: datetime
    steps: Sequence[tuple[UUID, UUID, str, datetime, datetime, UUID | None]]
    closed: bool = False

    @property
    def letters(self) -> int:
        """How many letters tell it: its receipt, each step, and its end where that is told apart."""
        return 1 + len(self.steps) + self.closed


_CASES = """
COPY cases_case (id, owner, epoch, version, number, centre_id, authority_id, service_id, edition_id, status, outcome,
  data, hands, opened_by, opened_at, received_at, closed_at, due_on, due_why, steps, origin, words) FROM STDIN
"""
_TASKS = """
COPY cases_task (id, case_id, token, place, node, kind, audience, role, unit_id, separated, state, opened_at,
  due_order, due_why, done_at, done_by, outcome, reason, attempts, fault) FROM STDIN
"""
_TRACES = """
COPY cases_trace (case_id, log, place, name, deadline_at, attributes, events, digest, loaded_at) FROM STDIN
"""
# A case that is written with all its letters at once begins at the version of the last one. The guard of aggregates, which
# wants a new one to begin at 1, lets through what is marked as a copy; the owner is this node, as the rows say.
_BORN_WHOLE, _AS_EVER = "SET LOCAL onedoor.mirror = 'on'", "SET LOCAL onedoor.mirror = 'off'"
_FOUND = "SELECT case_id, place, digest, loaded_at FROM cases_trace WHERE case_id = ANY(%s)"


def traces_here(*, ids: Iterable[UUID]) -> dict[UUID, tuple[int, bytes, datetime]]:
    """Those of these cases that were loaded before: place in the log, digest of what it said, and when."""
    with prepared() as cursor:
        cursor.execute(_FOUND, [list(ids)])
        return {row[0]: (row[1], bytes(row[2]), row[3]) for row in cursor.fetchall()}


def write_cases(cases: Sequence[NewCase], *, units: frozenset[UUID]) -> None:
    """Write cases with their steps; the version of each is that of its last letter, which the caller writes next.

    Args:
        units: the centres that the caller may fill.
    """
    if any(case.centre not in units for case in cases):
        raise PermissionError("a case for another centre")
    node = this_node()
    with prepared() as cursor:
        cursor.execute(_BORN_WHOLE)
        _copy(cursor, _CASES, (_case_row(case, node) for case in cases))
        cursor.execute(_AS_EVER)
        _copy(cursor, _TASKS, (row for case in cases for row in _task_rows(case)))
        _copy(cursor, _TRACES, (_trace_row(case) for case in cases))


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)


def _case_row(case: NewCase, node: UUID) -> Sequence[Any]:
    return (
        case.id,
        node,
        1,
        case.letters,
        case.number,
        case.centre,
        case.authority,
        case.service,
        case.edition,
        case.status,
        "",
        "{}",
        "[]",
        case.by,
        case.began,
        case.began,
        case.ended,
        case.due_on,
        _json({"kind": "log"} if case.due_on else {}),
        len(case.steps),
        "log",
        case.words,
    )


def _task_rows(case: NewCase) -> Iterable[Sequence[Any]]:
    for place, (id, token, node, opened, done, by) in enumerate(case.steps, start=1):
        yield (
            id,
            case.id,
            token,
            place,
            node,
            "log",
            "back",
            "",
            case.authority,
            False,
            "done",
            opened,
            FAR,
            "{}",
            done,
            by,
            "done",
            "",
            0,
            "",
        )


def _trace_row(case: NewCase) -> Sequence[Any]:
    return (
        case.id,
        case.log,
        case.place,
        case.name,
        case.deadline,
        _json(case.attributes),
        _json(case.events),
        case.digest,
        case.at,
    )


def _json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return orjson.dumps(value).decode()
