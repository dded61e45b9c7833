"""Complaints, as the API takes and gives them. Answering one is left to people."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from onedoor.domain.access import api as access
from onedoor.domain.voice import api as voice
from onedoor.doors.exchange.shapes.common import Said

Topic = Literal["waiting", "conduct", "money", "information", "result", "building", "other"]
StateWord = Literal["waiting", "answered"]


class Complain(Said):
    """At which centre (its code), what happened, and how to reach whoever wants an answer, if they like to be reached."""

    centre: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    topic: Topic
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    contact: Annotated[str, StringConstraints(max_length=200)] = ""


class ComplaintMade(Schema):
    """The number of a complaint and the day by which an answer is owed. ``code`` follows it, and is told once."""

    number: str
    code: str | None
    centre: str
    due_on: date


class FollowComplaint(Said):
    """The number of a complaint and the code that was told when it was made."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]


class ComplaintFollowed(Schema):
    """A complaint for whoever made it, with the answer where there is one."""

    number: str
    centre: str
    topic: Topic
    text: str
    made_at: datetime
    due_on: date
    answered_at: datetime | None
    answer: str


class ComplaintLine(Schema):
    """A complaint as a list has it: without its words."""

    id: UUID
    number: str
    topic: Topic
    state: StateWord
    made_at: datetime
    due_on: date
    answered_at: datetime | None


class ComplaintPage(Schema):
    """Complaints, newest first."""

    items: list[ComplaintLine]
    next: str | None


class ComplaintOut(ComplaintLine):
    """A complaint whole; that it was looked at is written down."""

    text: str
    contact: str
    answer: str


def followed_complaint(held: voice.Complaint) -> dict[str, Any]:
    """A complaint as `ComplaintFollowed`."""
    names = ("number", "topic", "text", "made_at", "due_on", "answered_at", "answer")
    return {"centre": access.unit(held.centre_id).code, **{name: getattr(held, name) for name in names}}


def complaint_line(held: voice.Complaint) -> dict[str, Any]:
    """A complaint as `ComplaintLine`."""
    names = ("id", "number", "topic", "made_at", "due_on", "answered_at")
    state = "waiting" if held.answered_at is None else "answered"
    return {"state": state, **{name: getattr(held, name) for name in names}}


def complaint_out(held: voice.Complaint) -> dict[str, Any]:
    """A complaint as `ComplaintOut`."""
    return {**complaint_line(held), "text": held.text, "contact": held.contact, "answer": held.answer}
