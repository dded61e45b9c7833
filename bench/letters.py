"""What letters cost: publishing, the lag of sealing under load, and the speed of verifying and delivering."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from typing import Any
from uuid import UUID

from bench.harness import finish, interleaved, node, say, stop

GOALS = {
    "publish_us": ("<=", 1000),
    "seal_lag_p99_ms": ("<=", 100),
    "verify_per_s": (">=", 50_000),
    "delivered_per_s": (">=", 500),
}
ROUNDS, IN_ONE, TRANSACTIONS = 5, 10, 100
RATE, SECONDS, WRITERS = 200, 10, 4  # letters a second under which the lag is measured
VERIFIED, DELIVERED = 20_000, 3_000


class Stand:
    """As much of an aggregate as publishing reads: the letter's own cost, without an aggregate's row."""

    class _meta:
        label_lower = "bench.stand"

    def __init__(self) -> None:
        from onedoor.kernel.ids import new_id

        self.pk: UUID = new_id()
        self.epoch, self.version = 1, 1
        self.unpublished = True


def main() -> None:
    """Measures one after the other on one node."""
    with node(pack=False) as place:
        from django.db import connection

        from bench.happened import Happened  # noqa: F401  (declares the handler)

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_seen (counter uuid PRIMARY KEY, seen bigint NOT NULL)")
        publishing = interleaved(ROUNDS, subject=publish_round, floor=floor_round)
        lag = seal_lag(place)
        say(
            f"lag of sealing: p50 {lag['p50']:.0f} ms, p99 {lag['p99']:.0f} ms over {lag['count']:.0f} letters"
        )
        figures: dict[str, Any] = {
            "publish_us": round(publishing["subject"]["us"]),
            "raw_publish_us": round(publishing["floor"]["us"]),
            "seal_lag_p50_ms": round(lag["p50"], 1),
            "seal_lag_p99_ms": round(lag["p99"], 1),
            "delivered_per_s": round(delivered()),
            "verify_per_s": round(verified()),
        }
        finish("letters", figures, GOALS)


def one_letter(*, heard: bool) -> None:
    """Publishes once inside the transaction that is open."""
    from bench.happened import Happened
    from onedoor.kernel.clock import now
    from onedoor.kernel.letters import publish
    from onedoor.kernel.scope import Actor

    event = Happened(counter=UUID(int=int(time.monotonic() * 1000) % 20 + 1), number="A012")
    publish(event, of=Stand(), by=Actor.system(), at=now(), to=None if heard else UUID(int=9))  # type: ignore[arg-type]


def publish_round() -> dict[str, float]:
    """Microseconds that `publish` takes inside a transaction (median)."""
    from django.db import transaction

    taken = []
    for _ in range(TRANSACTIONS):
        with transaction.atomic():
            for _ in range(IN_ONE):
                began = time.perf_counter()
                one_letter(heard=True)
                taken.append(time.perf_counter() - began)
    return {"us": statistics.median(taken) * 1e6}


def floor_round() -> dict[str, float]:
    """The same rows by the same statement, prepared, from psycopg itself."""
    import psycopg

    from bench.happened import Happened
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import new_id
    from onedoor.kernel.letters import letter_values
    from onedoor.kernel.letters.publish import PUBLISH
    from onedoor.kernel.scope import Actor

    taken = []
    event = Happened(counter=UUID(int=1), number="A012")
    values = letter_values(event, kind="bench.stand", by=Actor.system(), at=now())
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        for _ in range(TRANSACTIONS):
            for _ in range(IN_ONE):
                given = {**values, "id": new_id(), "epoch": 1, "version": 1}
                began = time.perf_counter()
                connection.execute(PUBLISH, given, prepare=True).fetchone()
                taken.append(time.perf_counter() - began)
            connection.commit()
    return {"us": statistics.median(taken) * 1e6}


def seal_lag(place: object) -> dict[str, float]:
    """Milliseconds from a letter's commit to its number, with the worker as it runs in service."""
    worker = subprocess.Popen([sys.executable, "-m", "onedoor", "worker"], env=dict(os.environ))
    committed: dict[int, float] = {}
    sealed: dict[int, float] = {}
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(sealed, done), daemon=True)
    watcher.start()
    time.sleep(3)
    try:
        writers = [threading.Thread(target=_write, args=(committed,)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        time.sleep(2)
    finally:
        done.set()
        watcher.join(10)
        stop(worker)
    lags = sorted((sealed[one] - committed[one]) * 1000 for one in committed if one in sealed)
    missing = len(committed) - len(lags)
    if missing:
        say(f"{missing} letters were not sealed in time")
        lags += [2000.0] * missing
    return {"p50": lags[len(lags) // 2], "p99": lags[int(len(lags) * 0.99)], "count": float(len(lags))}


def _write(committed: dict[int, float]) -> None:
    from django.db import connection, transaction

    from bench.happened import Happened
    from onedoor.kernel.clock import now
    from onedoor.kernel.letters import publish
    from onedoor.kernel.scope import Actor

    began = time.monotonic()
    for number in range(RATE * SECONDS // WRITERS):
        pause = began + number * WRITERS / RATE - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        with transaction.atomic():
            event = Happened(counter=UUID(int=1), number="A012")
            letter = publish(event, of=Stand(), by=Actor.system(), at=now(), to=UUID(int=9))  # type: ignore[arg-type]
        committed[letter] = time.monotonic()
    connection.close()


def _watch(sealed: dict[int, float], done: threading.Event) -> None:
    import psycopg

    from onedoor.kernel.letters import CHANNEL

    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        row = listening.execute("SELECT coalesce(max(number), 0) FROM kernel_seal").fetchone()
        last = row[0] if row else 0
        while not done.is_set():
            if list(listening.notifies(timeout=0.2, stop_after=1)):
                seen = time.monotonic()
                for number, letter in listening.execute(
                    "SELECT number, letter FROM kernel_seal WHERE number > %s ORDER BY number", [last]
                ).fetchall():
                    sealed[letter], last = seen, number


def _fill(count: int, *, heard: bool) -> None:
    from django.db import transaction

    for _ in range(count // 100):
        with transaction.atomic():
            for _ in range(100):
                one_letter(heard=heard)


def delivered() -> float:
    """Deliveries a second, each with its handler's own write, by one worker."""
    from onedoor.kernel.clock import now
    from onedoor.kernel.letters import deliver_batch, seal_batch

    while seal_batch() or deliver_batch(at=now()):
        pass
    _fill(DELIVERED, heard=True)
    began, count = time.monotonic(), 0
    while batch := deliver_batch(at=now()):
        count += batch
    return count / (time.monotonic() - began)


def verified() -> float:
    """Letters a second that `onedoor verify` reads and checks."""
    from onedoor.kernel.letters import seal_batch, verify

    _fill(VERIFIED, heard=False)
    while seal_batch():
        pass
    speeds = []
    for _ in range(3):
        began = time.monotonic()
        found = verify()
        if not found.ok:
            raise SystemExit("\n".join(found.faults[:5]))
        speeds.append(found.letters / (time.monotonic() - began))
    return statistics.median(speeds)


if __name__ == "__main__":
    main()
