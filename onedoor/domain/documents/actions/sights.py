"""Looking at a person's document: permitted first, then written down who looked, then shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import record_sight
from onedoor.domain.documents.queries import views
from onedoor.kernel.scope import Actor

KIND = "documents.document"


@transaction.atomic
def see_document(*, by: Actor, at: datetime, document: UUID) -> views.DocumentView:
    """Open a document; the sight is recorded under its subject.

    Raises:
        NoSuchDocument.
    """
    held = views.document(by=by, document=document)
    record_sight(by=by, at=at, subject=held.subject, why="document", kind=KIND, centre=held.centre)
    return held


@transaction.atomic
def see_file(*, by: Actor, at: datetime, document: UUID, copy: int | None = None) -> tuple[bytes, str]:
    """The PDF of a copy (the newest when None), or the draft before there is one, and its name; the sight is recorded.

    Raises:
        NoSuchDocument; NotIssued: there is no such copy.
    """
    held = views.document(by=by, document=document)
    record_sight(by=by, at=at, subject=held.subject, why="file", kind=KIND, centre=held.centre)
    if held.copies:
        return views.content(by=by, document=document, copy=copy), f"{held.number}.pdf"
    return views.preview(by=by, document=document), "draft.pdf"
