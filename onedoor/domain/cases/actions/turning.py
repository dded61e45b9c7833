"""How a step turns the legal clock: it stands still while the applicant has the case, and rings no more once it is answered."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.cases.models import Held
from onedoor.domain.cases.rules.clock import clock_of, kept, reckon_clock, turned
from onedoor.domain.cases.rules.clock.state import ASKED
from onedoor.domain.cases.rules.rows import Grounds

ANSWERED = ("refused", "issued", "handed_over", "withdrawn", "closed")


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
    after = None
    if clock and ground and not ended:
        after = turned(clock, before=held.status, after=status, at=ground.at)
    if after is None or ground is None:
        return Turn(held.due_on, silenced=silenced)
    days = ground.days(held.authority, hours=after.kind == "hours")
    return Turn(reckon_clock(after, days).on, kept(after), silenced)
