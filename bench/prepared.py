"""The floor of the front line: the same rows, letter, delivery and idempotency included, one prepared statement a call."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from uuid import UUID

import psycopg

LETTER = """
letter AS (
  INSERT INTO kernel_letter (origin, addressee, type, schema, kind, aggregate, epoch, version,
                             actor_kind, actor, centre, at, body, person, payload)
  SELECT kernel_this_node(), NULL, '{event}', 1, 'queue.ticket', changed.id, changed.epoch, changed.version,
         'machine', {actor}, {centre}, now(),
         '{{{{"counter":"' || coalesce(changed.counter_id::text, '') || '","number":"' || changed.number || '","service":"'
         || changed.service_id || '","visit":"' || changed.visit || '"}}}}', NULL, NULL
  FROM changed RETURNING id, aggregate),
unsealed AS (INSERT INTO kernel_unsealed (letter) SELECT id FROM letter),
delivery AS (INSERT INTO kernel_delivery (letter, handler, aggregate)
             SELECT letter.id, heard, letter.aggregate FROM letter, unnest('{heard}'::text[]) AS heard),
request AS (INSERT INTO kernel_request (day, actor, key, said, status, answer)
            SELECT current_date, {actor}, gen_random_uuid()::text, sha256(changed.id::text::bytea), 200,
                   row_to_json(changed)::text FROM changed)
SELECT id AS ticket FROM changed
"""
GIVES = (
    "RETURNING id, epoch, version, number, service_id, visit, counter_id, status, token, issued_at, called_at"
)
TAKE = f"""
WITH series AS (INSERT INTO queue_series (centre_id, day, letter, last) VALUES ({{centre}}, current_date, 'Z', 1)
  ON CONFLICT (centre_id, day, letter) DO UPDATE SET last = queue_series.last + 1 RETURNING last),
changed AS (INSERT INTO queue_ticket (id, owner, epoch, version, centre_id, service_id, visit, day, number, token, status,
                                      priority, place, name, calls, issued_at)
  SELECT gen_random_uuid(), kernel_this_node(), 1, 1, {{centre}}, {{service}}, gen_random_uuid(), current_date,
         'Z' || last, left(replace(gen_random_uuid()::text, '-', ''), 22), 'waiting', false, now(), '', 0, now()
  FROM series {GIVES}),
"""
CALL = """
WITH turn AS (SELECT id FROM queue_ticket WHERE centre_id = {centre} AND day = current_date AND status = 'waiting'
              ORDER BY place, id LIMIT 1 FOR UPDATE SKIP LOCKED),
changed AS (UPDATE queue_ticket t SET status = 'called', counter_id = {counter}, officer_id = {actor}, called_at = now(),
                   calls = calls + 1, version = version + 1 FROM turn WHERE t.id = turn.id
            RETURNING t.id, epoch, version, number, service_id, visit, counter_id, status, token, issued_at, called_at),
"""
START = f"""
WITH changed AS (UPDATE queue_ticket SET status = 'serving', started_at = now(), version = version + 1
                 WHERE id = {{ticket}}::uuid AND status = 'called' {GIVES}),
"""
FINISH = f"""
WITH changed AS (UPDATE queue_ticket SET status = 'served', ended_at = now(), version = version + 1
                 WHERE id = {{ticket}}::uuid AND status = 'serving' {GIVES}),
"""
STEPS = (
    (TAKE, "queue.ticket_taken"),
    (CALL, "queue.ticket_called"),
    (START, "queue.ticket_started"),
    (FINISH, "queue.ticket_served"),
)
ACTOR = UUID(int=7)


def statements(*, ticket: str, counter: str, centre: UUID, service: UUID) -> list[str]:
    """The four statements; ``ticket`` and ``counter`` are how the caller writes a parameter."""
    from onedoor.kernel.letters import handlers_of

    made = []
    for step, event in STEPS:
        whole = step + LETTER.format(
            event=event, heard="{{" + ",".join(handlers_of(event)) + "}}", actor="{actor}", centre="{centre}"
        )
        made.append(
            whole.format(
                ticket=ticket,
                counter=f"{counter}::uuid",
                centre=f"'{centre}'::uuid",
                service=f"'{service}'::uuid",
                actor=f"'{ACTOR}'::uuid",
            )
        )
    return made


def script(centre: UUID, counters: list[UUID], service: UUID) -> str:
    """The cycle for pgbench; each client has its counter."""
    take, call, start, end = statements(ticket=":ticket", counter=":counter", centre=centre, service=service)
    chosen = "\n".join(
        f"\\if :client_id = {place}\n\\set unused 0\nSELECT '{counter}' AS counter \\gset\n\\endif"
        for place, counter in enumerate(counters)
    )
    return f"{chosen}\n{take};\n{call} \\gset\n{start};\n{end};\n"


class Floor:
    """Eight processes with a connection each."""

    def __init__(
        self, centre: UUID, counters: list[UUID], service: UUID, drained: Callable[[], None]
    ) -> None:
        self.counters, self.drained = counters, drained
        self.sql = statements(ticket="%(ticket)s", counter="%(counter)s", centre=centre, service=service)

    def round(self, seconds: float) -> dict[str, float]:
        """Cycles a second."""
        self.drained()
        context = multiprocessing.get_context("fork")
        ends, workers = [], []
        for counter in self.counters:
            ours, theirs = context.Pipe()
            worker = context.Process(target=_serve, args=(self.sql, counter, seconds, theirs))
            worker.start()
            ends.append(ours)
            workers.append(worker)
        for end in ends:
            end.recv()
        began = time.monotonic()
        for end in ends:
            end.send("go")
        count = sum(end.recv() for end in ends)
        took = time.monotonic() - began
        for worker in workers:
            worker.join()
        return {"per_s": count / took}


def _serve(sql: list[str], counter: UUID, seconds: float, end: Connection) -> None:
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection,
        connection.cursor() as cursor,
    ):
        take, call, start, finish = sql
        count, values = 0, {"counter": counter}
        end.send("ready")
        end.recv()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            cursor.execute(take, prepare=True)
            row = cursor.execute(call, values, prepare=True).fetchone()
            if row is None:
                continue
            ticket = {"ticket": row[0]}
            cursor.execute(start, ticket, prepare=True)
            cursor.execute(finish, ticket, prepare=True)
            count += 1
        end.send(count)
    os._exit(0)
