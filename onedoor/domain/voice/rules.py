"""Pure decisions about ratings and complaints."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from onedoor.domain.voice import errors

PATIENCE = timedelta(hours=2)
ON_THE_TABLET = timedelta(minutes=5)  # after that the next person stands there
ANSWER_WITHIN = 10  # working days; a standard of the network, not found in law
FEWEST = 5  # answers that are told together
LONGEST = 2000
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
CHANNELS = ("tablet", "phone")
TOPIC_WORDS = {
    "waiting": _("I waited too long"),
    "conduct": _("How I was treated"),
    "money": _("I was asked for money that is not owed"),
    "information": _("Wrong or missing information"),
    "result": _("The result of my application"),
    "building": _("The building or its equipment"),
    "other": _("Something else"),
}
TOPICS = tuple(TOPIC_WORDS)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A visit that ended at ``at``; ``counter`` is whose tablet shows the question."""

    visit: UUID
    centre: UUID
    at: datetime
    counter: UUID | None = None
    service: UUID | None = None


def token_of(mac: bytes) -> str:
    """A token of 80 bits for an address, from a keyed hash."""
    value = int.from_bytes(mac[:10], "big")
    return "".join(ALPHABET[value >> (5 * place) & 31] for place in reversed(range(16)))


def hash_token(token: str) -> bytes:
    """By which a token is found; the token itself is not kept."""
    return hashlib.sha256(f"onedoor rating {token.strip().lower()}".encode()).digest()


def may_answer(state: str, *, due_at: datetime | None, at: datetime) -> None:
    """A visit is rated once, and within two hours.

    Raises:
        AlreadyAnswered, RatingIsOver.
    """
    if state in ("rated", "declined"):
        raise errors.AlreadyAnswered
    if state != "open" or due_at is None or at >= due_at:
        raise errors.RatingIsOver


def tellable(box: Mapping[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    """Which of a centre's answers may be told now, each with its service or without.

    A service is told with five of its answers at least; the others without it, if there are five of them. The rest waits.

    Args:
        box: the answers' ids with their services.
    """
    many = {service for service, number in Counter(box.values()).items() if service and number >= FEWEST}
    told = {answer: service for answer, service in box.items() if service in many}
    others: dict[UUID, UUID | None] = {answer: None for answer in box if answer not in told}
    return {**told, **others} if len(others) >= FEWEST else dict(told)


def read_score(score: object) -> int:
    """A whole number from 1 (very bad) to 5 (very good).

    Raises:
        ScoreInvalid.
    """
    if (
        isinstance(score, bool)
        or not isinstance(score, int | str)
        or str(score) not in ("1", "2", "3", "4", "5")
    ):
        raise errors.ScoreInvalid(field="score")
    return int(score)


def read_text(text: str, *, required: bool = True) -> str:
    """What somebody wrote, without control signs.

    Raises:
        TextMissing, TextTooLong.
    """
    clean = "".join(sign for sign in text.replace("\r\n", "\n") if sign.isprintable() or sign == "\n").strip()
    if required and not clean:
        raise errors.TextMissing(field="text")
    if len(clean) > LONGEST:
        raise errors.TextTooLong(field="text")
    return clean


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How a centre's visits were rated: numbers only. ``waiting``: not answered yet, or answered and not told yet."""

    rated: int = 0
    declined: int = 0
    unanswered: int = 0
    waiting: int = 0
    scores: Mapping[int, int] | None = None

    @property
    def asked(self) -> int:
        """How many people were asked."""
        return self.rated + self.declined + self.unanswered + self.waiting

    @property
    def satisfied(self) -> float | None:
        """The share of answers with 4 or 5; None without answers."""
        scores = self.scores or {}
        return (scores.get(4, 0) + scores.get(5, 0)) / self.rated if self.rated else None
