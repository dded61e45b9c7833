"""`onedoor serve`: PostgreSQL, web and worker under one parent; who falls is started again, who ends takes all along."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from onedoor.tools.environment import database
from onedoor.tools.errors import ToolError
from onedoor.tools.home import home
from onedoor.tools.in_use import served
from onedoor.tools.manage import build
from onedoor.tools.postgres import Cluster
from onedoor.tools.processes import die_with_parent
from onedoor.tools.serve.addresses import listen, refuse_public_demo
from onedoor.tools.serve.freshness import is_fresh, mark_fresh
from onedoor.tools.serve.notes import note
from onedoor.tools.serve.privileges import step_down

SHORTEST_WAIT, LONGEST_WAIT, STEADY_SECONDS = 0.25, 30.0, 60.0
STOP_SECONDS = 12.0


@dataclass
class Child:
    """One supervised process with its backoff."""

    name: str
    words: list[str]
    environment: dict[str, str]
    hand_over: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    started: float = 0.0
    wait: float = SHORTEST_WAIT
    not_before: float = 0.0

    def start(self) -> None:
        """Starts the process; the kernel ends it when we die."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "onedoor", *self.words],
            env={**os.environ, **self.environment},
            pass_fds=self.hand_over,
            preexec_fn=die_with_parent(signal.SIGTERM),
            process_group=0,
        )

    def look(self) -> None:
        """Starts it again when it has ended, later each time that it did not last a minute."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            lasted = time.monotonic() - self.started
            self.wait = SHORTEST_WAIT if lasted > STEADY_SECONDS else min(self.wait * 2, LONGEST_WAIT)
            self.not_before = time.monotonic() + self.wait
            self.process = None
            note(
                "a process ended and is started again",
                process=self.name,
                code=code,
                seconds=round(self.wait, 2),
            )
        if time.monotonic() >= self.not_before:
            self.start()

    def ask_to_stop(self) -> None:
        """Sends SIGTERM."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def see_off(self, until: float) -> None:
        """Waits for its end, and ends it hard when the patience is used up."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Stop(BaseException):
    """A signal asked us to end."""


def _on_signal(number: int, _frame: FrameType | None) -> None:
    raise Stop(number)


def serve(arguments: argparse.Namespace, *, when_serving: Callable[[str], None] | None = None) -> int:
    """Serves until SIGTERM or Ctrl-C. `when_serving` is called once with the address."""
    refuse_public_demo(arguments.host, allowed=arguments.public_demo)
    if arguments.web < 1:
        raise ToolError("--web takes a number from 1 on.")
    if os.geteuid() == 0:
        build()  # beside the program, where the service's user may not write
    step_down(arguments, home())
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _on_signal)
    began = time.monotonic()
    children: list[Child] = []
    try:
        listener = listen(arguments.host, arguments.port)
        address = f"http://{_spelled(arguments.host)}:{listener.getsockname()[1]}"
        with served(home()), database() as cluster:
            try:
                build()
                if not arguments.no_migrate and not is_fresh(os.environ["DATABASE_URL"]):
                    _migrate()
                    mark_fresh(os.environ["DATABASE_URL"])
                children += _children(arguments, listener.fileno())
                for child in children:
                    child.start()
                _await_health(address, children)
                note("serving", address=address, seconds=round(time.monotonic() - began, 2))
                if when_serving:
                    when_serving(address)
                _watch(children, cluster)
            finally:
                _ignore_signals()
                _end(children)
    except Stop:
        pass
    note("stopped")
    return 0


def _spelled(host: str) -> str:
    return f"[{host}]" if ":" in host else "127.0.0.1" if host == "0.0.0.0" else host


def _migrate() -> None:
    done = subprocess.run([sys.executable, "-m", "onedoor", "migrate", "--quiet"], stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ToolError("The database could not be brought up to date; see above.")


def _children(arguments: argparse.Namespace, listening: int) -> list[Child]:
    measures = home().run / "metrics"
    shutil.rmtree(measures, ignore_errors=True)
    measures.mkdir(parents=True)
    common = {"PROMETHEUS_MULTIPROC_DIR": str(measures)}
    words = ["web", "--host", arguments.host]
    words += ["--public-demo"] if arguments.public_demo else []
    children = [
        Child(f"web-{number}", words, {**common, "ONEDOOR_LISTEN_FD": str(listening)}, (listening,))
        for number in range(1, arguments.web + 1)
    ]
    if not arguments.no_worker:
        children.append(Child("worker", ["worker"], common))
    return children


def _await_health(address: str, children: list[Child]) -> None:
    for _ in range(1200):
        for child in children:
            child.look()
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise ToolError("The web server does not answer.")


def _watch(children: list[Child], cluster: Cluster | None) -> None:
    while True:
        if cluster and not cluster.lives():
            note("PostgreSQL ended and is started again")
            _revive(cluster)
            if os.environ["DATABASE_URL"] != cluster.url():  # somebody took its port meanwhile
                os.environ["DATABASE_URL"] = cluster.url()
                for child in children:
                    child.ask_to_stop()
        for child in children:
            child.look()
        time.sleep(0.2)


def _revive(cluster: Cluster) -> None:
    wait = SHORTEST_WAIT
    while True:
        try:
            cluster.start()
            return
        except ToolError as fault:
            note("PostgreSQL did not start", fault=str(fault).splitlines()[0], seconds=wait)
            time.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)


def _ignore_signals() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _end(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + STOP_SECONDS
    for child in children:
        child.see_off(until)
