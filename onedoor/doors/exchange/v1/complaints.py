"""Complaints: made by anybody, followed by number and code, listed for the centre that owes the answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from onedoor.domain.centres import api as centres
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.voice import api as voice
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.paging import After, Limit, newest
from onedoor.doors.exchange.shapes.complaints import (
    Complain,
    ComplaintFollowed,
    ComplaintMade,
    ComplaintOut,
    ComplaintPage,
    FollowComplaint,
    StateWord,
    complaint_line,
    complaint_out,
    followed_complaint,
)
from onedoor.doors.exchange.v1.base import ASKED, CHANGED, POSED, tries_a_secret
from onedoor.kernel.clock import now
from onedoor.kernel.ids import marked
from onedoor.kernel.scope import needs, public
from onedoor.ui.request import AtCentre, Request

router = Router(tags=["complaints"])
HERE = "/centres/{slug:centre}/complaints"


@router.post("/complaints", response={201: ComplaintMade, **CHANGED}, operation_id="complain")
@public
@tries_a_secret
@writes(status=201, secret=["code"])
def complain(request: Request, body: Complain, *, at: datetime) -> ComplaintMade:
    """Complain about a centre, which owes an answer by a day. Anybody may, and nobody has to say who they are."""
    standard = monitoring.standards().get("complaint")
    made = voice.complain(
        by=request.actor,
        at=at,
        centre=centres.centre_by_code(body.centre).id,
        topic=body.topic,
        text=body.text,
        contact=body.contact,
        within=standard.limit if standard else voice.ANSWER_WITHIN,
    )
    return ComplaintMade(
        number=made.number, code=voice.complaint_code(made.id), centre=body.centre, due_on=made.due_on
    )


@router.post("/complaints/follow", response={200: ComplaintFollowed, **POSED}, operation_id="followComplaint")
@public
@tries_a_secret
def follow_complaint(request: Request, body: FollowComplaint) -> dict[str, Any]:
    """A complaint and its answer, by number and code. Wrong codes make the next try wait; nothing is written."""
    address = request.META.get("REMOTE_ADDR", "")
    held = voice.follow_complaint(number=body.number, code=body.code, address=address, at=now())
    return followed_complaint(held)


@router.get(HERE, response={200: ComplaintPage, **ASKED}, operation_id="listComplaints")
@needs("voice.answer")
def list_complaints(
    request: AtCentre,
    response: HttpResponse,
    centre: str,
    state: StateWord | None = None,
    limit: int = Limit,
    after: str = After,
) -> dict[str, Any]:
    """The complaints about a centre, newest first, without their words. Only people answer one."""
    found = voice.complaints_at(
        by=request.actor,
        centre=request.centre,
        answered=None if state is None else state == "answered",
        limit=limit + 1,
        after=marked(after, UUID),
    )
    return newest(request, response, found, limit=limit, instant="made_at", shown=complaint_line)


@router.get(f"{HERE}/{{uuid:complaint}}", response={200: ComplaintOut, **ASKED}, operation_id="seeComplaint")
@needs("voice.answer")
def see_complaint(request: AtCentre, centre: str, complaint: UUID) -> dict[str, Any]:
    """A complaint about the centre. That it was looked at is written down, as it may name its writer."""
    if voice.complaint(by=request.actor, complaint=complaint).centre_id != request.centre:
        raise voice.NoSuchComplaint
    return complaint_out(voice.see_complaint(by=request.actor, at=now(), complaint=complaint))
