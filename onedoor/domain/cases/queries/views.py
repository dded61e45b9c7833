"""A case as its officers and its applicant see it: contents, papers, and the timeline with who, when due, why, on time."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from onedoor.domain.access.api import may, reach, unit
from onedoor.domain.cases.errors import NoSuchCase, NoSuchPaper, NoSuchTask
from onedoor.domain.cases.models import Case, Paper, Task
from onedoor.domain.cases.permissions import AUDIT, ENTER, MEND, OVERSEE, lanes_of
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.queries.asking import task_to_correct
from onedoor.domain.cases.queries.clock import explained, why_of
from onedoor.domain.cases.queries.collecting import waits_for_applicant
from onedoor.domain.cases.queries.fees import fee_of
from onedoor.domain.cases.queries.logs import logged_name, logged_timeline
from onedoor.domain.cases.queries.standing import awaited_steps, ruled
from onedoor.domain.cases.rules import (
    ZONE,
    Answers,
    CaseView,
    DraftView,
    Followed,
    PaperView,
    Standing,
    Step,
    TaskView,
    clean_number,
    due_words,
    local,
    on_time,
    outcome_words,
    status_words,
    when,
    why_words,
)
from onedoor.domain.cases.rules.logs import LOG
from onedoor.domain.cases.rules.vouching import Voucher
from onedoor.domain.catalogue.api import KINDS, form_to_ask, given, process_of, service_version
from onedoor.kernel.scope import Actor, everything

OURS = "the case is shown only to those whose lane, centre or proof leads to it"
OTHER_PAPER = {"lo": "ເອກະສານອື່ນ", "en": "Other paper"}


def visible(by: Actor, case: UUID) -> Case:
    """The case, if this actor may see it: at their centre, or by a task of their authority. NoSuchCase otherwise."""
    with everything(OURS):
        held = Case.objects.filter(id=case).first()
    if held is None or not _may_see(by, held):
        raise NoSuchCase()
    return held


def _may_see(by: Actor, held: Case) -> bool:
    if held.centre_id in reach(by).units and (
        may(by, ENTER, at=held.centre_id)
        or may(by, MEND, at=held.centre_id)
        or may(by, AUDIT, at=held.centre_id)
    ):
        return True
    lanes = lanes_of(by)
    if held.origin == LOG:  # it was handled by an earlier system: its authority may read it
        return held.authority_id in lanes.back
    tasks = Task.objects.filter(case_id=held.id, kind="user", audience="back").values_list("unit_id", "role")
    return any(
        lanes.works(audience="back", unit=found, role=role) or may(by, OVERSEE, at=found)
        for found, role in tasks
    )


def standing_of(by: Actor, *, case: UUID) -> Standing:
    """Where an application lies and how it stands; nothing personal, so no sight is recorded. NoSuchCase."""
    held = visible(by, case)
    return Standing(
        case=held.id,
        centre=held.centre_id,
        edition=held.edition_id,
        status=held.status,
        number=held.number or "",
    )


def numbers_of(by: Actor, *, cases: Iterable[UUID]) -> dict[UUID, str]:
    """The numbers of those of these cases that lie at the actor's centres, by one question to the database."""
    with everything(OURS):
        rows = list(Case.objects.filter(id__in=set(cases)).values_list("id", "centre_id", "number"))
    here = reach(by).units
    return {
        id: number or ""
        for id, centre, number in rows
        if centre in here and any(may(by, each, at=centre) for each in (ENTER, MEND, AUDIT))
    }


def case_numbered(by: Actor, *, number: str) -> UUID:
    """The case with this number as somebody typed it, if this actor may see it. NoSuchCase otherwise."""
    with everything(OURS):
        held = Case.objects.filter(number=clean_number(number)).first()
    if held is None or not _may_see(by, held):
        raise NoSuchCase(field="number")
    return held.id


def task_of(by: Actor, *, task: UUID, at: datetime) -> TaskView:
    """A task of this actor's lanes. Errors: NoSuchTask, NotInThisLane."""
    lanes = lanes_of(by)
    with everything(OURS):
        row = Task.objects.select_related("case").filter(id=task).first()
    if row is None:
        raise NoSuchTask()
    lanes.admit(audience=row.audience, unit=row.unit_id, role=row.role)
    return _task_view(row, local(at, ZONE))


