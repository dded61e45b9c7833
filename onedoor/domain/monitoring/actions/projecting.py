"""Projecting: what each letter says about the live floor and the key figures. Decided from the letter, never from a mirror."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onedoor.domain.cases.api import (
    CaseClosed,
    CaseEscalated,
    CaseReceived,
    CaseWithdrawn,
    ClockPaused,
    ClockResumed,
    DueMoved,
    MessageHeard,
    ServiceRan,
    StepTaken,
    TermBreached,
    TermExtended,
    TermWarned,
    TimerFired,
)
from onedoor.domain.centres.api import CounterClosed, CounterOpened, CounterSaved
from onedoor.domain.documents.api import DocumentIssued
from onedoor.domain.monitoring.actions.drawing import drawn, moment, turn
from onedoor.domain.monitoring.models import (
    Grievance,
    Matter,
    Post,
    State,
    Till,
    Visit,
    only_projector,
    read_state,
    write_state,
)
from onedoor.domain.monitoring.rules.histogram import DURATION, WAIT, counted
from onedoor.domain.monitoring.rules.tallies import TRAITS, Tally, channel_of, keys
from onedoor.domain.payments.api import (
    ChargeWaived,
    PaymentSettled,
    ReceiptVoided,
    SessionClosed,
    SessionOpened,
)
from onedoor.domain.queue.api import (
    TicketBroughtBack,
    TicketCalled,
    TicketCameBack,
    TicketCarriedOver,
    TicketGivenBack,
    TicketHeld,
    TicketKept,
    TicketLeft,
    TicketMissed,
    TicketReissued,
    TicketServed,
    TicketStarted,
    TicketTaken,
    TicketTransferred,
)
from onedoor.domain.voice.api import (
    ComplaintAnswered,
    ComplaintMade,
    RatingAnswered,
    RatingDeclined,
    RatingNotAnswered,
    VisitRated,
)
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import Letter, Told, beside

COUNTED = {"left": "gone"}
DONE = ("issued", "refused", "handed_over", "closed")
Step = Callable[[State, Letter, Any], None]


@transaction.atomic
def project(*, told: Told) -> None:
    """Take in a batch of letters, in the order in which they were sealed."""
    only_projector()
    units = {letter.centre for letter, _ in told if letter.centre is not None}
    state = read_state(aggregates={letter.aggregate for letter, _ in told}, units=units)
    for letter, event in told:
        if letter.centre is None:
            continue
        state.seen[letter.centre] = max(letter.at, state.seen.get(letter.centre, letter.at))
        step = STEPS.get(type(event))
        if step is not None:
            step(state, letter, event)
    write_state(state, units=units)


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _count(
    state: State, at: datetime, centre: UUID, service: UUID | None, traits: Mapping[str, str], tally: Tally
) -> None:
    state.add(keys(day=_day(at), centre=centre, service=service, traits=traits), tally)


def _taken(state: State, letter: Letter, event: TicketTaken) -> None:
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
        day=_day(letter.at),
        taken_at=letter.at,
        zone=getattr(event, "zone", ""),
        moves=[[letter.at.timestamp(), "waiting", ""]],
    )
    state.visits[row.id] = row
    _visit_counts(state, row, letter.at, Tally({"taken": 1}))


def _kept(state: State, letter: Letter, event: TicketKept) -> None:
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
    )
    state.visits[row.id] = row
    state.changed.add(row)


def _visit_counts(state: State, row: Visit, at: datetime, tally: Tally) -> None:
    state.changed.add(row)
    _count(state, at, row.centre, row.service, {"channel": row.channel}, tally)


def _moved(status: str) -> Step:
    """A ticket goes on to a status; what that comes to is counted once."""

    def step(state: State, letter: Letter, event: Any) -> None:
        row = state.visits.get(letter.aggregate)
        if row is None or letter.version <= row.version:
            return
        row.version, row.number, row.status = letter.version, event.number, status
        row.counter = getattr(event, "counter", row.counter)
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


def _reissued(state: State, letter: Letter, event: TicketReissued) -> None:
    row = state.visits.get(letter.aggregate)
    if row is not None and letter.version > row.version:
        row.version, row.number = letter.version, event.number
        state.changed.add(row)


def _received(state: State, letter: Letter, event: CaseReceived) -> None:
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
    _count(state, at, row.centre, row.service, traits, tally)


def _stepped(state: State, letter: Letter, event: Any) -> None:
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


def _turned(state: State, letter: Letter, event: Any) -> None:
    """The legal clock stands still, goes on, or ends on another day."""
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version, row.due, row.warned_at = letter.version, _date(getattr(event, "due", "")), None
    state.changed.add(row)


def _rang(state: State, letter: Letter, event: Any) -> None:
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
        counts |= {"due_n": 1, "on_time": int(_day(at) <= row.due)}
    return Tally(counts, durations=counted([DURATION.bucket(seconds)]))


def _withdrawn(state: State, letter: Letter, event: CaseWithdrawn) -> None:
    row = state.matters.get(letter.aggregate)
    if row is None or letter.version <= row.version:
        return
    row.version, row.status, row.done_at = letter.version, "withdrawn", row.done_at or letter.at
    _matter_counts(state, row, letter.at, Tally({"withdrawn": 1}))


def _post(state: State, letter: Letter, code: str) -> Post:
    assert letter.centre is not None
    key = (letter.centre, code)
    state.changed.add(key)
    return state.posts.setdefault(key, Post(centre=letter.centre, code=code))


def _set_up(state: State, letter: Letter, event: CounterSaved) -> None:
    post = _post(state, letter, event.code)
    post.counter = letter.aggregate
    turn(state, letter, post)


def _opened(state: State, letter: Letter, event: CounterOpened | CounterClosed) -> None:
    post = _post(state, letter, event.code)
    if letter.version > post.version:
        post.version, post.is_open = letter.version, isinstance(event, CounterOpened)
        post.officer = post.free_since = None
        turn(state, letter, post)


def _new(state: State, letter: Letter) -> bool:
    """Whether a letter of an aggregate without a row of its own has not been counted yet."""
    heard = state.told.get(letter.aggregate, (state.heard.get(letter.aggregate, 0), letter.at))[0]
    if letter.version <= heard:
        return False
    state.told[letter.aggregate] = (letter.version, letter.at)
    return True


def _once(
    tally: Callable[[Any], Tally] | None, shows: Callable[[Any], tuple[str, int]] | None = None
) -> Step:
    """Something that is counted when it is told, without a row of its own; what it ``shows`` in the hall goes with it."""

    def step(state: State, letter: Letter, event: Any) -> None:
        if letter.centre is not None and _new(state, letter):
            if shows is not None:
                moment(state, letter, *shows(event))
            if tally is not None:
                _count(state, letter.at, letter.centre, getattr(event, "service", None), {}, tally(event))

    return step


def _rated(event: VisitRated) -> Tally:
    score = event.score
    counts = {"rated": 1, "score_sum": score, "score_squares": score * score, "satisfied": int(score >= 4)}
    return Tally(counts)


def _drawer_opened(state: State, letter: Letter, event: SessionOpened) -> None:
    if letter.aggregate not in state.tills and letter.centre is not None:
        row = Till(id=letter.aggregate, centre=letter.centre, counter=event.counter, opened_at=letter.at)
        state.tills[row.id] = row
        state.changed.add(row)
        moment(state, letter, "drawer", 1)


def _drawer_closed(state: State, letter: Letter, event: SessionClosed) -> None:
    row = state.tills.get(letter.aggregate)
    if row is not None and row.closed_at is None:
        row.closed_at, row.difference = letter.at, event.difference
        state.changed.add(row)
        moment(state, letter, "drawer", -1)


def _complained(state: State, letter: Letter, event: ComplaintMade) -> None:
    if letter.aggregate in state.grievances or letter.centre is None:
        return
    row = Grievance(id=letter.aggregate, centre=letter.centre, made_at=letter.at, due=event.due_on)
    state.grievances[row.id] = row
    state.changed.add(row)
    _count(state, letter.at, letter.centre, None, {}, Tally({"complaints": 1}))


def _answered(state: State, letter: Letter, event: ComplaintAnswered) -> None:
    row = state.grievances.get(letter.aggregate)
    if row is not None and row.answered_at is None:
        row.answered_at = letter.at
        state.changed.add(row)


STEPS: dict[type, Step] = {
    TicketTaken: _taken,
    TicketCalled: _moved("called"),
    TicketStarted: _moved("serving"),
    TicketHeld: _moved("held"),
    TicketGivenBack: _moved("waiting"),
    TicketTransferred: _moved("waiting"),
    TicketCameBack: _moved("waiting"),
    TicketServed: _moved("served"),
    TicketMissed: _moved("missed"),
    TicketLeft: _moved("left"),
    TicketReissued: _reissued,
    TicketKept: _kept,
    TicketCarriedOver: _moved("kept"),
    TicketBroughtBack: _moved("waiting"),
    CaseReceived: _received,
    StepTaken: _stepped,
    ServiceRan: _stepped,
    TimerFired: _stepped,
    MessageHeard: _stepped,
    ClockPaused: _turned,
    ClockResumed: _turned,
    TermExtended: _turned,
    DueMoved: _turned,
    TermWarned: _rang,
    TermBreached: _rang,
    CaseEscalated: _rang,
    CaseWithdrawn: _withdrawn,
    CaseClosed: _stepped,
    CounterSaved: _set_up,
    CounterOpened: _opened,
    CounterClosed: _opened,
    DocumentIssued: _once(lambda event: Tally({"documents": 1})),
    VisitRated: _once(_rated),
    RatingAnswered: _once(None, lambda event: ("answered", 1)),
    RatingDeclined: _once(lambda event: Tally({"unanswered": 1})),
    RatingNotAnswered: _once(lambda event: Tally({"unanswered": 1})),
    ComplaintMade: _complained,
    ComplaintAnswered: _answered,
    PaymentSettled: _once(
        lambda event: Tally({"receipts": 1, "money": event.fee + event.incidental}),
        lambda event: ("money", event.fee + event.incidental),
    ),
    ReceiptVoided: _once(lambda event: Tally({"money": -event.total}), lambda event: ("money", -event.total)),
    ChargeWaived: _once(lambda event: Tally({"waived": 1})),
    SessionOpened: _drawer_opened,
    SessionClosed: _drawer_closed,
}
