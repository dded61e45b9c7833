"""Cases as they were lived so far, for whoever replays them: when they came, what was brought, and what each step took."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.rules.clock import paused, reckon_clock, resumed
from onedoor.domain.cases.rules.clock.state import RETURNED
from onedoor.domain.cases.rules.due import Days, legal_clock
from onedoor.domain.catalogue.api import Duration


@dataclass(frozen=True, slots=True)
class LivedStep:
    """One step that was done: where, between which instants, how it ended; ``by`` tells officers apart and names nobody."""

    node: str
    kind: str
    audience: str
    role: str
    unit: UUID
    opened_at: datetime
    done_at: datetime
    outcome: str
    by: UUID | None


@dataclass(frozen=True, slots=True)
class OpenStep:
    """One step that waits for somebody: where, and since when."""

    node: str
    audience: str
    unit: UUID
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class LivedWait:
    """A message that was awaited: at which element, since when, and whether it came."""

    node: str
    since: datetime
    heard: bool = True


@dataclass(frozen=True, slots=True)
class LivedCase:
    """A case that was received: over, or still open.

    Args:
        closed_at: None while it is open; ``pending`` are then the steps that wait.
        channel: where it was prepared (portal, kiosk …); empty where it was filled in at the counter. ticket: by which it came.
        answers: of its form, as they were at the end. papers: which paper came when.
        waits: the messages for which it waited. traits: sex and age group, as far as she said.
        fee: what was charged and not waived, in minor units; None where nothing was.
        log: it came from the event log of an earlier system, and has no process.
    """

    id: UUID
    centre: UUID
    authority: UUID
    edition: UUID
    opened_at: datetime
    received_at: datetime
    closed_at: datetime | None
    due_on: date | None
    status: str
    decision: str
    answers: Mapping[str, Any]
    papers: tuple[tuple[str, datetime], ...]
    steps: tuple[LivedStep, ...]
    waits: tuple[LivedWait, ...] = ()
    pending: tuple[OpenStep, ...] = ()
    channel: str = ""
    ticket: UUID | None = None
    traits: Mapping[str, str] = field(default_factory=dict)
    fee: int | None = None
    log: bool = False


def due_after(
    duration: Duration,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    days: Days,
    pauses: Iterable[tuple[datetime, datetime]] = (),
) -> date | None:
    """The due date of a case received at ``at`` that was with the applicant in these pauses; None where no time is known."""
    clock = legal_clock(duration, answers, at=at, zone=days.zone)
    if clock is None:
        return None
    for since, until in pauses:
        clock = resumed(paused(clock, at=since, why=RETURNED), at=until)
    return reckon_clock(clock, days).on
