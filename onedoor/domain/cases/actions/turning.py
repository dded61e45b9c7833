"""How a step turns the legal clock: it stands still while the applicant has the case, and rings no more once it is answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from onedoor.domain.cases.models import Held
from onedoor.domain.cases.rules.clock import Clock, clock_of, kept, paused, reckon_clock, resumed
from onedoor.domain.cases.rules.clock.state import ASKED, RETURNED
from onedoor.domain.centres.api import Calendar

APPLICANT = "waiting_for_applicant"
ANSWERED = ("refused", "issued", "handed_over", "withdrawn", "closed")


class Grounds(Protocol):
    """What is asked of a step's ground."""

    @property
    def at(self) -> datetime:
        """When the step is taken."""

    def days(self, unit: UUID) -> Calendar:
        """The calendar of an office."""


@dataclass(frozen=True)
class Turn:
    """The clock after a step.

    Args:
        due_on: the due date from now on. due_why: what is kept of the clock, where it changed.
        silenced: under which name the case's rings stand, where they ring no more.
    """

    due_on: date | None
    due_why: dict[str, Any] | None = None
    silenced: tuple[UUID, ...] = ()


def asked_to_stand(held: Held) -> bool:
    """Whether an officer let the clock stand still; whoever then goes on with the case lets it go on first."""
    pauses = held.due_why.get("pauses") or ()
    return any(until is None and why == ASKED for _since, until, why, _reason in pauses)


def by_step(held: Held, status: str, *, ground: Grounds | None, ended: bool) -> Turn:
    """What a step that leads to this status does to the clock."""
    silenced = (held.case,) if ended or status in ANSWERED else ()
    clock = clock_of(held.due_why)
    turned = _turned(clock, held.status, status, ground.at) if clock and ground and not ended else None
    if turned is None or ground is None:
        return Turn(held.due_on, silenced=silenced)
    return Turn(reckon_clock(turned, ground.days(held.authority)).on, kept(turned), silenced)


def _turned(clock: Clock, before: str, after: str, at: datetime) -> Clock | None:
    """The clock, where the case passes to the applicant or comes back from her."""
    if after == APPLICANT and clock.standing is None:
        return paused(clock, at=at, why=RETURNED)
    if before == APPLICANT and after != APPLICANT and clock.standing and clock.standing.why == RETURNED:
        return resumed(clock, at=at)
    return None
