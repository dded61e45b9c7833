"""The front line: ticket, call, start, finish by 8 clients over HTTP, against the same rows by prepared SQL.

Two paths: the token API and the desk's own pages. Authentication, idempotency, audit and letters are on, and a round ends when
its letters are sealed and delivered. CPU counts the server's and the database's processes, not the load generator.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from bench.clients import CLIENTS, Cycle, Desk, Machine, Times, run
from bench.harness import finish, interleaved, node, say, served, tree
from bench.prepared import Floor, script

GOALS = {
    "cycles_per_s": (">=", 200),
    "cpu_ms_per_cycle": ("<=", 8),
    "desk_cycles_per_s": (">=", 150),
    "desk_cpu_ms": ("<=", 12),
    "floor_to_pgbench": ("<=", 1.3),
}
ROUNDS, SECONDS = 5, 6.0
DRAIN_SECONDS = 60


class Stage:
    """A centre that is open around the clock, with eight counters, an officer, a machine and their proofs."""

    def __init__(self, address: str) -> None:
        from onedoor.domain.access import api as access
        from onedoor.domain.centres import api as centres
        from onedoor.kernel.clock import now
        from onedoor.kernel.ids import named_id, new_id
        from onedoor.kernel.scope import Actor, everything

        at, system = now(), Actor.system()
        with everything("a benchmark builds its stage"):
            self.view = centres.centres()[0]
            hours = around_the_clock()
            calendar: dict[str, Any] = {
                "zone": self.view.zone,
                "rest": (),
                "hours": hours,
                "confirmed": False,
            }
            calendar_id = named_id("bench", "calendar")
            centres.save_calendar(
                by=system, at=at, id=calendar_id, unit=self.view.id, holidays=(), **calendar
            )
            centres.save_hours(by=system, at=at, centre=self.view.id, hours=hours, confirmed=False)
            for code in range(1, CLIENTS + 1):
                if str(code) not in [counter.code for counter in centres.counters(self.view.id)]:
                    name = {"lo": str(code), "en": str(code)}
                    centres.save_counter(
                        by=system, at=at, id=new_id(), centre=self.view.id, code=str(code), name=name
                    )
            self.counters = {counter.code: counter.id for counter in centres.counters(self.view.id)}
            for counter in self.counters.values():
                centres.set_counter_state(by=system, at=at, counter=counter, state="open")
            self.service = self.view.offers[0].service
            _, self.token = access.issue_token(
                by=system, at=at, name="bench", unit=self.view.id, scopes=["queue.take", "queue.call"]
            )
            self.login = named_id("bench", "login")
            access.save_login(
                by=system,
                at=at,
                id=self.login,
                username="bench",
                name={"lo": "b", "en": "b"},
                demonstration=True,
            )
            access.grant(
                by=system,
                at=at,
                login=self.login,
                role="officer",
                unit=self.view.id,
                valid_from=date(2021, 1, 1),
            )
        self.host, self.port = urlparse(address).hostname or "", urlparse(address).port or 0

    def machine(self, number: int) -> Cycle:
        """A client of the token API at its counter."""
        return Machine(self.host, self.port, self.token, self.view.code, str(number), str(self.service))

    def officer(self, number: int) -> Cycle:
        """A client of the desk's pages at its counter."""
        from onedoor.domain.catalogue import api as catalogue

        code = catalogue.service_by_id(self.service).code
        return Desk(self.host, self.port, session_of(self.login), self.view.code, str(number), code)


def session_of(login: Any) -> str:
    """The key of a session whose password and second factor were proved."""
    from types import SimpleNamespace

    from onedoor.config import staff
    from onedoor.config.sessions import SessionStore

    session = SessionStore()
    session["_auth_user_id"] = str(login)
    staff.begin(SimpleNamespace(session=session, META={}), login)  # type: ignore[arg-type]
    session.save()
    return str(session.session_key)


def around_the_clock() -> list[Any]:
    """Hours of a centre that never closes, so that a benchmark may run at night."""
    from datetime import time as clock

    from onedoor.domain.centres import api as centres

    return [centres.Hours(weekday=day, opens=clock(0), closes=clock(23, 59, 59)) for day in range(1, 8)]


def drained() -> None:
    """Waits until every letter is sealed and delivered."""
    from onedoor.kernel.letters import backlog

    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        held = backlog()
        if held["unsealed"] == 0 and held["undelivered"] - held["failed"] <= 0:
            return
        time.sleep(0.02)
    raise SystemExit(f"the letters were not delivered in {DRAIN_SECONDS} s: {backlog()}")


