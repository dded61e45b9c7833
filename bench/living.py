"""A nation at work: a million finished cases and a hundred thousand that live, each with its token, task and two terms.

Made by plain SQL inside the database of a benchmark's own node, all indexes in place; BENCH_FINISHED and BENCH_LIVE ask for
fewer.
"""

from __future__ import annotations

import os
import time
from typing import Any

from bench import nation
from bench.harness import say

FINISHED = int(os.environ.get("BENCH_FINISHED", "1000000"))
LIVE = int(os.environ.get("BENCH_LIVE", "100000"))
DUE = 200

DONE = """
INSERT INTO cases_task (id, case_id, token, place, node, kind, audience, role, unit_id, separated, state, opened_at, due_order,
                        due_why, outcome, reason, attempts, fault, done_at)
SELECT gen_random_uuid(), id, gen_random_uuid(), 2, 'decide', 'user', 'back', 'ministry_officer', authority, true, 'done',
       received_at, due, '{}', 'approve', '', 0, '', done_at FROM drawn
"""
LIVING = """
INSERT INTO cases_case (id, owner, epoch, version, number, centre_id, authority_id, service_id, edition_id, status, outcome, data,
                        hands, opened_by, opened_at, received_at, due_on, due_why, steps, origin, words)
SELECT gen_random_uuid(), kernel_this_node(), 1, 2, 'L-' || r.n, c.id, s.authority, s.id, s.edition, 'in_progress', '', '{}',
       '[]', '00000000-0000-0000-0000-000000000001', %(at)s, %(at)s - make_interval(mins => r.n %% 20000),
       (%(at)s)::date + r.n %% 30 - 5, '{}', 2, '', ''
FROM generate_series(1, %(number)s) AS r (n)
JOIN places c ON c.n = 1 + r.n %% %(centres)s
JOIN running s ON s.n = 1 + r.n %% %(running)s
"""
TOKENS = """
INSERT INTO cases_token (id, case_id, node, entered_at)
SELECT gen_random_uuid(), id, 'decide', received_at FROM cases_case WHERE number LIKE 'L-%'
"""
TASKS = """
INSERT INTO cases_task (id, case_id, token, place, node, kind, audience, role, unit_id, separated, state, opened_at, due_on,
                        due_order, due_why, outcome, reason, attempts, fault)
SELECT gen_random_uuid(), c.id, k.id, 2, 'decide', 'user', 'back', 'ministry_officer', c.authority_id, true, 'open',
       c.received_at, c.due_on, c.due_on, '{}', '', '', 0, '' FROM cases_token k JOIN cases_case c ON c.id = k.case_id
"""
TIMERS = """
INSERT INTO cases_timer (id, case_id, token, node, due_at, state)
SELECT gen_random_uuid(), case_id, id, 'term', %(at)s + make_interval(mins => 1 + row_number() OVER ()::int), 'waiting'
FROM cases_token CROSS JOIN generate_series(1, 2)
"""
RUN_OUT = """
UPDATE cases_timer SET due_at = %(at)s - interval '1 minute'
WHERE id IN (SELECT DISTINCT ON (case_id) id FROM cases_timer WHERE state = 'waiting' AND due_at > %(at)s LIMIT %(due)s)
"""


def fill(*, at: Any, finished: int = FINISHED, live: int = LIVE) -> dict[str, int]:
    """Write them; gives how many there are of each."""
    from django.db import connection

    began = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '512MB'")
        cursor.execute("SELECT setseed(0.5)")
        about = nation._stage(cursor)
        cursor.execute("ALTER TABLE cases_case DISABLE TRIGGER USER")
        if finished:
            cursor.execute(nation.DRAW, {**about, "until": at, "number": finished})
            cursor.execute(nation.CASES)
            cursor.execute(DONE)
            cursor.execute("DROP TABLE drawn")
        cursor.execute(LIVING, {**about, "at": at, "number": live, "running": _running(cursor)})
        cursor.execute(TOKENS)
        cursor.execute(TASKS)
        cursor.execute(TIMERS, {"at": at})
        cursor.execute("ALTER TABLE cases_case ENABLE TRIGGER USER")
        cursor.execute("DROP TABLE places, offered, running")
        for table in ("case", "task", "token", "timer"):
            cursor.execute(f"VACUUM ANALYZE cases_{table}")
    say(f"{finished:,} finished and {live:,} live cases in {time.monotonic() - began:.0f} s")
    return {"finished": finished, "live": live, "timers": live * 2}


def _running(cursor: Any) -> int:
    """The services whose process waits at *decide* with the term *term* beside it; gives how many."""
    from onedoor.domain.catalogue.api import process_of, services

    found = []
    for view in services():
        node = process_of(view.version_id).nodes.get("decide")
        if node is not None and "term" in node.boundaries:
            found.append((len(found) + 1, view.id, view.authority, view.version_id))
    cursor.execute("CREATE UNLOGGED TABLE running (n int, id uuid, authority uuid, edition uuid)")
    cursor.executemany("INSERT INTO running VALUES (%s, %s, %s, %s)", found)
    return len(found)


def run_out(*, at: Any, due: int = DUE) -> None:
    """Let so many terms of different cases have run out a minute ago."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RUN_OUT, {"at": at, "due": due})
