"""Cases, their steps, papers and tasks, as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.doors.exchange.shapes.common import Code, Names, Said

Word = Annotated[str, StringConstraints(max_length=60)]


class CasesAsked(Schema):
    """Which cases of a list are wanted."""

    q: str = Field("", max_length=120, description="A number or a part of it, or a name.")
    status: str = Field("", max_length=40, description="A status of cases, e.g. in_progress.")
    due: str = Field("", max_length=20, description="overdue, today, week, later or open; of open cases.")
    service: str = Field("", max_length=80, description="A service's id or code.")
    since: date | None = None
    until: date | None = None


class CaseLine(Schema):
    """A received case as a list has it: no names. ``former``: what an earlier system called it. ``centre`` is a code."""

    id: UUID
    number: str
    former: str
    service: UUID
    service_name: Names
    centre: str
    status: str
    received_at: datetime
    closed_at: datetime | None
    due_on: date | None
    late: bool


class CasePage(Schema):
    """Cases, newest first."""

    items: list[CaseLine]
    next: str | None


class StepOut(Schema):
    """A step of a case: what, who has it, when it is due and why, how it ended."""

    name: Names
    holder: Names
    audience: str
    state: str
    opened_at: datetime
    due_on: date | None
    why: str
    done_at: datetime | None
    outcome: str
    reason: str
    on_time: bool | None


class PaperOut(Schema):
    """A scanned paper that lies with a case."""

    id: UUID
    code: str
    name: Names
    added_at: datetime


class CaseOut(Schema):
    """A case whole, for those who may work on it; that it was looked at is written down."""

    id: UUID
    number: str
    status: str
    outcome: str
    service: UUID
    service_name: Names
    edition: UUID
    centre: str
    authority_name: Names
    applicant: str
    data: dict[str, Any]
    received_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    why: str
    on_time: bool | None
    steps: list[StepOut]
    papers: list[PaperOut]


class FollowedOut(Schema):
    """A case as its applicant follows it: no contents, no officers."""

    number: str
    status: str
    service_name: Names
    centre_name: Names
    received_at: datetime | None
    due_on: date | None
    why: str
    on_time: bool | None
    steps: list[StepOut]


class Follow(Said):
    """The number of a case and the secret code that was told when it was received."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class OpenCase(Said):
    """An application that is begun: the service (id or code), and the ticket that was called for it, if there is one."""

    service: Code
    ticket: UUID | None = None

    model_config = {"extra": "forbid", "strict": False}


class SaveAnswers(Said):
    """The answers so far, by the names of the form's questions; they replace those that were saved before."""

    data: dict[str, Any]


class Withdraw(Said):
    """Why the applicant takes the application back."""

    reason: Annotated[str, StringConstraints(max_length=2000)] = ""


class VoucherIn(Said):
    """Somebody who vouches for an applicant without papers."""

    kind: Literal["village_head", "witness"]
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ReceiveCase(Said):
    """By what the applicant showed who she is; who vouches for her: the village head, or two witnesses."""

    identity: Literal["", "registry", "document", "vouched", "none"] = ""
    vouchers: Annotated[list[VoucherIn], Field(max_length=2)] = []


class CaseStanding(Schema):
    """A case after a write: nothing personal."""

    id: UUID
    centre: str
    status: str


class PaperPut(Schema):
    """A paper that was put to a case."""

    id: UUID
    case: UUID
    code: str


class ReceivedOut(Schema):
    """A received case: its number, the date by which the law wants it done, and the secret code, told once."""

    case: UUID
    number: str
    code: str | None
    due_on: date | None


class TaskLine(Schema):
    """A task that waits in one's lanes."""

    id: UUID
    case: UUID
    number: str
    name: Names
    service_name: Names
    centre: str
    received_at: datetime | None
    opened_at: datetime
    due_on: date | None
    when: str
    returned: bool


class TaskPage(Schema):
    """Tasks by due date; ``counts``: how many wait in all, by when they are due."""

    items: list[TaskLine]
    counts: dict[str, int]
    next: str | None


