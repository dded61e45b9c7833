"""No letter leads from a visit to what was answered: neither by a field nor by instant, id or place among the others."""

import itertools
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.queue import api as queue
from onedoor.domain.voice import api as voice
from onedoor.domain.voice import rules
from onedoor.domain.voice.models import Answer, Rating, Slip
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import SYSTEM, Hall, hall

PUBLIC = Actor.public()
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def scoped() -> Iterator[None]:
    with everything("tests look everywhere"):
        yield


def visits(here: Hall, at: datetime, scores: list[int], *, service: UUID | None = None) -> list[UUID]:
    """People who are served one after the other and answer a minute later, by their tickets' visits."""
    served = []
    for number, score in enumerate(scores):
        moment = at + number * MINUTE
        ticket = queue.take_ticket(by=SYSTEM, at=moment, centre=here.centre, service=service or here.birth)
        queue.call_next(by=here.officer, at=moment, counter=here.counters[0])
        queue.start(by=here.officer, at=moment, ticket=ticket.id)
        queue.finish(by=here.officer, at=moment, ticket=ticket.id)
        while seal_batch():
            pass
        drain(at=moment)
        token = voice.token_for(ticket.visit)
        assert token is not None
        voice.rate(by=PUBLIC, at=moment + MINUTE, token=token, score=score)
        served.append(ticket.visit)
    return served


@pytest.mark.django_db
def test_no_field_and_no_order_of_the_letters_links_an_answer_to_its_visit(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    scores = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]
    served = visits(here, at, scores)
    begun = LetterRow.objects.filter(type="queue.ticket_taken").order_by("id").values_list("id", flat=True)[0]
    before = list(LetterRow.objects.filter(id__gte=begun).order_by("id"))
    assert voice.tell_answers(at=at + DAY) == len(scores)
    told = list(LetterRow.objects.filter(type="voice.visit_rated").order_by("id"))
    assert len(told) == len(scores)

    # Nothing of the visits' own letters comes back in those of the answers but the centre, and all are dated alike.
    known = {str(visit) for visit in served} | {str(row.aggregate) for row in before}
    instants = {row.at for row in before} | {at + number * MINUTE for number in range(20)}
    assert len({row.at for row in told}) == 1 and told[0].at not in instants
    for row in told:
        said = orjson.loads(row.body)
        assert set(said) == {"score", "channel", "service"} and said["channel"] == "phone"
        assert str(row.aggregate) not in known and row.aggregate.version == 4 and row.version == 1
        assert not any(one in row.body for one in known) and row.actor_kind == "system"
    assert {row.actor for row in told} == {SYSTEM.id}

    # What is told at the visit itself does not say what was answered.
    for row in before:
        if row.type.startswith("voice."):
            assert orjson.loads(row.body) == {}
        assert "score" not in row.body and "comment" not in row.body
    assert not {"score", "comment", "channel"} & {field.name for field in Rating._meta.get_fields()}


@pytest.mark.django_db
def test_the_order_of_the_answers_is_one_of_chance(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    orders = set()
    for day in range(3):
        visits(here, at + day * DAY, [1, 2, 3, 4, 5, 1, 2, 3])
        last = LetterRow.objects.order_by("-id").values_list("id", flat=True)[0]
        voice.tell_answers(at=at + (day + 1) * DAY)
        told = LetterRow.objects.filter(type="voice.visit_rated", id__gt=last).order_by("id")
        orders.add(tuple(orjson.loads(row.body)["score"] for row in told))
    assert len(orders) > 1, "three times the same order of eight: once in a hundred million"


@pytest.mark.django_db
def test_fewer_than_five_wait_in_the_box_until_others_come(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    visits(here, at, [1, 1, 1, 1])
    assert voice.tell_answers(at=at + DAY) == 0 and Slip.objects.count() == 4
    visits(here, at + DAY, [5])
    assert voice.tell_answers(at=at + DAY + MINUTE) == 0, "today's lies there, and is not taken out today"
    assert voice.tell_answers(at=at + 2 * DAY) == 5 and not Slip.objects.exists()
    assert {one.day for one in Answer.objects.all()} == {(at + DAY).date()}
    assert voice.tell_answers(at=at + 3 * DAY) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from("aaabbc-"), max_size=20))
def test_a_service_is_told_of_five_at_least(lying: list[str]) -> None:
    services = {name: new_id() for name in "abc"}
    ids = [UUID(int=number) for number in itertools.islice(itertools.count(1), len(lying))]
    box = {id: services.get(name) for id, name in zip(ids, lying, strict=True)}
    told = rules.tellable(box)
    assert set(told) <= set(box)
    for service, number in Counter(told.values()).items():
        assert number >= rules.FEWEST
        if service is not None:
            assert number == sum(one == service for one in box.values())
    waits = [id for id in box if id not in told]
    assert len(waits) < rules.FEWEST
