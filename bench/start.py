"""How long a newcomer waits: fresh clone to serving (with a warm package cache), and the second start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.harness import ROOT, await_health, finish, free_port, say, stop

GOALS = {"first_s": ("<=", 180), "second_s": ("<=", 3)}


def main() -> None:
    """Clones what is committed, starts it twice."""
    place = Path(tempfile.mkdtemp(prefix="onedoor-start-"))
    place.chmod(0o755)
    clone = place / "clone"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    try:
        first = _start(place, clone)
        say(f"first start {first:.1f} s")
        seconds = sorted(_start(place, clone) for _ in range(3))
        say(f"second starts {', '.join(f'{one:.2f}' for one in seconds)} s")
        finish("start", {"first_s": round(first, 1), "second_s": round(seconds[1], 2)}, GOALS)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _start(place: Path, clone: Path) -> float:
    """Seconds from the command to an answer; then it is stopped."""
    port, log = free_port(), place / "demo.log"
    surroundings = {
        name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "DATABASE_URL")
    }
    surroundings["ONEDOOR_HOME"] = str(place / "home")
    began = time.monotonic()
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [_python(), str(clone / "scripts" / "demo"), "--port", str(port)],
            cwd=clone,
            env=surroundings,
            stdout=output,
            stderr=output,
        )
    try:
        await_health(f"http://127.0.0.1:{port}", process, log, seconds=1800)
        return time.monotonic() - began
    finally:
        stop(process)


def _python() -> str:
    """The Python that a newcomer would call: not the one of this environment."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


if __name__ == "__main__":
    main()
