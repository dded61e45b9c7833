"""Drafts: begun with a called ticket or without, saved as often as one likes, papers put to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from onedoor.domain.access.api import require
from onedoor.domain.cases.actions.moving import joined
from onedoor.domain.cases.errors import BeginsByItself, CaseIsNotADraft, NoSuchCase, NotAsked, NotOfferedHere
from onedoor.domain.cases.events import DraftOpened, DraftSaved, PaperAttached
from onedoor.domain.cases.models import Case, Paper
from onedoor.domain.cases.permissions import ENTER
from onedoor.domain.cases.rules import local
from onedoor.domain.catalogue.api import (
    Form,
    Question,
    form_to_ask,
    given,
    process_of,
    service_to_open,
    service_version,
)
from onedoor.domain.centres.api import centre as centre_of
from onedoor.domain.centres.api import is_offered, why_not
from onedoor.domain.queue.api import open_errand
from onedoor.kernel.errors import Invalid
from onedoor.kernel.files import store
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor, everything

OTHER = "other"
# Name and content by the question that is answered by a file.
Files = Mapping[str, tuple[str, bytes]]
OURS = "the permission was asked at the case's own centre"


@transaction.atomic
def open_draft(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    service: UUID,
    ticket: UUID | None = None,
    visit: UUID | None = None,
    errand: UUID | None = None,
) -> Case:
    """Begin an application, or take up the draft that this ticket, or this errand of it, already has for this service.

    Args:
        centre: where the applicant stands. visit: shared by tickets, cases and ratings of one person's time here.
        errand: which of the visit's services and people, where there are several.
    Errors: Refused, NotOfferedHere, NotInForce, UnknownService, NoProcess, BeginsByItself, ErrandUnknown, ErrandHasBegun.
    """
    require(by, ENTER, at=centre)
    place = centre_of(centre)
    today = local(at, place.zone)
    if not is_offered(centre=centre, service=service, on=today):
        raise NotOfferedHere(why_not(place, service=service, on=today), field="service")
    edition = service_to_open(service, on=today, centre=centre)
    if not process_of(edition.version_id).by_hand:
        raise BeginsByItself()
    with everything(OURS):
        if (held := _begun(ticket, service, centre, errand)) is not None:
            return held
        case = Case(
            centre_id=centre,
            authority_id=edition.authority,
            service_id=service,
            edition_id=edition.version_id,
            ticket=ticket,
            visit=visit,
            errand=errand,
            opened_by=by.id,
            opened_at=at,
            hands=[str(by.id)],
        )
        try:
            with transaction.atomic():
                case.save()
        except IntegrityError:  # the same ticket was opened twice in this moment
            if (held := _begun(ticket, service, centre, errand)) is None:
                raise
            return held
    publish(DraftOpened(service=service, visit=visit), of=case, by=by, at=at, centre=centre)
    if ticket is not None and visit is not None:
        open_errand(by=by, at=at, case=case.id, visit=visit, ticket=ticket, service=service, errand=errand)
    return case


def _begun(ticket: UUID | None, service: UUID, centre: UUID, errand: UUID | None) -> Case | None:
    """The draft that a ticket, or one errand of it, already has for a service."""
    if ticket is None:
        return None
    rows = Case.objects.filter(service_id=service, centre_id=centre, status="draft")
    return (rows.filter(errand=errand) if errand else rows.filter(ticket=ticket)).first()


def locked_draft(case: UUID, *, by: Actor) -> Case:
    """The draft, locked, if it lies at a centre where the actor enters applications. NoSuchCase, CaseIsNotADraft."""
    with everything(OURS):
        held = Case.objects.select_for_update().filter(id=case).first()
    if held is None:
        raise NoSuchCase()
    require(by, ENTER, at=held.centre_id)
    if held.status != "draft":
        raise CaseIsNotADraft()
    return held


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    data: Mapping[str, Any],
    files: Files | None = None,
) -> Case:
    """Keep what has been entered so far, valid or not; who saves counts as having entered it.

    Args:
        files: name and content for questions that are answered by a file; a question left out keeps its file.
    Errors: NoSuchCase, Refused, CaseIsNotADraft, NotAsked, Invalid, and those of files (type, size, full disk).
    """
    held = locked_draft(case, by=by)
    form = form_to_ask(held.edition_id)
    kept = form.settled(answers(form, data) | _papers_said(held, form))
    refuse_files(form, kept, files or {})
    kept |= put_files(held.id, files or {}, by=by, at=at)
    if kept == held.data and str(by.id) in held.hands:
        return held
    held.data = kept
    held.hands = list(joined(held.hands, by.id))
    held.save(update_fields=["data", "hands"])
    publish(DraftSaved(service=held.service_id), of=held, by=by, at=at, centre=held.centre_id)
    return held


def answers(form: Form, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to the form's questions, files apart; those that are empty are left out.

    Errors: NotAsked, and Invalid for an answer that no such question can have.
    """
    refuse_unasked(form, data)
    for name, value in data.items():
        if given(value) and not form.fits(name, value):
            raise Invalid(field=name)
    return {
        question.name: data[question.name]
        for question in form.questions
        if given(data.get(question.name)) and question.kind != "file"
    }


