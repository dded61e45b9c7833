"""Documents as their readers see them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from onedoor.domain.access.api import require, unit
from onedoor.domain.documents import errors
from onedoor.domain.documents.models import Copy, Document, PrintState, State
from onedoor.domain.documents.permissions import READ
from onedoor.domain.documents.providers import page
from onedoor.kernel import files
from onedoor.kernel.i18n.shown import format_date
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A row of the document: its label and its value in both languages; a date also as it is typed (ISO 8601)."""

    code: str
    label: dict[str, str]
    value: dict[str, str]
    is_date: bool = False
    raw: str = ""


@dataclass(frozen=True, kw_only=True)
class CopyView:
    """A copy: 1 is the original; ``state`` is ready, unknown (sent to the printer, nobody has said) or printed."""

    number: int
    state: str
    file: UUID
    digest: str
    spoiled: int
    begun_at: datetime | None
    printed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DocumentView:
    """A document with its facts in the order of the page and its copies in the order of their making."""

    id: UUID
    subject: UUID
    centre: UUID
    kind: str
    title: dict[str, str]
    state: str
    demonstration: bool
    guided: bool
    number: str | None
    facts: tuple[Fact, ...]
    copies: tuple[CopyView, ...]
    prepared_at: datetime
    issued_on: date | None
    revoked_at: datetime | None
    revoked_reason: str

    @property
    def print_unknown(self) -> bool:
        """Whether a print waits for the officer's word."""
        return any(copy.state == "unknown" for copy in self.copies)

    @property
    def printed(self) -> int:
        """How many copies came out."""
        return sum(copy.state == "printed" for copy in self.copies)


def facts_of(document: Document) -> tuple[Fact, ...]:
    """The facts in the order of the layout, dates in words."""
    found = []
    for row in document.layout["rows"]:
        if (both := document.facts.get(row["code"])) is None:
            continue
        is_date = row.get("kind") == "date"
        value = {
            lang: format_date(date.fromisoformat(text), "long", lang) if is_date else text
            for lang, text in both.items()
        }
        raw = both["lo"] if is_date else ""
        found.append(Fact(code=row["code"], label=row["label"], value=value, is_date=is_date, raw=raw))
    return tuple(found)


def view_of(document: Document) -> DocumentView:
    """The row as a view."""
    copies = (
        CopyView(
            number=copy.number,
            state=copy.state,
            file=copy.file,
            digest=copy.digest,
            spoiled=copy.spoiled,
            begun_at=copy.begun_at,
            printed_at=copy.printed_at,
        )
        for copy in document.copies.all()
    )
    return DocumentView(
        id=document.id,
        subject=document.subject,
        centre=document.centre_id,
        kind=document.kind,
        title=document.layout["title"],
        state=document.state,
        demonstration=document.demonstration,
        guided=document.guided,
        number=document.number,
        facts=facts_of(document),
        copies=tuple(copies),
        prepared_at=document.prepared_at,
        issued_on=document.issued_on,
        revoked_at=document.revoked_at,
        revoked_reason=document.revoked_reason,
    )


def _held(by: Actor, document: UUID) -> Document:
    held = Document.objects.prefetch_related("copies").filter(id=document).first()
    if held is None:
        raise errors.NoSuchDocument
    require(by, READ, at=held.centre_id)
    return held


def document(*, by: Actor, document: UUID) -> DocumentView:
    """One document.

    Raises:
        NoSuchDocument: it is not there or out of reach.
    """
    return view_of(_held(by, document))


def of_subject(subject: UUID) -> list[DocumentView]:
    """All documents about a subject, newest first; for those who may already see the subject."""
    with everything("whoever sees the subject sees what was issued about it"):
        rows = Document.objects.filter(subject=subject).prefetch_related("copies").order_by("-prepared_at")
        return [view_of(row) for row in rows]


def waiting(*, by: Actor, centre: UUID, limit: int = 50) -> list[DocumentView]:
    """Documents of a centre on which somebody has to act: to be checked, issued, printed, or confirmed as printed."""
    require(by, READ, at=centre)
    on_its_way = Q(state__in=[State.PREPARED, State.CONFIRMED, State.NUMBERED])
    due = Copy.objects.filter(document=OuterRef("pk"), state__in=[PrintState.READY, PrintState.UNKNOWN])
    rows = Document.objects.filter(on_its_way | Q(state=State.ISSUED) & Exists(due), centre_id=centre)
    rows = rows.prefetch_related("copies").order_by("prepared_at")[:limit]
    return [view_of(row) for row in rows]


def content(*, by: Actor, document: UUID, copy: int | None = None) -> bytes:
    """The signed PDF of a copy (the newest when None).

    Raises:
        NotIssued: there is no file yet.
    """
    held = _held(by, document)
    copies: list[Copy] = [found for found in held.copies.all() if copy in (None, found.number)]
    if not copies:
        raise errors.NotIssued
    return files.read(copies[-1].file)


def preview(*, by: Actor, document: UUID) -> bytes:
    """The page as it will be, without number, code or signature, to be checked by the applicant."""
    held = _held(by, document)
    sheet = page.Sheet(
        layout=held.layout,
        facts=held.facts,
        centre=unit(held.centre_id).name,
        demonstration=held.demonstration,
    )
    return page.typeset(sheet)


def numbered(limit: int = 20) -> list[UUID]:
    """Documents that have their number but not yet their file, the oldest first."""
    with everything("the worker makes the files of all centres"):
        rows = Document.objects.filter(state=State.NUMBERED).order_by("prepared_at")
        return list(rows.values_list("id", flat=True)[:limit])
