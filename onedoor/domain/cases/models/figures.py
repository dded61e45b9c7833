"""Plain SQL of a log's figures: counts, durations, deadlines and the longest waits, reckoned where the rows are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from onedoor.kernel.aggregate import prepared

OFTEN = 5
LONGEST = 10

_COUNTS = """
WITH c AS (
  SELECT c.id, c.steps, c.received_at, c.closed_at, c.due_on, t.deadline_at
  FROM cases_trace t JOIN cases_case c ON c.id = t.case_id
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
  count(*) FILTER (WHERE (closed_at AT TIME ZONE %(zone)s)::date > due_on),
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


def log_in_figures(*, log: UUID, zone: str) -> tuple[Sequence[Any], list[Sequence[Any]]]:
    """The counts of a log, and its longest waits; the caller has asked for the permission at its centre."""
    with prepared() as cursor:
        cursor.execute(_COUNTS, {"log": log, "zone": zone})
        counts = cursor.fetchone()
        assert counts is not None
        cursor.execute(_WAITS, {"log": log, "often": OFTEN, "limit": LONGEST})
        return counts, cursor.fetchall()
