"""Ratings that lead to nobody, complaints that are owed an answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, connections, transaction

from onedoor.domain.access.models import Sight
from onedoor.domain.cases.api import NumberOrCodeIsWrong, WaitBeforeTrying
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import Obligation
from onedoor.domain.voice import api as voice
from onedoor.domain.voice import errors, rules
from onedoor.domain.voice.models import Complaint, Rating, Slip
from onedoor.kernel.errors import Missing, Refused
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall, officer

SYSTEM, PUBLIC = Actor.system(), Actor.public()


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    """A centre with counters."""
    return hall(at=at)


@pytest.fixture(autouse=True)
def scoped() -> Iterator[None]:
    """Tests look at all centres."""
    with everything("tests look everywhere"):
        yield


def ask(here: Hall, at: datetime) -> tuple[UUID, str]:
    """A visit that has just ended, and the token by which it is rated."""
    visit = new_id()
    voice.open_rating(
        by=SYSTEM, at=at, visit=visit, centre=here.centre, counter=here.counters[0], service=here.birth
    )
    token = voice.token_for(visit)
    assert token is not None
    return visit, token


def test_the_end_of_a_visit_asks_for_a_rating_and_the_counter_does_not_wait(here: Hall, at: datetime) -> None:
    ticket = queue.take_ticket(by=SYSTEM, at=at, centre=here.centre, service=here.birth)
    queue.call_next(by=here.officer, at=at, counter=here.counters[0])
    queue.start(by=here.officer, at=at, ticket=ticket.id)
    queue.finish(by=here.officer, at=at, ticket=ticket.id)
    assert not Rating.objects.exists()  # finishing did not wait for it
    _deliver(at)
    rating = Rating.objects.get()
    assert (rating.visit, rating.counter, rating.state) == (ticket.visit, here.counters[0], "open")
    obligation = Obligation.objects.get(visit=ticket.visit, kind="rating")
    assert obligation.due == at + timedelta(hours=2) and obligation.settled_at is None
    assert obligation.subject is None
    _deliver(at)
    assert Rating.objects.count() == 1


def test_a_visit_is_asked_once(here: Hall, at: datetime) -> None:
    visit, token = ask(here, at)
    voice.rate(by=PUBLIC, at=at, token=token, score=5)
    again = voice.open_rating(by=SYSTEM, at=at, visit=visit, centre=here.centre)
    assert Rating.objects.count() == 1 and Rating.objects.get().id == again
    assert voice.token_for(visit) is None


def test_rating_twice_is_refused(here: Hall, at: datetime) -> None:
    _, token = ask(here, at)
    voice.rate(by=PUBLIC, at=at, token=token, score="4", comment=" good ", channel="tablet")
    for second in (
        lambda: voice.rate(by=PUBLIC, at=at, token=token, score=1),
        lambda: voice.decline(by=PUBLIC, at=at, token=token),
    ):
        with pytest.raises(errors.AlreadyAnswered) as fault:
            second()
        assert fault.value.status == 409
    said = Slip.objects.get()
    assert (said.score, said.comment, said.channel) == (4, "good", "tablet")
    assert Obligation.objects.get().outcome == "rated"


def test_a_closed_rating_leads_to_nobody(here: Hall, at: datetime) -> None:
    visit, token = ask(here, at)
    voice.rate(by=PUBLIC, at=at + timedelta(minutes=3), token=token, score=1, comment="slow")
    held = Rating.objects.get()
    assert held.visit is None and held.counter is None and held.opened_at is None and held.due_at is None
    assert held.closed_on == date(2026, 3, 2)
    letters = LetterRow.objects.filter(aggregate=held.id)
    assert letters.count() == 2
    for letter in letters:
        assert letter.actor not in (here.officer.id, here.kiosk.id)
        assert str(visit) not in letter.body and str(here.counters[0]) not in letter.body
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE voice_rating SET visit = %s, version = version + 1 WHERE id = %s", [visit, held.id]
        )


def test_declining_is_counted(here: Hall, at: datetime) -> None:
    _, token = ask(here, at)
    voice.decline(by=PUBLIC, at=at, token=token)
    assert voice.counts(here.centre).declined == 1
    assert Obligation.objects.get().outcome == "declined"


def test_after_two_hours_it_is_not_answered(here: Hall, at: datetime) -> None:
    from onedoor.domain.voice.tasks import close_unanswered

    _, token = ask(here, at)
    assert close_unanswered(at=at + timedelta(minutes=119)) == 0
    with pytest.raises(errors.RatingIsOver):
        voice.rate(by=PUBLIC, at=at + timedelta(hours=2), token=token, score=5)
    assert close_unanswered(at=at + timedelta(hours=2)) == 1
    assert close_unanswered(at=at + timedelta(hours=3)) == 0
    assert Rating.objects.get().state == "unanswered" and Obligation.objects.get().outcome == "unanswered"
    with pytest.raises(errors.RatingIsOver):
        voice.rate(by=PUBLIC, at=at + timedelta(hours=3), token=token, score=5)


@pytest.mark.parametrize("score", [0, 6, "", "x", "5.0", None, True, 4.0, "٣"])
def test_a_score_is_one_of_five(score: object, here: Hall, at: datetime) -> None:
    _, token = ask(here, at)
    with pytest.raises(errors.ScoreInvalid):
        voice.rate(by=PUBLIC, at=at, token=token, score=score)
    with pytest.raises(errors.TextTooLong):
        voice.rate(by=PUBLIC, at=at, token=token, score=5, comment="x" * 2001)
    assert Rating.objects.get().state == "open"


def test_an_unknown_token_finds_nothing(here: Hall, at: datetime) -> None:
    for act in (
        lambda: voice.question("0" * 16),
        lambda: voice.rate(by=PUBLIC, at=at, token="", score=5),
        lambda: voice.decline(by=PUBLIC, at=at, token="0" * 16),
    ):
        with pytest.raises(errors.NoSuchRating):
            act()


def test_a_token_has_eighty_bits_and_is_not_kept(here: Hall, at: datetime) -> None:
    _, token = ask(here, at)
    assert len(token) == 16 and set(token) <= set(rules.ALPHABET)
    assert token.encode() not in bytes(Rating.objects.get().token_hash)
    assert voice.question(token.upper()).state == "open"


def test_the_tablet_asks_the_person_of_now(here: Hall, at: datetime) -> None:
    def shown(later: timedelta = timedelta()) -> str | None:
        return voice.asked_at(by=SYSTEM, centre=here.centre, counter=here.counters[0], at=at + later)

    assert shown() is None
    _, first = ask(here, at)
    assert shown() == first
    _, second = ask(here, at + timedelta(minutes=1))
    assert shown(timedelta(minutes=2)) == second
    voice.rate(by=PUBLIC, at=at + timedelta(minutes=2), token=second, score=5)
    assert shown(timedelta(minutes=6)) is None  # who stands there now is somebody else
    other = voice.asked_at(by=SYSTEM, centre=here.centre, counter=here.counters[1], at=at)
    assert other is None
    with pytest.raises(Missing):
        voice.asked_at(by=here.stranger, centre=here.centre, counter=here.counters[0], at=at)


def test_counts_are_numbers_only(here: Hall, at: datetime) -> None:
    for score in (5, 4, 4, 1, 2):
        voice.rate(by=PUBLIC, at=at, token=ask(here, at)[1], score=score, comment="words")
    ask(here, at)
    today = voice.counts(here.centre)
    assert (today.rated, today.waiting, today.asked, today.satisfied) == (0, 6, 6, None)
    assert voice.tell_answers(at=at) == 0, "the day is not over"
    assert voice.tell_answers(at=at + timedelta(days=1)) == 5
    found = voice.counts(here.centre)
    assert (found.rated, found.waiting, found.asked) == (5, 1, 6)
    assert found.scores == {5: 1, 4: 2, 1: 1, 2: 1} and found.satisfied == 0.6
    assert voice.counts(here.centre, since=date(2026, 3, 3)).rated == 0
    reader = officer(at=at, username="head", unit=here.centre, permissions=["voice.read"], role="head")
    written = voice.comments(by=reader, centre=here.centre)
    assert sorted(written) == [(score, "words", date(2026, 3, 2)) for score in (1, 2, 4, 4, 5)]
    assert voice.counts(new_id()).satisfied is None


def test_a_complaint_has_a_number_and_a_day_by_which_it_is_answered(here: Hall, at: datetime) -> None:
    drawn = new_id()
    made, again = (
        voice.complain(by=PUBLIC, at=at, centre=here.centre, topic="money", text="ຂໍເງິນ", id=drawn)
        for _ in (1, 2)
    )
    assert made.id == again.id and Complaint.objects.count() == 1
    assert made.number.startswith("0103-1-26-G-000001-")
    assert made.due_on == date(2026, 3, 16)  # ten working days after a Monday
    letter = LetterRow.objects.get(aggregate=made.id)
    assert "ຂໍເງິນ" not in letter.body
    clerk = officer(at=at, username="head", unit=here.centre, permissions=["voice.answer"], role="head")
    assert [one.number for one in voice.owed(by=clerk, centre=here.centre)] == [made.number]
    with pytest.raises(errors.AnswerMissing):
        voice.answer(by=clerk, at=at, complaint=made.id, text=" ")
    with pytest.raises(Refused):
        voice.answer(by=here.officer, at=at, complaint=made.id, text="No.")
    voice.answer(by=clerk, at=at, complaint=made.id, text="We looked into it.")
    assert not voice.owed(by=clerk, centre=here.centre)
    with pytest.raises(errors.ComplaintIsAnswered):
        voice.answer(by=clerk, at=at, complaint=made.id, text="Once more.")


@pytest.mark.django_db(transaction=True)
def test_a_complaint_is_followed_by_number_and_code_only(at: datetime) -> None:
    here = hall(at=at)
    made = voice.complain(by=PUBLIC, at=at, centre=here.centre, topic="money", text="ຂໍເງິນ", within=3)
    other = voice.complain(by=PUBLIC, at=at, centre=here.centre, topic="other", text="x")
    assert made.due_on == date(2026, 3, 5), "three working days, as was asked for"
    code = voice.complaint_code(made.id)
    assert code == voice.complaint_code(made.id) != voice.complaint_code(other.id)

    def follow(number: str, code: str, address: str = "203.0.113.1") -> Complaint:
        return voice.follow_complaint(number=number, code=code, address=address, at=at)

    assert follow(f" {made.number.lower()} ", code.lower().replace("-", " ")).id == made.id
    for number, wrong in (
        (made.number, voice.complaint_code(other.id)),
        ("nothing", code),
        (made.number, ""),
        ("", code),
        (made.number, "x" * 5000),
    ):
        with pytest.raises(NumberOrCodeIsWrong):
            follow(number, wrong)
    for _ in range(2):
        with pytest.raises((NumberOrCodeIsWrong, WaitBeforeTrying)):
            follow(made.number, "0")
    with pytest.raises(WaitBeforeTrying):
        follow(made.number, code)  # right, and not looked at while one waits
    assert follow(made.number, code, "198.51.100.7").number == made.number


def test_the_head_sees_the_complaints_of_her_centre_and_that_she_looked(here: Hall, at: datetime) -> None:
    first, second = (
        voice.complain(by=PUBLIC, at=at - timedelta(days=days), centre=here.centre, topic="other", text="x")
        for days in (0, 30)
    )
    head = officer(at=at, username="head", unit=here.centre, permissions=["voice.answer"], role="head")
    assert [one.id for one in voice.complaints(by=head, answered=False)] == [second.id, first.id]
    assert voice.see_complaint(by=head, at=at, complaint=first.id).id == first.id
    assert Sight.objects.get(subject=first.id).actor == head.id
    voice.answer(by=head, at=at, complaint=first.id, text="We looked into it.")
    assert [one.id for one in voice.complaints(by=head, answered=True)] == [first.id]
    with pytest.raises(Refused):
        voice.complaints(by=here.officer, answered=False)
    with pytest.raises(Refused):
        voice.see_complaint(by=here.officer, at=at, complaint=first.id)
    with pytest.raises(errors.NoSuchComplaint):
        voice.see_complaint(by=head, at=at, complaint=new_id())


@pytest.mark.parametrize(
    ("topic", "text", "contact", "fault"),
    [
        ("weather", "It rained", "", errors.TopicUnknown),
        ("other", " \n ", "", errors.TextMissing),
        ("other", "x" * 2001, "", errors.TextTooLong),
        ("other", "x", "y" * 201, errors.TextTooLong),
    ],
)
def test_a_complaint_says_something(
    topic: str, text: str, contact: str, fault: type[Exception], here: Hall, at: datetime
) -> None:
    with pytest.raises(fault):
        voice.complain(by=PUBLIC, at=at, centre=here.centre, topic=topic, text=text, contact=contact)
    with pytest.raises(Missing):
        voice.complain(by=PUBLIC, at=at, centre=new_id(), topic="other", text="x")


@pytest.mark.django_db(transaction=True)
def test_eight_touches_at_once_are_one_rating(at: datetime) -> None:
    place = hall(at=at)
    _, token = ask(place, at)

    def touch(score: int) -> str:
        try:
            voice.rate(by=PUBLIC, at=at, token=token, score=score % 5 + 1)
            return "rated"
        except errors.AlreadyAnswered:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(touch, range(8))) == ["rated"] + ["refused"] * 7


def _deliver(at: datetime) -> None:
    seal_batch()
    drain(at=at)


def test_the_hour_of_a_rating_is_not_its_day_in_another_zone(here: Hall) -> None:
    late = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)  # one in the morning of the third in Vientiane
    voice.rate(by=PUBLIC, at=late, token=ask(here, late)[1], score=5)
    assert Rating.objects.get().closed_on == Slip.objects.get().day == date(2026, 3, 3)
