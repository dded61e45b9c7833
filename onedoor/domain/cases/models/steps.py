"""One step of a case in plain SQL: hold the case, read where it stands, write everything and the letter in one statement.

Only for the case that the caller may touch: ``units`` says which units' tasks may be held (None: the node itself acts).
`bench/step.py` measures it against the same rows written by a prepared statement.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from onedoor.domain.cases.rules import Token
from onedoor.kernel.aggregate import prepared
from onedoor.kernel.inbox import REQUEST_CTE
from onedoor.kernel.letters import LETTER_CTE
from onedoor.kernel.mirrors.reference import STAMP

KIND = "cases.case"


@dataclass(frozen=True)
class Held:
    """A case that is locked, the token and task in question (some tokens have none), and where every token stands.

    ``stamp``: of reference data, as the lock's statement read it (`kernel.mirrors.reference`).
    """

    case: UUID
    version: int
    number: str
    status: str
    outcome: str
    centre: UUID
    authority: UUID
    service: UUID
    edition: UUID
    visit: UUID | None
    person: UUID | None
    data: Mapping[str, Any]
    hands: tuple[str, ...]
    steps: int
    received_by: UUID | None
    due_on: date | None
    due_why: Mapping[str, Any]
    kept: Mapping[str, Any]
    task: UUID | None
    token: UUID
    node: str
    kind: str
    audience: str
    unit: UUID
    role: str
    separated: bool
    state: str
    opened_at: datetime
    task_due: date | None
    attempts: int
    done_by: UUID | None
    task_outcome: str
    stamp: str | None = None
    marking: tuple[Token, ...] = ()


_HOLD = f"""
SELECT c.id, c.version, c.number, c.status, c.outcome, c.centre_id, c.authority_id, c.service_id, c.edition_id,
       c.visit, c.person_id, c.data::text, c.hands::text, c.steps, c.received_by, c.due_on, c.due_why::text, c.kept::text,
       t.id, {{token}}, t.kind, t.audience, t.unit_id, t.role, t.separated, t.state, t.opened_at, t.due_on,
       t.attempts, t.done_by, t.outcome, {STAMP},
       (SELECT string_agg(concat_ws(' ', k.id, k.node, coalesce(k.parent::text, '-'), k.mark), '|' ORDER BY k.entered_at, k.id)
        FROM cases_token k WHERE k.case_id = c.id),
       (SELECT s.version FROM cases_case s WHERE s.id = c.id)
FROM {{rows}}
"""
_HOLD_TASK = _HOLD.format(
    token="t.token, t.node",
    rows="""cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.id = %(id)s AND (%(units)s::uuid[] IS NULL OR t.unit_id = ANY(%(units)s)) FOR UPDATE OF c, t""",
)
_HOLD_TOKEN = _HOLD.format(
    token="h.id, h.node",
    rows="""cases_token h JOIN cases_case c ON c.id = h.case_id LEFT JOIN cases_task t ON t.token = h.id
