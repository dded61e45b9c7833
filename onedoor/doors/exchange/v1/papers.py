"""Documents of a centre, and whether a document is real."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.documents import api as documents
from onedoor.domain.payments import api as payments
from onedoor.doors.exchange.shapes.money import CheckReceipt, ReceiptOut, receipt_out
from onedoor.doors.exchange.shapes.papers import (
    DocumentOut,
    VerdictOut,
    VerifyDocument,
    document_out,
    verdict_out,
)
from onedoor.doors.exchange.v1.base import ASKED, POSED, a_file, takes, tries_a_secret
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Missing
from onedoor.kernel.files import LARGEST
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["documents"])
verifying = Router(tags=["verification"])
ONE = "/centres/{slug:centre}/documents/{uuid:document}"
PDF = "application/pdf"
Copy = Query(None, alias="copy", ge=1, le=999, description="The newest copy where none is named.")


@router.get(ONE, response={200: DocumentOut, **ASKED}, operation_id="seeDocument")
@needs("documents.read")
def see_document(request: AtCentre, centre: str, document: UUID) -> dict[str, Any]:
    """A document of the centre with its facts. That it was looked at is written down."""
    _here(request, document)
    return document_out(documents.see_document(by=request.actor, at=now(), document=document))


@router.get(
    f"{ONE}/pdf",
    response={200: str, **ASKED, frozenset({409}): dict[str, Any]},
    operation_id="seePdf",
    openapi_extra={"x-file": [PDF]},
)
@needs("documents.read")
def see_pdf(
    request: AtCentre,
    centre: str,
    document: UUID,
    number: int | None = Copy,
) -> HttpResponse:
    """The signed PDF of a copy, or the draft before there is one. That it was looked at is written down."""
    _here(request, document)
    content, name = documents.see_file(by=request.actor, at=now(), document=document, copy=number)
    response = HttpResponse(content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@verifying.post("/verifications/document", response={200: VerdictOut, **POSED}, operation_id="verifyDocument")
@public
@tries_a_secret
def verify_document(request: Request, body: VerifyDocument) -> dict[str, Any]:
    """Whether the document with this number and code is real. Nothing is written, so no key is asked for."""
    address = request.META.get("REMOTE_ADDR", "")
    return verdict_out(documents.verify(number=body.number, code=body.code, address=address, at=now()))


@verifying.post(
    "/verifications/file",
    response={200: VerdictOut, **POSED},
    operation_id="verifyFile",
    openapi_extra=a_file(PDF),
)
@public
@tries_a_secret
@takes(PDF, most=LARGEST)
def verify_file(request: Request) -> dict[str, Any]:
    """Whether a PDF is one of ours, byte for byte, and still counts. The file is looked at and not kept."""
    return verdict_out(documents.verify_file(request.body))


@verifying.post("/verifications/receipt", response={200: ReceiptOut, **POSED}, operation_id="verifyReceipt")
@public
@tries_a_secret
def verify_receipt(request: Request, body: CheckReceipt) -> dict[str, Any]:
    """The receipt with this number and code; a number alone opens nothing (404)."""
    return receipt_out(payments.receipt(number=body.number, code=body.code))


def _here(request: AtCentre, document: UUID) -> None:
    """Refuse a document of another centre than the one that the address names. Raises Missing."""
    if documents.document(by=request.actor, document=document).centre != request.centre:
        raise Missing
