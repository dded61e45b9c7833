"""Killing a whole tree of processes, as a power cut would."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path


def descendants(root: int) -> list[int]:
    """The process and all below it, from /proc."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def kill_tree(root: int) -> list[int]:
    """SIGKILL to every process of the tree at once; returns when none is left."""
    victims = descendants(root)
    for victim in victims:  # stopped first, so that no parent can act on a child's death
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGSTOP)
    for victim in victims:
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(alive(victim) for victim in victims[1:]) and time.monotonic() < deadline:
        time.sleep(0.02)
    return victims


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
