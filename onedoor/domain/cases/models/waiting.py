"""Plain SQL of what waits: lanes of tasks for worklists, and what the worker must do next on this node.

Lists take ``units``, as plain SQL passes the scoped managers; the worker's functions speak for the whole node.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.kernel.aggregate import prepared

_COLUMNS = """
t.id, t.case_id, c.number, t.node, c.edition_id, c.centre_id, c.received_at, t.opened_at, t.due_on, t.due_order,
c.kept->'tasks' ? t.node AND NOT coalesce(c.kept->'counts' ? t.node OR c.kept ? 'apart', false) AS returned
"""
_WAITS = """
t.state = 'open' AND t.kind = 'user' AND t.audience = %(audience)s
AND (%(any_role)s OR t.role = ANY(%(roles)s)) AND NOT (t.separated AND c.hands @> %(hand)s::jsonb)
"""
# Unit by unit along the index in its own order, so that the first rows are read and no others.
_PAGE = f"""
SELECT t.* FROM unnest(%(units)s::uuid[]) AS u (id) CROSS JOIN LATERAL (
  SELECT {_COLUMNS} FROM cases_task t JOIN cases_case c ON c.id = t.case_id
  WHERE {_WAITS} AND t.unit_id = u.id AND t.due_order BETWEEN %(first)s AND %(last)s
    AND (t.due_order, t.id) > (%(after_due)s, %(after_id)s)
  ORDER BY t.due_order, t.id LIMIT %(limit)s) AS t
ORDER BY t.due_order, t.id LIMIT %(limit)s
"""
_TALLY = f"""
SELECT t.due_order, count(*) FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE {_WAITS} AND t.unit_id = ANY(%(units)s) GROUP BY t.due_order
"""
_OPEN = """
SELECT t.unit_id, count(*) FROM cases_task t
WHERE t.state = 'open' AND t.kind = 'user' AND t.audience = %(audience)s AND t.unit_id = ANY(%(units)s) GROUP BY t.unit_id
"""
_DONE = """
SELECT t.unit_id, (t.done_at AT TIME ZONE %(zone)s)::date AS day, count(*) FROM cases_task t
WHERE t.state = 'done' AND t.kind = 'user' AND t.audience = %(audience)s AND t.unit_id = ANY(%(units)s)
  AND t.done_at >= %(since)s AND t.done_at < %(until)s GROUP BY t.unit_id, day ORDER BY day
"""
_FAILED = """
SELECT t.id, c.number, t.node, c.edition_id, c.centre_id, t.opened_at, t.fault, t.attempts, t.state
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.kind = 'service' AND (t.state = 'failed' OR t.state = 'open' AND t.attempts > 0)
  AND (%(units)s::uuid[] IS NULL OR t.unit_id = ANY(%(units)s)) ORDER BY t.opened_at, t.id LIMIT 200
"""
_NEXT = """
SELECT t.id FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.kind = 'service' AND t.state = 'open' AND t.try_at <= %s AND c.owner = kernel_this_node()
ORDER BY t.try_at, t.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED
"""
_DUE = """
SELECT t.id, t.token, t.node, t.due_at, t.again FROM cases_timer t JOIN cases_case c ON c.id = t.case_id
WHERE t.state = 'waiting' AND t.due_at <= %s AND c.owner = kernel_this_node()
ORDER BY t.due_at, t.id LIMIT %s FOR UPDATE OF c SKIP LOCKED
"""
_OVER = "SELECT id FROM cases_timer WHERE id = ANY(%s) AND state <> 'waiting'"


_ESCALATED = """
SELECT DISTINCT ON (e.due_on, e.task) c.id, c.number, c.edition_id, c.centre_id, t.node, e.unit_id, e.above_id, e.level,
       e.held_since, e.due_on
FROM cases_escalation e JOIN cases_task t ON t.id = e.task JOIN cases_case c ON c.id = e.case_id
WHERE e.above_id = ANY(%(units)s) AND t.state = 'open' ORDER BY e.due_on, e.task, e.level DESC LIMIT 200
"""


def escalated_rows(*, units: Collection[UUID]) -> list[Sequence[Any]]:
    """Late steps that these units were told of and that are still open, at the highest level told, oldest first."""
    return _rows(_ESCALATED, {"units": sorted(units)})


def lane_page(
    *,
    units: Collection[UUID],
    lane: Mapping[str, Any],
    first: date,
    last: date,
    after: tuple[date, UUID],
    limit: int,
) -> list[Sequence[Any]]:
    """Open tasks of a lane (audience, any_role, roles, hand) due from ``first`` to ``last``, in order, behind ``after``."""
    span = {"first": first, "last": last, "after_due": after[0], "after_id": after[1], "limit": limit}
    return _rows(_PAGE, {**lane, **span, "units": list(units)})


def lane_tally(*, units: Collection[UUID], lane: Mapping[str, Any]) -> list[Sequence[Any]]:
    """How many open tasks a lane has, by due date."""
    return _rows(_TALLY, {**lane, "units": list(units)})


def open_by_unit(*, units: Collection[UUID], audience: str) -> dict[UUID, int]:
    """How many tasks are open at each of these units."""
    return {unit: int(n) for unit, n in _rows(_OPEN, {"units": list(units), "audience": audience})}


def done_by_day(
    *, units: Collection[UUID], audience: str, since: datetime, until: datetime, zone: str
) -> list[Sequence[Any]]:
    """How many tasks these units finished on each day: unit, day, number; days by the clock of ``zone``."""
    asked = {"units": list(units), "audience": audience, "since": since, "until": until, "zone": zone}
    return _rows(_DONE, asked)


def failed_rows(*, units: Collection[UUID] | None) -> list[Sequence[Any]]:
    """Service tasks that failed or are being tried again; None asks for the whole node."""
    return _rows(_FAILED, {"units": None if units is None else sorted(units)})


def count_failed() -> int:
    """How many service tasks of this node's cases have failed for good."""
    rows = _rows("SELECT count(*) FROM cases_task WHERE state = 'failed'", None)
    return int(rows[0][0])


def lock_next_service(*, at: datetime) -> UUID | None:
    """The service task that is due longest; its case stays locked. Cases on which somebody works are passed over."""
    found = _rows(_NEXT, [at])
    return found[0][0] if found else None


def lock_due_timers(*, at: datetime, limit: int) -> list[Sequence[Any]]:
    """Timer, token, node, instant and returns of terms that ran out; their cases are locked first, then looked at again."""
    due = _rows(_DUE, [at, limit])
    over = {row[0] for row in _rows(_OVER, [[row[0] for row in due]])} if due else set()
    return [row for row in due if row[0] not in over]


def postpone_timer(*, timer: UUID, until: datetime) -> None:
    """Have a term that could not fire looked at again later; its case stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_timer SET due_at = %s WHERE id = %s AND state = 'waiting'", [until, timer]
        )


def _rows(statement: str, values: Any) -> list[Sequence[Any]]:
    with prepared() as cursor:
        cursor.execute(statement, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found
