"""Ratings, as the API takes and gives them: numbers, never who said what."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from onedoor.doors.exchange.shapes.common import Said


class RatingsOut(Schema):
    """How the visits of a centre were rated. ``satisfied`` is the share of answers with 4 or 5; null without answers.

    Answers are told when their day is over, five or more together; until then they count as ``waiting``.
    """

    centre: str
    since: date | None
    until: date | None
    asked: int
    rated: int
    declined: int
    unanswered: int
    waiting: int
    satisfied: float | None
    scores: dict[str, int]


class QuestionOut(Schema):
    """A rating that somebody is, or was, asked for: open, rated, declined or unanswered."""

    centre: str
    state: str


class Rate(Said):
    """From 1 (very bad) to 5 (very good), and what one would like to add."""

    score: Annotated[int, Field(ge=1, le=5, strict=True)]
    comment: Annotated[str, StringConstraints(max_length=2000)] = ""
