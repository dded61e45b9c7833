"""Tasks: the lanes of an authority's back office, and those of a centre's front office."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.cases import api as cases
from onedoor.doors.exchange.answers import Key, answered, once, text
from onedoor.doors.exchange.paging import After, Limit, linked
from onedoor.doors.exchange.shapes.cases import (
    CompletedOut,
    CompleteTask,
    TaskOut,
    TaskPage,
    task_line,
    task_out,
)
from onedoor.doors.exchange.v1.base import ASKED, REFUSALS
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Invalid
from onedoor.kernel.inbox import replaying
from onedoor.kernel.scope import needs
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["tasks"])
FRONT = "/centres/{slug:centre}/tasks"


@router.get("/tasks", response={200: TaskPage, **ASKED}, operation_id="listTasks")
@needs("cases.decide")
def list_tasks(
    request: Request,
    response: HttpResponse,
    due: str = Query("", max_length=20, description="overdue, today, week, later or open."),
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """What waits for one's authority, by due date. Cases that this token received are not for it to decide."""
    if due and due not in cases.WHENS:
        raise Invalid(field="due")
    listed = cases.worklist(request.actor, at=now(), due=due or None, after=after or None, limit=limit)
    return _page(request, response, listed)


@router.get("/tasks/{uuid:task}", response={200: TaskOut, **ASKED}, operation_id="seeTask")
@needs("cases.decide")
def see_task(request: Request, task: UUID) -> dict[str, Any]:
    """A task of one's lanes: in which ways it may end."""
    return task_out(cases.task_of(request.actor, task=task, at=now()))


@router.post(
    "/tasks/{uuid:task}/complete", response={200: CompletedOut, **REFUSALS}, operation_id="completeTask"
)
@needs("cases.decide")
def complete_task(request: Request, task: UUID, body: CompleteTask, key: str = Key) -> HttpResponse:
    """End a task in one of its ways; the process goes on. Who received a case never decides it (403)."""
    return _completed(request, task, body, key)


@router.get(FRONT, response={200: TaskPage, **ASKED}, operation_id="listCentreTasks")
@needs("cases.enter")
def list_centre_tasks(
    request: AtCentre, response: HttpResponse, centre: str, limit: int = Limit, after: str = After
) -> dict[str, Any]:
    """What waits at a centre's front office: corrections, checks, hand-overs; by due date."""
    listed = cases.front_list(
        request.actor, centre=request.centre, at=now(), after=after or None, limit=limit
    )
    return _page(request, response, listed)


@router.get(f"{FRONT}/{{uuid:task}}", response={200: TaskOut, **ASKED}, operation_id="seeCentreTask")
@needs("cases.enter")
def see_centre_task(request: AtCentre, centre: str, task: UUID) -> dict[str, Any]:
    """A task of the centre's front office."""
    return task_out(_here(request, task))


@router.post(
    f"{FRONT}/{{uuid:task}}/complete",
    response={200: CompletedOut, **REFUSALS},
    operation_id="completeCentreTask",
)
@needs("cases.enter")
def complete_centre_task(
    request: AtCentre, centre: str, task: UUID, body: CompleteTask, key: str = Key
) -> HttpResponse:
    """End a task of the centre's front office."""
    _here(request, task)
    return _completed(request, task, body, key)


def _completed(request: Request, task: UUID, body: CompleteTask, key: str) -> HttpResponse:
    at, held = now(), once(request, key, _json)
    return answered(
        held,
        replaying(
            held,
            at=at,
            act=lambda: cases.complete(
                by=request.actor,
                at=at,
                task=task,
                outcome=body.outcome,
                reason=body.reason,
                data=body.data,
                once=held,
            ),
        ),
    )


def _json(done: cases.Completed) -> str:
    return text(
        CompletedOut(
            case=done.case,
            task=done.task,
            status=done.status,
            waiting=list(done.waiting),
            ended=done.ended,
        )
    )


def _page(request: Request, response: HttpResponse, listed: cases.Worklist) -> dict[str, Any]:
    return {
        "items": [task_line(row) for row in listed.rows],
        "counts": dict(listed.counts),
        "next": linked(request, response, listed.after),
    }


def _here(request: AtCentre, task: UUID) -> cases.TaskView:
    """A task, if it is one of the centre that the address names. Raises NoSuchTask."""
    view = cases.task_of(request.actor, task=task, at=now())
    if view.unit != request.centre:
        raise cases.NoSuchTask
    return view
