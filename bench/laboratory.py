"""Cases replayed a second by the reform laboratory: every step of the real process engine, lanes, terms and due dates.

The past is made up in memory: cases of a simple service at one office, a fifth of them sent back once. The floor pushes the
same events, each with its instant, through a bare priority queue and adds up what it meets: what any event simulation in
this language pays before it knows what a process is. ``experiment_s`` is a whole experiment: fitting the past, three seeds
of the other version, and the errors of all measures.
"""

from __future__ import annotations

import heapq
import os
import time

from bench.harness import Figures, Goal, finish, interleaved, say

GOALS: dict[str, Goal] = {"cases_per_s": (">=", 1_500), "ratio": ("<=", 60)}
CASES, ROUNDS = int(os.environ.get("BENCH_CASES", "2000")), 5


def main() -> None:
    """Times replay and floor in turn, then one whole experiment."""
    from onedoor.tools.environment import set_up

    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")  # nothing is asked of it
    set_up()
    subject = Subject()
    events = subject.events()
    say(f"{CASES:,} cases, {len(events):,} events")
    seen = interleaved(ROUNDS, replay=subject.round, floor=lambda: bare(events))
    rate, floor = seen["replay"]["cases_per_s"], seen["floor"]["cases_per_s"]
    figures: Figures = {
        "cases_per_s": round(rate),
        "floor_cases_per_s": round(floor),
        "ratio": round(floor / rate, 1),
        "events": len(events),
        "experiment_s": round(subject.experiment(), 2),
    }
    finish("laboratory", figures, GOALS, more={"cases": CASES})


class Subject:
    """The laboratory with a past that is made up."""

    def __init__(self) -> None:
        from tests.domain.planning.made import ground, lived, version

        self.current, self.other = version(), version(papers=("form",))
        self.cases = lived(CASES, clerks=2)
        self.ground = ground(self.cases, self.current)

    def events(self) -> list[float]:
        """The instants at which something happened in the past: receipts, files that begin to lie, steps that are done."""
        found = []
        for arrival in self.ground.past.arrivals:
            found.append(arrival.at)
            at = arrival.at
            for visit in arrival.order[1:]:
                at += visit.rest
                found.append(at)
                at += visit.work
                found.append(at)
        return found

    def round(self) -> dict[str, float]:
        """One replay of the version in force."""
        began = time.perf_counter()
        self._replayed(1)
        return {"cases_per_s": CASES / (time.perf_counter() - began)}

    def experiment(self) -> float:
        """Seconds of a whole experiment, without reading the cases."""
        from onedoor.domain.planning.rules.findings import found
        from onedoor.domain.planning.rules.fitting import fitted
        from tests.domain.planning.made import ground

        began = time.perf_counter()
        for _ in fitted(lambda share: ground(self.cases, self.current, waiting=share), seed=1):
            pass
        runs = [self._replayed(seed, other=True) for seed in (1, 2, 3)]
        found(self.ground, self._replayed(1), runs, seed=1)
        return time.perf_counter() - began

    def _replayed(self, seed: int, *, other: bool = False):  # type: ignore[no-untyped-def]
        from onedoor.domain.planning.rules.replay import Replay

        replay = Replay(self.ground, self.other if other else self.current, seed=seed)
        for _ in replay.go():
            pass
        return replay.run()


def bare(events: list[float]) -> dict[str, float]:
    """The same events through a priority queue, and nothing else."""
    began = time.perf_counter()
    waiting: list[tuple[float, int]] = []
    for place, at in enumerate(events):
        heapq.heappush(waiting, (at, place))
    total = 0.0
    while waiting:
        total += heapq.heappop(waiting)[0]
    return {"cases_per_s": CASES / (time.perf_counter() - began)}


if __name__ == "__main__":
    main()
