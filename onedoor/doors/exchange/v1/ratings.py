"""Ratings: how a centre's visits were rated, and an answer by the token that a person was given."""

from datetime import date, datetime
from typing import Any

from ninja import Router

from onedoor.domain.access.api import unit
from onedoor.domain.centres import api as centres
from onedoor.domain.voice import api as voice
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.shapes.ratings import QuestionOut, Rate, RatingsOut
from onedoor.doors.exchange.v1.base import CHANGED, OPEN, tries_a_secret
from onedoor.kernel.errors import Invalid
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

router = Router(tags=["ratings"])


@router.get("/centres/{slug:centre}/ratings", response={200: RatingsOut, **OPEN}, operation_id="seeRatings")
@public
def see_ratings(
    request: Request, centre: str, since: date | None = None, until: date | None = None
) -> dict[str, Any]:
    """How the visits of a centre were rated, by the day of the answer; both days included."""
    if since and until and until < since:
        raise Invalid(field="until")
    place = centres.centre_by_code(centre)
    counts = voice.counts(place.id, since=since, until=until)
    return {
        "centre": place.code,
        "since": since,
        "until": until,
        "asked": counts.asked,
        "rated": counts.rated,
        "declined": counts.declined,
        "unanswered": counts.unanswered,
        "waiting": counts.waiting,
        "satisfied": counts.satisfied,
        "scores": {str(score): number for score, number in sorted((counts.scores or {}).items())},
    }


@router.get("/ratings/{slug:token}", response={200: QuestionOut, **OPEN}, operation_id="seeQuestion")
@public
@tries_a_secret
def see_question(request: Request, token: str) -> dict[str, Any]:
    """What is asked under a token."""
    return _question(token).model_dump()


@router.post("/ratings/{slug:token}", response={200: QuestionOut, **CHANGED}, operation_id="rateVisit")
@public
@tries_a_secret
@writes()
def rate_visit(request: Request, token: str, body: Rate, *, at: datetime) -> QuestionOut:
    """Rate the visit that the token stands for; once, and within two hours."""
    voice.rate(by=request.actor, at=at, token=token, score=body.score, comment=body.comment)
    return _question(token)


@router.post(
    "/ratings/{slug:token}/decline", response={200: QuestionOut, **CHANGED}, operation_id="declineRating"
)
@public
@tries_a_secret
@writes()
def decline_rating(request: Request, token: str, *, at: datetime) -> QuestionOut:
    """Do not want to say."""
    voice.decline(by=request.actor, at=at, token=token)
    return _question(token)


def _question(token: str) -> QuestionOut:
    asked = voice.question(token)
    return QuestionOut(centre=unit(asked.centre).code, state=asked.state)