WHERE h.id = %(id)s FOR UPDATE OF c""",
)
_MARKING = """
SELECT string_agg(concat_ws(' ', id, node, coalesce(parent::text, '-'), mark), '|' ORDER BY entered_at, id)
FROM cases_token WHERE case_id = %s
"""


def hold(*, task: UUID, units: Collection[UUID] | None) -> Held | None:
    """Lock a task and its case, and read where the case stands; None when these units have no such task."""
    return _held(_HOLD_TASK, task, units)


def hold_token(*, token: UUID) -> Held | None:
    """As `hold`, by a token, at which there need not be a task; for the node itself."""
    return _held(_HOLD_TOKEN, token, None)


def _held(statement: str, id: UUID, units: Collection[UUID] | None) -> Held | None:
    """The locked row. The tokens come with it by the statement's snapshot; when the lock had to be waited for, the case is
    newer than the snapshot, and the tokens are read again.
    """
    with prepared() as cursor:
        cursor.execute(statement, {"id": id, "units": None if units is None else list(units)})
        row = cursor.fetchone()
        if row is None:
            return None
        *read, marking, seen = row
        if seen != read[1]:
            cursor.execute(_MARKING, [read[0]])
            again = cursor.fetchone()
            marking = again[0] if again else None
    read[11], read[12], read[16] = orjson.loads(row[11]), tuple(orjson.loads(row[12])), orjson.loads(row[16])
    read[17] = orjson.loads(row[17])
    read.append(_tokens(marking))
    return Held(*read)


def _tokens(marking: str | None) -> tuple[Token, ...]:
    rows = (each.split(" ", 3) for each in (marking or "").split("|") if each)
    return tuple(
        Token(UUID(id), node, None if parent == "-" else UUID(parent), mark)
        for id, node, parent, mark in rows
    )


@dataclass(kw_only=True)
class Change:
    """Everything one step writes. ``tasks``, ``tokens``, ``timers`` and ``waits`` are rows to insert, by column.

    ``kept``: what later conditions may read. ``fired``, ``heard``: the term or wait that came true. ``overdue``: the tokens
    whose tasks are marked so. ``listens``: the process waits for messages, so waits have to be silenced.
    ``words``: by which it is found from now on, where the answers were corrected.
    ``due_on``, ``due_why``: the legal clock after this step, where the step let it stand still or go on.
    """

    case: UUID
    version: int
    status: str
    outcome: str
    data: Mapping[str, Any]
    hands: Collection[str]
    steps: int
    closed_at: datetime | None = None
    kept: Mapping[str, Any] = field(default_factory=dict)
    words: str | None = None
    due_on: date | None = None
    due_why: Mapping[str, Any] | None = None
    task: UUID | None = None
    state: str = "done"
    at: datetime
    by: UUID | None = None
    task_outcome: str = ""
    reason: str = ""
    fault: str = ""
    gone: list[UUID] = field(default_factory=list)
    tokens: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    timers: list[dict[str, Any]] = field(default_factory=list)
    waits: list[dict[str, Any]] = field(default_factory=list)
    fired: UUID | None = None
    heard: UUID | None = None
    listens: bool = False
    overdue: list[UUID] = field(default_factory=list)


_CHANGED = """
WITH changed AS (
  UPDATE cases_case SET version = version + 1, status = %(status)s, outcome = %(outcome)s, data = %(data)s::jsonb,
         hands = %(hands)s::jsonb, steps = %(steps)s, closed_at = %(closed_at)s,
         kept = %(kept)s::jsonb, words = coalesce(%(words)s, words),
         due_why = coalesce(%(due_why)s::jsonb, due_why),
         due_on = CASE WHEN %(due_why)s::jsonb IS NULL THEN due_on ELSE %(due_on)s::date END
  WHERE id = %(case)s AND version = %(before)s RETURNING id, epoch, version),
done AS (
  UPDATE cases_task SET state = %(state)s, done_at = %(at_done)s, done_by = %(by)s, outcome = %(task_outcome)s,
         reason = %(reason)s, fault = %(fault)s
  FROM changed WHERE cases_task.id = %(task)s),
stopped AS (
  UPDATE cases_task SET state = 'stopped', done_at = %(at_done)s FROM changed
  WHERE token = ANY(%(gone)s::uuid[]) AND state IN ('open', 'failed') AND cases_task.id IS DISTINCT FROM %(task)s),
gone AS (DELETE FROM cases_token WHERE id = ANY(%(gone)s::uuid[]))
"""
_MORE = {
    "silenced": """
silenced AS (
  UPDATE cases_timer SET state = CASE WHEN cases_timer.id = %(fired)s THEN 'fired' ELSE 'stopped' END
  FROM changed WHERE state = 'waiting' AND (token = ANY(%(gone)s::uuid[]) OR cases_timer.id = %(fired)s))""",
    "late": """
late AS (UPDATE cases_task SET overdue_at = %(at_done)s FROM changed
         WHERE cases_task.token = ANY(%(overdue)s::uuid[]) AND state = 'open' AND overdue_at IS NULL)""",
    "tokens": """
tokens AS (
  INSERT INTO cases_token (id, case_id, node, entered_at, parent, mark)
  SELECT r.id, changed.id, r.node, %(at_done)s, r.parent, r.mark FROM changed,
         unnest(%(token_ids)s::uuid[], %(token_nodes)s::text[], %(token_parents)s::uuid[], %(token_marks)s::text[])
         AS r (id, node, parent, mark))""",
    "tasks": """
tasks AS (
  INSERT INTO cases_task (id, case_id, token, place, node, kind, audience, role, unit_id, separated, state, opened_at,
                          due_on, due_order, due_why, outcome, reason, attempts, try_at, fault)
  SELECT r.id, changed.id, r.token, r.place, r.node, r.kind, r.audience, r.role, r.unit_id, r.separated, 'open',
         %(at_done)s, r.due_on, coalesce(r.due_on, '9999-12-31'), r.due_why, '', '', 0, r.try_at, ''
  FROM changed, jsonb_to_recordset(%(tasks)s::jsonb) AS r (id uuid, token uuid, place int, node text, kind text,
       audience text, role text, unit_id uuid, separated bool, due_on date, due_why jsonb, try_at timestamptz))""",
    "timers": """
timers AS (
  INSERT INTO cases_timer (id, case_id, token, node, due_at, state, again)
  SELECT r.id, changed.id, r.token, r.node, r.due_at, 'waiting', r.again
  FROM changed, jsonb_to_recordset(%(timers)s::jsonb)
       AS r (id uuid, token uuid, node text, due_at timestamptz, again int))""",
    "hushed": """
