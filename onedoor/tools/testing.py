"""Runs the walls and the tests inside one database that is thrown away (what `scripts/test` starts)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from onedoor.tools.environment import database
from onedoor.tools.errors import ToolError
from onedoor.tools.manage import build

LANES = {
    "journeys": ("tests/journeys", "tests/tools/test_[b-o]*.py"),
    "doors": ("tests/doors", "tests/house", "tests/ui", "tests/tools/test_[!b-o]*.py"),
}
"""Tests that run beside the others, a process for each lane: journeys, which mostly wait for browsers, and the
screens; of the tools each takes so many that all lanes are about as long."""
PYTEST = (sys.executable, "-m", "pytest")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?)\b")


def main(given: list[str]) -> int:
    """Walls beside the tests unless single tests were named; the first failure decides the exit code, all are run."""
    build()
    named = any(not word.startswith("-") for word in given if word not in _values(given))
    with database(throwaway=True):
        if named:
            return subprocess.run([*PYTEST, *given]).returncode
        return everything(given)


def everything(given: list[str]) -> int:
    """All tests and the walls as several processes at once, each with its own home and database.

    The main lane is seen as it goes; what the others say follows when they are done, the walls last of all.
    """
    with tempfile.TemporaryDirectory(prefix="onedoor-aside-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)  # the database's own user has to pass
        others = {lane: _begun(lane, given, Path(place) / lane) for lane in LANES}
        walls = _walls(Path(place) / "walls")
        try:
            left = [path for patterns in LANES.values() for path in patterns]
            with subprocess.Popen(
                [*PYTEST, *given, *(f"--ignore-glob={path}" for path in left)],
                stdout=subprocess.PIPE,
                text=True,
            ) as first:
                seen = [_shown(line) for line in first.stdout or ()]
            codes = [first.returncode, *(other.wait() for other in others.values()), walls.wait()]
        finally:
            for other in (*others.values(), walls):
                other.kill()
        said = [(Path(place) / lane / "report").read_text(errors="replace").splitlines() for lane in LANES]
        stand = (Path(place) / "walls").read_text(errors="replace")
    print("\n".join(line for lines in said for line in lines))
    print(stand)
    print(closing(seen[-1:] + [line for lines in said for line in lines[-1:]]), flush=True)
    return max(codes, key=abs)


def _begun(lane: str, given: list[str], place: Path) -> subprocess.Popen[bytes]:
    """The tests of a lane as a process of their own; what it says goes into its report."""
    home = place / "home"
    home.mkdir(parents=True)
    place.chmod(0o755)
    url = _prepared(_another(os.environ["DATABASE_URL"], lane))
    with open(place / "report", "wb") as out:
        return subprocess.Popen(
            [*PYTEST, *given, *in_lane(lane)],
            stdout=out,
            stderr=out,
            env={**os.environ, "ONEDOOR_HOME": str(home), "DATABASE_URL": url},
        )


def _walls(report: Path) -> subprocess.Popen[bytes]:
    """The walls as a process of their own; what they say goes into the report."""
    with open(report, "wb") as out:
        return subprocess.Popen(["scripts/lint"], stdout=out, stderr=out)


def in_lane(lane: str) -> list[str]:
    """The paths of the tests of a lane, in their order."""
    return sorted(str(path) for pattern in LANES[lane] for path in Path().glob(pattern))


def closing(summaries: Iterable[str]) -> str:
    """The last lines of the processes as one; an error counts as failed."""
    counts = {"passed": 0, "failed": 0}
    for line in summaries:
        for number, word in COUNTED.findall(line):
            counts["passed" if word == "passed" else "failed"] += int(number)
    return f"{counts['passed']} passed, {counts['failed']} failed"


def _shown(line: str) -> str:
    print(line, end="", flush=True)
    return line


def _prepared(url: str) -> str:
    """Makes the database where there is none yet."""
    name = urlsplit(url).path.lstrip("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return url


def _another(url: str, lane: str) -> str:
    """The same server, another database."""
    return re.sub(r"(://[^/?]*)/[^?]*", rf"\1/onedoor_{lane}", url)


def _values(given: list[str]) -> set[str]:
    """What belongs to an option before it (`-p no:cacheprovider`), and names no test."""
    return {
        value for option, value in zip(given, given[1:], strict=False) if option in ("-p", "-k", "-m", "-n")
    }


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ToolError as fault:
        sys.exit(f"onedoor: {fault}")
