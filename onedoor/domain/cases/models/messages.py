"""Plain SQL of messages: taken in once, matched with the tokens that wait for them on this node."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

_KEEP = """
INSERT INTO cases_message (id, name, key, outcome, centre_id, came_at, answers) VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (id) DO NOTHING
"""
_MATCHED = """
SELECT DISTINCT ON (m.id) m.id, w.id, w.token, w.node, m.outcome
FROM cases_message m
JOIN cases_wait w ON w.message = m.name AND w.key = m.key AND w.state = 'waiting'
JOIN cases_case c ON c.id = w.case_id
WHERE m.heard_at IS NULL AND c.owner = kernel_this_node() AND (m.centre_id IS NULL OR m.centre_id = c.centre_id)
ORDER BY m.id, w.since, w.id LIMIT %s
"""
_HEARD = """
UPDATE cases_message SET heard_at = %s, heard_by = %s, answers = '{}' WHERE id = %s AND heard_at IS NULL
"""
_ELSEWHERE = """
SELECT DISTINCT ON (m.id) m.id, m.name, m.key, m.outcome, m.centre_id, c.id, c.owner
FROM cases_message m
JOIN cases_wait w ON w.message = m.name AND w.key = m.key AND w.state = 'waiting'
JOIN cases_case c ON c.id = w.case_id
WHERE m.heard_at IS NULL AND c.owner <> kernel_this_node() AND (m.centre_id IS NULL OR m.centre_id = c.centre_id)
ORDER BY m.id, w.since, w.id LIMIT %s
"""
_UNSOUGHT = """
SELECT m.id, m.name, m.centre_id, m.answers FROM cases_message m
WHERE m.heard_at IS NULL AND m.sought_at IS NULL AND m.centre_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM cases_wait w WHERE w.message = m.name AND w.key = m.key AND w.state = 'waiting')
ORDER BY m.came_at, m.id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_SOUGHT = "UPDATE cases_message SET sought_at = %s, fault = %s WHERE id = %s"
_NODE = """
SELECT owner FROM cases_case WHERE centre_id = %s AND received_at IS NOT NULL ORDER BY received_at DESC LIMIT 1
"""
_STILL = "SELECT 1 FROM cases_wait WHERE id = %s AND state = 'waiting'"


def keep_message(
    *,
    id: UUID,
    name: str,
    key: str,
    outcome: str,
    centre: UUID | None,
    at: datetime,
    answers: Mapping[str, Any] | None = None,
) -> bool:
    """Take a message in; False when it was known already."""
    kept = orjson.dumps(answers or {}).decode()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [id, name, key, outcome, centre, at, kept])
        return bool(cursor.rowcount == 1)


def matched_messages(*, limit: int) -> list[Sequence[Any]]:
    """Message, wait, token, node and outcome of messages for which a case waits here; to be looked at again under its lock."""
    return _rows(_MATCHED, [limit])


def still_waits(wait: UUID) -> bool:
    """Whether a wait is still one, asked under its case's lock."""
    with connection.cursor() as cursor:
        cursor.execute(_STILL, [wait])
        return cursor.fetchone() is not None


def mark_heard(*, message: UUID, case: UUID, at: datetime) -> bool:
    """A message was heard by this case; False when another case was quicker."""
    with connection.cursor() as cursor:
        cursor.execute(_HEARD, [at, case, message])
        return bool(cursor.rowcount == 1)


def messages_elsewhere(*, limit: int) -> list[Sequence[Any]]:
    """Message (id, name, key, outcome, centre), case and node of those for which a case of another node waits."""
    return _rows(_ELSEWHERE, [limit])


def lock_unsought(*, limit: int) -> list[Sequence[Any]]:
    """Message, name, centre and answers of those for which no case waits and that were not yet looked at; locked."""
    return [(*row[:3], orjson.loads(row[3])) for row in _rows(_UNSOUGHT, [limit])]


def mark_sought(*, message: UUID, at: datetime, fault: str = "") -> None:
    """A message was looked at for a case to begin, and why it began none."""
    with connection.cursor() as cursor:
        cursor.execute(_SOUGHT, [at, fault[:200], message])


def node_at_work(centre: UUID) -> UUID | None:
    """The node that has the newest case of a centre; None where it has none."""
    found = _rows(_NODE, [centre])
    return found[0][0] if found else None


def _rows(statement: str, values: Sequence[Any]) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found
