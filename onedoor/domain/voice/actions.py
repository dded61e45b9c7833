"""What people say: a rating per visit, a complaint about a centre; and the answer that is owed."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction

from onedoor.domain.access.api import check_code, issue_code, record_sight, require, unit
from onedoor.domain.cases.api import NumberOrCodeIsWrong, WaitBeforeTrying, clean_number
from onedoor.domain.centres.api import calendar_of
from onedoor.domain.queue.api import Promise, oblige_each, settle
from onedoor.domain.voice import errors, rules
from onedoor.domain.voice.events import (
    ComplaintAnswered,
    ComplaintMade,
    RatingAnswered,
    RatingAsked,
    RatingDeclined,
    RatingNotAnswered,
    VisitRated,
)
from onedoor.domain.voice.models import (
    Answer,
    Complaint,
    Rating,
    Slip,
    State,
    closed_boxes,
    insert_ratings,
    locked_by_token,
    locked_complaint,
    locked_slips,
)
from onedoor.domain.voice.permissions import ANSWER
from onedoor.domain.voice.queries import complaint as complaint_of
from onedoor.domain.voice.queries import token_of_rating
from onedoor.kernel.crypto import keyring
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Event, publish
from onedoor.kernel.numbers import draw
from onedoor.kernel.scope import Actor, everything

OBLIGATION = "rating"
LAST = time(23, 59, 59)


def open_rating(
    *,
    by: Actor,
    at: datetime,
    visit: UUID,
    centre: UUID,
    counter: UUID | None = None,
    service: UUID | None = None,
) -> UUID:
    """Ask a person how their visit was; a visit is asked once. The counter never waits for the answer.

    Args:
        counter: whose tablet shows the question; forgotten with the answer.

    Returns:
        The rating's id.
    """
    asked = rules.Asked(visit=visit, centre=centre, counter=counter, service=service, at=at)
    (rating,) = open_ratings(by=by, at=at, asked=[asked])
    return rating


def open_ratings(*, by: Actor, at: datetime, asked: Sequence[rules.Asked]) -> list[UUID]:
    """The same for many visits at once, as they end together in a full hall; gives the ratings' ids in order."""
    ratings = [_open(one) for one in asked]
    with transaction.atomic(savepoint=False), everything("the visits have just ended at their centres"):
        written = insert_ratings(
            list(zip(ratings, (one.at for one in asked), strict=True)), event=RatingAsked(), by=by
        )
        oblige_each(
            by=by,
            at=at,
            kind=OBLIGATION,
            asked=[
                Promise(visit=one.visit, centre=one.centre, due=rating.due_at, at=one.at)
                for one, rating, new in zip(asked, ratings, written, strict=True)
                if new
            ],
        )
        if all(written):
            return [rating.id for rating in ratings]
        keys = [rating.visit_key for rating in ratings]
        known = dict(Rating.objects.filter(visit_key__in=keys).values_list("visit_key", "id"))
        return [known[key] for key in keys]


def _open(asked: rules.Asked) -> Rating:
    rating = Rating(
        id=new_id(),
        centre_id=asked.centre,
        service=asked.service,
        visit=asked.visit,
        counter=asked.counter,
        visit_key=keyring().blind("voice/visit", str(asked.visit)),
        opened_at=asked.at,
        due_at=asked.at + rules.PATIENCE,
    )
    rating.token_hash = rules.hash_token(token_of_rating(rating.id))
    return rating


def rate(
    *, by: Actor, at: datetime, token: str, score: object, comment: str = "", channel: str = "phone"
) -> None:
    """Rate the visit that the token stands for, from 1 to 5.

    Raises:
        NoSuchRating, AlreadyAnswered (409), RatingIsOver (409), ScoreInvalid, TextTooLong.
    """
    value, words = rules.read_score(score), rules.read_text(comment, required=False)
    with transaction.atomic(), everything("whoever holds the token may answer"):
        held = locked_by_token(rules.hash_token(token))
        rules.may_answer(held.state, due_at=held.due_at, at=at)
        Slip.objects.create(
            centre_id=held.centre_id,
            service=held.service,
            score=value,
            comment=words,
            channel=channel if channel in rules.CHANNELS else "",
            day=at.astimezone(ZONE).date(),
        )
        _close(held, State.RATED, RatingAnswered(), by=by, at=at)


def decline(*, by: Actor, at: datetime, token: str, channel: str = "phone") -> None:
    """Do not want to say; it is counted.

    Raises:
        NoSuchRating, AlreadyAnswered (409), RatingIsOver (409).
    """
    with transaction.atomic(), everything("whoever holds the token may answer"):
        held = locked_by_token(rules.hash_token(token))
        rules.may_answer(held.state, due_at=held.due_at, at=at)
        _close(held, State.DECLINED, RatingDeclined(channel=channel), by=by, at=at)


def expire(*, at: datetime, limit: int = 200) -> int:
    """Ratings that nobody answered for two hours become *not answered*; gives how many."""
    done = 0
    with everything("the worker closes what is over at all centres"):
        due = Rating.objects.filter(state=State.OPEN, due_at__lte=at).order_by("due_at")
        for rating in list(due.values_list("id", flat=True)[:limit]):
            with transaction.atomic():
                open_one = Rating.objects.select_for_update(skip_locked=True, no_key=True)
                held = open_one.filter(id=rating, state=State.OPEN).first()
                if held is None:
                    continue
                _close(held, State.UNANSWERED, RatingNotAnswered(), by=Actor.system(), at=at)
                done += 1
    return done