def cpu(root: int) -> float:
    """Processor seconds of a process, all below it, and those of its ended children."""
    ticks, total = os.sysconf("SC_CLK_TCK"), 0.0
    for pid in tree(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15]) / ticks
    return total


def postmaster() -> int:
    """The database's first process."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file('postmaster.pid', 0, 20)")
        return int(cursor.fetchone()[0].split()[0])


def measured(make: Callable[[int], Cycle], roots: list[int]) -> Callable[[], dict[str, float]]:
    """A round of the given clients: cycles a second, CPU a cycle and the slow end of single requests."""

    def round_() -> dict[str, float]:
        drained()
        clients = [make(number) for number in range(1, CLIENTS + 1)]
        before, began = sum(map(cpu, roots)), time.monotonic()
        times: Times = run(clients, seconds=SECONDS)
        drained()
        took, used = time.monotonic() - began, sum(map(cpu, roots)) - before
        if times.faults:
            raise SystemExit(f"{len(times.faults)} requests failed, e.g. {times.faults[0]}")
        slow = sorted(times.requests)[int(len(times.requests) * 0.95)]
        return {"per_s": times.cycles / took, "cpu_ms": used * 1000 / times.cycles, "p95_ms": slow * 1000}

    return round_


def pgbench(stage: Stage, place: Path) -> Callable[[], dict[str, float]]:
    """A round of PostgreSQL's own load generator with the floor's SQL."""
    binary = shutil.which("pgbench") or ""
    folder = Path(tempfile.mkdtemp(prefix="pgbench-", dir=place))
    folder.chmod(0o755)
    (folder / "cycle.sql").write_text(
        script(stage.view.id, list(stage.counters.values())[:CLIENTS], stage.service)
    )

    def round_() -> dict[str, float]:
        drained()
        command = [
            binary,
            "-n",
            "-M",
            "prepared",
            "-c",
            str(CLIENTS),
            "-j",
            "2",
            "-T",
            str(int(SECONDS)),
            "-f",
        ]
        told = subprocess.run(
            [*command, str(folder / "cycle.sql"), os.environ["DATABASE_URL"]], capture_output=True, text=True
        )
        found = [line for line in told.stdout.splitlines() if line.startswith("tps = ")]
        if not found:
            raise SystemExit(f"pgbench failed: {told.stderr[-500:]}")
        return {"per_s": float(found[0].split()[2])}

    return round_


def main() -> None:
    """Both paths, the floor and, where it is installed, pgbench, interleaved."""
    with node() as place, served(place) as server:
        stage = Stage(server.address)
        roots = [server.process.pid, postmaster()]
        floor = Floor(stage.view.id, list(stage.counters.values())[:CLIENTS], stage.service, drained)
        contestants: dict[str, Callable[[], Any]] = {
            "api": measured(stage.machine, roots),
            "desk": measured(stage.officer, roots),
            "floor": lambda: floor.round(SECONDS),
        }
        with_pgbench = shutil.which("pgbench") is not None
        if with_pgbench:
            contestants["pgbench"] = pgbench(stage, place)
        say("warming up")
        for contestant in (stage.machine, stage.officer):
            run([contestant(number) for number in range(1, CLIENTS + 1)], seconds=2)
        seen = interleaved(ROUNDS, **contestants)
    figures: dict[str, Any] = {
        "cycles_per_s": round(seen["api"]["per_s"]),
        "cpu_ms_per_cycle": round(seen["api"]["cpu_ms"], 2),
        "p95_ms": round(seen["api"]["p95_ms"], 1),
        "desk_cycles_per_s": round(seen["desk"]["per_s"]),
        "desk_cpu_ms": round(seen["desk"]["cpu_ms"], 2),
        "desk_p95_ms": round(seen["desk"]["p95_ms"], 1),
        "raw_cycles_per_s": round(seen["floor"]["per_s"]),
    }
    goals = dict(GOALS)
    if with_pgbench:
        figures["pgbench_cycles_per_s"] = round(seen["pgbench"]["per_s"])
        figures["floor_to_pgbench"] = round(seen["pgbench"]["per_s"] / seen["floor"]["per_s"], 2)
    else:
        del goals["floor_to_pgbench"]
    finish("frontline", figures, goals)


if __name__ == "__main__":
    main()
