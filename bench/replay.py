"""Replaying event logs, each in a process of its own: how many events a second, and how much memory a ten times longer log takes.

The log is invented from a seed: cases of about six steps like those of a permit office. The floor reads the same file with the
standard library's `iterparse` and keeps nothing.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.etree.ElementTree import iterparse

from bench.harness import finish, node, say

GOALS = {"events_per_s": (">=", 3000), "mb": ("<=", 200), "mb_grown": ("<=", 15)}
SHORT, LONG = 2_000, 20_000
ACTIVITIES = [f"T{number:02d} A step of the permit office" for number in range(1, 28)]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0"><string key="concept:name" value="bench {0}"/>\n'


def main() -> None:
    """Writes the logs, replays them in children, reads the long one with the floor."""
    with node() as place:
        logs = {count: written(place / f"{count}.xes.gz", count) for count in (SHORT, LONG)}
        seen = {count: child(path) for count, (path, _) in logs.items()}
        again = child(logs[SHORT][0])
        path, events = logs[LONG]
        figures: dict[str, Any] = {
            "events_per_s": round(events / seen[LONG]["seconds"]),
            "events_per_cpu_s": round(events / seen[LONG]["cpu"]),
            "mb": round(seen[LONG]["mb"], 1),
            "mb_grown": round(seen[LONG]["mb"] - seen[SHORT]["mb"], 1),
            "again_events_per_s": round(logs[SHORT][1] / again["seconds"]),
            "read_only_events_per_s": round(events / floor(path)),
            "events": events,
            "new_again": again["new"],
        }
        finish("replay", figures, GOALS)


def written(path: Path, count: int) -> tuple[Path, int]:
    """A log of ``count`` cases and how many events it has; the same each time."""
    chance, at, events = Random(count), datetime.fromisoformat("2011-01-03T09:00:00+07:00"), 0
    with gzip.open(path, "wt", compresslevel=1) as file:
        file.write(HEAD.format(count))
        for number in range(count):
            at += timedelta(minutes=chance.randrange(1, 60))
            steps = chance.choice((1, 4, 6, 6, 7, 12))
            events += steps
            file.write(trace(number, at, steps, chance))
        file.write("</log>\n")
    return path, events


def trace(number: int, at: datetime, steps: int, chance: Random) -> str:
    """One case with what such logs carry."""
    lines = [
        f'<trace><string key="concept:name" value="case-{number}"/><string key="channel" value="Internet"/>',
        f'<date key="startdate" value="{at.isoformat()}"/><string key="department" value="General"/>',
        f'<date key="deadline" value="{(at + timedelta(days=56)).isoformat()}"/>',
    ]
    if chance.random() < 0.9:
        lines.append(f'<date key="enddate" value="{(at + timedelta(days=60)).isoformat()}"/>')
    for _ in range(steps):
        at += timedelta(minutes=chance.randrange(1, 6000))
        lines.append(
            f'<event><string key="org:group" value="Group {chance.randrange(9)}"/>'
            f'<string key="concept:instance" value="task-{chance.randrange(10**6)}"/>'
            f'<string key="org:resource" value="Resource{chance.randrange(43)}"/>'
            f'<string key="concept:name" value="{chance.choice(ACTIVITIES)}"/>'
            f'<date key="time:timestamp" value="{at.isoformat()}"/>'
            '<string key="lifecycle:transition" value="complete"/></event>'
        )
    return "\n".join(lines) + "</trace>\n"


def child(path: Path) -> dict[str, float]:
    """Replays a log in a process of its own; seconds of loading, and its highest memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.replay", str(path)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ,
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    say(f"{path.name}: {told}")
    return told


def replayed(path: Path) -> None:
    """What the child does."""
    from onedoor.tools.environment import set_up

    set_up()
    from onedoor.domain.access.api import refresh
    from onedoor.kernel.clock import now
    from onedoor.tools.xes.replay import found, load

    refresh()
    service, centre = found("birth-registration", "0103-1")
    began, worked = time.perf_counter(), time.process_time()
    outcome = load(path, service=service, centre=centre, name=None, at=now())
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    if not outcome.whole:
        raise SystemExit(f"not all was loaded: {outcome}")
    status = Path(
        "/proc/self/status"
    ).read_text()  # getrusage would count what stood here before the program began
    mb = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(json.dumps({"seconds": seconds, "cpu": cpu, "mb": mb, "new": outcome.new}))


def floor(path: Path) -> float:
    """Seconds of reading the file and nothing else."""
    began = time.perf_counter()
    with gzip.open(path) as file:
        for _, element in iterparse(file):
            if element.tag == "trace":
                element.clear()
    return time.perf_counter() - began


if __name__ == "__main__":
    replayed(Path(sys.argv[1])) if len(sys.argv) > 1 else main()