def tell_answers(*, at: datetime) -> int:
    """Empty the boxes of days that are over, as far as enough answers lie together; gives how many were told.

    Each gets an id of chance, all of a box the same instant (the end of its last day), and they come in the order of those ids.
    """
    told = 0
    with everything("the worker empties the boxes of all centres"):
        for centre in closed_boxes(before=at.astimezone(ZONE).date()):
            with transaction.atomic():
                told += _empty(centre, today=at.astimezone(ZONE).date())
    return told


def _empty(centre: UUID, *, today: date) -> int:
    slips = {one.id: one for one in locked_slips(centre, before=today)}
    tellable = rules.tellable({id: one.service for id, one in slips.items()})
    if not tellable:
        return 0
    told = [slips[id] for id in tellable]
    last = max(one.day for one in told)
    answers = [
        Answer(
            id=uuid4(),
            centre_id=centre,
            service=tellable[one.id],
            score=one.score,
            comment=one.comment,
            channel=one.channel,
            day=last,
        )
        for one in told
    ]
    for each in sorted(answers, key=lambda answer: answer.id):
        each.save()
        event = VisitRated(score=each.score, channel=each.channel, service=each.service)
        publish(event, of=each, by=Actor.system(), at=datetime.combine(last, LAST, ZONE), centre=centre)
    Slip.objects.filter(id__in=tellable).delete()
    return len(answers)


def _close(held: Rating, state: State, event: Event, *, by: Actor, at: datetime) -> None:
    visit = held.visit
    held.state = state
    held.visit = held.counter = held.service = held.opened_at = held.due_at = None
    held.closed_on = at.astimezone(ZONE).date()
    held.save()
    publish(event, of=held, by=by, at=at, centre=held.centre_id)
    if visit is not None:
        settle(by=by, at=at, visit=visit, kind=OBLIGATION, outcome=state.value)


def complain(
    *,
    by: Actor,
    at: datetime,
    centre: UUID,
    topic: str,
    text: str,
    contact: str = "",
    id: UUID | None = None,
    within: int = rules.ANSWER_WITHIN,
) -> Complaint:
    """Complain about a centre; the centre owes an answer.

    Args:
        topic: one of `rules.TOPICS`. contact: how to reach the person, if they want an answer.
        id: drawn by the form, so that sending twice makes one complaint. within: how many working days the centre has.

    Raises:
        TopicUnknown, TextMissing, TextTooLong; Missing: there is no such centre.
    """
    if topic not in rules.TOPICS:
        raise errors.TopicUnknown(field="topic")
    words = rules.read_text(text)
    reach_at = rules.read_text(contact, required=False)
    if len(reach_at) > 200:
        raise errors.TextTooLong(field="contact")
    place, today = unit(centre), at.astimezone(ZONE).date()
    with transaction.atomic(), everything("anybody may complain about any centre"):
        held = Complaint.objects.filter(id=id).first() if id else None
        if held is not None:
            return held
        complaint = Complaint(
            id=id or new_id(),
            centre_id=place.id,
            topic=topic,
            text=words,
            contact=reach_at,
            made_at=at,
            due_on=calendar_of(place.id).add_working_days(today, within),
        )
        complaint.number = draw(place=place.code, year=today.year, series="G")
        complaint.save()
        event = ComplaintMade(number=complaint.number, topic=topic, due_on=complaint.due_on)
        publish(event, of=complaint, by=by, at=at, centre=place.id)
    return complaint


def follow_complaint(*, number: str, code: str, address: str, at: datetime) -> Complaint:
    """A complaint for whoever knows its number and secret code: five tries for each number and address, then growing waits.

    Args:
        address: the network address that asks. Nothing tells an unknown number from a wrong code.

    Raises:
        NumberOrCodeIsWrong, WaitBeforeTrying.
    """
    asked = clean_number(number)
    with everything("number and code are proved before anything is shown"):
        held = Complaint.objects.filter(number=asked).first()
    expected = issue_code(of=held.id)[1] if held is not None else None
    checked = check_code(subject=asked, code=code[:60], expected=expected, address=address, at=at)
    if checked.wait_until is not None and not checked.right:
        raise WaitBeforeTrying(until=checked.wait_until)
    if not checked.right or held is None:
        raise NumberOrCodeIsWrong(field="code")
    return held


@transaction.atomic
def see_complaint(*, by: Actor, at: datetime, complaint: UUID) -> Complaint:
    """Open a complaint at one of one's centres; the sight is recorded, as it may name its writer.

    Raises:
        NoSuchComplaint, Refused.
    """
    held = complaint_of(by=by, complaint=complaint)
    record_sight(by=by, at=at, subject=held.id, why="answer", kind="voice.complaint", centre=held.centre_id)
    return held


def answer(*, by: Actor, at: datetime, complaint: UUID, text: str) -> Complaint:
    """Answer a complaint, in words that the person may read.

    Raises:
        NoSuchComplaint, ComplaintIsAnswered, AnswerMissing, TextTooLong.
    """
    words = rules.read_text(text, required=False)
    if not words:
        raise errors.AnswerMissing(field="text")
    with transaction.atomic():
        held = locked_complaint(complaint)
        require(by, ANSWER, at=held.centre_id)
        if held.answered_at is not None:
            raise errors.ComplaintIsAnswered
        held.answer, held.answered_at = words, at
        held.save()
        on_time = at.astimezone(ZONE).date() <= held.due_on
        event = ComplaintAnswered(number=held.number, on_time=on_time)
        publish(event, of=held, by=by, at=at, centre=held.centre_id)
    return held
