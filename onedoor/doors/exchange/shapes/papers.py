"""Documents and verdicts on them, as the API takes and gives them."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from onedoor.domain.access import api as access
from onedoor.domain.documents import api as documents
from onedoor.doors.exchange.shapes.common import Names, Said


class CopyOut(Schema):
    """A copy: 1 is the original; ``digest`` is the SHA-256 of its PDF."""

    number: int
    state: str
    digest: str


class DocumentLine(Schema):
    """A document without its facts. It has a number once it was issued."""

    id: UUID
    kind: str
    title: Names
    state: str
    number: str | None
    demonstration: bool
    prepared_at: datetime
    issued_on: date | None
    revoked_at: datetime | None
    copies: list[CopyOut]


class DocumentLines(Schema):
    """The documents about a case, newest first."""

    items: list[DocumentLine]
    next: str | None


class FactOut(Schema):
    """A row of a document: what it is called and what it says."""

    code: str
    label: Names
    value: Names


class DocumentOut(DocumentLine):
    """A document whole; that it was looked at is written down. ``case`` is what it is about."""

    case: UUID
    facts: list[FactOut]


class VerifyDocument(Said):
    """The number at the top of a document, and the verifying code beside its QR."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class VerdictOut(Schema):
    """Whether a document is real.

    ``unknown`` is also said of a number with a wrong code; ``altered``: a file of ours that was changed; ``elsewhere``: our
    signature is intact, but this node has no record of the document.
    """

    state: Literal["valid", "revoked", "unknown", "altered", "elsewhere"]
    number: str
    title: Names | None
    centre: str | None
    issued_on: date | None
    copy_number: int
    facts: list[FactOut]
    revoked_at: datetime | None
    demonstration: bool
    signed: bool


def document_line(view: documents.DocumentView) -> dict[str, Any]:
    """A document as `DocumentLine`."""
    return {
        "id": view.id,
        "kind": view.kind,
        "title": view.title,
        "state": view.state,
        "number": view.number,
        "demonstration": view.demonstration,
        "prepared_at": view.prepared_at,
        "issued_on": view.issued_on,
        "revoked_at": view.revoked_at,
        "copies": [{"number": one.number, "state": one.state, "digest": one.digest} for one in view.copies],
    }


def document_out(view: documents.DocumentView) -> dict[str, Any]:
    """A document as `DocumentOut`."""
    return {**document_line(view), "case": view.subject, "facts": [_fact(one) for one in view.facts]}


def verdict_out(verdict: documents.Verdict) -> dict[str, Any]:
    """A verdict as `VerdictOut`."""
    return {
        "state": verdict.state,
        "number": verdict.number,
        "title": verdict.title,
        "centre": access.unit(verdict.centre).code if verdict.centre else None,
        "issued_on": verdict.issued_on,
        "copy_number": verdict.copy,
        "facts": [_fact(one) for one in verdict.facts],
        "revoked_at": verdict.revoked_at,
        "demonstration": verdict.demonstration,
        "signed": verdict.signed,
    }


def _fact(fact: documents.Fact) -> dict[str, Any]:
    return {"code": fact.code, "label": fact.label, "value": fact.value}
