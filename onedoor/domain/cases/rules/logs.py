"""Cases of an earlier system, told by its event log: what they are here. No people: a resource is a pseudonym."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

LOG = "log"
LOGS = uuid5(NAMESPACE_URL, "https://onedoor.example/logs")
LONGEST_NODE = 120
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """One thing that was done: the activity's name, when, and who (a pseudonym, may be empty)."""

    activity: str
    at: datetime
    resource: str = ""


@dataclass(frozen=True, slots=True)
class LoggedTrace:
    """One case of the log, whole.

    Args:
        place: its place in the log, from 1. began: when it was received.
        deadline: by when it was due. ended: when it was over, None while it is open.
        closed: whether the log tells the end apart from the last step.
        attributes, of_events: everything that stood in the log, to be written out again.
    """

    place: int
    name: str
    events: Sequence[LoggedEvent]
    began: datetime
    deadline: datetime | None
    ended: datetime | None
    closed: bool = False
    attributes: Sequence[Any] = field(default_factory=tuple)
    of_events: Sequence[Any] = field(default_factory=tuple)


@dataclass(frozen=True, kw_only=True)
class LogView:
    """A log that was loaded: where its cases lie, and what stood before its traces."""

    id: UUID
    name: str
    service: UUID
    centre: UUID
    header: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of some traces: new, here already, and here already but with other contents (left as they were)."""

    new: int = 0
    same: int = 0
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnTrace:
    """A case of ours as a log tells it; ``steps`` are (activity, group, who did it, when, outcome)."""

    number: str
    status: str
    received_at: datetime | None
    closed_at: datetime | None
    due_at: datetime | None
    steps: tuple[tuple[str, str, UUID | None, datetime, str], ...]


@dataclass(frozen=True, kw_only=True)
class Wait:
    """How long it took from one activity to the one that followed it, in seconds."""

    before: str
    after: str
    times: int
    median: float
    longest: float


@dataclass(frozen=True, kw_only=True)
class LogFigures:
    """A log in figures, as the database has it; durations in seconds.

    ``median`` and ``p90`` are of the finished cases, from receipt to end; ``worked_`` of all, from first to last event.
    ``late`` of ``due`` finished cases ended after their deadline, ``late_days`` of them on a later day (so lists and key
    figures count); ``open_late`` of ``open_due`` open ones were past theirs
    when the log ends.
    """

    cases: int
    finished: int
    events: int
    activities: int
    median: float | None
    p90: float | None
    worked_median: float | None
    worked_p90: float | None
    due: int
    late: int
    late_days: int
    open_due: int
    open_late: int
    waits: tuple[Wait, ...]


def log_id(*, service: UUID, centre: UUID, name: str) -> UUID:
    """A log is known by its name at a centre and service, so that loading it again finds it."""
    return uuid5(LOGS, f"{centre}/{service}/{name}")


def trace_id(log: UUID, name: str, place: int | None = None) -> UUID:
    """A trace is known by its name in the log; one of several with the same name by its place too."""
    return uuid5(log, name if place is None else f"{name}\n{place}")


def resource_id(log: UUID, resource: str) -> UUID | None:
    """Who did a step, as a reference that leads to no login."""
    return uuid5(log, f"resource/{resource}") if resource else None


def node_name(activity: str) -> str:
    """An activity's name as a step carries it; a very long one is cut and told apart by a mark of its whole."""
    if len(activity) <= LONGEST_NODE:
        return activity
    return f"{activity[: LONGEST_NODE - 9]}~{sha256(activity.encode()).hexdigest()[:8]}"
