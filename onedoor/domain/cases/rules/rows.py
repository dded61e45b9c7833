"""What a move of tokens means in rows: tokens, tasks with due dates and reasons, terms that begin to run, messages awaited.

The runtime writes these rows, a trial only looks at them: so both go the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from onedoor.domain.cases.rules.due import Days, Due, bounded, instant_after, reckon
from onedoor.domain.cases.rules.engine import Move, Token
from onedoor.domain.catalogue.api import CompiledProcess, Node
from onedoor.domain.centres.api import Calendar
from onedoor.kernel.ids import new_id

Row = dict[str, Any]
SYSTEM = "service"


class Grounds(Protocol):
    """What a step stands on: when it is taken, what its expressions may read, and the offices of the case."""

    at: datetime
    facts: Mapping[str, Any]

    def unit_of(self, node: Node, seat: str = "") -> UUID:
        """The unit that a lane's selector stands for; ``seat`` is the code of the one for which one of several runs."""

    def days(self, unit: UUID, *, hours: bool = False) -> Days:
        """The calendar of an office; with the hours that it keeps itself, where they are counted."""


@dataclass
class Rows:
    """Rows to insert."""

    tokens: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)
    timers: list[Row] = field(default_factory=list)
    waits: list[Row] = field(default_factory=list)
    ground: Grounds | None = None

    def bound(self, whole: date | None) -> None:
        """No step of an office is due later than the whole case."""
        for row in self.tasks:
            answers = row["audience"] == "back" and row["kind"] == "user"
            due = bounded(Due(row["due_on"], row["due_why"]), whole, answers=answers)
            row["due_on"], row["due_why"] = due.on, dict(due.why)


def rows_of(process: CompiledProcess, move: Move, *, ground: Grounds, steps: int) -> Rows:
    """The rows of everything that begins with this move; ``steps`` is how many tasks the case had."""
    rows = Rows(ground=ground)
    known = {**ground.facts, **move.kept}
    for token in move.born:
        node = process.node(token.node)
        rows.tokens.append({"id": token.id, "node": node.id, "parent": token.parent, "mark": token.mark})
        whole = node.several is not None and token.mark == ""
        works, events = node.works and not whole, _awaited(process, node, whole)
        if not works and not events:
            continue
        unit = ground.unit_of(node, move.seats.get(token.id, ""))
        if works:
            rows.tasks.append(_task(node, token, unit, steps + len(rows.tasks) + 1, ground))
        for event in events:
            _await(event, token, unit, ground, {**known, **move.seen.get(token.id, {})}, rows)
    return rows


def _awaited(process: CompiledProcess, node: Node, whole: bool) -> tuple[Node, ...]:
    """What can happen to a token; what stands on the border of several belongs to all of them together."""
    if node.several is None:
        return process.awaited(node.id)
    if whole:
        return process.boundaries(node.id)
    return (node,) if node.kind == "receive" else ()


def _await(
    event: Node, token: Token, unit: UUID, ground: Grounds, known: Mapping[str, Any], rows: Rows
) -> None:
    """A term begins to run, or a message is awaited."""
    about: Row = {"id": new_id(), "token": token.id, "node": event.id}
    if event.event == "timer":
        rows.timers.append({**about, "due_at": _runs_out(event, unit, ground, known), "again": event.again})
    elif event.event == "message":
        key = event.key(known) if event.key else None
        rows.waits.append({**about, "message": event.message, "key": key_text(key)})


def _runs_out(event: Node, unit: UUID, ground: Grounds, known: Mapping[str, Any]) -> datetime:
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


def is_of_the_seat(node: Node) -> bool:
    """Whether a step that stands in one of several is done by the unit for which that one runs."""
    if node.several is not None and node.several.units:
        return True
    return node.lane is not None and node.lane.unit == "authority" and not node.lane.of


def key_text(found: Any) -> str:
    """A key as it is compared; one that the case does not have waits for a key that nobody sends."""
    return "" if found is None else str(found)[:200]


def _task(node: Node, token: Token, unit: UUID, place: int, ground: Grounds) -> Row:
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
