"""A node for tests of the tools: its own home and PostgreSQL, away from the database of the other tests."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Node:
    """A home, and `onedoor` commands that run in it."""

    home: Path
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = 0
    interpreter: str = sys.executable
    more: dict[str, str] = field(default_factory=dict)

    @property
    def surroundings(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "PYTEST_VERSION")
        }
        return {
            **kept,
            "ONEDOOR_HOME": str(self.home),
            "ONEDOOR_MODE": "test",
            "PYTHONPATH": os.getcwd(),
            **self.more,
        }

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Runs one command to its end."""
        return subprocess.run(
            [self.interpreter, "-m", "onedoor", *words],
            env={**self.surroundings, **more},
            capture_output=True,
            text=True,
            timeout=300,
        )

    def python(self, program: str) -> str:
        """Runs a few lines with the database up and Django set up; gives what they print."""
        opening = "from onedoor.tools.environment import database, set_up\nwith database():\n    set_up()\n"
        body = "".join(f"    {line}\n" for line in program.strip().splitlines())
        done = subprocess.run(
            [self.interpreter, "-c", opening + body],
            env=self.surroundings,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def serve(self, *words: str) -> subprocess.Popen[bytes]:
        """Starts `onedoor serve` and waits until it answers."""
        import socket

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        with open(self.home / "serve.log", "ab") as log:
            server = subprocess.Popen(
                [self.interpreter, "-m", "onedoor", "serve", "--port", str(self.port), *words],
                env=self.surroundings,
                stdout=log,
                stderr=log,
            )
        self.servers.append(server)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert server.poll() is None, (self.home / "serve.log").read_text()
            with contextlib.suppress(OSError):
                self.get("/health")
                return server
            time.sleep(0.05)
        raise AssertionError((self.home / "serve.log").read_text())

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an address."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read()

    def ready(self) -> dict[str, Any]:
        """What /ready says to people on this machine."""
        return json.loads(self.get("/ready")[1])  # type: ignore[no-any-return]

    def stop(self) -> None:
        """Stops every server that runs."""
        for server in self.servers:
            if server.poll() is None:
                server.send_signal(signal.SIGTERM)
                server.wait(40)
        self.servers.clear()


@contextlib.contextmanager
def node(interpreter: str = sys.executable, **more: str) -> Iterator[Node]:
    """A node that is thrown away; ``more`` goes into the environment of its commands."""
    home = Path(tempfile.mkdtemp(prefix="onedoor-node-"))
    home.chmod(0o755)
    one = Node(home, interpreter=interpreter, more=more)
    try:
        yield one
    finally:
        one.stop()
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def copied(prepared: Node) -> Iterator[Node]:
    """A node of its own with what a stopped one has prepared: database, screens, secrets; a second instead of five."""
    with node(prepared.interpreter, **prepared.more) as one:
        subprocess.run(["cp", "-a", f"{prepared.home}/.", str(one.home)], check=True)
        (one.home / "serve.log").unlink(missing_ok=True)
        yield one
