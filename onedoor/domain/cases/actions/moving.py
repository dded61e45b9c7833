"""What a move of tokens means in rows: tokens, tasks with due dates and reasons, terms that begin to run, messages awaited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.access.api import unit_by_code
from onedoor.domain.cases.actions.turning import by_step
from onedoor.domain.cases.models import Change, Held
from onedoor.domain.cases.queries.clock import office_days
from onedoor.domain.cases.rules import Due, Move, Token, bounded, instant_after, reckon
from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.ids import new_id

Row = dict[str, Any]
SYSTEM = "service"


@dataclass
class Ground:
    """What a step stands on: the case's units, what its expressions may read, and the calendars looked up in it."""

    centre: UUID
    authority: UUID
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    calendars: dict[UUID, Calendar] = field(default_factory=dict)
    bare: set[UUID] = field(default_factory=set)

    def unit_of(self, node: Node, mark: str = "") -> UUID:
        """The unit that a lane's selector stands for in this case; one of several may have its own."""
        if node.several and node.several.units and mark:
            return unit_by_code(node.several.units[int(mark)]).id
        return self.authority if node.lane and node.lane.unit == "authority" else self.centre

    def days(self, unit: UUID) -> Calendar:
        """The calendar of the office that holds a task; the centre's where that office has none of its own."""
        if unit not in self.calendars:
            self.calendars[unit], known = office_days(unit, self.centre)
            if not known:
                self.bare.add(unit)
        return self.calendars[unit]


@dataclass
class Rows:
    """Rows to insert."""

    tokens: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    timers: list[Row] = field(default_factory=list)
    waits: list[Row] = field(default_factory=list)
    ground: Ground | None = None

    def bound(self, whole: date | None) -> None:
        """No step of an office is due later than the whole case."""
        for row in self.tasks:
            answers = row["audience"] == "back" and row["kind"] == "user"
            due = bounded(Due(row["due_on"], row["due_why"]), whole, answers=answers)
            row["due_on"], row["due_why"] = due.on, dict(due.why)


def rows_of(process: CompiledProcess, move: Move, *, ground: Ground, steps: int) -> Rows:
    """The rows of everything that begins with this move; ``steps`` is how many tasks the case had."""
    rows = Rows(ground=ground)
    known = {**ground.facts, **move.kept}
    for token in move.born:
        node = process.node(token.node)
        rows.tokens.append({"id": token.id, "node": node.id, "parent": token.parent, "mark": token.mark})
        whole = node.several is not None and token.mark == ""
        if node.works and not whole:
            rows.tasks.append(_task(node, token, steps + len(rows.tasks) + 1, ground))
        for event in _awaited(process, node, whole):
            _await(event, token, ground.unit_of(node), ground, known, rows)
    return rows


def _awaited(process: CompiledProcess, node: Node, whole: bool) -> tuple[Node, ...]:
    """What can happen to a token; what stands on the border of several belongs to all of them together."""
    if node.several is None:
        return process.awaited(node.id)
    if whole:
        return process.boundaries(node.id)
    return (node,) if node.kind == "receive" else ()


def _await(
    event: Node, token: Token, unit: UUID, ground: Ground, known: Mapping[str, Any], rows: Rows
) -> None:
    """A term begins to run, or a message is awaited."""
    about: Row = {"id": new_id(), "token": token.id, "node": event.id}
    if event.event == "timer":
        rows.timers.append({**about, "due_at": _runs_out(event, unit, ground, known), "again": event.again})
    elif event.event == "message":
        key = event.key(known) if event.key else None
        rows.waits.append({**about, "message": event.message, "key": key_text(key)})


def _runs_out(event: Node, unit: UUID, ground: Ground, known: Mapping[str, Any]) -> datetime:
    """When a term runs out: after its duration, or with the beginning of a day; a day that nobody named has begun."""
    if event.timer is not None:
        days = ground.days(unit) if event.timer.calendar == "office" else Calendar()
        return instant_after(event.timer, at=ground.at, days=days)
    found = event.moment.of(known) if event.moment else None
    if isinstance(found, datetime):
        return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(ground.days(unit).zone))
    if found is None:
        return ground.at
    return datetime.combine(found, time.min, tzinfo=ZoneInfo(ground.days(unit).zone))


def key_text(found: Any) -> str:
    """A key as it is compared; one that the case does not have waits for a key that nobody sends."""
    return "" if found is None else str(found)[:200]


def _task(node: Node, token: Token, place: int, ground: Ground) -> Row:
    unit = ground.unit_of(node, token.mark)
    due = reckon(node.due, at=ground.at, days=ground.days(unit)) if node.due else Due()
    return {
        "id": new_id(),
        "token": token.id,
        "place": place,
        "node": node.id,
        "kind": node.kind,
        "audience": node.lane.audience if node.lane else "system",
        "role": node.lane.role if node.lane else "",
        "unit_id": unit,
        "separated": node.separated,
        "due_on": due.on,
        "due_why": dict(due.why),
        "try_at": ground.at if node.kind == SYSTEM else None,
    }


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


def facts(
    *,
    outcome: str,
    decision: str,
    data: Mapping[str, Any],
    kept: Mapping[str, Any] | None = None,
    number: str = "",
) -> dict[str, Any]:
    """What guards may read: how the step ended, the last decision, the answers of the form, what was done and counted."""
    return {
        "outcome": outcome,
        "decision": decision,
        "form": data,
        "case": {"number": number},
        "tasks": {},
        "counts": {},
        "rules": {},
        **(kept or {}),
    }


def facts_of(held: Held, *, outcome: str, **said: Any) -> dict[str, Any]:
    """The facts of a case that is held; ``said``: decision and data where the step changes them."""
    known = {"decision": held.outcome, "data": held.data, "kept": held.kept, "number": held.number}
    return facts(outcome=outcome, **(known | said))


def waiting(rows: Rows) -> str:
    """The elements that wait now, for the letter."""
    return " ".join(row["node"] for row in rows.tasks)


def joined(hands: Iterable[str], actor: UUID) -> tuple[str, ...]:
    """Those who received or entered, with one more."""
    held = tuple(hands)
    return held if str(actor) in held else (*held, str(actor))
