"""What a killed server leaves behind: its lock files. A live server is told from a reused process number."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


def recorded(data: Path) -> int | None:
    """The process number in postmaster.pid; None without a readable one."""
    try:
        return abs(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None


def command_of(pid: int) -> str:
    """The command line of a process; empty when it is gone or not ours to see."""
    listing = Path(f"/proc/{pid}/cmdline")
    try:
        return listing.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    return subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


def running(data: Path) -> bool:
    """Whether a postmaster of exactly this data directory is alive."""
    pid = recorded(data)
    return pid is not None and "postgres" in command_of(pid) and f"-D {data} " in command_of(pid) + " "


def clear(data: Path, sockets: Path) -> None:
    """Removes the lock files of a dead postmaster and waits for its last children to leave the shared memory."""
    pid = recorded(data)
    if pid is None:
        return
    deadline = time.monotonic() + 10
    while _children(data) and time.monotonic() < deadline:
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    for lock in sockets.glob(".s.PGSQL.*"):
        lock.unlink(missing_ok=True)


def _children(data: Path) -> list[int]:
    """Processes whose working directory is the data directory: a postmaster's children stand there."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(data):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
