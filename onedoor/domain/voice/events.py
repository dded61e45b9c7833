"""What voice tells: that somebody was asked and answered. Never who, to whom, or in which words."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from onedoor.kernel.letters import Event


@dataclass(frozen=True, kw_only=True)
class RatingAsked(Event):
    """A visit ended and the person is asked how it was. The visit is deliberately not named."""

    name: ClassVar[str] = "voice.rating_asked"
    schema: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class RatingAnswered(Event):
    """A person gave a score; what it was lies in the box until the day is over."""

    name: ClassVar[str] = "voice.rating_answered"
    schema: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class VisitRated(Event):
    """A score from 1 to 5 was taken from the box. Nothing in it, nor its order among the others, leads to a visit."""

    name: ClassVar[str] = "voice.visit_rated"
    schema: ClassVar[int] = 1
    score: int
    channel: str
    service: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RatingDeclined(Event):
    """A person was asked and did not want to say."""

    name: ClassVar[str] = "voice.rating_declined"
    schema: ClassVar[int] = 1
    channel: str


@dataclass(frozen=True, kw_only=True)
class RatingNotAnswered(Event):
    """Two hours went by without an answer."""

    name: ClassVar[str] = "voice.rating_not_answered"
    schema: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True)
class ComplaintMade(Event):
    """A person complained about a centre and got a number; somebody owes an answer by a day."""

    name: ClassVar[str] = "voice.complaint_made"
    schema: ClassVar[int] = 1
    number: str
    topic: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class ComplaintAnswered(Event):
    """The centre answered."""

    name: ClassVar[str] = "voice.complaint_answered"
    schema: ClassVar[int] = 1
    number: str
    on_time: bool
