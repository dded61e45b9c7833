"""What must be told: rules whose limits are data, on facts about one centre."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from onedoor.domain.monitoring.rules.figures import Limit

Severity = Literal["bad", "warn"]


@dataclass(frozen=True)
class Facts:
    """What is known of a centre at an instant.

    Args:
        steadily_open: open now, and already so the silent limit ago.
        missed: since when, without a pause, somebody has been waiting longer than the standard.
        idle: open counters at which an officer has called nobody for longer than the limit.
        seats: for those who wait; None where nobody counted them.
    """

    at: datetime
    today: date
    steadily_open: bool
    last_seen: datetime | None
    waiting: int
    since: datetime | None
    counters_open: int
    counters: int
    late: int
    complaints: int
    drawers_open: int
    drawer_since: datetime | None
    drawer_day: date | None
    missed: datetime | None = None
    idle: int = 0
    seats: int | None = None


@dataclass(frozen=True)
class Alert:
    """One rule that holds at a centre: how bad, and the number that says so."""

    code: str
    severity: Severity
    number: int


def alerts(facts: Facts, limits: Mapping[str, Limit]) -> list[Alert]:
    """Which rules hold, the worst first; a rule without its standard does not exist."""
    return sorted(_alerts(facts, limits), key=lambda one: (one.severity != "bad", -one.number))


def _alerts(facts: Facts, limits: Mapping[str, Limit]) -> Iterator[Alert]:
    silent = limits.get("silent")
    if silent is not None and facts.steadily_open:
        quiet = facts.at - facts.last_seen if facts.last_seen else None
        if quiet is None or quiet > timedelta(minutes=silent.limit):
            yield Alert("silent", "bad", int(quiet.total_seconds() // 60) if quiet else 0)
    longest = limits.get("longest_wait")
    if longest is not None and facts.since is not None:
        waited = int((facts.at - facts.since).total_seconds() // 60)
        if waited > longest.limit:
            yield Alert("long_wait", "warn", waited)
    if "closed_counters" in limits and facts.waiting and facts.counters and not facts.counters_open:
        yield Alert("all_closed", "bad", facts.waiting)
    missed = limits.get("standard_missed")
    if missed is not None and facts.missed is not None:
        minutes = int((facts.at - facts.missed).total_seconds() // 60)
        if minutes >= missed.limit:
            yield Alert("standard_missed", "bad", minutes)
    full = limits.get("hall_full")
    if full is not None and facts.seats and facts.waiting * 100 >= facts.seats * full.limit:
        yield Alert("hall_full", "bad", facts.waiting)
    if "idle_counter" in limits and facts.idle and facts.waiting:
        yield Alert("idle_counter", "warn", facts.idle)
    overdue = limits.get("overdue")
    if overdue is not None and facts.late > overdue.limit:
        yield Alert("overdue", "warn", facts.late)
    if "complaint" in limits and facts.complaints:
        yield Alert("complaint", "warn", facts.complaints)
    if "cash_overnight" in limits and facts.drawer_day is not None and facts.drawer_day < facts.today:
        yield Alert("cash_open", "bad", facts.drawers_open)
