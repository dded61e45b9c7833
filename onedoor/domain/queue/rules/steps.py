"""Where a ticket stands, and what can be done with it."""

from enum import StrEnum

from onedoor.domain.queue.errors import TicketHasMoved


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
    TRANSFER = "transfer"
    COME_BACK = "come back"


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
    Step.TRANSFER: (
        frozenset({Status.WAITING, Status.CALLED, Status.SERVING, Status.HELD, Status.MISSED}),
        Status.WAITING,
    ),
    Step.COME_BACK: (frozenset({Status.MISSED}), Status.WAITING),
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
