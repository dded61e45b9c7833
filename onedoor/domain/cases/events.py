"""What happened to a case: references and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class DraftOpened(Event):
    """An application was begun."""

    name: ClassVar[str] = "cases.draft_opened"
    schema: ClassVar[int] = 1
    service: UUID
    visit: UUID | None


@dataclass(frozen=True, kw_only=True)
class DraftSaved(Event):
    """A draft was saved; its contents stay in the case."""

    name: ClassVar[str] = "cases.draft_saved"
    schema: ClassVar[int] = 1
    service: UUID


@dataclass(frozen=True, kw_only=True)
class DraftUpgraded(Event):
    """A draft was carried over to a newer edition of its service."""

    name: ClassVar[str] = "cases.draft_upgraded"
    schema: ClassVar[int] = 1
    service: UUID
    edition: UUID


@dataclass(frozen=True, kw_only=True)
class PaperAttached(Event):
    """A scanned paper was put to the case."""

    name: ClassVar[str] = "cases.paper_attached"
    schema: ClassVar[int] = 1
    paper: UUID
    code: str


@dataclass(frozen=True, kw_only=True)
class CaseReceived(Event):
    """An application was received and handed to the first office."""

    name: ClassVar[str] = "cases.received"
    schema: ClassVar[int] = 1
    number: str
    service: UUID
    authority: UUID
    visit: UUID | None
    person: UUID | None
    due: str
    origin: str = ""
    identity: str = ""


@dataclass(frozen=True, kw_only=True)
class StepTaken(Event):
    """A person's task was completed, and the process moved on; ``due``: the new date, empty while it stands still."""

    name: ClassVar[str] = "cases.step_taken"
    schema: ClassVar[int] = 1
    task: UUID
    node: str
    outcome: str
    status: str
    waiting: str
    on_time: bool | None
    visit: UUID | None
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceRan(Event):
    """A service task did its work, and the process moved on."""

    name: ClassVar[str] = "cases.service_ran"
    schema: ClassVar[int] = 1
    task: UUID
    node: str
    status: str
    waiting: str
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceFailed(Event):
    """A service task failed; it stands in the list of failed steps until it is tried again."""

    name: ClassVar[str] = "cases.service_failed"
    schema: ClassVar[int] = 1
    task: UUID
    node: str
    fault: str
    attempts: int
    final: bool


@dataclass(frozen=True, kw_only=True)
class ServiceRetried(Event):
    """A person asked for a failed step to be tried again."""

    name: ClassVar[str] = "cases.service_retried"
    schema: ClassVar[int] = 1
    task: UUID
    node: str


@dataclass(frozen=True, kw_only=True)
class TimerFired(Event):
    """A term ran out; ``task`` is the one beside which it ran, where there is one."""

    name: ClassVar[str] = "cases.timer_fired"
    schema: ClassVar[int] = 1
    task: UUID | None
    node: str
    status: str
    waiting: str
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class MessageHeard(Event):
    """A message came for which the case waited."""

    name: ClassVar[str] = "cases.message_heard"
    schema: ClassVar[int] = 1
    message: UUID
    node: str
    status: str
    waiting: str
    due: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseMoved(Event):
    """A live case goes on by the process of another edition of its service."""

    name: ClassVar[str] = "cases.moved"
    schema: ClassVar[int] = 1
    old: UUID
    new: UUID


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(Event):
    """The applicant took the application back."""

    name: ClassVar[str] = "cases.withdrawn"
    schema: ClassVar[int] = 1
    visit: UUID | None


@dataclass(frozen=True, kw_only=True)
class ClockPaused(Event):
    """An officer let the legal clock stand still: a paper is missing. The reason stays in the case."""

    name: ClassVar[str] = "cases.clock_paused"
    schema: ClassVar[int] = 1
    task: UUID


@dataclass(frozen=True, kw_only=True)
class ClockResumed(Event):
    """The legal clock goes on, to a new due date."""

    name: ClassVar[str] = "cases.clock_resumed"
    schema: ClassVar[int] = 1
    task: UUID
    due: str


@dataclass(frozen=True, kw_only=True)
class TermExtended(Event):
    """A case got more time, in the unit of its term."""

    name: ClassVar[str] = "cases.term_extended"
    schema: ClassVar[int] = 1
    amount: int
    due: str


@dataclass(frozen=True, kw_only=True)
class DueMoved(Event):
    """The calendar changed, and with it the due date of an open case."""

    name: ClassVar[str] = "cases.due_moved"
    schema: ClassVar[int] = 1
    was: str
    due: str
    recount: UUID


@dataclass(frozen=True, kw_only=True)
class TermWarned(Event):
    """The due date is near, and the case is not answered."""

    name: ClassVar[str] = "cases.term_warned"
    schema: ClassVar[int] = 1
    due: str


@dataclass(frozen=True, kw_only=True)
class TermBreached(Event):
    """The due date has passed, and the case is not answered; ``above``: the unit that was told, ``unit`` had it."""

    name: ClassVar[str] = "cases.term_breached"
    schema: ClassVar[int] = 1
    due: str
    unit: UUID | None
    above: UUID | None


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(Event):
    """A late case was told to the next unit above."""

    name: ClassVar[str] = "cases.escalated"
    schema: ClassVar[int] = 1
    due: str
    unit: UUID
    above: UUID
    level: int


@dataclass(frozen=True, kw_only=True)
class MessageForwarded(Event):
    """A message goes on to the node whose case waits for it, or at which its centre works."""

    name: ClassVar[str] = "cases.message_forwarded"
    schema: ClassVar[int] = 1
    message: UUID
    called: str
    key: str
    outcome: str
    centre: UUID | None


@dataclass(frozen=True, kw_only=True)
class CodeRenewed(Event):
    """The applicant got a new secret code; the old one no longer opens the case."""

    name: ClassVar[str] = "cases.code_renewed"
    schema: ClassVar[int] = 1
    number: str


@dataclass(frozen=True, kw_only=True)
class CaseClosed(Event):
    """A case of an earlier system ended, apart from any step."""

    name: ClassVar[str] = "cases.closed"
    schema: ClassVar[int] = 1
    status: str
    on_time: bool | None


@dataclass(frozen=True, kw_only=True)
class LogOpened(Event):
    """An event log of an earlier system is being loaded; its cases follow with their own letters."""

    name: ClassVar[str] = "cases.log_opened"
    schema: ClassVar[int] = 1
    service: UUID


@dataclass(frozen=True, kw_only=True)
class PreparationBegun(Event):
    """Somebody began to fill in an application away from a counter."""

    name: ClassVar[str] = "cases.preparation_begun"
    schema: ClassVar[int] = 1
    service: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class PreparationSaved(Event):
    """More of a prepared application was said; its contents stay in it."""

    name: ClassVar[str] = "cases.preparation_saved"
    schema: ClassVar[int] = 1
    service: UUID


@dataclass(frozen=True, kw_only=True)
class PreparationTaken(Event):
    """A counter took a prepared application over."""

    name: ClassVar[str] = "cases.preparation_taken"
    schema: ClassVar[int] = 1
    case: UUID
    channel: str


@dataclass(frozen=True, kw_only=True)
class PreparationEnded(Event):
    """A prepared application was let go: its applicant wanted it so, or nobody came for it in time."""

    name: ClassVar[str] = "cases.preparation_ended"
    schema: ClassVar[int] = 1
    service: UUID
