"""Terms that have run out, among all that wait: 200 due of 200,000, with 100 k live and 1 M finished cases.

``due_200_ms`` is the look as the worker takes it: find them, lock their cases, look again. ``empty_ms`` is the look when none is
due, which happens every five seconds. ``fired_200_ms`` is all of it: 200 cases moved on, with their letters, in one transaction.
"""

from __future__ import annotations

import statistics
import time
from datetime import timedelta
from typing import Any

from bench import living
from bench.harness import finish, node, say

GOALS = {"due_200_ms": ("<=", 5)}
TIMES = 15


def main() -> None:
    """Fills the node, lets terms run out again and again, takes the median."""
    with node():
        from onedoor.domain.cases.actions import fire_timers
        from onedoor.kernel.clock import now

        at = now()
        counts = living.fill(at=at)
        looks, fired, empty = [], [], []
        for turn in range(TIMES):
            empty.append(look(at))
            living.run_out(at=at)
            looks += [look(at) for _ in range(3)]
            began = time.perf_counter()
            number = fire_timers(at=at + timedelta(seconds=turn))
            fired.append((time.perf_counter() - began) * 1e3)
            if number != living.DUE:
                raise SystemExit(f"{number} fired of {living.DUE}")
        say(f"looks {min(looks):.2f} to {max(looks):.2f} ms")
        figures = {
            "due_200_ms": round(statistics.median(looks), 2),
            "empty_ms": round(statistics.median(empty), 2),
            "fired_200_ms": round(statistics.median(fired), 1),
            **counts,
        }
        finish("timers", figures, GOALS)


def look(at: Any) -> float:
    """One look, its locks given back; in milliseconds."""
    from django.db import transaction

    from onedoor.domain.cases.models import lock_due_timers

    with transaction.atomic():
        began = time.perf_counter()
        lock_due_timers(at=at, limit=living.DUE)
        return (time.perf_counter() - began) * 1e3


if __name__ == "__main__":
    main()
