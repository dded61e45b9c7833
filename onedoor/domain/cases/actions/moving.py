"""What a move of tokens means in rows: tokens, tasks with due dates and reasons, terms that begin to run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.models import Change, Held
from onedoor.domain.cases.rules import Due, Move, instant_after, reckon
from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.domain.centres.api import Calendar, NoCalendar, calendar_of
from onedoor.kernel.ids import new_id

Row = dict[str, Any]


@dataclass
class Ground:
    """What a step stands on: the case's units, and the calendars that were looked up in it."""

    centre: UUID
    authority: UUID
    at: datetime
    calendars: dict[UUID, Calendar] = field(default_factory=dict)

    def unit_of(self, node: Node) -> UUID:
        """The unit that a lane's selector stands for in this case."""
        return self.authority if node.lane and node.lane.unit == "authority" else self.centre

    def days(self, unit: UUID) -> Calendar:
        """The calendar of the office that holds a task; the centre's where that office has none of its own."""
        if unit not in self.calendars:
            try:
                self.calendars[unit] = calendar_of(unit)
            except NoCalendar:
                self.calendars[unit] = self.days(self.centre) if unit != self.centre else Calendar()
        return self.calendars[unit]


@dataclass
class Rows:
    """Rows to insert."""

    tokens: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    timers: list[Row] = field(default_factory=list)


def rows_of(process: CompiledProcess, move: Move, *, ground: Ground, steps: int) -> Rows:
    """The rows of everything that begins with this move; ``steps`` is how many tasks the case had."""
    rows = Rows()
    for token in move.born:
        node = process.node(token.node)
        unit = ground.unit_of(node)
        rows.tokens.append({"id": token.id, "node": node.id})
        rows.tasks.append(_task(node, token.id, unit, steps + len(rows.tasks) + 1, ground))
        for border in process.boundaries(node.id):
            if border.timer is not None:
                days = ground.days(unit) if border.timer.calendar == "office" else Calendar()
                due = instant_after(border.timer, at=ground.at, days=days)
                rows.timers.append({"id": new_id(), "token": token.id, "node": border.id, "due_at": due})
    return rows


def _task(node: Node, token: UUID, unit: UUID, place: int, ground: Ground) -> Row:
    due = reckon(node.due, at=ground.at, days=ground.days(unit)) if node.due else Due()
    return {
        "id": new_id(),
        "token": token,
        "place": place,
        "node": node.id,
        "kind": node.kind,
        "audience": node.lane.audience if node.lane else "system",
        "role": node.lane.role if node.lane else "",
        "unit_id": unit,
        "separated": node.separated,
        "due_on": due.on,
        "due_why": dict(due.why),
        "try_at": ground.at if node.kind == "service" else None,
    }


def change_of(held: Held, move: Move, rows: Rows, *, at: datetime, **said: Any) -> Change:
    """What a step writes: the case as it was held, moved on; ``said`` names what differs besides."""
    kept = {"outcome": held.outcome, "data": held.data, "hands": held.hands}
    return Change(
        case=held.case,
        version=held.version,
        status=move.status or held.status,
        steps=held.steps + len(rows.tasks),
        closed_at=at if move.ended else None,
        at=at,
        gone=list(move.gone),
        tokens=rows.tokens,
        tasks=rows.tasks,
        timers=rows.timers,
        **(kept | said),
    )


def facts(*, outcome: str, decision: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """What guards may read: how the step ended, the last decision, and the answers of the form."""
    return {"outcome": outcome, "decision": decision, "form": data}


def waiting(rows: Rows) -> str:
    """The elements that wait now, for the letter."""
    return " ".join(row["node"] for row in rows.tasks)


def joined(hands: Iterable[str], actor: UUID) -> tuple[str, ...]:
    """Those who received or entered, with one more."""
    held = tuple(hands)
    return held if str(actor) in held else (*held, str(actor))
