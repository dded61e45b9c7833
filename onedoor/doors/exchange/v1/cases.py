"""Cases: at a centre, where they are entered and received, and for the authority that decides them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from onedoor.domain.cases import api as cases
from onedoor.domain.documents import api as documents
from onedoor.doors.exchange.answers import Key, written
from onedoor.doors.exchange.paging import After, Limit, linked
from onedoor.doors.exchange.shapes.cases import (
    CaseOut,
    CasePage,
    CaseStanding,
    Follow,
    FollowedOut,
    OpenCase,
    PaperPut,
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
SCANS = ("application/pdf", "image/jpeg", "image/png")
Status = Query("", max_length=40, description="A status of cases, e.g. in_progress.")
Due = Query("", max_length=20, description="overdue, today, week, later or open; of open cases.")
Service = Query("", max_length=80, description="A service's id or code.")
PaperCode = Query(
    ..., min_length=1, max_length=80, description="The code of a paper of the service, or `other`."
)
Text = Query("", max_length=120, description="A number or a part of it, or a name.")


@router.get("/cases", response={200: CasePage, **ASKED}, operation_id="listCases")
@needs("cases.decide")
def list_cases(
    request: Request,
    response: HttpResponse,
    q: str = Text,
    status: str = Status,
    due: str = Due,
    service: str = Service,
    since: date | None = None,
    until: date | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The received cases that one's authority has, or had, a task of; newest first."""
    asked = {"text": q, "status": status, "due": due, "since": since, "until": until, "limit": limit}
    return _listed(request, response, service=service, after=after, **asked)


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
    q: str = Text,
    status: str = Status,
    due: str = Due,
    service: str = Service,
    since: date | None = None,
    until: date | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The cases that were received at a centre, newest first."""
    asked = {"text": q, "status": status, "due": due, "since": since, "until": until, "limit": limit}
    return _listed(request, response, service=service, after=after, centre=request.centre, **asked)


@router.post(HERE, response={201: CaseStanding, **REFUSALS}, operation_id="openCase")
@needs("cases.enter")
def open_case(request: AtCentre, centre: str, body: OpenCase, key: str = Key) -> HttpResponse:
    """Begin an application: a draft, to be filled and received."""
    at = now()

    def act() -> CaseStanding:
        held = cases.open_draft(
            by=request.actor,
            at=at,
            centre=request.centre,
            service=service_named(body.service),
            ticket=body.ticket,
        )
        return CaseStanding(id=held.id, centre=centre, status=held.status)

    return written(request, key, act, at=at, status=201)


@router.get(ONE, response={200: CaseOut, **ASKED}, operation_id="seeCentreCase")
@needs("cases.enter")
def see_centre_case(request: AtCentre, centre: str, case: UUID) -> dict[str, Any]:
    """A case of the centre, draft or received. That it was looked at is written down."""
    _here(request, case)
    return case_out(cases.see_case(by=request.actor, at=now(), case=case))


@router.post(f"{ONE}/answers", response={200: CaseStanding, **REFUSALS}, operation_id="saveAnswers")
@needs("cases.enter")
def save_answers(
    request: AtCentre, centre: str, case: UUID, body: SaveAnswers, key: str = Key
) -> HttpResponse:
    """Keep what was answered so far, complete or not."""
    at = now()

    def act() -> CaseStanding:
        _here(request, case)
        held = cases.save_draft(by=request.actor, at=at, case=case, data=body.data)
        return CaseStanding(id=held.id, centre=centre, status=held.status)

    return written(request, key, act, at=at)


@router.post(
    f"{ONE}/papers",
    response={201: PaperPut, **REFUSALS},
    operation_id="attachPaper",
    openapi_extra=a_file(*SCANS),
)
@needs("cases.enter")
@takes(*SCANS, most=LARGEST)
def attach_paper(
    request: AtCentre, centre: str, case: UUID, code: str = PaperCode, key: str = Key
) -> HttpResponse:
    """Put a scan to a case: PDF, JPEG or PNG as the body."""
    at = now()

    def act() -> PaperPut:
        _here(request, case)
        ending = (request.content_type or "").rpartition("/")[2]
        row = cases.attach(
            by=request.actor, at=at, case=case, paper=code, content=request.body, name=f"{code}.{ending}"
        )
        return PaperPut(id=row.id, case=case, code=row.code)

    return written(request, key, act, at=at, status=201)


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
def receive_case(request: AtCentre, centre: str, case: UUID, key: str = Key) -> HttpResponse:
    """Receive a complete draft and hand it on. Needs the scope `people.keep` too where the form has an applicant."""
    at = now()

    def act() -> ReceivedOut:
        _here(request, case)
        return _received(cases.receive(by=request.actor, at=at, case=case))

    return written(request, key, act, at=at, secret=["code"])


@router.post(f"{ONE}/code", response={200: ReceivedOut, **REFUSALS}, operation_id="renewCode")
@needs("cases.enter")
def renew_code(request: AtCentre, centre: str, case: UUID, key: str = Key) -> HttpResponse:
    """Give a case a new secret code, for an applicant who lost it; the old one ends."""
    at = now()

    def act() -> ReceivedOut:
        number = _here(request, case).number
        return _received(cases.renew_code(by=request.actor, at=at, number=number))

    return written(request, key, act, at=at, secret=["code"])


@router.post(f"{ONE}/withdraw", response={200: CaseStanding, **REFUSALS}, operation_id="withdrawCase")
@needs("cases.enter")
def withdraw_case(request: AtCentre, centre: str, case: UUID, body: Withdraw, key: str = Key) -> HttpResponse:
    """End a case on the applicant's wish."""
    at = now()

    def act() -> CaseStanding:
        _here(request, case)
        cases.withdraw(by=request.actor, at=at, case=case, reason=body.reason)
        return CaseStanding(id=case, centre=centre, status="withdrawn")

    return written(request, key, act, at=at)


@router.get(f"{ONE}/documents", response={200: DocumentLines, **ASKED}, operation_id="listDocuments")
@needs("cases.enter")
def list_documents(request: AtCentre, centre: str, case: UUID) -> dict[str, Any]:
    """The documents that were made about a case, newest first, without their facts. They are few, so there is one page."""
    _here(request, case)
    return {"items": [document_line(one) for one in documents.of_subject(case)], "next": None}


def _listed(
    request: Request, response: HttpResponse, *, service: str, after: str, **asked: Any
) -> dict[str, Any]:
    wanted = service_named(service) if service else None
    found = cases.find_cases(request.actor, at=now(), service=wanted, after=after or None, **asked)
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
