"""What a queue decides, without a database and without a clock."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from onedoor.domain.queue.errors import NameOrPhoneInvalid, TicketHasMoved

USUAL_MINUTES = 10.0
"""A service's length while nobody was served yet today."""
PRIORITY_START = timedelta(minutes=30)
"""How much earlier elderly, disabled and pregnant people, and people with infants, stand in line."""
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters of ticket numbers; I and O are left out, as they read like digits."""


class Status(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    SERVED = "served"
    MISSED = "missed"
    CARRIED_OVER = "carried over"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class Promise:
    """An obligation that a higher context puts on a visit of a centre; ``due`` is when it is over unanswered.

    ``at`` is its own instant, where many are put at once.
    """

    visit: UUID
    centre: UUID
    at: datetime | None = None
    due: datetime | None = None
    subject: UUID | None = None


class Step(StrEnum):
    """What can be done with a ticket."""

    CALL = "call"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    HOLD = "hold"
    GIVE_BACK = "give back"
    LEAVE = "leave"
    REISSUE = "reissue"
    NAME = "name"


AT_COUNTER = (Status.CALLED, Status.SERVING)
OPEN = (Status.WAITING, Status.CALLED, Status.SERVING, Status.HELD, Status.MISSED)

_STEPS: dict[Step, tuple[frozenset[Status], Status | None]] = {
    Step.CALL: (frozenset({Status.WAITING, Status.HELD, Status.MISSED, Status.CALLED}), Status.CALLED),
    Step.START: (frozenset({Status.CALLED}), Status.SERVING),
    Step.FINISH: (frozenset({Status.SERVING}), Status.SERVED),
    Step.MISS: (frozenset({Status.CALLED}), Status.MISSED),
    Step.HOLD: (frozenset({Status.SERVING}), Status.HELD),
    Step.GIVE_BACK: (
        frozenset({Status.CALLED, Status.SERVING, Status.HELD, Status.MISSED}),
        Status.WAITING,
    ),
    Step.LEAVE: (frozenset({Status.WAITING, Status.HELD, Status.MISSED, Status.CALLED}), Status.LEFT),
    Step.REISSUE: (frozenset({Status.WAITING, Status.HELD, Status.MISSED, Status.CALLED}), None),
    Step.NAME: (frozenset({Status.WAITING, Status.HELD, Status.MISSED, Status.CALLED, Status.SERVING}), None),
}


def decide(step: Step, status: str) -> Status:
    """The status after a step.

    Raises:
        TicketHasMoved: the step does not start from this status.
    """
    starts, after = _STEPS[step]
    if status not in starts:
        raise TicketHasMoved
    return after or Status(status)


def may_call_from(status: str, *, counter_now: object, counter: object) -> None:
    """A ticket that stands at one counter is called again by that counter only.

    Raises:
        TicketHasMoved: another counter has it, or it is past calling.
    """
    decide(Step.CALL, status)
    if status == Status.CALLED and counter_now != counter:
        raise TicketHasMoved


def place_in_line(*, issued_at: datetime, priority: bool) -> datetime:
    """The instant by which a ticket is ordered; it never changes, so who is given back keeps the place."""
    return issued_at - PRIORITY_START if priority else issued_at


def naive_wait(*, people_ahead: int, service_minutes: float, open_counters: int) -> int | None:
    """An estimate, in whole minutes: people ahead times the average service, shared by the open counters.

    None when no counter is open. It knows nothing of who is slow, absent or about to come.
    """
    if open_counters < 1:
        return None
    return math.ceil(max(people_ahead, 0) * max(service_minutes, 0.0) / open_counters)


def letter_of(position: int) -> str:
    """The letter of the series of a centre's service at ``position`` (from 0); past the alphabet they are doubled."""
    rounds, place = divmod(position, len(LETTERS))
    return LETTERS[place] * (rounds + 1)


def ticket_number(letter: str, serial: int) -> str:
    """A012: what is called out and shown."""
    return f"{letter}{serial:03d}"


def plain_phone(phone: str) -> str:
    """A telephone number as digits in national form: +856 20 5555 1234 and 020 5555 1234 are the same.

    Raises:
        NameOrPhoneInvalid: it has fewer than 6 or more than 14 digits, or other signs than + ( ) - . / and spaces.
    """
    if not re.fullmatch(r"[\d\s()+\-./]{6,24}", phone):
        raise NameOrPhoneInvalid(field="phone")
    digits = "".join(str(int(sign)) for sign in phone if sign.isdigit())
    digits = re.sub(r"^(00856|856)(?=\d{6})", "0", digits)
    if not 6 <= len(digits) <= 14:
        raise NameOrPhoneInvalid(field="phone")
    return digits


def plain_name(name: str) -> str:
    """A name as it is kept: trimmed, single spaces, at most 120 characters.

    Raises:
        NameOrPhoneInvalid: it is empty, too long, or holds control characters.
    """
    kept = " ".join(name.split())
    if not 1 <= len(kept) <= 120 or not kept.isprintable():
        raise NameOrPhoneInvalid(field="name")
    return kept
