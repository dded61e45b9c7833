"""What documents tells the other contexts: references and codes, never names or facts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class TemplateSaved(Event):
    """A pack brought a new or changed template."""

    name: ClassVar[str] = "documents.template_saved"
    schema: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, kw_only=True)
class DocumentPrepared(Event):
    """The facts of a document are laid out for the applicant to check."""

    name: ClassVar[str] = "documents.document_prepared"
    schema: ClassVar[int] = 1
    subject: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class FactsCorrected(Event):
    """The applicant found a mistake and the officer wrote it right."""

    name: ClassVar[str] = "documents.facts_corrected"
    schema: ClassVar[int] = 1
    subject: UUID
    changed: int


@dataclass(frozen=True, kw_only=True)
class FactsConfirmed(Event):
    """The applicant has checked names, dates and places in both scripts."""

    name: ClassVar[str] = "documents.facts_confirmed"
    schema: ClassVar[int] = 1
    subject: UUID


@dataclass(frozen=True, kw_only=True)
class DocumentNumbered(Event):
    """The document has its number for good; the signed file follows."""

    name: ClassVar[str] = "documents.document_numbered"
    schema: ClassVar[int] = 1
    subject: UUID
    number: str


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """The signed file exists."""

    name: ClassVar[str] = "documents.document_issued"
    schema: ClassVar[int] = 1
    subject: UUID
    kind: str
    number: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class PrintBegun(Event):
    """A copy was sent to the printer; until somebody says so, nobody knows whether it came out."""

    name: ClassVar[str] = "documents.print_begun"
    schema: ClassVar[int] = 1
    number: str
    copy: int


@dataclass(frozen=True, kw_only=True)
class PrintConfirmed(Event):
    """The officer said whether the copy came out."""

    name: ClassVar[str] = "documents.print_confirmed"
    schema: ClassVar[int] = 1
    number: str
    copy: int
    printed: bool


@dataclass(frozen=True, kw_only=True)
class DocumentRevoked(Event):
    """The document counts no longer; its number stays used."""

    name: ClassVar[str] = "documents.document_revoked"
    schema: ClassVar[int] = 1
    subject: UUID
    number: str
