"""The applications of one visit: which they are, how they stand, and what they have in common."""

from dataclasses import dataclass, replace
from uuid import UUID

from onedoor.domain.cases.errors import NoSuchCase
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.cases.permissions import Lanes, lanes_of
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.queries.collecting import hands_over
from onedoor.domain.cases.queries.views import OURS, cases_of_visit, visible
from onedoor.domain.cases.rules import status_words
from onedoor.domain.cases.rules.sharing import Said, Shared, shared
from onedoor.domain.catalogue.api import KINDS, form_to_ask, process_of, service_version
from onedoor.domain.queue.api import errands
from onedoor.kernel.i18n import Translated
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class VisitTask:
    """A step of the front office that waits in an application of the visit.

    ``hands_over``: it only gives the result to the applicant, with nothing to decide or to enter.
    """

    id: UUID
    names: Translated
    hands_over: bool


@dataclass(frozen=True, kw_only=True)
class VisitCase:
    """One application of a visit, without anything personal."""

    case: UUID
    number: str
    service_names: Translated
    status: str
    status_words: str
    task: VisitTask | None


def collected(by: Actor, *, case: UUID) -> VisitCase | None:
    """An application whose result a visitor has come for, beside the ticket; None where this actor may not see it."""
    try:
        row = visible(by, case)
    except NoSuchCase:
        return None
    with everything(OURS):
        task = Task.objects.filter(case=row, kind="user", audience="front", state="open").first()
    return _shown(row, task, lanes_of(by))


def visit_cases(by: Actor, *, visit: UUID) -> dict[UUID, VisitCase]:
    """The applications of a visit that this actor may see, in the order in which they were opened."""
    seen = set(cases_of_visit(by=by, visit=visit))
    with everything(OURS):
        rows = list(Case.objects.filter(visit=visit).order_by("opened_at", "id"))
        open_tasks = Task.objects.filter(
            case__in=[row.id for row in rows], kind="user", audience="front", state="open"
        )
        waiting = {task.case_id: task for task in open_tasks.order_by("-place")}
    lanes = lanes_of(by)
    return {row.id: _shown(row, waiting.get(row.id), lanes) for row in rows if row.id in seen}


def _shown(row: Case, task: Task | None, lanes: Lanes) -> VisitCase:
    return VisitCase(
        case=row.id,
        number=row.number or "",
        service_names=service_version(row.edition_id).name,
        status=row.status,
        status_words=status_words(row.status),
        task=_task(task, row, lanes),
    )


def _task(task: Task | None, row: Case, lanes: Lanes) -> VisitTask | None:
    if task is None or not lanes.works(audience="front", unit=task.unit_id, role=task.role):
        return None
    names = process_of(row.edition_id).node(task.node).names
    return VisitTask(id=task.id, names=names, hands_over=hands_over(task, row))


def numbers_in_visit(visit: UUID) -> dict[UUID, str]:
    """The numbers of a visit's applications by their id, for whoever holds the ticket; a draft has an empty one."""
    with everything("who holds the ticket's unguessable address knows what it was for"):
        rows = Case.objects.filter(visit=visit).exclude(status="withdrawn").order_by("opened_at", "id")
        return {id: number or "" for id, number in rows.values_list("id", "number")}


def offered_to(held: Case, *, by: Actor) -> tuple[Shared, ...]:
    """What other applications of the same visit offer to a draft; none without a visit or an earlier application."""
    if held.visit is None:
        return ()
    with everything(OURS):
        others = list(
            Case.objects.filter(visit=held.visit, centre_id=held.centre_id)
            .exclude(id=held.id)
            .exclude(data={})
            .order_by("opened_at", "id")[:40]
        )
    seen = set(cases_of_visit(by=by, visit=held.visit))
    people = {row.case_id: row.person for row in errands(visit=held.visit)}
    said = [
        Said(
            case=row.id,
            person=people.get(row.id, 1),
            form=form_to_ask(row.edition_id),
            data=row.data,
        )
        for row in others
        if row.id in seen
    ]
    offered = shared(form_to_ask(held.edition_id), held.data, person=people.get(held.id, 1), said=said)
    return tuple(
        replace(one, words=KINDS[one.question.kind].said(one.question, one.value, place)) for one in offered
    )


def visit_of(by: Actor, *, case: UUID) -> UUID | None:
    """The visit in which an application was opened; None where there was none. Errors: NoSuchCase."""
    return visible(by, case).visit