class TaskOut(Schema):
    """A task: in which ways it may end, and which of them want a reason."""

    id: UUID
    case: UUID
    name: Names
    audience: str
    unit: str
    state: str
    outcomes: list[str]
    reason_for: list[str]
    edits: bool
    separated: bool
    opened_at: datetime
    due_on: date | None
    why: str
    overdue: bool


class CompleteTask(Said):
    """How a task ends; a reason where the outcome asks for one; the corrected form where the task may edit it."""

    outcome: Word = "done"
    reason: Annotated[str, StringConstraints(max_length=2000)] = ""
    data: dict[str, Any] | None = None


class CompletedOut(Schema):
    """What the case's status is now, and what waits next (ids of the process's elements)."""

    case: UUID
    task: UUID
    status: str
    waiting: list[str]
    ended: bool


def case_line(row: cases.CaseRow) -> dict[str, Any]:
    """A row as `CaseLine`."""
    return {
        "id": row.case,
        "number": row.number,
        "former": row.former,
        "service": row.service,
        "service_name": row.service_names,
        "centre": access.unit(row.centre).code,
        "status": row.status,
        "received_at": row.received_at,
        "closed_at": row.closed_at,
        "due_on": row.due_on,
        "late": row.late,
    }


def case_out(view: cases.CaseView) -> dict[str, Any]:
    """A case as `CaseOut`."""
    return {
        "id": view.id,
        "number": view.number,
        "status": view.status,
        "outcome": view.outcome,
        "service": view.service,
        "service_name": view.service_names,
        "edition": view.edition,
        "centre": access.unit(view.centre).code,
        "authority_name": dict(view.authority_names),
        "applicant": view.applicant,
        "data": view.data,
        "received_at": view.received_at,
        "closed_at": view.closed_at,
        "due_on": view.due_on,
        "why": view.why,
        "on_time": view.on_time,
        "steps": [_step(step) for step in view.steps],
        "papers": [
            {"id": one.id, "code": one.code, "name": one.names, "added_at": one.added_at}
            for one in view.papers
        ],
    }


def followed_out(view: cases.Followed) -> dict[str, Any]:
    """A case as `FollowedOut`."""
    return {
        "number": view.number,
        "status": view.status,
        "service_name": view.service_names,
        "centre_name": dict(view.centre_names),
        "received_at": view.received_at,
        "due_on": view.due_on,
        "why": view.why,
        "on_time": view.on_time,
        "steps": [_step(step) for step in view.steps],
    }


def _step(step: cases.Step) -> dict[str, Any]:
    return {
        "name": dict(step.names),
        "holder": dict(step.holder),
        "audience": step.audience,
        "state": step.state,
        "opened_at": step.opened_at,
        "due_on": step.due_on,
        "why": step.why,
        "done_at": step.done_at,
        "outcome": step.outcome,
        "reason": step.reason,
        "on_time": step.on_time,
    }


def task_line(row: cases.Row) -> dict[str, Any]:
    """A row as `TaskLine`."""
    return {
        "id": row.task,
        "case": row.case,
        "number": row.number,
        "name": dict(row.names),
        "service_name": row.service_names,
        "centre": access.unit(row.centre).code,
        "received_at": row.received_at,
        "opened_at": row.opened_at,
        "due_on": row.due_on,
        "when": row.when,
        "returned": row.returned,
    }


def task_out(view: cases.TaskView) -> dict[str, Any]:
    """A task as `TaskOut`."""
    return {
        "id": view.id,
        "case": view.case,
        "name": dict(view.names),
        "audience": view.audience,
        "unit": access.unit(view.unit).code,
        "state": view.state,
        "outcomes": list(view.outcomes),
        "reason_for": sorted(view.reason_for),
        "edits": view.edits,
        "separated": view.separated,
        "opened_at": view.opened_at,
        "due_on": view.due_on,
        "why": view.why,
        "overdue": view.overdue,
    }
