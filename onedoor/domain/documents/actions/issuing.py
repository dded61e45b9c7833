"""Issuing: the number first, in a short transaction; then the page is set and signed without holding any lock."""

import os
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction

from onedoor.domain.access.api import require, unit
from onedoor.domain.documents import rules
from onedoor.domain.documents.events import DocumentIssued, DocumentNumbered
from onedoor.domain.documents.models import Copy, Document, State, locked
from onedoor.domain.documents.permissions import ISSUE
from onedoor.domain.documents.providers import page, seal
from onedoor.kernel import files
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import publish
from onedoor.kernel.numbers import draw
from onedoor.kernel.scope import Actor, everything


def issue(*, by: Actor, at: datetime, document: UUID) -> Document:
    """Give the document its number, gapless within the centre's series of the year, and have its file made at once.

    The file is made after the commit of the surrounding transaction, so that nobody waits for the number series while
    a page is set; a node that dies in between finds the numbered document and makes the file later (`tasks`).

    Returns:
        The document, issued, or still numbered when called inside a larger transaction.

    Raises:
        FactsNotConfirmed, AlreadyRevoked, GuidedByAProcess.
    """
    with transaction.atomic():
        held = locked(document)
        require(by, ISSUE, at=held.centre_id)
        rules.may_act(held.guided, by.kind)
        if rules.may_issue(held.state):
            held.state = State.NUMBERED
            held.issued_on = at.astimezone(ZONE).date()
            held.number = draw(place=unit(held.centre_id).code, year=held.issued_on.year, series="D")
            held.save()
            event = DocumentNumbered(subject=held.subject, number=held.number)
            publish(event, of=held, by=by, at=at, centre=held.centre_id)
        if held.state == State.NUMBERED:
            transaction.on_commit(partial(produce, by=by, at=at, document=held.id), robust=True)
    with everything("the document that this actor has just issued"):
        return Document.objects.get(id=document)


def produce(*, by: Actor, at: datetime, document: UUID) -> bool:
    """Set and sign the page of a numbered document and attach it; False when another process was faster."""
    with everything("a numbered document waits for its file"):
        held = Document.objects.get(id=document)
        if held.state != State.NUMBERED:
            return False
        copy = make_copy(held, 1, at=at)
        with transaction.atomic():
            held = locked(document)
            if held.state != State.NUMBERED:
                return False
            held.state = State.ISSUED
            held.issued_at = at
            held.save()
            copy.save(force_insert=True)
            event = DocumentIssued(
                subject=held.subject, kind=held.kind, number=held.number or "", digest=copy.digest
            )
            publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return True


def make_copy(document: Document, number: int, *, at: datetime) -> Copy:
    """A new signed file under the document's number with a code of its own; only its hash is kept. Not saved yet."""
    code = rules.code_of(os.urandom(10))
    sheet = page.Sheet(
        layout=document.layout,
        facts=document.facts,
        centre=unit(document.centre_id).name,
        number=document.number or "",
        code=code,
        copy=number,
        issued_on=document.issued_on,
        address=settings.PUBLIC_ADDRESS,
        demonstration=document.demonstration,
    )
    content = seal.sign(page.typeset(sheet), number=sheet.number, at=at)
    return Copy(
        id=new_id(),
        document_id=document.id,
        number=number,
        code_hash=rules.hash_code(document.number or "", code),
        file=files.store(content, name=f"{document.number}.pdf", kind="document"),
        digest=rules.digest(content),
        made_at=at,
    )
