"""Services and what they cost, as the API gives them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.exchange.shapes.common import Names, Said


class AuthorityOut(Schema):
    """The unit that answers for a service."""

    id: UUID
    code: str
    name: Names


class DurationOut(Schema):
    """How long the state may take; ``unknown`` where no law that we know of says it.

    Where it goes by an answer, ``by`` names the question and ``choices`` gives the time for each answer.
    """

    days: int | None
    kind: Literal["working", "calendar", "hours", "unknown"]
    note: Names
    hours: int | None = None
    by: str = ""
    choices: dict[str, int] = {}


RowKind = Literal["fixed", "table", "choice", "each", "percent", "surcharge", "exemption", "penalty"]


class ServiceLine(Schema):
    """A service as a list has it. ``edition`` is the published version that applications are made to now."""

    id: UUID
    code: str
    edition: UUID
    version: int
    name: Names
    summary: Names
    authority: AuthorityOut
    duration: DurationOut
    fee_state: Literal["set", "free", "to_be_set"]
    life_events: list[str]
    demonstration: bool


class ServicePage(Schema):
    """Services by code."""

    items: list[ServiceLine]
    next: str | None


class PaperNeeded(Schema):
    """A paper that the applicant brings."""

    code: str
    name: Names
    note: Names
    required: bool
    demonstration: bool


class LawOut(Schema):
    """A legal basis, with where it was found."""

    name: Names
    number: str
    dated: date | None
    source: str


class FeeOut(Schema):
    """A fee and the time for which it holds; what depends on answers is told by a quote."""

    state: Literal["set", "free", "to_be_set"]
    amount: int | None
    currency: str
    law: Names
    valid_from: date | None
    valid_until: date | None
    source: str
    depends_on_answers: bool


class ServiceOut(ServiceLine):
    """A service whole; ``form`` is its JSON Schema."""

    papers: list[PaperNeeded]
    fees: list[FeeOut]
    legal_basis: list[LawOut]
    result: Names
    keywords: list[str]
    notice: Names
    valid_from: date
    source: str
    form: dict[str, Any]


class AskQuote(Said):
    """What the applicant answers, by the names of the form's questions, and the day that counts (today by default)."""

    answers: dict[str, Any] = {}
    on: date | None = Field(None, strict=False)

    model_config = {"extra": "forbid"}


class OriginalOut(Schema):
    """What a line came to before it was changed into kip: minor units of its currency, the rate and its day."""

    currency: str
    amount: int
    rate: str
    on: date
    source: str


class QuoteLine(Schema):
    """A line of a fee in whole minor units (kip), with its law and why it is this much; an exemption is below 0."""

    code: str
    kind: RowKind
    name: Names
    amount: int
    law: Names
    because: Names
    original: OriginalOut | None = None


class QuoteOut(Schema):
    """What an application costs. ``total`` is null while the fee is to be set."""

    service: UUID
    edition: UUID
    state: Literal["set", "free", "to_be_set"]
    currency: str
    total: int | None
    lines: list[QuoteLine]


def service_line(view: catalogue.ServiceView) -> dict[str, Any]:
    """A service as `ServiceLine`."""
    authority = access.unit(view.authority)
    return {
        "id": view.id,
        "code": view.code,
        "edition": view.version_id,
        "version": view.version,
        "name": view.name,
        "summary": view.summary,
        "authority": {"id": authority.id, "code": authority.code, "name": dict(authority.name)},
        "duration": asdict(view.duration),
        "fee_state": view.fee.state,
        "life_events": list(view.life_events),
        "demonstration": view.demonstration,
    }


def service_out(view: catalogue.ServiceView) -> dict[str, Any]:
    """A service as `ServiceOut`."""
    return {
        **service_line(view),
        "papers": [asdict(paper) for paper in view.papers],
        "fees": [_fee(fee) for fee in view.fees],
        "legal_basis": [asdict(law) for law in view.legal_basis],
        "result": view.result,
        "keywords": list(view.keywords),
        "notice": view.notice,
        "valid_from": view.valid_from,
        "source": view.source,
        "form": view.form,
    }


def _fee(fee: catalogue.Fee) -> dict[str, Any]:
    return {
        "state": fee.state,
        "amount": fee.amount if fee.money is not None else None,
        "currency": fee.currency,
        "law": fee.law,
        "valid_from": fee.valid_from,
        "valid_until": fee.valid_until,
        "source": fee.source,
        "depends_on_answers": bool(fee.lines),
    }


def quote_out(view: catalogue.ServiceView, quote: catalogue.Quote) -> dict[str, Any]:
    """A quote as `QuoteOut`."""
    lines: list[Mapping[str, Any]] = [
        {
            "code": line.code,
            "name": line.name,
            "amount": line.amount,
            "law": line.law,
            "because": line.because,
            "kind": line.kind,
            "original": asdict(line.original) if line.original else None,
        }
        for line in quote.lines
    ]
    return {
        "service": view.id,
        "edition": view.version_id,
        "state": quote.state,
        "currency": quote.currency,
        "total": None if quote.state == "to_be_set" else quote.total,
        "lines": lines,
    }