hushed AS (
  UPDATE cases_wait SET state = CASE WHEN cases_wait.id = %(heard)s THEN 'heard' ELSE 'stopped' END
  FROM changed WHERE state = 'waiting' AND (token = ANY(%(gone)s::uuid[]) OR cases_wait.id = %(heard)s))""",
    "waits": """
waits AS (
  INSERT INTO cases_wait (id, case_id, token, node, message, key, state, since)
  SELECT r.id, changed.id, r.token, r.node, r.message, r.key, 'waiting', %(at_done)s
  FROM changed, jsonb_to_recordset(%(waits)s::jsonb)
       AS r (id uuid, token uuid, node text, message text, key text))""",
}
_STATEMENTS: dict[tuple[str, ...], str] = {}


def _statement(parts: tuple[str, ...]) -> str:
    """The statement with only the parts that this step has; few shapes, so that each is prepared once."""
    if parts not in _STATEMENTS:
        expressions = [
            _CHANGED.strip(),
            *(_MORE[part].strip() for part in parts if part in _MORE),
            LETTER_CTE.strip(),
        ]
        if "request" in parts:
            expressions.append(REQUEST_CTE.strip())
        _STATEMENTS[parts] = ",\n".join(expressions) + "\nSELECT changed.version FROM changed"
    return _STATEMENTS[parts]


def write(
    change: Change,
    *,
    units: Collection[UUID] | None,
    letter: Mapping[str, Any],
    request: Mapping[str, Any] | None = None,
) -> bool:
    """Write a step, its letter and the remembered request; False when the case is no longer at the version that was held.

    Args:
        units: as given to `hold`, which checked them under the lock that still holds.
        letter: by `letter_values`. request: by `request_values`.
    """
    parts = ["silenced"]
    parts += ["late"] if change.overdue else []
    parts += ["tokens"] if change.tokens else []
    parts += ["tasks"] if change.tasks else []
    parts += ["timers"] if change.timers else []
    parts += ["hushed"] if change.listens else []
    parts += ["waits"] if change.waits else []
    parts += ["request"] if request else []
    values: dict[str, Any] = {
        "case": change.case,
        "before": change.version,
        "status": change.status,
        "outcome": change.outcome,
        "data": orjson.dumps(change.data).decode(),
        "hands": orjson.dumps(list(change.hands)).decode(),
        "steps": change.steps,
        "closed_at": change.closed_at,
        "kept": orjson.dumps(change.kept).decode(),
        "words": change.words,
        "due_on": change.due_on,
        "due_why": None if change.due_why is None else orjson.dumps(change.due_why).decode(),
        "task": change.task,
        "state": change.state,
        "at_done": change.at,
        "by": change.by,
        "task_outcome": change.task_outcome,
        "reason": change.reason,
        "fault": change.fault,
        "gone": change.gone,
        "fired": change.fired,
        "overdue": change.overdue,
        "token_ids": [row["id"] for row in change.tokens],
        "token_nodes": [row["node"] for row in change.tokens],
        "token_parents": [row["parent"] for row in change.tokens],
        "token_marks": [row["mark"] for row in change.tokens],
        "heard": change.heard,
        "waits": orjson.dumps(change.waits).decode(),
        "tasks": orjson.dumps(change.tasks).decode(),
        "timers": orjson.dumps(change.timers).decode(),
    }
    with prepared() as cursor:
        cursor.execute(_statement(tuple(parts)), {**values, **letter, **(request or {})})
        return cursor.fetchone() is not None


_FAIL = f"""
WITH changed AS (
  UPDATE cases_case SET version = version + 1 WHERE id = %(case)s AND version = %(before)s RETURNING id, epoch, version),
failed AS (
  UPDATE cases_task SET state = %(state)s, attempts = %(attempts)s, try_at = %(try_at)s, fault = %(fault)s
  FROM changed WHERE cases_task.id = %(task)s),
{LETTER_CTE.strip()}
SELECT changed.version FROM changed
"""


def fail(
    held: Held, *, state: str, attempts: int, try_at: datetime | None, fault: str, letter: Mapping[str, Any]
) -> bool:
    """Note that a service task failed (or is to be tried again), with its letter; False when the case has moved on."""
    values: dict[str, Any] = {
        "case": held.case,
        "before": held.version,
        "task": held.task,
        "state": state,
        "attempts": attempts,
        "try_at": try_at,
        "fault": fault[:200],
    }
    with prepared() as cursor:
        cursor.execute(_FAIL, {**values, **letter})
        return cursor.fetchone() is not None
