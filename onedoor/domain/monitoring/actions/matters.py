"""What letters of cases say: when they came, are due, were done, and whose step is late."""

from datetime import date, datetime
from typing import Any

from onedoor.domain.cases.api import CaseReceived, CaseWithdrawn, TermWarned
from onedoor.domain.monitoring.actions.counting import count, day_of
from onedoor.domain.monitoring.models import Matter, State
from onedoor.domain.monitoring.rules.histogram import DURATION, counted
from onedoor.domain.monitoring.rules.tallies import TRAITS, Tally, channel_of
from onedoor.kernel.letters import Letter, beside

DONE = ("issued", "refused", "handed_over", "closed")


def received(state: State, letter: Letter, event: CaseReceived) -> None:
    """A case came."""
    if letter.aggregate in state.matters or letter.centre is None:
        return
    known = (beside(letter.id) if event.person else None) or {}
    row = Matter(
        id=letter.aggregate,
        version=letter.version,
        centre=letter.centre,
        service=event.service,
        channel="log" if event.origin else channel_of(letter.actor_kind),
        status="received",
        received_at=letter.at,
        due=_date(event.due),
        **{trait: str(known.get(trait) or "")[:20] for trait in TRAITS},
    )
    state.matters[row.id] = row
    _matter_counts(state, row, letter.at, Tally({"received": 1}))


def _matter_counts(state: State, row: Matter, at: datetime, tally: Tally) -> None:
    state.changed.add(row)
    traits = {"channel": row.channel, **{trait: getattr(row, trait) for trait in TRAITS}}
    count(state, at, row.centre, row.service, traits, tally)


def stepped(state: State, letter: Letter, event: Any) -> None:
    """A case went on; the first of its ends is counted."""
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version, row.status = letter.version, event.status
    if getattr(event, "due", None) is not None:
        row.due = _date(event.due)
    state.changed.add(row)
    if row.done_at is None and event.status in DONE:
        row.done_at = letter.at
        _matter_counts(state, row, letter.at, _of_done(row, letter.at, event.status))


def turned(state: State, letter: Letter, event: Any) -> None:
    """The legal clock stands still, goes on, or ends on another day."""
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version, row.due, row.warned_at = letter.version, _date(getattr(event, "due", "")), None
    state.changed.add(row)


def rang(state: State, letter: Letter, event: Any) -> None:
    """The office was reminded, or the time has run out and a unit above was told; whose step it is."""
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version = letter.version
    if isinstance(event, TermWarned):
        row.warned_at = letter.at
    elif event.above is not None:
        row.holder, row.told, row.level = event.unit, event.above, getattr(event, "level", 1)
    state.changed.add(row)


def _date(due: str) -> date | None:
    return date.fromisoformat(due) if due else None


def _of_done(row: Matter, at: datetime, status: str) -> Tally:
    seconds = max(0, int((at - row.received_at).total_seconds()))
    counts = {"done": 1, "duration_sum": seconds, "refused": int(status == "refused")}
    if row.due is not None:
        counts |= {"due_n": 1, "on_time": int(day_of(at) <= row.due)}
    return Tally(counts, durations=counted([DURATION.bucket(seconds)]))


def withdrawn(state: State, letter: Letter, event: CaseWithdrawn) -> None:
    """The applicant took the case back."""
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version, row.status, row.done_at = letter.version, "withdrawn", row.done_at or letter.at
    _matter_counts(state, row, letter.at, Tally({"withdrawn": 1}))
