"""Cases: at a centre, where they are entered and received, and for the authority that decides them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.cases import api as cases
from onedoor.domain.documents import api as documents
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.paging import After, Limit, linked
from onedoor.doors.exchange.shapes.cases import (
    CaseOut,
    CasePage,
    CasesAsked,
    CaseStanding,
    Follow,
    FollowedOut,
    OpenCase,
    PaperPut,
    ReceiveCase,
    ReceivedOut,
    SaveAnswers,
    Withdraw,
    case_line,
    case_out,
    followed_out,
)
from onedoor.doors.exchange.shapes.papers import DocumentLines, document_line
from onedoor.doors.exchange.v1.base import ASKED, POSED, REFUSALS, a_file, takes, tries_a_secret
from onedoor.doors.exchange.v1.tickets import service_named
from onedoor.kernel.clock import now
from onedoor.kernel.files import LARGEST
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["cases"])
HERE = "/centres/{slug:centre}/cases"
ONE = f"{HERE}/{{uuid:case}}"
WANTED = Query(...)
SCANS = ("application/pdf", "image/jpeg", "image/png")
PaperCode = Query(
    ..., min_length=1, max_length=80, description="The code of a paper of the service, or `other`."
)


@router.get("/cases", response={200: CasePage, **ASKED}, operation_id="listCases")
@needs("cases.decide")
def list_cases(
    request: Request,
    response: HttpResponse,
    asked: CasesAsked = WANTED,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The received cases that one's authority has, or had, a task of; newest first."""
    return _listed(request, response, asked, limit=limit, after=after)


@router.get("/cases/{uuid:case}", response={200: CaseOut, **ASKED}, operation_id="seeCase")
@needs("cases.decide")
def see_case(request: Request, case: UUID) -> dict[str, Any]:
    """A case of which one's authority has, or had, a task. That it was looked at is written down."""
    return case_out(cases.see_case(by=request.actor, at=now(), case=case))


@router.get(
    "/cases/{uuid:case}/papers/{uuid:paper}",
    response={200: str, **ASKED},
    operation_id="seePaper",
    openapi_extra={"x-file": list(SCANS)},
)
@needs("cases.decide")
def see_paper(request: Request, case: UUID, paper: UUID) -> HttpResponse:
    """A scan that lies with a case of which one's authority has a task. That it was looked at is written down."""
    return _scan(request, case, paper)


@router.post("/cases/follow", response={200: FollowedOut, **POSED}, operation_id="followCase")
@public
@tries_a_secret
def follow_case(request: Request, body: Follow) -> dict[str, Any]:
    """A case by its number and secret code. Wrong codes make the next try wait; nothing is written, so no key is asked."""
    address = request.META.get("REMOTE_ADDR", "")
    return followed_out(cases.follow(number=body.number, code=body.code, address=address, at=now()))


