"""The door of voice: ratings and complaints."""

from onedoor.domain.voice.actions import (
    answer,
    complain,
    decline,
    expire,
    follow_complaint,
    open_rating,
    rate,
    see_complaint,
    tell_answers,
)
from onedoor.domain.voice.errors import NoSuchComplaint
from onedoor.domain.voice.events import (
    ComplaintAnswered,
    ComplaintMade,
    RatingAnswered,
    RatingDeclined,
    RatingNotAnswered,
    VisitRated,
)
from onedoor.domain.voice.models import Complaint, Rating
from onedoor.domain.voice.permissions import ANSWER, ASK, READ
from onedoor.domain.voice.queries import (
    Question,
    asked_at,
    comments,
    complaint,
    complaint_code,
    complaints,
    complaints_at,
    counts,
    owed,
    question,
    token_for,
    token_of_rating,
)
from onedoor.domain.voice.rules import ANSWER_WITHIN, TOPIC_WORDS, TOPICS, Counts

__all__ = [
    "ANSWER",
    "ANSWER_WITHIN",
    "ASK",
    "READ",
    "TOPICS",
    "TOPIC_WORDS",
    "Complaint",
    "ComplaintAnswered",
    "ComplaintMade",
    "Counts",
    "NoSuchComplaint",
    "Question",
    "Rating",
    "RatingAnswered",
    "RatingDeclined",
    "RatingNotAnswered",
    "VisitRated",
    "answer",
    "asked_at",
    "comments",
    "complain",
    "complaint",
    "complaint_code",
    "complaints",
    "complaints_at",
    "counts",
    "decline",
    "expire",
    "follow_complaint",
    "open_rating",
    "owed",
    "question",
    "rate",
    "see_complaint",
    "tell_answers",
    "token_for",
    "token_of_rating",
]
