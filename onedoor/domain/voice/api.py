"""The door of voice: ratings and complaints."""

from onedoor.domain.voice.actions import answer, complain, decline, expire, open_rating, rate, tell_answers
from onedoor.domain.voice.events import ComplaintMade, RatingDeclined, RatingNotAnswered, VisitRated
from onedoor.domain.voice.models import Complaint, Rating
from onedoor.domain.voice.permissions import ANSWER, ASK, READ
from onedoor.domain.voice.queries import (
    Question,
    asked_at,
    comments,
    counts,
    owed,
    question,
    token_for,
    token_of_rating,
)
from onedoor.domain.voice.rules import ANSWER_WITHIN, TOPICS, Counts

__all__ = [
    "ANSWER",
    "ANSWER_WITHIN",
    "ASK",
    "READ",
    "TOPICS",
    "Complaint",
    "ComplaintMade",
    "Counts",
    "Question",
    "Rating",
    "RatingDeclined",
    "RatingNotAnswered",
    "VisitRated",
    "answer",
    "asked_at",
    "comments",
    "complain",
    "counts",
    "decline",
    "expire",
    "open_rating",
    "owed",
    "question",
    "rate",
    "tell_answers",
    "token_for",
    "token_of_rating",
]
