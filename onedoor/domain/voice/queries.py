"""What can be asked about ratings and complaints: numbers, and what is owed. Never who said what about whom."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from onedoor.domain.access.api import centres_of, issue_code, require
from onedoor.domain.voice import errors, rules
from onedoor.domain.voice.models import Answer, Complaint, Rating, State
from onedoor.domain.voice.permissions import ANSWER, ASK, READ
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import Actor, everything


@dataclass(frozen=True, kw_only=True)
class Question:
    """A rating as the person sees it who is asked."""

    state: str
    centre: UUID


def token_of_rating(rating: UUID) -> str:
    """The token of a rating; it is made again each time and not kept."""
    return rules.token_of(keyring().mac("voice/token", rating.bytes))


def token_for(visit: UUID) -> str | None:
    """The token by which a visit is rated, while the question is open; for the page or the paper that asks."""
    with everything("the person of this visit is asked"):
        held = Rating.objects.filter(visit=visit, state=State.OPEN).values_list("id", flat=True).first()
    return token_of_rating(held) if held else None


def question(token: str) -> Question:
    """What is asked under a token.

    Raises:
        NoSuchRating.
    """
    with everything("whoever holds the token may look at the question"):
        held = Rating.objects.filter(token_hash=rules.hash_token(token)).first()
    if held is None:
        raise errors.NoSuchRating
    return Question(state=held.state, centre=held.centre_id)


def asked_at(*, by: Actor, centre: UUID, counter: UUID, at: datetime) -> str | None:
    """The token of the question that a counter's tablet shows now: the newest one, for five minutes."""
    require(by, ASK, at=centre)
    shown = Rating.objects.filter(
        centre_id=centre, counter=counter, state=State.OPEN, opened_at__gt=at - rules.ON_THE_TABLET
    )
    held = shown.order_by("-opened_at").values_list("id", flat=True).first()
    return token_of_rating(held) if held else None


def counts(centre: UUID, *, since: date | None = None, until: date | None = None) -> rules.Counts:
    """How the visits of a centre were rated, by day, both days included; a day's answers are told when it is over."""
    with everything("numbers about a centre are open"):
        asked, told = Rating.objects.filter(centre_id=centre), Answer.objects.filter(centre_id=centre)
        if since is not None:
            asked, told = asked.filter(closed_on__gte=since), told.filter(day__gte=since)
        if until is not None:
            asked, told = asked.filter(closed_on__lte=until), told.filter(day__lte=until)
        states = dict(asked.values_list("state").annotate(n=Count("id")).order_by())
        scores = dict(told.values_list("score").annotate(n=Count("id")).order_by())
    rated = sum(scores.values())
    return rules.Counts(
        rated=rated,
        declined=states.get(State.DECLINED, 0),
        unanswered=states.get(State.UNANSWERED, 0),
        waiting=states.get(State.OPEN, 0) + max(0, states.get(State.RATED, 0) - rated),
        scores=scores,
    )


def owed(*, by: Actor, centre: UUID, limit: int = 100) -> list[Complaint]:
    """Complaints about a centre that nobody has answered, the most urgent first."""
    require(by, ANSWER, at=centre)
    rows = Complaint.objects.filter(centre_id=centre, answered_at__isnull=True)
    return list(rows.order_by("due_on", "made_at")[:limit])


def complaints(*, by: Actor, answered: bool, limit: int = 100) -> list[Complaint]:
    """Complaints about the centres for which one answers: those that wait, most urgent first; or those answered last."""
    require(by, ANSWER)
    rows = Complaint.objects.filter(centre_id__in=centres_of(by, ANSWER), answered_at__isnull=not answered)
    return list(rows.order_by(*(("-answered_at",) if answered else ("due_on", "made_at")))[:limit])


def complaints_at(
    *,
    by: Actor,
    centre: UUID,
    answered: bool | None = None,
    limit: int = 100,
    after: tuple[datetime, UUID] | None = None,
) -> list[Complaint]:
    """Complaints about one centre, the newest first: all, those that wait, or those that were answered.

    Args:
        after: when and which the last page ended with.
    """
    require(by, ANSWER, at=centre)
    rows = Complaint.objects.filter(centre_id=centre)
    if answered is not None:
        rows = rows.filter(answered_at__isnull=not answered)
    if after is not None:
        at, last = after
        rows = rows.filter(Q(made_at__lt=at) | Q(made_at=at, id__lt=last))
    return list(rows.order_by("-made_at", "-id")[:limit])


def complaint(*, by: Actor, complaint: UUID) -> Complaint:
    """A complaint that was opened before, once more beside its form. NoSuchComplaint, Refused."""
    held = Complaint.objects.filter(id=complaint).first()
    if held is None:
        raise errors.NoSuchComplaint
    require(by, ANSWER, at=held.centre_id)
    return held


def complaint_code(complaint: UUID) -> str:
    """The secret code by which whoever complained follows it; for the page that gives the number."""
    return issue_code(of=complaint)[0]


def comments(*, by: Actor, centre: UUID, limit: int = 50) -> list[tuple[int, str, date]]:
    """What people wrote with their scores, by day, without anything that leads to a person or a counter."""
    require(by, READ, at=centre)
    rows = Answer.objects.filter(centre_id=centre).exclude(comment="")
    return list(rows.order_by("-day", "id").values_list("score", "comment", "day")[:limit])
