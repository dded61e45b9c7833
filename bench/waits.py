"""Forecasts of waits: recorded days are replayed, and each ticket is told its wait by what was known when it was taken.

Each scored day is forecast with what all days before it taught, as the worker learns every night; nothing of the day itself
later than the ticket is used. The baseline is people ahead times the average service (of today so far, else of the days
before) over the open counters. Days: made halls (`bench.halls`), or a CSV by path or BENCH_WAITS_CSV. Goals hold for the
days that are scored: a mean absolute error of at most 0.7 of
the baseline's, and intervals of nine in ten that hold 85 to 95 of a hundred.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import fmean

from bench import halls, observed
from bench.harness import Figures, Goal, finish, say
from onedoor.domain.queue.rules.waits.days import Day, Moment, moments, opened_at
from onedoor.domain.queue.rules.waits.learning import learn
from onedoor.domain.queue.rules.waits.model import Learnt, expected

GOALS: dict[str, Goal] = {
    "mae_ratio": ("<=", 0.7),
    "coverage_least": (">=", 0.85),
    "coverage_most": ("<=", 0.95),
}
MADE = (
    halls.Hall(officers=5, a_minute=0.45, seed=1),
    halls.Hall(officers=3, a_minute=0.24, seed=2),
    halls.Hall(officers=9, a_minute=0.75, seed=3),
    halls.Hall(officers=5, a_minute=0.38, seed=4),
)
DAYS, FIRST = int(os.environ.get("BENCH_WAITS_DAYS", "24")), 0.5
NAMED = 10
TRUST_IN_OTHERS = 2.0


@dataclass
class Score:
    """What was told against what happened, ticket by ticket: error, the baseline's error, whether the interval held it."""

    rows: list[tuple[float, float, bool, float]] = field(default_factory=list)
    without: int = 0

    def figures(self) -> dict[str, float]:
        """Means, in minutes and as a share."""
        if not self.rows:
            return {}
        own, other, held, width = (fmean(row[place] for row in self.rows) for place in range(4))
        return {"mae_min": own, "baseline_mae_min": other, "coverage": held, "width_min": width}


def main() -> None:
    """Scores the made days, or those of a file."""
    path = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BENCH_WAITS_CSV", "")
    faults: list[str] = []
    if path:
        found = observed.read(Path(path))
        lines, faults = found.zones, found.faults
        for fault in faults[:NAMED]:
            say(f"left out: {fault}")
        if len(faults) > NAMED:
            say(f"left out: {len(faults) - NAMED} more")
    else:
        lines = {f"hall {hall.seed}": halls.days(hall, DAYS) for hall in MADE}
    total, scored = Score(), 0
    for name, days in sorted(lines.items()):
        scored += _line(name, days, total)
    told = total.figures()
    figures: Figures = {name: round(value, 3) for name, value in told.items()}
    if told:
        figures["mae_ratio"] = round(told["mae_min"] / max(told["baseline_mae_min"], 1e-9), 3)
        figures["coverage_least"] = figures["coverage_most"] = round(told["coverage"], 3)
    figures |= {
        "tickets": len(total.rows),
        "days": scored,
        "bad_rows": len(faults),
        "no_counter_open": total.without,
    }
    finish("waits", figures, GOALS, more={"days_of": "file" if path else "made halls"})


def _line(name: str, days: Sequence[Day], total: Score) -> int:
    """Scores the later days of one line by the earlier ones; gives how many."""
    first = max(1, int(len(days) * FIRST))
    if len(days) == 1:
        say(f"{name}: one day alone; it is forecast with what made days taught")
        before: list[Day] = halls.days(halls.Hall(), 8)
        first = 0
    else:
        before = []
    for place in range(first, len(days)):
        taught = before + list(days[:place])
        learnt = learn(taught) if days[:place] else foreign(learn(taught))
        one = score(days[place], learnt, usual=_usual(taught))
        total.rows += one.rows
        total.without += one.without
        if one.rows:
            said = "  ".join(f"{figure} {value:.2f}" for figure, value in one.figures().items())
            say(f"{name}  {days[place].day}  tickets {len(one.rows)}  {said}")
    return len(days) - first


def foreign(learnt: Learnt) -> Learnt:
    """What other halls teach of one that is not known: how far estimates stray, but neither its pace nor its hours."""
    mean = fmean(learnt.pace)
    tuning = replace(learnt.tuning, trust=TRUST_IN_OTHERS, returns=0.0)
    return replace(
        learnt, pace=(mean,) * len(learnt.pace), counters=(1.0,) * len(learnt.counters), tuning=tuning
    )


def score(day: Day, learnt: Learnt, *, usual: float) -> Score:
    """A day forecast ticket by ticket."""
    found, pace = Score(), _Pace(day, usual)
    for turn, moment in moments(day):
        opened = opened_at(day.opened, turn.issued) if day.opened else moment.counters
        if turn.wait is None:
            continue
        if opened < 1:
            found.without += 1
            continue
        told = expected(learnt, moment, opened=opened)
        baseline = len(moment.ahead) * pace.service(moment) / opened
        found.rows.append(
            (
                abs(told.likely - turn.wait),
                abs(baseline - turn.wait),
                told.low <= turn.wait <= told.high,
                told.high - told.low,
            )
        )
    return found


class _Pace:
    """The average service of a day so far; where only calls are known, minutes of open counters a call while people waited."""

    def __init__(self, day: Day, usual: float) -> None:
        self.usual = usual
        self.ends = sorted((turn.freed, turn.freed - turn.called) for turn in day.turns if _served(turn))  # type: ignore[operator]
        self.day, self.place, self.total = day, 0, 0.0

    def service(self, moment: Moment) -> float:
        """By what is known at this moment."""
        if not self.ends:
            spent = sum(
                (end - start) * opened_at(self.day.opened, (start + end) / 2) for start, end in moment.waited
            )
            return spent / len(moment.calls) if spent and len(moment.calls) > 2 else self.usual
        while self.place < len(self.ends) and self.ends[self.place][0] <= moment.at:  # type: ignore[operator]
            self.total += self.ends[self.place][1]
            self.place += 1
        return self.total / self.place if self.place else self.usual


def _usual(days: Sequence[Day]) -> float:
    """The average service of past days; where only calls are known, minutes of open counters a call."""
    lengths = [turn.freed - turn.called for day in days for turn in day.turns if _served(turn)]  # type: ignore[operator]
    if lengths:
        return fmean(lengths)
    learnt = [one for one in learn(days).pace if one > 0]
    return 1 / fmean(learnt) if learnt else 10.0


def _served(turn: object) -> bool:
    return getattr(turn, "freed", None) is not None and not getattr(turn, "missed", False)


if __name__ == "__main__":
    main()