@router.get(HERE, response={200: CasePage, **ASKED}, operation_id="listCentreCases")
@needs("cases.enter")
def list_centre_cases(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    asked: CasesAsked = WANTED,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The cases that were received at a centre, newest first."""
    return _listed(request, response, asked, limit=limit, after=after, centre=request.centre)


@router.post(HERE, response={201: CaseStanding, **REFUSALS}, operation_id="openCase")
@needs("cases.enter")
@writes(status=201)
def open_case(request: AtCentre, centre: str, body: OpenCase, *, at: datetime) -> CaseStanding:
    """Begin an application: a draft, to be filled and received."""
    held = cases.open_draft(
        by=request.actor,
        at=at,
        centre=request.centre,
        service=service_named(body.service),
        ticket=body.ticket,
    )
    return CaseStanding(id=held.id, centre=centre, status=held.status)


@router.get(ONE, response={200: CaseOut, **ASKED}, operation_id="seeCentreCase")
@needs("cases.enter")
def see_centre_case(request: AtCentre, centre: str, case: UUID) -> dict[str, Any]:
    """A case of the centre, draft or received. That it was looked at is written down."""
    _here(request, case)
    return case_out(cases.see_case(by=request.actor, at=now(), case=case))


@router.post(f"{ONE}/answers", response={200: CaseStanding, **REFUSALS}, operation_id="saveAnswers")
@needs("cases.enter")
@writes()
def save_answers(
    request: AtCentre, centre: str, case: UUID, body: SaveAnswers, *, at: datetime
) -> CaseStanding:
    """Keep what was answered so far, complete or not."""
    _here(request, case)
    held = cases.save_draft(by=request.actor, at=at, case=case, data=body.data)
    return CaseStanding(id=held.id, centre=centre, status=held.status)


@router.post(
    f"{ONE}/papers",
    response={201: PaperPut, **REFUSALS},
    operation_id="attachPaper",
    openapi_extra=a_file(*SCANS),
)
@needs("cases.enter")
@takes(*SCANS, most=LARGEST)
@writes(status=201)
def attach_paper(
    request: AtCentre, centre: str, case: UUID, code: str = PaperCode, *, at: datetime
) -> PaperPut:
    """Put a scan to a case: PDF, JPEG or PNG as the body."""
    _here(request, case)
    ending = (request.content_type or "").rpartition("/")[2]
    row = cases.attach(
        by=request.actor, at=at, case=case, paper=code, content=request.body, name=f"{code}.{ending}"
    )
    return PaperPut(id=row.id, case=case, code=row.code)


@router.get(
    f"{ONE}/papers/{{uuid:paper}}",
    response={200: str, **ASKED},
    operation_id="seeCentrePaper",
    openapi_extra={"x-file": list(SCANS)},
)
@needs("cases.enter")
def see_centre_paper(request: AtCentre, centre: str, case: UUID, paper: UUID) -> HttpResponse:
    """A scan that lies with a case of the centre. That it was looked at is written down."""
    _here(request, case)
    return _scan(request, case, paper)


@router.post(f"{ONE}/receive", response={200: ReceivedOut, **REFUSALS}, operation_id="receiveCase")
@needs("cases.enter")
@writes(secret=["code"])
def receive_case(
    request: AtCentre, centre: str, case: UUID, body: ReceiveCase | None = None, *, at: datetime
) -> ReceivedOut:
    """Receive a complete draft and hand it on. Needs the scope `people.keep` too where the form has an applicant."""
    _here(request, case)
    said = body or ReceiveCase()
    vouchers = [cases.Voucher(kind=each.kind, name=each.name) for each in said.vouchers]
    got = cases.receive(by=request.actor, at=at, case=case, identity=said.identity, vouchers=vouchers)
    return _received(got)


@router.post(f"{ONE}/code", response={200: ReceivedOut, **REFUSALS}, operation_id="renewCode")
@needs("cases.enter")
@writes(secret=["code"])
def renew_code(request: AtCentre, centre: str, case: UUID, *, at: datetime) -> ReceivedOut:
    """Give a case a new secret code, for an applicant who lost it; the old one ends."""
    number = _here(request, case).number
    return _received(cases.renew_code(by=request.actor, at=at, number=number))


@router.post(f"{ONE}/withdraw", response={200: CaseStanding, **REFUSALS}, operation_id="withdrawCase")
@needs("cases.enter")
@writes()
def withdraw_case(
    request: AtCentre, centre: str, case: UUID, body: Withdraw, *, at: datetime
) -> CaseStanding:
    """End a case on the applicant's wish."""
    _here(request, case)
    cases.withdraw(by=request.actor, at=at, case=case, reason=body.reason)
    return CaseStanding(id=case, centre=centre, status="withdrawn")


@router.get(f"{ONE}/documents", response={200: DocumentLines, **ASKED}, operation_id="listDocuments")
@needs("cases.enter")
def list_documents(request: AtCentre, centre: str, case: UUID) -> dict[str, Any]:
    """The documents that were made about a case, newest first, without their facts. They are few, so there is one page."""
    _here(request, case)
    return {"items": [document_line(one) for one in documents.of_subject(case)], "next": None}


def _listed(
    request: Request,
    response: HttpResponse,
    asked: CasesAsked,
    *,
    limit: int,
    after: str,
    centre: UUID | None = None,
) -> dict[str, Any]:
    found = cases.find_cases(
        request.actor,
        at=now(),
        text=asked.q,
        service=service_named(asked.service) if asked.service else None,
        status=asked.status,
        due=asked.due,
        since=asked.since,
        until=asked.until,
        centre=centre,
        limit=limit,
        after=after or None,
    )
    return {
        "items": [case_line(row) for row in found.rows],
        "next": linked(request, response, found.after),
    }


def _here(request: AtCentre, case: UUID) -> cases.Standing:
    """Where a case stands, if it lies at the centre that the address names. Raises NoSuchCase."""
    standing = cases.standing_of(request.actor, case=case)
    if standing.centre != request.centre:
        raise cases.NoSuchCase
    return standing


def _scan(request: Request, case: UUID, paper: UUID) -> HttpResponse:
    content, _, kind = cases.see_paper(by=request.actor, at=now(), case=case, paper=paper)
    return HttpResponse(content, content_type=kind)


def _received(made: cases.Received) -> ReceivedOut:
    return ReceivedOut(case=made.case, number=made.number, code=made.code, due_on=made.due_on)
