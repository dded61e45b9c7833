"""Revoking: the document counts no longer, its number stays used, and everyone who checks it learns so."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onedoor.domain.access.api import require
from onedoor.domain.documents import rules
from onedoor.domain.documents.events import DocumentRevoked
from onedoor.domain.documents.models import Document, State, locked
from onedoor.domain.documents.permissions import REVOKE
from onedoor.kernel.letters import publish
from onedoor.kernel.scope import Actor


def revoke(*, by: Actor, at: datetime, document: UUID, reason: str) -> Document:
    """Take back an issued document for a reason that is kept beside it.

    Raises:
        NotIssued, AlreadyRevoked, ReasonIsMissing.
    """
    why = rules.read_reason(reason)
    with transaction.atomic():
        held = locked(document)
        require(by, REVOKE, at=held.centre_id)
        rules.may_revoke(held.state, why)
        held.state = State.REVOKED
        held.revoked_at = at
        held.revoked_reason = why
        held.save()
        event = DocumentRevoked(subject=held.subject, number=held.number or "")
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held