def refuse_unasked(form: Form, data: Mapping[str, Any]) -> None:
    """NotAsked when there is an answer to a question that the form does not have."""
    known = {question.name for question in form.questions}
    if strange := next((name for name in data if name not in known), None):
        raise NotAsked(field=strange[:200])


def refuse_files(form: Form, data: Mapping[str, Any], files: Files) -> None:
    """NotAsked when there is a file for what is not answered by one, of somebody with these answers."""
    asked = {each.name for each in form.asked(data) if each.kind == "file"}
    if strange := next((name for name in files if name not in asked), None):
        raise NotAsked(field=strange[:200])


def put_files(case: UUID, files: Files, *, by: Actor, at: datetime) -> dict[str, str]:
    """Store files as papers of the case; gives the answers that they are. A file that is replaced stays among the papers."""
    answers = {}
    for question, (name, content) in files.items():
        try:
            stored = store(content, name=name, kind="paper")
        except Invalid as fault:
            fault.field = question
            raise
        answers[question] = str(_put(case, question, stored, name, by, at).id)
    return answers


def put_papers(held: Case, papers: Files, *, by: Actor, at: datetime) -> None:
    """Put papers of the service to a case, each by its code, what came before stays. Errors: Invalid, and those of files."""
    known = {OTHER}.union(*(each.codes for each in service_version(held.edition_id).papers))
    if strange := next((code for code in papers if code not in known), None):
        raise Invalid(field=strange[:200])
    put_files(held.id, papers, by=by, at=at)


def _papers_said(held: Case, form: Form) -> dict[str, Any]:
    """The answers that are papers of the case: no page and no machine can say them."""
    files = [question.name for question in form.questions if question.kind == "file"]
    return {name: held.data[name] for name in files if held.data.get(name)}


@transaction.atomic
def attach(
    *,
    by: Actor,
    at: datetime,
    case: UUID,
    paper: str,
    file: UUID | None = None,
    content: bytes = b"",
    name: str = "",
) -> Paper:
    """Put a scanned paper to a draft, or to a case that waits for its applicant.

    Args:
        paper: the code of one of the service's papers, or ``other``; or the question of the form that it answers.
        file: a stored file; or ``content`` and ``name`` of one that is to be stored.
    Errors: NoSuchCase, Refused, CaseIsNotADraft, Invalid, and those of files (type, size, full disk).
    """
    with everything(OURS):
        held = Case.objects.select_for_update().filter(id=case).first()
    if held is None:
        raise NoSuchCase()
    require(by, ENTER, at=held.centre_id)
    if held.status not in ("draft", "waiting_for_applicant"):
        raise CaseIsNotADraft()
    known = {OTHER}.union(*(each.codes for each in service_version(held.edition_id).papers))
    answered = {each.name for each in _asked_of(held) if each.kind == "file"} - known
    if paper not in known | answered:
        raise Invalid(field="paper")
    stored = file or store(content, name=name, kind="paper")
    row = _put(held.id, paper, stored, name, by, at)
    held.hands = list(joined(held.hands, by.id))
    if paper in answered:
        held.data = {**held.data, paper: str(row.id)}
    held.save(update_fields=["hands", "data"])
    publish(PaperAttached(paper=row.id, code=paper), of=held, by=by, at=at, centre=held.centre_id)
    return row


def _asked_of(held: Case) -> tuple[Question, ...]:
    """The questions that its applicant is asked; none where the service has no form."""
    return form_to_ask(held.edition_id).asked(held.data) if service_version(held.edition_id).form else ()


def _put(case: UUID, code: str, file: UUID, name: str, by: Actor, at: datetime) -> Paper:
    return Paper.objects.create(
        case_id=case, code=code, file=file, name=name[:200] or code, added_by=by.id, added_at=at
    )
