"""What letters of tickets say: where a person stands, and what is counted of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from onedoor.domain.monitoring.actions.counting import count, day_of
from onedoor.domain.monitoring.actions.drawing import drawn
from onedoor.domain.monitoring.models import State, Visit
from onedoor.domain.monitoring.rules.histogram import WAIT, counted
from onedoor.domain.monitoring.rules.tallies import Tally, channel_of
from onedoor.domain.queue.api import TicketKept, TicketReissued, TicketTaken
from onedoor.kernel.letters import Letter

COUNTED = {"left": "gone"}
Step = Callable[[State, Letter, Any], None]


def taken(state: State, letter: Letter, event: TicketTaken) -> None:
    """A person stands in line: from when they came, also where their paper ticket was entered later."""
    if letter.aggregate in state.visits or letter.centre is None:
        return
    came = event.came or letter.at
    row = Visit(
        id=letter.aggregate,
        version=letter.version,
        centre=letter.centre,
        service=event.service,
        number=event.number,
        channel=channel_of(letter.actor_kind),
        status="waiting",
        day=day_of(letter.at),
        taken_at=came,
        zone=getattr(event, "zone", ""),
        moves=[[came.timestamp(), "waiting", ""]],
    )
    state.visits[row.id] = row
    _visit_counts(state, row, letter.at, Tally({"taken": 1}))


def kept(state: State, letter: Letter, event: TicketKept) -> None:
    """A place kept from an earlier day: who holds it was counted when they came; today's wait begins when the centre opens."""
    if letter.aggregate in state.visits or letter.centre is None:
        return
    row = Visit(
        id=letter.aggregate,
        version=letter.version,
        centre=letter.centre,
        service=event.service,
        number=event.number,
        channel=channel_of(letter.actor_kind),
        status="waiting",
        day=event.day,
        taken_at=event.opens,
        zone=event.zone,
        moves=[[event.opens.timestamp(), "waiting", ""]],
    )
    state.visits[row.id] = row
    state.changed.add(row)


def _visit_counts(state: State, row: Visit, at: datetime, tally: Tally) -> None:
    state.changed.add(row)
    count(state, at, row.centre, row.service, {"channel": row.channel}, tally)


def moved(status: str) -> Step:
    """A ticket goes on to a status; what that comes to is counted once."""

    def step(state: State, letter: Letter, event: Any) -> None:
        row = state.visits.get(letter.aggregate)
        if row is None or letter.version <= row.version:
            return
        row.version, row.number, row.status = letter.version, event.number, status
        row.counter = getattr(event, "counter", row.counter)
        row.service, row.zone = event.service, getattr(event, "zone", "") or row.zone
        drawn(state, letter, row)
        tally = _of_visit(row, letter.at, status, state.wait_limit)
        state.changed.add(row)
        if tally is not None:
            _visit_counts(state, row, letter.at, tally)

    return step


def _of_visit(row: Visit, at: datetime, status: str, limit: int | None) -> Tally | None:
    if status == "called":
        if row.called_at is not None:
            return None
        row.called_at = at
        seconds = max(0, int((at - row.taken_at).total_seconds()))
        within = int(limit is not None and seconds <= limit)
        return Tally(
            {"wait_n": 1, "wait_sum": seconds, "wait_within": within}, waits=counted([WAIT.bucket(seconds)])
        )
    if status == "serving":
        row.started_at = row.started_at or at
    elif status == "kept":  # the person comes again: counted once, on the first day
        row.ended_at = at
    elif status in ("served", "missed", "left"):
        row.ended_at = at
        return Tally({COUNTED.get(status, status): 1})
    elif status == "waiting":
        row.ended_at = None
    return None


def reissued(state: State, letter: Letter, event: TicketReissued) -> None:
    """A lost ticket has another number."""
    row = state.visits.get(letter.aggregate)
    if row is not None and letter.version > row.version:
        row.version, row.number = letter.version, event.number
        state.changed.add(row)
