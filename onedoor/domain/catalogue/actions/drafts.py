"""Drafts: begun from an edition or anew, saved as often as one likes, sent to a second person, approved or returned."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from onedoor.domain.access.api import require, unit
from onedoor.domain.catalogue.errors import (
    DraftHasChanged,
    DraftHasProblems,
    DraftIsClosed,
    NoSuchDraft,
    WroteItThemselves,
)
from onedoor.domain.catalogue.events import (
    DraftApproved,
    DraftBegun,
    DraftReturned,
    DraftSaved,
    DraftSent,
    DraftWithdrawn,
)
from onedoor.domain.catalogue.models import Edition, Service, ServiceDraft
from onedoor.domain.catalogue.permissions import APPROVE, DRAFT
from onedoor.domain.catalogue.queries.checking import problems_of
from onedoor.domain.catalogue.queries.drafts import Draft, draft_view
from onedoor.domain.catalogue.rules.documents import Documents, blank, unkept
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.letters import Event, publish
from onedoor.kernel.scope import Actor

CODE = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
LONGEST_CODE, LONGEST_REASON = 80, 2_000
PARTS = ("content", "form", "process", "decisions")


@transaction.atomic
def begin_draft(*, by: Actor, at: datetime, id: UUID, code: str, authority: UUID | None = None) -> Draft:
    """Begin to write: a copy of the newest edition of a service, or an empty one for a new code.

    Args:
        id: of the draft; the same again gives the draft that was begun with it.
        authority: who will answer for a new service; one that exists keeps its own.
    Errors: Refused, OutOfReach, Invalid (code, authority), Conflict.
    """
    if not code or len(code) > LONGEST_CODE or not CODE.issuperset(code):
        raise Invalid(_("A code has small Latin letters, digits and hyphens."), field="code")
    service = Service.objects.filter(code=code).first()
    answers = service.authority_id if service else authority
    if answers is None or unit(answers).tree != "authority":
        raise Invalid(_("Say which ministry answers for the service."), field="authority")
    require(by, DRAFT, at=answers)
    if (row := ServiceDraft.objects.filter(id=id).first()) is not None:
        if row.code != code or row.authority_id != answers:
            raise Conflict()
        return draft_view(row)
    documents = _newest(service) if service else blank(answers)
    row = ServiceDraft(
        id=id,
        code=code,
        authority_id=answers,
        base=service.edition if service else None,
        content={**documents.content, "authority": str(answers)},
        form=documents.form,
        process=documents.process,
        decisions=documents.decisions,
        editors=[str(by.id)],
        begun_at=at,
        changed_at=at,
    )
    row.save()
    publish(DraftBegun(code=code, authority=answers, base=row.base), of=row, by=by, at=at)
    return draft_view(row)


def _newest(service: Service) -> Documents:
    row = Edition.objects.get(service=service, number=service.edition)
    return Documents(content=row.content, form=row.form, process=row.process, decisions=row.decisions)


@transaction.atomic
def save_draft(
    *,
    by: Actor,
    at: datetime,
    draft: UUID,
    version: int,
    content: dict[str, Any] | None = None,
    form: dict[str, Any] | None = None,
    process: str | None = None,
    decisions: str | None = None,
) -> Draft:
    """Keep what has been written, sound or not; None leaves a document as it is. Who saves counts as having written.

    Args:
        version: of the draft as it was read.
    Errors: NoSuchDraft, Refused, DraftIsClosed, DraftHasChanged (409), Invalid (too large, not to be kept).
    """
    row = locked(draft, by=by, may=DRAFT)
    if row.version != version:
        raise DraftHasChanged()
    only_in(row, "writing")
    given: dict[str, Any] = dict(zip(PARTS, (content, form, process, decisions), strict=True))
    changed = []
    for name, value in given.items():
        if value is None:
            continue
        if isinstance(value, str) != (name in ("process", "decisions")):
            raise Invalid(_("A text or an object of JSON is needed."), field=name)
        if (fault := unkept(value)) is not None:
            raise Invalid(fault, field=name)
        if name == "content":
            value = {**value, "authority": str(row.authority_id)}
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    if not changed:
        return draft_view(row)
    if str(by.id) not in row.editors:
        row.editors = [*row.editors, str(by.id)]
    return _kept(row, DraftSaved(parts=",".join(changed)), by=by, at=at)


@transaction.atomic
def send_draft(*, by: Actor, at: datetime, draft: UUID, version: int) -> Draft:
    """Send a draft without problems to the second person. Errors: as for `save_draft`, DraftHasProblems."""
    row = locked(draft, by=by, may=DRAFT)
    if row.version != version:
        raise DraftHasChanged()
    only_in(row, "writing")
    refuse_problems(row)
    row.state, row.sent_by, row.reason = "sent", by.id, ""
    return _kept(row, DraftSent(code=row.code), by=by, at=at)


@transaction.atomic
def approve_draft(*, by: Actor, at: datetime, draft: UUID, version: int) -> Draft:
    """Approve a draft as the second person; who wrote in it never can.

    Errors: NoSuchDraft, Refused, WroteItThemselves, DraftIsClosed, DraftHasChanged, DraftHasProblems.
    """
    row = locked(draft, by=by, may=APPROVE)
    if row.version != version:
        raise DraftHasChanged()
    only_in(row, "sent")
    refuse_writers(row, by)
    refuse_problems(row)
    row.state, row.approved_by = "approved", by.id
    return _kept(row, DraftApproved(code=row.code), by=by, at=at)


@transaction.atomic
def return_draft(*, by: Actor, at: datetime, draft: UUID, version: int, reason: str) -> Draft:
    """Give a draft back to those who write it, saying why. Errors: as for `approve_draft`, Invalid (reason).

    Who wrote it may take it back before it is approved.
    """
    row = locked(draft, by=by, may=DRAFT if by.id in editors_of(draft) else APPROVE)
    if row.version != version:
        raise DraftHasChanged()
    only_in(row, "sent", "approved")
    row.state, row.approved_by, row.reason = "writing", None, stated(reason)
    return _kept(row, DraftReturned(code=row.code), by=by, at=at)


@transaction.atomic
def withdraw_draft(*, by: Actor, at: datetime, draft: UUID) -> Draft:
    """Give a draft up before it is released. Errors: NoSuchDraft, Refused, DraftIsClosed."""
    row = locked(draft, by=by, may=DRAFT)
    only_in(row, "writing", "sent", "approved")
    row.state = "withdrawn"
    return _kept(row, DraftWithdrawn(code=row.code), by=by, at=at)


def editors_of(draft: UUID) -> frozenset[UUID]:
    """Who wrote in a draft; nobody where there is none."""
    held = ServiceDraft.objects.filter(id=draft).values_list("editors", flat=True).first()
    return frozenset(UUID(each) for each in held or ())


def stated(reason: str) -> str:
    """A reason in words. Errors: Invalid (reason)."""
    said = " ".join(reason.replace("\x00", "").split())[:LONGEST_REASON]
    if not said:
        raise Invalid(_("Give the reason."), field="reason")
    return said


def locked(draft: UUID, *, by: Actor, may: str) -> ServiceDraft:
    """The draft, locked, if the actor may do this for its ministry. NoSuchDraft, Refused."""
    row = ServiceDraft.objects.select_for_update().filter(id=draft).first()
    if row is None:
        raise NoSuchDraft()
    require(by, may, at=row.authority_id)
    return row


def only_in(row: ServiceDraft, *states: str) -> None:
    """Refuse a draft that is in none of these states. DraftIsClosed."""
    if row.state not in states:
        raise DraftIsClosed()


def refuse_writers(row: ServiceDraft, by: Actor) -> None:
    """The second pair of eyes is another person's; a machine is nobody's second person."""
    if str(by.id) in row.editors or by.kind != "staff":
        raise WroteItThemselves()


def refuse_problems(row: ServiceDraft) -> None:
    """What stops a draft stops it at every step on its way."""
    documents = draft_view(row).documents
    stopping = next((each for each in problems_of(documents, code=row.code) if each.stops), None)
    if stopping is not None:
        raise DraftHasProblems(field=stopping.place, reason=stopping.sentence)


def _kept(row: ServiceDraft, event: Event, *, by: Actor, at: datetime) -> Draft:
    row.changed_at = at
    row.save()
    publish(event, of=row, by=by, at=at)
    return draft_view(row)
