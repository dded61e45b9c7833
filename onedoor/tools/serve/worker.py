"""The one worker of a node: seals letters, delivers them, lets projections follow, runs the periodic jobs.

Singleton by advisory lock.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import random
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

import psycopg

from onedoor.tools.environment import database, set_up, settle
from onedoor.tools.home import home
from onedoor.tools.serve.privileges import step_down

WORKER_LOCK = 0x0D00_0002
POLL_SECONDS = 0.2
# A batch costs about the same for one letter as for fifty: in a busy minute they are gathered for longer.
GATHER_SECONDS, BUSY_SECONDS, BUSY_LETTERS = 0.015, 0.06, 6
SEALED_AT_ONCE, DELIVERED_AT_ONCE = 2000, 200
FOLLOW_SECONDS, LOOK_SECONDS, FOLLOWED_AT_ONCE = 0.8, 2.0, 1000
WAIT_FOR_LOCK_SECONDS = 1.0
log = logging.getLogger("onedoor.worker")


def worker(arguments: argparse.Namespace) -> int:
    """Works until SIGTERM. A second worker waits for the lock and takes over when the first is gone."""
    step_down(arguments, home())
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with database():
        set_up()
        with psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, application_name="onedoor-worker"
        ) as holder:
            while not holder.execute("SELECT pg_try_advisory_lock(%s)", [WORKER_LOCK]).fetchone()[0]:  # type: ignore[index]
                if stopping.wait(WAIT_FOR_LOCK_SECONDS):
                    return 0
            return Work(stopping).run(holder)


class Work:
    """The worker's threads; the first fault of the database ends them all and the supervisor starts anew."""

    def __init__(self, stopping: threading.Event) -> None:
        from onedoor.kernel.clock import now
        from onedoor.kernel.letters import listen_for_pokes

        self.now: Callable[[], datetime] = now
        self.stopping = stopping
        self.failed = threading.Event()
        self.sealed = threading.Event()
        self.grown = threading.Event()
        self.listener: socket.socket | None = None
        try:
            self.listener = listen_for_pokes()
        except OSError as fault:  # a home with a very long path: a socket's name has room for 107 bytes
            log.warning("no pokes: letters wait for the next poll", extra={"fault": type(fault).__name__})

    def run(self, holder: psycopg.Connection[tuple[object, ...]]) -> int:
        """Runs the three loops; gives 0 after SIGTERM, 1 when the lock or the database is gone."""
        loops = [
            threading.Thread(target=self._guarded, args=(loop,), name=loop.__name__, daemon=True)
            for loop in (self._seal, self._deliver, self._follow, self._jobs)
        ]
        for loop in loops:
            loop.start()
        settle()
        log.info("worker started")
        while not self.stopping.wait(1.0) and not self.failed.is_set():
            try:
                holder.execute("SELECT 1")  # the lock lives with this connection
            except psycopg.Error:
                self.failed.set()
        self.stopping.set()
        self.sealed.set()
        self.grown.set()
        for loop in loops:
            loop.join(10)
        return int(self.failed.is_set())

    def _guarded(self, loop: Callable[[], None]) -> None:
        from django.db import connection

        try:
            loop()
        except Exception as fault:
            log.error(
                "a loop of the worker ended", extra={"job": loop.__name__, "fault": type(fault).__name__}
            )
            self.failed.set()
        finally:
            with contextlib.suppress(Exception):
                connection.close()

    def _seal(self) -> None:
        """Seals on each poke, at the latest every 200 ms; tells the delivery."""
        from onedoor.kernel.letters import seal_batch

        last = 0
        while not self.stopping.is_set():
            if self.listener is None:
                self.stopping.wait(POLL_SECONDS)
            elif select.select([self.listener], [], [], POLL_SECONDS)[0]:
                self.stopping.wait(gather_for(last))
                swallow(self.listener)
            last = 0
            while sealed := seal_batch(limit=SEALED_AT_ONCE):
                last += sealed
                self.sealed.set()
                self.grown.set()
                if sealed < SEALED_AT_ONCE:
                    break

    def _deliver(self) -> None:
        """Delivers after each sealing, at the latest every 200 ms; a full batch means that more waits."""
        from onedoor.kernel.letters import deliver_batch

        tried = 0
        while not self.stopping.is_set():
            self.sealed.wait(POLL_SECONDS)
            self.stopping.wait(gather_for(tried))
            self.sealed.clear()
            while (tried := deliver_batch(at=self.now(), limit=DELIVERED_AT_ONCE)) == DELIVERED_AT_ONCE:
                if self.stopping.is_set():
                    break

    def _follow(self) -> None:
        """Lets projections follow the sealed letters, gathered for a while: their readers look seconds later."""
        from onedoor.kernel.letters import follow_batch

        while not self.stopping.is_set():
            self.grown.wait(LOOK_SECONDS)
            self.stopping.wait(FOLLOW_SECONDS)
            self.grown.clear()
            while follow_batch(limit=FOLLOWED_AT_ONCE) >= FOLLOWED_AT_ONCE:
                if self.stopping.wait(0.01):
                    break

    def _jobs(self) -> None:
        """Runs what contexts declared with `clock.every`; a job that fails is logged and comes again."""
        from onedoor.kernel.clock import periodic_jobs
        from onedoor.kernel.scope import everything

        # The first round is spread, so that a restart does not run all of them at once.
        due = {job.name: time.monotonic() + random.random() * min(job.seconds, 5) for job in periodic_jobs()}
        while not self.stopping.wait(0.1):
            for job in periodic_jobs():
                if time.monotonic() < due[job.name]:
                    continue
                due[job.name] = time.monotonic() + job.seconds
                try:
                    with everything(f"the worker's job {job.name} works for every centre"):
                        job.job(at=self.now())
                except Exception as fault:
                    if _database_is_gone(fault):
                        raise
                    log.error("a job failed", extra={"job": job.name, "fault": type(fault).__name__})


def gather_for(before: int) -> float:
    """How many seconds to gather for, by how many letters the batch before held."""
    return BUSY_SECONDS if before >= BUSY_LETTERS else GATHER_SECONDS


def swallow(listener: socket.socket) -> None:
    """Takes every poke that waits: one round of work answers them all."""
    listener.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            listener.recv(64)


def _database_is_gone(fault: Exception) -> bool:
    from django.db import InterfaceError, OperationalError

    return isinstance(fault, OperationalError | InterfaceError)