def open_task(by: Actor, *, case: UUID, at: datetime, outcome: str) -> TaskView | None:
    """The open task of a case in this actor's lanes that can end in `outcome`; None when there is none."""
    lanes = lanes_of(by)
    with everything(OURS):
        rows = list(Task.objects.select_related("case").filter(case_id=case, kind="user", state="open"))
    for row in rows:
        if lanes.works(audience=row.audience, unit=row.unit_id, role=row.role):
            view = _task_view(row, local(at, ZONE))
            if outcome in view.outcomes:
                return view
    return None


def _task_view(row: Task, today: date) -> TaskView:
    node = process_of(row.case.edition_id).node(row.node)
    return TaskView(
        id=row.id,
        case=row.case_id,
        node=row.node,
        names=node.names,
        audience=row.audience,
        unit=row.unit_id,
        edition=row.case.edition_id,
        state=row.state,
        outcomes=node.outcomes,
        reason_for=node.reason_for,
        edits=node.edits,
        separated=row.separated,
        opened_at=row.opened_at,
        due_on=row.due_on,
        due_words=due_words(row.due_on, today),
        when=when(row.due_on, today),
        why=why_words(row.due_why, row.due_on),
        overdue=row.overdue_at is not None,
        fault=row.fault,
        attempts=row.attempts,
    )


def view_of(held: Case, *, at: datetime, task: TaskView | None = None) -> CaseView:
    """Everything about a case for those who work on it."""
    edition = service_version(held.edition_id)
    clock = explained(held, at=at, answered=_answered(held), staff=True)
    steps = timeline(held, today=local(at, ZONE))
    return CaseView(
        id=held.id,
        number=held.number or "",
        service=held.service_id,
        service_names=edition.name,
        centre=held.centre_id,
        centre_names=unit(held.centre_id).name,
        authority_names=unit(held.authority_id).name,
        status=held.status,
        status_words=status_words(held.status),
        outcome=held.outcome,
        data=held.data,
        answers=answers_of(held),
        edition=held.edition_id,
        visit=held.visit,
        person=held.person_id,
        received_at=held.received_at,
        closed_at=held.closed_at,
        due_on=held.due_on,
        due_words=_due(held, at),
        why=why_of(clock),
        clock=clock,
        on_time=_kept(held),
        steps=steps,
        papers=papers_of(held),
        task=task,
        applicant=_applicant(held),
        former=logged_name(held) if held.origin == LOG else "",
        identity=held.shown.get("by", ""),
        vouchers=tuple(Voucher(**each) for each in held.shown.get("vouchers", ())),
        fee=fee_of(held, at=at),
        ruled=ruled(held, process_of(held.edition_id)) if held.origin != LOG else (),
    )


def followed(held: Case, *, at: datetime) -> Followed:
    """A case for its applicant: where it is, since when, until when and why; no contents, no officers."""
    clock = explained(held, at=at, answered=_answered(held), staff=False)
    return Followed(
        number=held.number or "",
        service_names=service_version(held.edition_id).name,
        centre_names=unit(held.centre_id).name,
        status=held.status,
        status_words=status_words(held.status),
        received_at=held.received_at,
        due_on=held.due_on,
        due_words=_due(held, at),
        why=why_of(clock),
        clock=clock,
        on_time=_kept(held),
        steps=timeline(held, today=local(at, ZONE)),
        visit=held.visit,
        case=held.id,
        edition=held.edition_id,
        fee=fee_of(held, at=at),
        corrects=task_to_correct(held) is not None,
        collects=waits_for_applicant(held),
    )


def _answered(held: Case) -> datetime | None:
    """When the offices had done their part: the last step of an office, once the case was decided."""
    if held.status not in ("refused", "issued", "handed_over", "closed"):
        return None
    if held.origin == LOG:
        return held.closed_at
    done = held.tasks.filter(audience__in=["back", "system"], state="done").order_by("-done_at").first()
    return done.done_at if done else held.closed_at


def _kept(held: Case) -> bool | None:
    return on_time(held.due_on, _answered(held), ZONE)


def _due(held: Case, at: datetime) -> str:
    """The due date in words while it matters; afterwards it is told by ``on_time``."""
    return "" if _answered(held) or held.closed_at else due_words(held.due_on, local(at, ZONE))


def _applicant(held: Case) -> str:
    if not held.data:
        return ""
    names = held.data.get(form_to_ask(held.edition_id).applicant.get("names", ""))
    if not isinstance(names, Mapping):
        return ""
    return " · ".join(name for name in (names.get("lo"), names.get("en")) if name)


