"""A trial: one application that is walked through a process in memory. A plain value; as JSON and back it stays the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from pydantic import TypeAdapter

from onedoor.domain.cases.rules.engine import Token
from onedoor.domain.centres.api import Calendar

Names = dict[str, str]


class TrialDocuments(Protocol):
    """What is tried: the four documents of a service, as a draft holds them and an edition keeps them."""

    @property
    def content(self) -> Mapping[str, Any]:
        """The description; its ``duration`` is the term of the law."""

    @property
    def form(self) -> Mapping[str, Any]:
        """The form, as JSON Schema."""

    @property
    def process(self) -> str:
        """The process, as BPMN."""

    @property
    def decisions(self) -> str:
        """The decisions, as DMN."""


@dataclass(frozen=True, kw_only=True)
class TrialTask:
    """Something that waits to be done.

    Args:
        kind: ``user`` for a person, ``service`` for the system, whose handler the tester imitates.
        lane, role, unit, audience: who would do it; ``unit`` is the lane's selector, or the unit's code where several are asked.
        outcomes: how it may end; of a service ``done`` and each error that stands on its border.
        due_why: why it is due then, as it is kept with a task.
    """

    id: UUID
    token: UUID
    node: str
    names: Names
    kind: str
    lane: Names
    role: str
    unit: str
    audience: str
    outcomes: tuple[str, ...]
    opened_at: datetime
    due_on: date | None
    due_why: dict[str, Any]
    separated: bool = False
    edits: bool = False
    waits_for: str = ""
    handler: str = ""
    overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class TrialTimer:
    """A term that runs: when it ends, and how often it comes back after that."""

    id: UUID
    token: UUID
    node: str
    names: Names
    due_at: datetime
    again: int


@dataclass(frozen=True, kw_only=True)
class TrialWait:
    """A message that is waited for, by its name and key."""

    id: UUID
    token: UUID
    node: str
    names: Names
    message: str
    key: str


@dataclass(frozen=True, kw_only=True)
class TrialSent:
    """A message that the process sent and for which nothing waits yet."""

    message: str
    key: str


@dataclass(frozen=True, kw_only=True)
class TrialPassed:
    """What happened: ``what`` is passed, done, fired, heard, sent, stopped, warned or breached; with its word."""

    at: datetime
    what: str
    node: str
    names: Names
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class TrialHit:
    """A rule that answered: of which decision, which one (1 is the first), what stands beside it; or why none did."""

    decision: str
    rule: int
    note: str = ""
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class TrialDecision:
    """What a decision answered, and by which rules."""

    at: datetime
    node: str
    rule: str
    into: str
    answer: Any
    hits: tuple[TrialHit, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trial:
    """Where an application stands that is only tried.

    Args:
        process, decisions_text, form: by which it is walked. calendar: of every office. number: as which conditions know it.
        began, at: when it was received, and what time it is now.
        decision: the last separated one. kept: what conditions may read. marking: where every token stands.
        clock: the legal clock as a case keeps it. answered: when the offices had done their part.
        end: the end event that was reached last. steps: how many tasks there were.
    """

    process: str
    decisions_text: str
    form: dict[str, Any]
    answers: dict[str, Any]
    calendar: Calendar
    number: str
    began: datetime
    at: datetime
    status: str = "received"
    decision: str = ""
    kept: dict[str, Any] = field(default_factory=dict)
    marking: tuple[Token, ...] = ()
    tasks: tuple[TrialTask, ...] = ()
    timers: tuple[TrialTimer, ...] = ()
    waits: tuple[TrialWait, ...] = ()
    sent: tuple[TrialSent, ...] = ()
    passed: tuple[TrialPassed, ...] = ()
    decisions: tuple[TrialDecision, ...] = ()
    clock: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    answered: datetime | None = None
    steps: int = 0
    ended: bool = False
    end: str = ""


@cache
def _adapter() -> TypeAdapter[Trial]:
    return TypeAdapter(Trial)


def trial_kept(trial: Trial) -> dict[str, Any]:
    """A trial as JSON keeps it."""
    found: dict[str, Any] = _adapter().dump_python(trial, mode="json")
    return found


def trial_of(kept: Mapping[str, Any]) -> Trial:
    """The trial that was kept. Raises ValueError for what is none."""
    return _adapter().validate_python(dict(kept))
