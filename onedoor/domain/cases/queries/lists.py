"""Worklists: what waits in the lanes of an actor, by due date, page by page. No names of applicants stand in a list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from onedoor.domain.access.api import require, unit
from onedoor.domain.cases.permissions import ENTER, MEND, Lanes, lanes_of
from onedoor.domain.cases.rules import WHENS, Row, Worklist, due_words, local, span_of, when
from onedoor.domain.catalogue.api import process_of, service_version
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import Actor

ZONE = "Asia/Vientiane"
MOST = 200

_COLUMNS = """
t.id, t.case_id, c.number, t.node, c.edition_id, c.centre_id, c.received_at, t.opened_at, t.due_on, t.due_order, t.place
"""
_LANE = """
t.state = 'open' AND t.kind = 'user' AND t.audience = %(audience)s AND t.unit_id = ANY(%(units)s)
AND (%(everyone)s OR t.role = ANY(%(roles)s)) AND NOT (t.separated AND c.hands @> %(hand)s::jsonb)
"""
_PAGE = f"""
SELECT {_COLUMNS} FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE {_LANE} AND t.due_order BETWEEN %(first)s AND %(last)s
  AND (t.due_order, t.id) > (%(after_due)s, %(after_id)s)
ORDER BY t.due_order, t.id LIMIT %(limit)s
"""
_TALLY = f"""
SELECT t.due_order, count(*) FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE {_LANE} GROUP BY t.due_order
"""
_FAILED = """
SELECT t.id, t.case_id, c.number, t.node, c.edition_id, c.centre_id, c.received_at, t.opened_at, t.due_on, t.due_order,
       t.place, t.fault, t.attempts, t.state
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.kind = 'service' AND (t.state = 'failed' OR t.state = 'open' AND t.attempts > 0)
  AND t.unit_id = ANY(%(units)s) ORDER BY t.opened_at, t.id LIMIT 200
"""


def worklist(
    by: Actor, *, at: datetime, due: str | None = None, after: str | None = None, limit: int = 50
) -> Worklist:
    """The back office's tasks in this actor's lanes, by due date; those who received a case do not see it to decide.

    Args:
        due: one of overdue, today, week, later, open; None for all. after: where the last page ended.
    Errors: Invalid (a cursor that is none).
    """
    lanes = lanes_of(by)
    return _page(lanes, "back", lanes.back, at=at, due=due, after=after, limit=limit)


def front_list(
    by: Actor, *, centre: UUID, at: datetime, after: str | None = None, limit: int = 50
) -> Worklist:
    """The front office's tasks at a centre: corrections, checks, hand-overs. Errors: Refused."""
    require(by, ENTER, at=centre)
    return _page(lanes_of(by), "front", frozenset({centre}), at=at, due=None, after=after, limit=limit)


def _page(
    lanes: Lanes,
    audience: str,
    units: frozenset[UUID],
    *,
    at: datetime,
    due: str | None,
    after: str | None,
    limit: int,
) -> Worklist:
    today = local(at, ZONE)
    first, last = span_of(due, today) or (date(1, 1, 1), date(9999, 12, 31))
    after_due, after_id = _cursor(after)
    size = max(1, min(limit, MOST))
    values = _lane(lanes, audience, units) | {
        "first": first,
        "last": last,
        "after_due": after_due,
        "after_id": after_id,
        "limit": size + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, values)
        found = cursor.fetchall()
    rows = tuple(_row(each, today) for each in found[:size])
    end = found[size - 1] if len(found) > size else None
    return Worklist(
        rows=rows,
        counts=tally(lanes, audience, units, today=today),
        after=f"{end[9].isoformat()}.{end[0]}" if end else None,
    )


def tally(lanes: Lanes, audience: str, units: frozenset[UUID], *, today: date) -> dict[str, int]:
    """How many tasks wait, by when they are due."""
    counts = dict.fromkeys(WHENS, 0)
    with connection.cursor() as cursor:
        cursor.execute(_TALLY, _lane(lanes, audience, units))
        for due_order, number in cursor.fetchall():
            counts[when(None if due_order.year == 9999 else due_order, today)] += number
    return counts


def failed_services(by: Actor) -> list[dict[str, Any]]:
    """Service tasks that failed or are being tried again, at the units where this actor may mend them."""
    require(by, MEND)
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, {"units": sorted(lanes_of(by).mend)})
        found = cursor.fetchall()
    return [
        {
            "task": row[0],
            "number": row[2],
            "names": process_of(row[4]).node(row[3]).names,
            "centre_names": unit(row[5]).name,
            "since": row[7],
            "fault": row[11],
            "attempts": row[12],
            "state": row[13],
        }
        for row in found
    ]


def _lane(lanes: Lanes, audience: str, units: frozenset[UUID]) -> dict[str, Any]:
    return {
        "audience": audience,
        "units": list(units),
        "everyone": lanes.everyone,
        "roles": sorted(lanes.roles),
        "hand": f'["{lanes.actor}"]',
    }


def _cursor(after: str | None) -> tuple[date, UUID]:
    if not after:
        return date(1, 1, 1), UUID(int=0)
    day, _, task = after.partition(".")
    try:
        return date.fromisoformat(day), UUID(task)
    except ValueError as fault:
        raise Invalid(field="after") from fault


def _row(found: Sequence[Any], today: date) -> Row:
    task, case, number, node, edition, centre, received_at, opened_at, due_on, _order, place = found
    return Row(
        task=task,
        case=case,
        number=number or "",
        names=process_of(edition).node(node).names,
        service_names=service_version(edition).name,
        centre_names=unit(centre).name,
        received_at=received_at,
        opened_at=opened_at,
        due_on=due_on,
        due_words=due_words(due_on, today),
        when=when(due_on, today),
        returned=place > 2,
    )
