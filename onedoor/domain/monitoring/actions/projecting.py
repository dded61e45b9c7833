"""Projecting: what each letter says about the live floor and the key figures. Decided from the letter, never from a mirror."""

from collections.abc import Callable
from typing import Any

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
from onedoor.domain.centres.api import (
    BreakBegan,
    BreakEnded,
    CounterClosed,
    CounterOpened,
    CounterSaved,
    OfficerRose,
    OfficerSatDown,
)
from onedoor.domain.documents.api import DocumentIssued
from onedoor.domain.monitoring.actions.counting import count
from onedoor.domain.monitoring.actions.drawing import moment, turn
from onedoor.domain.monitoring.actions.matters import rang, received, stepped, turned, withdrawn
from onedoor.domain.monitoring.actions.tickets import Step, kept, moved, reissued, taken
from onedoor.domain.monitoring.models import (
    Grievance,
    Post,
    State,
    Till,
    only_projector,
    read_state,
    write_state,
)
from onedoor.domain.monitoring.rules.tallies import Tally
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
from onedoor.kernel.letters import Letter, Told


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
        if not post.is_open:
            post.officer = None
        post.free_since = letter.at if post.officer is not None else None
        if not _goes_for_a_break(state, letter, post):
            turn(state, letter, post)


def _goes_for_a_break(state: State, letter: Letter, post: Post) -> bool:
    """A break closes the counter with it: the hall then says break, not closed."""
    return any(
        one.counter == post.counter and one.at == letter.at and one.state == "break" for one in state.turns
    )


def _sat(state: State, letter: Letter, event: OfficerSatDown | BreakEnded) -> None:
    """An officer is at the counter: it may be called idle from now on."""
    post = state.post_of(event.counter)
    if post is not None and letter.actor_kind == "staff":
        post.officer, post.free_since = letter.actor, letter.at
        state.changed.add((post.centre, post.code))
        turn(state, letter, post)


def _rose(state: State, letter: Letter, event: OfficerRose | BreakBegan) -> None:
    """Nobody is at the counter, for a while or for the day."""
    post = state.post_of(event.counter)
    if post is not None:
        post.officer = post.free_since = None
        state.changed.add((post.centre, post.code))
        turn(state, letter, post, standing="break" if isinstance(event, BreakBegan) else "")


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
                count(state, letter.at, letter.centre, getattr(event, "service", None), {}, tally(event))

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
    count(state, letter.at, letter.centre, None, {}, Tally({"complaints": 1}))


def _answered(state: State, letter: Letter, event: ComplaintAnswered) -> None:
    row = state.grievances.get(letter.aggregate)
    if row is not None and row.answered_at is None:
        row.answered_at = letter.at
        state.changed.add(row)


STEPS: dict[type, Step] = {
    TicketTaken: taken,
    TicketCalled: moved("called"),
    TicketStarted: moved("serving"),
    TicketHeld: moved("held"),
    TicketGivenBack: moved("waiting"),
    TicketTransferred: moved("waiting"),
    TicketCameBack: moved("waiting"),
    TicketServed: moved("served"),
    TicketMissed: moved("missed"),
    TicketLeft: moved("left"),
    TicketReissued: reissued,
    TicketKept: kept,
    TicketCarriedOver: moved("kept"),
    TicketBroughtBack: moved("waiting"),
    CaseReceived: received,
    StepTaken: stepped,
    ServiceRan: stepped,
    TimerFired: stepped,
    MessageHeard: stepped,
    ClockPaused: turned,
    ClockResumed: turned,
    TermExtended: turned,
    DueMoved: turned,
    TermWarned: rang,
    TermBreached: rang,
    CaseEscalated: rang,
    CaseWithdrawn: withdrawn,
    CaseClosed: stepped,
    CounterSaved: _set_up,
    CounterOpened: _opened,
    CounterClosed: _opened,
    OfficerSatDown: _sat,
    OfficerRose: _rose,
    BreakBegan: _rose,
    BreakEnded: _sat,
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
