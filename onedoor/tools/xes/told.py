"""A replayed log in words and figures, for whoever ran the command."""

from __future__ import annotations

from onedoor.domain.cases.api import LogFigures
from onedoor.tools.xes.replay import Outcome

DAY, HOUR, MINUTE = 86_400, 3_600, 60


def tell(outcome: Outcome, figures: LogFigures) -> None:
    """Prints what was loaded, what the log comes to, and the longest waits."""
    print(
        f"Loaded: {outcome.new:,} new cases, {outcome.same:,} were here already"
        + (f", {outcome.left_out:,} are left out" if outcome.left_out else "")
        + "."
    )
    if outcome.differing:
        print(
            f"{len(outcome.differing)} are here with other contents and stay as they are: {', '.join(outcome.differing[:10])}"
        )
    if outcome.broken:
        print(
            "What was loaded before the fault stays; mend the file and replay it again: nothing comes twice."
        )
    print(
        f"{figures.cases:,} cases ({figures.finished:,} finished, {figures.cases - figures.finished:,} open), "
        f"{figures.events:,} events, {figures.activities:,} activities"
    )
    print(
        f"Duration of finished cases, from receipt to end: median {took(figures.median)}, p90 {took(figures.p90)}"
    )
    print(
        f"From the first event to the last, all cases: median {took(figures.worked_median)}, p90 {took(figures.worked_p90)}"
    )
    print(
        f"Past their deadline: {share(figures.late, figures.due)} of the finished cases that have one, "
        f"{figures.late_days:,} of them on a later day; "
        f"{share(figures.open_late, figures.open_due)} of the open ones when the log ends"
    )
    print("The longest waits from one activity to the next (median; longest; how often):")
    for number, wait in enumerate(figures.waits, start=1):
        print(
            f"{number:>4}. {took(wait.median):>8}  {took(wait.longest):>8}  {wait.times:>6,} ×  {wait.before} → {wait.after}"
        )
    if not figures.waits:
        print("   none: no case has two events")


def took(seconds: float | None) -> str:
    """A duration in the largest unit that says something."""
    if seconds is None:
        return "–"
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if abs(seconds) >= size:
            return f"{seconds / size:,.1f} {unit}"
    return f"{seconds:.1f} s"


def share(part: int, whole: int) -> str:
    """A share with what it is of."""
    return f"{part:,} of {whole:,} ({100 * part / whole:.1f} %)" if whole else "none (0 of 0)"
