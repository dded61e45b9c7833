"""What every benchmark shares: a node of its own, interleaved rounds with medians, and the last line of JSON."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Figures = dict[str, float | int | str | bool | None]
Goal = tuple[str, float | int | str]  # comparison and value: ("<=", 8), (">=", 200), ("==", "ok")
COMPARE: dict[str, Callable[[object, object], bool]] = {
    "<=": lambda figure, goal: figure <= goal,  # type: ignore[operator]
    ">=": lambda figure, goal: figure >= goal,  # type: ignore[operator]
    "==": lambda figure, goal: figure == goal,
}


def say(text: str) -> None:
    """Progress, on the error stream."""
    print(text, file=sys.stderr, flush=True)


def machine() -> dict[str, object]:
    """Where it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory, 1),
        "processor": model,
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }


def finish(
    name: str, figures: Figures, goals: Mapping[str, Goal], *, more: Mapping[str, object] | None = None
) -> None:
    """Prints the last line. A figure that is missing does not meet its goal."""
    met = all(
        figures.get(figure) is not None and COMPARE[sign](figures[figure], value)
        for figure, (sign, value) in goals.items()
    )
    told = {figure: f"{sign} {value}" for figure, (sign, value) in goals.items()}
    print(
        json.dumps(
            {
                "name": name,
                "figures": figures,
                "goals": told,
                "met": met,
                "machine": {**machine(), **(more or {})},
            }
        ),
        flush=True,
    )


def interleaved(rounds: int, **contestants: Callable[[], Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Runs every contestant once a round, each round in the other order; gives the median of each of its figures."""
    seen: dict[str, dict[str, list[float]]] = {name: {} for name in contestants}
    names = list(contestants)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            for figure, value in contestants[name]().items():
                seen[name].setdefault(figure, []).append(value)
        say(f"round {number + 1} of {rounds}: " + "; ".join(f"{one} {_last(seen[one])}" for one in names))
    return {
        name: {figure: statistics.median(values) for figure, values in them.items()}
        for name, them in seen.items()
    }


def _last(figures: Mapping[str, list[float]]) -> str:
    return ", ".join(f"{figure} {values[-1]:.3g}" for figure, values in figures.items())


@contextlib.contextmanager
def temporary_home() -> Iterator[Path]:
    """An empty home that is removed; ONEDOOR_HOME names it inside."""
    place = Path(tempfile.mkdtemp(prefix="onedoor-bench-"))
    place.chmod(0o755)  # the database's own user has to pass
    before = os.environ.get("ONEDOOR_HOME")
    os.environ["ONEDOOR_HOME"] = str(place)
    try:
        yield place
    finally:
        if before is None:
            del os.environ["ONEDOOR_HOME"]
        else:
            os.environ["ONEDOOR_HOME"] = before
        shutil.rmtree(place, ignore_errors=True)


@contextlib.contextmanager
def node(*, pack: bool = True) -> Iterator[Path]:
    """A node with Django set up in this process: own PostgreSQL, migrated, with the Lao pack loaded."""
    with temporary_home() as place, prepared(pack=pack):
        yield place


@contextlib.contextmanager
def prepared(*, pack: bool = True) -> Iterator[None]:
    """The database of the home up, migrated and filled, for as long as the context lasts."""
    from onedoor.tools.environment import database, set_up
    from onedoor.tools.manage import bring_up_to_date, build, collect

    os.environ.setdefault("ONEDOOR_MODE", "demo")
    build()
    with database():
        set_up()
        bring_up_to_date()
        collect()
        if pack:
            with contextlib.redirect_stdout(sys.stderr):
                from onedoor.tools.packs import LAO, load_folder

                if load_folder(LAO):
                    raise SystemExit("the Lao pack has faults")
        try:
            yield
        finally:
            from django.db import connections

            connections.close_all()


@dataclass
class Served:
    """A running `onedoor serve`."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def pids(self, word: str) -> list[int]:
        """Its processes whose command line has the word (web, worker, postgres)."""
        return [
            pid for pid, line in tree(self.process.pid).items() if f" {word}" in line or f"/{word} " in line
        ]


@contextlib.contextmanager
def served(place: Path, *words: str) -> Iterator[Served]:
    """`onedoor serve` on a free port for the home; DATABASE_URL, if set, is passed on."""
    port = free_port()
    log = place / "serve.log"
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "onedoor", "serve", "--port", str(port), *words],
            cwd=ROOT,
            env={
                "ONEDOOR_API_RATE": "10000000",  # a benchmark asks as often as it can
                **os.environ,
                "ONEDOOR_HOME": str(place),
                "ONEDOOR_ADDRESS": f"http://127.0.0.1:{port}",
            },
            stdout=output,
            stderr=output,
        )
    try:
        await_health(f"http://127.0.0.1:{port}", process, log)
        yield Served(f"http://127.0.0.1:{port}", process, log)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, and SIGKILL for who does not hear."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_health(address: str, process: subprocess.Popen[bytes], log: Path, *, seconds: float = 600) -> None:
    """Waits until the server answers."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(
                f"it ended with {process.returncode}:\n{log.read_text(errors='replace')[-3000:]}"
            )
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health", timeout=2):
            return
        time.sleep(0.02)
    raise SystemExit(f"{address} does not answer")


def free_port() -> int:
    """A port that nobody uses."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree(root: int) -> dict[int, str]:
    """Process numbers and command lines of a process and all below it."""
    parents: dict[int, list[int]] = {}
    lines: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(entry.name)
            parents.setdefault(int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(pid)
            lines[pid] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    found, waiting = {}, [root]
    while waiting:
        one = waiting.pop()
        found[one] = lines.get(one, "")
        waiting += parents.get(one, [])
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Processor time used by processes that live, in seconds."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def open_always(code: str) -> None:
    """Opens a centre day and night, so that a benchmark does not depend on the hour; inside `node`."""
    from datetime import time as clock

    from onedoor.domain.centres import api as centres
    from onedoor.kernel.clock import now
    from onedoor.kernel.ids import named_id
    from onedoor.kernel.scope import Actor, everything

    hours = [centres.Hours(weekday=day, opens=clock(0), closes=clock(23, 59)) for day in range(1, 8)]
    with everything("a benchmark opens its centre"):
        place = centres.centre_by_code(code).id
        by, at = Actor.system(), now()
        centres.save_calendar(
            by=by,
            at=at,
            id=named_id("bench", f"calendar/{code}"),
            unit=place,
            zone="Asia/Vientiane",
            rest=(),
            hours=hours,
            confirmed=False,
            holidays=(),
        )
        if centres.centre(place).hours:
            centres.save_hours(by=by, at=at, centre=place, hours=hours, confirmed=False)
        for counter in centres.counters(place):
            centres.set_counter_state(by=by, at=at, counter=counter.id, state="open")


def machine_token(code: str, *scopes: str) -> str:
    """A token of the exchange door for a centre; inside `node`."""
    from onedoor.domain.access import api as access
    from onedoor.kernel.clock import now
    from onedoor.kernel.scope import Actor, everything

    with everything("a benchmark gets a token"):
        unit = access.unit_by_code(code).id
        return access.issue_token(by=Actor.system(), at=now(), name="bench", unit=unit, scopes=scopes)[1]
