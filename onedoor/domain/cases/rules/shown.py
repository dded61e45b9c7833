"""What readers of cases get: frozen views, without tables behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.cases.rules.fees import FeeView
from onedoor.domain.cases.rules.vouching import Voucher

Names = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Received:
    """A received application: its number, and the secret code that is shown once and never again."""

    case: UUID
    number: str
    code: str
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class Completed:
    """A completed step: what the case's status is now, and what waits next (ids of elements)."""

    case: UUID
    task: UUID
    status: str
    waiting: tuple[str, ...]
    ended: bool


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """A scanned paper of a case; ``replaced``: it answered a question of the form that another one answers now."""

    id: UUID
    code: str
    names: Names
    file: UUID
    name: str
    added_at: datetime
    replaced: bool = False


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """An application that is still being entered."""

    id: UUID
    centre: UUID
    service: UUID
    edition: UUID
    visit: UUID | None
    ticket: UUID | None
    data: Mapping[str, Any]
    papers: tuple[PaperView, ...]
    opened_at: datetime
    status: str
    number: str | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an application lies and how it stands, without anything personal."""

    case: UUID
    centre: UUID
    edition: UUID
    status: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task as its officer sees it: what it may end in, and where each ending needs a reason."""

    id: UUID
    case: UUID
    node: str
    names: Names
    audience: str
    unit: UUID
    edition: UUID
    state: str
    outcomes: tuple[str, ...]
    reason_for: frozenset[str]
    edits: bool
    separated: bool
    opened_at: datetime
    due_on: date | None
    due_words: str
    when: str
    why: str
    overdue: bool
    fault: str = ""
    attempts: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on a case's timeline: what, who has it, when it is due and why, how it ended and whether on time.

    ``state``: done, now, failed or stopped.
    """

    names: Names
    holder: Names
    audience: str
    state: str
    opened_at: datetime
    due_on: date | None
    due_words: str
    why: str
    done_at: datetime | None
    outcome: str
    outcome_words: str
    reason: str
    on_time: bool | None


@dataclass(frozen=True, kw_only=True)
class ClockFact:
    """One thing that made a due date what it is: the day or days, and the sentence. ``tone``: due, warn, bad, good or none."""

    kind: str
    tone: str
    when: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ClockView:
    """The legal clock of a case, explained.

    Args:
        state: none, running, warning, late, still (stands still), kept, missed or ended.
        asked: whether an officer let it stand still. running: whether it may still be moved.
        extensions: how often more time may yet be given, ``most`` at once.
    """

    state: str
    headline: str
    due_on: date | None
    facts: tuple[ClockFact, ...] = ()
    asked: bool = False
    running: bool = False
    extensions: int = 0
    most: int = 0
    most_words: str = ""


@dataclass(frozen=True, kw_only=True)
class EscalatedRow:
    """A case past its due date as those above see it: who had which step, since when and for how many working days."""

    case: UUID
    number: str
    names: Names
    service_names: Names
    centre_names: Names
    holder: Names
    above: Names
    level: int
    since: datetime
    days: int
    due_on: date
    late: str


@dataclass(frozen=True, kw_only=True)
class RecountView:
    """A change of the calendar or of a centre's hours: how many open cases were looked at, and how many moved so far."""

    id: UUID
    at: datetime
    day: date | None
    cancelled: bool
    hours_of: Names | None
    examined: int
    moved: int
    done: bool


@dataclass(frozen=True, kw_only=True)
class RecountedRow:
    """A case that moved: its number, where it lies and who answers, from which date to which."""

    number: str
    centre_names: Names
    authority_names: Names
    was: date | None
    now: date | None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A section of the form with its answers in words: label, value, and the name of the question."""

    title: Names
    rows: tuple[tuple[Names, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """What a decision table answered, and a sentence for each rule that held or for why none did."""

    names: Names
    answer: str
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case as whoever may work on it sees it; ``former``: what the system that it came from called it."""

    id: UUID
    number: str
    service: UUID
    service_names: Names
    centre: UUID
    centre_names: Names
    authority_names: Names
    status: str
    status_words: str
    outcome: str
    applicant: str
    data: Mapping[str, Any]
    answers: tuple[Answers, ...]
    edition: UUID
    visit: UUID | None
    person: UUID | None
    received_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    due_words: str
    why: str
    on_time: bool | None
    steps: tuple[Step, ...]
    papers: tuple[PaperView, ...]
    task: TaskView | None = None
    former: str = ""
    identity: str = ""
    vouchers: tuple[Voucher, ...] = ()
    clock: ClockView | None = None
    fee: FeeView | None = None
    ruled: tuple[Ruled, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A case as its applicant follows it: no contents of the form, no names of officers.

    ``corrects``: she is asked to. ``collects``: the result waits for her.
    """

    number: str
    service_names: Names
    centre_names: Names
    status: str
    status_words: str
    received_at: datetime | None
    due_on: date | None
    due_words: str
    why: str
    on_time: bool | None
    steps: tuple[Step, ...]
    visit: UUID | None = None
    case: UUID | None = None
    edition: UUID | None = None
    clock: ClockView | None = None
    fee: FeeView | None = None
    corrects: bool = False
    collects: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the worklist; ``returned``: it has been through more than the first two steps."""

    task: UUID
    case: UUID
    number: str
    names: Names
    service_names: Names
    centre: UUID
    centre_names: Names
    received_at: datetime | None
    opened_at: datetime
    due_on: date | None
    due_words: str
    when: str
    returned: bool


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of the case list; ``former``: what it was called in the system that it came from."""

    case: UUID
    number: str
    former: str
    service: UUID
    service_names: Names
    centre: UUID
    centre_names: Names
    status: str
    status_words: str
    received_at: datetime
    closed_at: datetime | None
    due_on: date | None
    due_words: str
    late: bool


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of the case list, and where the next one begins (None: nowhere)."""

    rows: tuple[CaseRow, ...]
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """A page of the worklist, how many there are by due date, and where the next page begins (None: nowhere)."""

    rows: tuple[Row, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    after: str | None = None