def timeline(held: Case, *, today: date) -> tuple[Step, ...]:
    """Each step of the case so far, in order; service tasks that ran are left out, those that failed are shown."""
    if held.origin == LOG:
        return logged_timeline(held)
    process = process_of(held.edition_id)
    steps: list[Step] = []
    for row in held.tasks.order_by("place"):
        if row.kind == "service" and row.state in ("done", "stopped"):
            continue
        node = process.node(row.node)
        steps.append(
            Step(
                names=node.names,
                holder=unit(row.unit_id).name,
                audience=row.audience,
                state="now" if row.state == "open" else row.state,
                opened_at=row.opened_at,
                due_on=row.due_on,
                due_words=due_words(row.due_on, today) if row.state == "open" and row.due_on else "",
                why=why_words(row.due_why, row.due_on) if row.due_on else "",
                done_at=row.done_at,
                outcome=row.outcome,
                outcome_words=outcome_words(row.outcome) if row.outcome else "",
                reason=row.reason,
                on_time=on_time(row.due_on, row.done_at, ZONE),
            )
        )
    return (*steps, *awaited_steps(held, process))


def answers_of(held: Case) -> tuple[Answers, ...]:
    """What was answered, section by section, in words of the reader's language; empty answers are left out."""
    if not held.data:
        return ()
    form = form_to_ask(held.edition_id)
    return tuple(
        Answers(
            title=section.title,
            rows=tuple(
                (
                    question.label,
                    KINDS[question.kind].said(question, held.data[question.name], place),
                    question.name,
                )
                for question in section.questions
                if given(held.data.get(question.name))
            ),
        )
        for section in form.sections
    )


def papers_of(held: Case) -> tuple[PaperView, ...]:
    """The papers of a case with their names, in the order in which they came."""
    papers = service_version(held.edition_id).papers
    names: dict[str, Any] = {each.code: each.name for paper in papers for each in paper.instead}
    names |= {paper.code: paper.name for paper in papers}
    asked = form_to_ask(held.edition_id).questions if held.data else ()
    answered = {each.name: each.label for each in asked if each.kind == "file"}
    names |= answered
    return tuple(
        PaperView(
            id=row.id,
            code=row.code,
            names=names.get(row.code, OTHER_PAPER),
            file=row.file,
            name=row.name,
            added_at=row.added_at,
            replaced=row.code in answered and held.data.get(row.code) != str(row.id),
        )
        for row in held.papers.order_by("added_at", "id")
    )


def paper_of(held: Case, paper: UUID) -> Paper:
    """One paper of a case that may be seen. NoSuchPaper."""
    row = held.papers.filter(id=paper).first()
    if row is None:
        raise NoSuchPaper()
    return row


def draft_view(held: Case) -> DraftView:
    """An application as it is being entered."""
    return DraftView(
        id=held.id,
        centre=held.centre_id,
        service=held.service_id,
        edition=held.edition_id,
        visit=held.visit,
        ticket=held.ticket,
        data=held.data,
        papers=papers_of(held),
        opened_at=held.opened_at,
        status=held.status,
        number=held.number,
    )


def drafts(by: Actor, *, centre: UUID) -> list[tuple[UUID, Mapping[str, str], datetime]]:
    """The drafts of a centre that are still being entered: id, service, since when; newest first."""
    with everything(OURS):
        rows = Case.objects.filter(centre_id=centre, status="draft").order_by("-opened_at")[:50]
        return [
            (row.id, service_version(row.edition_id).name, row.opened_at) for row in rows if _may_see(by, row)
        ]


def draft_of(*, by: Actor, ticket: UUID) -> UUID | None:
    """The application that was begun with a ticket, received or not; None when there is none to see."""
    with everything(OURS):
        row = Case.objects.filter(ticket=ticket).order_by("-opened_at").first()
    return row.id if row is not None and _may_see(by, row) else None


def cases_of_visit(*, by: Actor, visit: UUID) -> list[UUID]:
    """The cases of one visit that this actor may see, in the order in which they were opened."""
    with everything(OURS):
        rows = list(Case.objects.filter(visit=visit).order_by("opened_at"))
    return [row.id for row in rows if _may_see(by, row)]


def case_of_number(number: str) -> Case | None:
    """The case with this number, for whoever then proves to be its applicant; None when there is none."""
    with everything("the secret code is checked next"):
        return Case.objects.filter(number=number).first()
