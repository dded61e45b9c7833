"""Plain SQL of messages: taken in once, matched with the tokens that wait for them on this node."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

_KEEP = """
INSERT INTO cases_message (id, name, key, outcome, centre_id, came_at) VALUES (%s, %s, %s, %s, %s, %s)
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
UPDATE cases_message SET heard_at = %s, heard_by = %s WHERE id = %s AND heard_at IS NULL
"""
_STILL = "SELECT 1 FROM cases_wait WHERE id = %s AND state = 'waiting'"


def keep_message(*, id: UUID, name: str, key: str, outcome: str, centre: UUID | None, at: datetime) -> bool:
    """Take a message in; False when it was known already."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [id, name, key, outcome, centre, at])
        return bool(cursor.rowcount == 1)


def matched_messages(*, limit: int) -> list[Sequence[Any]]:
    """Message, wait, token, node and outcome of messages for which a case waits here; to be looked at again under its lock."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCHED, [limit])
        found: list[Sequence[Any]] = cursor.fetchall()
    return found


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
