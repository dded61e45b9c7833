"""The API's commonest read and write over HTTP: seeing a ticket, and taking one; against the same rows by prepared SQL.

CPU counts the processes of the server and the database, sealing and delivering letters included, not the load generator. The
floor reads the row, or writes ticket, letter, delivery and idempotency, from one connection; its CPU is its process's and
the database's.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import psycopg

from bench.clients import Cycle, Line, Times
from bench.frontline import Stage, cpu, drained, measured, postmaster
from bench.harness import finish, interleaved, node, say, served
from bench.prepared import ACTOR, statements

GOALS = {"cpu_ms": ("<=", 5), "read_cpu_ms": ("<=", 2), "write_cpu_ms": ("<=", 3)}
ROUNDS, OPERATIONS = 3, 3000
SEE = """
SELECT id, number, status, centre_id, service_id, visit, counter_id, token, issued_at, called_at, started_at, ended_at
FROM queue_ticket WHERE id = %(ticket)s AND centre_id = %(centre)s
"""


class Client:
    """A program with a token."""

    def __init__(self, stage: Stage) -> None:
        self.line = Line(stage.host, stage.port)
        self.base = f"/api/v1/centres/{stage.view.code}/tickets"
        self.headers = f"Authorization: Bearer {stage.token}\r\nContent-Type: application/json\r\n"
        self.wish = json.dumps({"service": str(stage.service)}).encode()

    def take(self, times: Times) -> str:
        """Take a ticket; gives its id."""
        headers = f"{self.headers}Idempotency-Key: {uuid4().hex}\r\n"
        status, _, content = self.line.ask("POST", self.base, headers, self.wish, times)
        if status != 201:
            raise ValueError(f"taking gave {status}: {content[:300]!r}")
        return str(json.loads(content)["id"])


class Writer(Client):
    """Takes tickets."""

    def cycle(self, times: Times) -> None:
        """Take one."""
        self.take(times)


class Reader(Client):
    """Looks at its ticket."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.ticket = self.take(Times())

    def cycle(self, times: Times) -> None:
        """Look once."""
        status, _, content = self.line.ask("GET", f"{self.base}/{self.ticket}", self.headers, b"", times)
        if status != 200:
            raise ValueError(f"looking gave {status}: {content[:300]!r}")


def floor(sql: str, values: Mapping[str, Any], roots: list[int]) -> Callable[[], dict[str, float]]:
    """A round of one prepared statement from one connection."""

    def round_() -> dict[str, float]:
        drained()
        with (
            psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection,
            connection.cursor() as cursor,
        ):
            before = sum(map(cpu, roots)) + time.process_time()
            for _ in range(OPERATIONS):
                cursor.execute(sql, values, prepare=True).fetchone()
            used = sum(map(cpu, roots)) + time.process_time() - before
        return {"cpu_ms": used * 1000 / OPERATIONS}

    return round_


def main() -> None:
    """Read, write and their floors, interleaved."""
    with node() as place, served(place) as server:
        stage = Stage(server.address)
        database = postmaster()
        roots = [server.process.pid, database]
        say("warming up")
        ticket = Reader(stage).ticket
        write = statements(ticket="", counter="NULL", centre=stage.view.id, service=stage.service)[0]
        contestants: dict[str, Callable[[], Any]] = {
            "read": measured(_client(Reader, stage), roots),
            "write": measured(_client(Writer, stage), roots),
            "floor_read": floor(SEE, {"ticket": ticket, "centre": stage.view.id}, [database]),
            "floor_write": floor(write, {"actor": ACTOR}, [database]),
        }
        for name in ("read", "write"):
            contestants[name]()
        seen = interleaved(ROUNDS, **contestants)
    read, write_ms = seen["read"]["cpu_ms"], seen["write"]["cpu_ms"]
    floors = seen["floor_read"]["cpu_ms"], seen["floor_write"]["cpu_ms"]
    figures: dict[str, Any] = {
        "cpu_ms": round(read + write_ms, 2),
        "read_cpu_ms": round(read, 2),
        "write_cpu_ms": round(write_ms, 2),
        "floor_read_cpu_ms": round(floors[0], 3),
        "floor_write_cpu_ms": round(floors[1], 3),
        "ratio_to_floor": round((read + write_ms) / sum(floors), 1),
        "reads_per_s": round(seen["read"]["per_s"]),
        "writes_per_s": round(seen["write"]["per_s"]),
        "read_p95_ms": round(seen["read"]["p95_ms"], 1),
        "write_p95_ms": round(seen["write"]["p95_ms"], 1),
    }
    finish("api", figures, GOALS)


def _client(kind: type[Reader] | type[Writer], stage: Stage) -> Callable[[int], Cycle]:
    return lambda number: kind(stage)


if __name__ == "__main__":
    main()
