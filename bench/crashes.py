"""SIGKILL of server, worker and database in turn while people are served: no acknowledged write is lost or doubled.

Clients live visits over the API (ticket, call, start, finish) and repeat each request under its idempotency key until it is
acknowledged. After the last kill the whole tree is killed once more and started; then every acknowledged step is looked up.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import uuid4

from bench.harness import (
    Served,
    finish,
    machine_token,
    open_always,
    prepared,
    say,
    served,
    temporary_home,
    tree,
)
from onedoor.tools.environment import database

CENTRE, SERVICE = "0103-1", "birth-registration"
GOALS = {
    "kills": (">=", 30),
    "lost": ("==", 0),
    "doubled": ("==", 0),
    "verify": ("==", "ok"),
    "next_start": ("==", "clean"),
}
CLIENTS = 4


@dataclass
class Acknowledged:
    """What the clients were told: per ticket the last step, and how many tickets they took."""

    steps: dict[str, str] = field(default_factory=dict)
    taken: int = 0
    refused: int = 0
    repeats: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, ticket: str, status: str) -> None:
        with self.lock:
            self.steps[ticket] = status


class Client(threading.Thread):
    """Lives one visit after the other at a counter of its own."""

    def __init__(
        self, port: int, token: str, counter: str, told: Acknowledged, stop: threading.Event
    ) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.counter, self.told, self.stopping = port, token, counter, told, stop

    def run(self) -> None:
        """Until it is told to stop; the visit that has begun is ended."""
        while not self.stopping.is_set():
            taken = self.ask(f"centres/{CENTRE}/tickets", {"service": SERVICE})
            if taken is None:
                continue
            with self.told.lock:
                self.told.taken += 1
            self.told.note(taken["id"], "waiting")
            called = self.ask(f"centres/{CENTRE}/counters/{self.counter}/call-next", {})
            if called is None:
                continue
            self.told.note(called["id"], "called")
            for step in ("start", "finish"):
                done = self.ask(f"centres/{CENTRE}/tickets/{called['id']}/{step}", {})
                if done is not None:
                    self.told.note(done["id"], done["status"])

    def ask(self, address: str, body: dict[str, str]) -> dict[str, str] | None:
        """Posts under one key until there is an answer; None for a refusal."""
        key, deadline = uuid4().hex, time.monotonic() + 120
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
                try:
                    headers = {
                        "Authorization": f"Bearer {self.token}",
                        "Idempotency-Key": key,
                        "Content-Type": "application/json",
                    }
                    connection.request("POST", f"/api/v1/{address}", json.dumps(body), headers)
                    answer = connection.getresponse()
                    content = answer.read()
                finally:
                    connection.close()
                if answer.status in (200, 201):
                    return json.loads(content)  # type: ignore[no-any-return]
                if answer.status < 500:
                    with self.told.lock:
                        self.told.refused += 1
                    return None
            with self.told.lock:
                self.told.repeats += 1
            time.sleep(0.05)
        raise SystemExit(f"no answer for two minutes: {address}")


def main(kills: int) -> None:
    """Kills in turn, then looks."""
    chance, told = Random(7), Acknowledged()
    with temporary_home() as place:
        with prepared():
            open_always(CENTRE)
            token = machine_token(CENTRE, "queue.take", "queue.call")
        done = _kill_in_turn(place, token, kills, chance, told)
        with served(place):  # the next start, after a kill of the whole tree
            pass
        with database():
            figures = _look(told)
    finish("crashes", {"kills": done, **figures}, GOALS)


def _kill_in_turn(place: Path, token: str, kills: int, chance: Random, told: Acknowledged) -> int:
    stop, done = threading.Event(), 0
    with served(place, "--web", "1") as server:
        port = int(server.address.rsplit(":", 1)[1])
        clients = [Client(port, token, str(number + 1), told, stop) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        for number in range(kills):
            time.sleep(chance.uniform(0.5, 1.5))
            word = ("web", "worker", "postgres")[number % 3]
            done += _kill(server, word)
            _await_recovery(server, told)
            say(
                f"kill {number + 1} ({word}): {told.taken} tickets acknowledged, {told.repeats} requests repeated"
            )
        time.sleep(1)
        stop.set()
        for client in clients:
            client.join(150)
        for pid in tree(server.process.pid):  # and the whole tree at the end, without a goodbye
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        server.process.wait()
    return done


def _kill(server: Served, word: str) -> int:
    """Kills one process of the kind; the postmaster among PostgreSQL's."""
    lines = tree(server.process.pid)
    found = [
        pid
        for pid, line in lines.items()
        if f"onedoor {word}" in line or (word == "postgres" and " -D " in line)
    ]
    if not found:
        return 0
    os.kill(found[0], signal.SIGKILL)
    return 1


def _await_recovery(server: Served, told: Acknowledged) -> None:
    """Waits until clients are acknowledged again and a worker runs."""
    before, deadline = told.taken, time.monotonic() + 90
    port = int(server.address.rsplit(":", 1)[1])
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/ready")
            state = json.loads(connection.getresponse().read())
            connection.close()
            if told.taken > before + 3 and state.get("missing") == []:
                return
        time.sleep(0.1)
    raise SystemExit(f"not serving again after 90 s: {server.log.read_text(errors='replace')[-2000:]}")


def _look(told: Acknowledged) -> dict[str, float | int | str | bool | None]:
    """Every acknowledged step is there; there are no more tickets than were taken; the chain is whole."""
    from django.db import connection

    from onedoor.kernel.letters import verify

    order = ("waiting", "called", "serving", "served")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, status FROM queue_ticket")
        kept = dict(cursor.fetchall())
    lost = sum(
        1
        for ticket, status in told.steps.items()
        if ticket not in kept or order.index(kept[ticket]) < order.index(status)
    )
    found = verify()
    return {
        "acknowledged": len(told.steps),
        "served": sum(status == "served" for status in told.steps.values()),
        "repeats": told.repeats,
        "lost": lost,
        "doubled": len(kept) - told.taken,
        "letters": found.letters,
        "verify": "ok" if found.ok else "; ".join(found.faults[:3]),
        "next_start": "clean",
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
