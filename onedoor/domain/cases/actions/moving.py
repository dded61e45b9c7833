"""What a move of tokens means in rows: tokens, tasks with due dates and reasons, terms that begin to run, messages awaited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import office_of, unit_by_code
from onedoor.domain.cases.actions.turning import by_step
from onedoor.domain.cases.models import Change, Held
from onedoor.domain.cases.queries.clock import office_days
from onedoor.domain.cases.rules import Move
from onedoor.domain.cases.rules.rows import Rows, facts, is_of_the_seat
from onedoor.domain.catalogue.api import OFFICES, CompiledProcess, Node, answers_known
from onedoor.domain.centres.api import Calendar


@dataclass
class Ground:
    """What a step stands on: the case's units, what its expressions may read, and the calendars looked up in it."""

    centre: UUID
    authority: UUID
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    calendars: dict[UUID, Calendar] = field(default_factory=dict)
    bare: set[UUID] = field(default_factory=set)

    def unit_of(self, node: Node, seat: str = "") -> UUID:
        """The unit that a lane's selector stands for in this case; one of several has that of its seat."""
        if seat and is_of_the_seat(node):
            return unit_by_code(seat).id
        if node.lane is None or node.lane.unit == "centre":
            return self.centre
        level, of = OFFICES.get(node.lane.unit, ""), node.lane.of
        return office_of(self.authority, self.centre, level=level, of=of) if level or of else self.authority

    def days(self, unit: UUID, *, hours: bool = False) -> Calendar:
        """The calendar of the office that holds a task; the centre's where that office has none of its own."""
        if hours:  # seldom, so that it is not kept
            return office_days(unit, self.centre, hours=True)[0]
        if unit not in self.calendars:
            self.calendars[unit], known = office_days(unit, self.centre)
            if not known:
                self.bare.add(unit)
        return self.calendars[unit]


def change_of(
    held: Held, process: CompiledProcess, move: Move, rows: Rows, *, at: datetime, **said: Any
) -> Change:
    """What a step writes: the case as it was held, moved on; ``said`` names what differs besides."""
    kept = {"outcome": held.outcome, "data": held.data, "hands": held.hands}
    status = move.status or held.status
    turn = by_step(held, status, ground=rows.ground, ended=move.ended)
    rows.bound(turn.due_on)
    return Change(
        case=held.case,
        version=held.version,
        status=status,
        steps=held.steps + len(rows.tasks),
        closed_at=at if move.ended else None,
        at=at,
        kept=move.kept,
        gone=[*move.gone, *turn.silenced],
        due_on=turn.due_on,
        due_why=turn.due_why,
        tokens=rows.tokens,
        tasks=rows.tasks,
        timers=rows.timers,
        waits=rows.waits,
        listens=process.listens,
        **(kept | said),
    )


def facts_of(held: Held, *, outcome: str, **said: Any) -> dict[str, Any]:
    """The facts of a case that is held; ``said``: decision and data where the step changes them."""
    known = {"decision": held.outcome, "data": held.data, "kept": held.kept, "number": held.number} | said
    known["data"] = answers_known(held.edition, known["data"] or {})
    return facts(outcome=outcome, **known)


def due_after(change: Change) -> str | None:
    """The case's date for the letter, where the step moved it; empty while it stands still."""
    if change.due_why is None:
        return None
    return change.due_on.isoformat() if change.due_on else ""


def waiting(rows: Rows) -> str:
    """The elements that wait now, for the letter."""
    return " ".join(row["node"] for row in rows.tasks)


def joined(hands: Iterable[str], actor: UUID) -> tuple[str, ...]:
    """Those who received or entered, with one more."""
    held = tuple(hands)
    return held if str(actor) in held else (*held, str(actor))
