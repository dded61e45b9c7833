"""What can be read of drafts: one, those of one's ministries, and the documents of an edition."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onedoor.domain.access.api import holding
from onedoor.domain.catalogue.errors import NoSuchDraft, UnknownService
from onedoor.domain.catalogue.models import Edition, ServiceDraft
from onedoor.domain.catalogue.permissions import READERS, require_reading
from onedoor.domain.catalogue.rules.documents import Documents
from onedoor.kernel.scope import Actor


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft as its readers get it.

    ``version`` is what `save_draft` wants back; ``state`` is writing, sent, approved, released or withdrawn; ``base`` and
    ``edition`` are numbers of editions.
    """

    id: UUID
    code: str
    authority: UUID
    base: int | None
    documents: Documents
    version: int
    state: str
    editors: frozenset[UUID]
    begun_at: datetime
    changed_at: datetime
    sent_by: UUID | None
    approved_by: UUID | None
    reason: str
    edition: int | None

    @property
    def writing(self) -> bool:
        """Whether it may be written in."""
        return self.state == "writing"


def draft(*, by: Actor, id: UUID) -> Draft:
    """One draft. Errors: NoSuchDraft, OutOfReach (404 both), NotPermitted."""
    row = ServiceDraft.objects.filter(id=id).first()
    if row is None:
        raise NoSuchDraft()
    require_reading(by, row.authority_id)
    return draft_view(row)


def drafts(*, by: Actor, code: str = "") -> list[Draft]:
    """The drafts of one's ministries, the last changed first; of one service where its code is given."""
    held = holding(by)
    mine = frozenset().union(*(held.where.get(each, frozenset()) for each in READERS))
    rows = ServiceDraft.objects.filter(authority_id__in=mine).order_by("-changed_at", "id")
    return [draft_view(row) for row in (rows.filter(code=code) if code else rows)]


def documents_of(edition: UUID) -> Documents:
    """The documents of an edition. Raises UnknownService."""
    row = Edition.objects.filter(id=edition).first()
    if row is None:
        raise UnknownService(id=edition)
    return Documents(content=row.content, form=row.form, process=row.process, decisions=row.decisions)


def draft_view(row: ServiceDraft) -> Draft:
    """A draft's row as readers get it."""
    return Draft(
        id=row.id,
        code=row.code,
        authority=row.authority_id,
        base=row.base,
        documents=Documents(content=row.content, form=row.form, process=row.process, decisions=row.decisions),
        version=row.version,
        state=row.state,
        editors=frozenset(UUID(each) for each in row.editors),
        begun_at=row.begun_at,
        changed_at=row.changed_at,
        sent_by=row.sent_by,
        approved_by=row.approved_by,
        reason=row.reason,
        edition=row.edition,
    )
