"""A visit of several people and services: one ticket, its errands, and what is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.queue import api as queue
from onedoor.domain.queue.rules import errands_of, place_after_missing
from onedoor.kernel.errors import DomainError, Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.factories.hall import Hall

pytestmark = pytest.mark.django_db


def family(here: Hall, at: datetime, **more: Any) -> queue.Ticket:
    """Five people, each with both services."""
    wanted = queue.everybody([here.birth, here.document], people=5)
    return queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted, **more)


def test_a_family_has_one_ticket_and_ten_errands(here: Hall, at: datetime, scope: None) -> None:
    ticket = family(here, at)
    assert (ticket.number, ticket.people) == ("A001", 5)
    errands = queue.errands(visit=ticket.visit)
    assert [(each.person, each.service_id) for each in errands] == [
        (person, service) for person in range(1, 6) for service in (here.birth, here.document)
    ]
    assert errands[0].first and not errands[1].first and queue.visit_ticket(ticket.visit).number == "A001"
    assert queue.waiting_count(here.centre, at=at) == 1


def test_a_person_alone_has_no_rows_until_the_application_is_opened(
    here: Hall, at: datetime, scope: None
) -> None:
    wanted = queue.everybody([here.birth], people=1)
    ticket = queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted)
    assert not queue.errands(visit=ticket.visit)
    case = new_id()
    said = {"visit": ticket.visit, "ticket": ticket.id, "service": here.birth, "case": case}
    opened = queue.open_errand(by=here.officer, at=at, **said)
    assert opened is not None and (opened.first, opened.state) == (True, "opened")
    queue.finish_errand(by=here.officer, at=at, case=case)
    queue.finish_errand(by=here.officer, at=at, case=case)
    (only,) = queue.errands(visit=ticket.visit)
    assert (only.state, only.case_id) == ("done", case)


def test_an_errand_more_makes_the_first_one_visible(here: Hall, at: datetime, scope: None) -> None:
    ticket = queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    wanted = queue.Wanted(service=here.birth, person=2, label="  ນ້ອງ   ຄຳ ")
    queue.add_errand(by=here.officer, at=at, centre=here.centre, ticket=ticket.id, wanted=wanted)
    assert [(each.person, each.label) for each in queue.errands(visit=ticket.visit)] == [
        (1, ""),
        (2, "ນ້ອງ ຄຳ"),
    ]


@pytest.mark.parametrize("people", [0, -1, 21])
def test_nobody_or_too_many_people_are_refused(here: Hall, at: datetime, people: int) -> None:
    with pytest.raises(queue.TicketIsWrong) as refused:
        queue.take_visit(
            by=here.kiosk, at=at, centre=here.centre, wanted=[queue.Wanted(service=here.birth)], people=people
        )
    assert refused.value.field == "people"


def test_lists_that_cannot_be_are_refused_and_nothing_is_written(
    here: Hall, at: datetime, scope: None
) -> None:
    birth = queue.Wanted(service=here.birth)
    for wanted, fault in (
        ([], queue.ErrandIsWrong),
        ([birth, birth], queue.ErrandIsThere),
        ([queue.Wanted(service=here.birth, person=0)], queue.ErrandIsWrong),
        ([queue.Wanted(service=here.birth, label="x" * 61)], queue.ErrandIsWrong),
        ([queue.Wanted(service=here.birth, person=n) for n in range(1, 22)], queue.ErrandIsWrong),
        ([birth, queue.Wanted(service=here.elsewhere)], queue.ServiceNotOfferedHere),
        ([birth, queue.Wanted(service=new_id())], queue.ServiceNotOfferedHere),
    ):
        with pytest.raises(fault):
            queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted)
    assert not queue.Ticket.objects.count() and not queue.Errand.objects.count()


def test_an_errand_is_taken_back_only_before_its_application(here: Hall, at: datetime, scope: None) -> None:
    ticket = family(here, at)
    first, second, *_rest = queue.errands(visit=ticket.visit)
    said = {"visit": ticket.visit, "ticket": ticket.id, "service": first.service_id}
    queue.open_errand(by=here.officer, at=at, case=new_id(), errand=first.id, **said)
    drop = {"by": here.officer, "at": at, "centre": here.centre}
    with pytest.raises(queue.ErrandHasBegun):
        queue.drop_errand(errand=first.id, **drop)
    with pytest.raises(queue.ErrandHasBegun):
        queue.open_errand(by=here.officer, at=at, case=new_id(), errand=first.id, **said)
    assert queue.drop_errand(errand=second.id, **drop).state == "dropped"
    with pytest.raises(queue.ErrandHasBegun):
        queue.drop_errand(errand=second.id, **drop)
    with pytest.raises(queue.ErrandUnknown):
        queue.drop_errand(errand=new_id(), **drop)
    again = queue.Wanted(service=second.service_id, person=second.person)
    queue.add_errand(by=here.officer, at=at, centre=here.centre, ticket=ticket.id, wanted=again)
    with pytest.raises(Missing):
        queue.drop_errand(by=here.stranger, at=at, centre=here.centre, errand=second.id)


def test_the_last_errand_is_ended_with_its_ticket(here: Hall, at: datetime, scope: None) -> None:
    wanted = [queue.Wanted(service=here.birth, label="ແມ່")]
    ticket = queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted)
    (only,) = queue.errands(visit=ticket.visit)
    with pytest.raises(queue.ErrandIsWrong):
        queue.drop_errand(by=here.officer, at=at, centre=here.centre, errand=only.id)


def test_a_letter_names_no_person_and_no_help(here: Hall, at: datetime, scope: None) -> None:
    wanted = [queue.Wanted(service=here.birth, label="ນາງ ສົມສີ")]
    queue.take_visit(by=here.kiosk, at=at, centre=here.centre, wanted=wanted, help=["interpreter:hmn"])
    told = [row.body for row in LetterRow.objects.all()]
    assert told and not any("ສົມສີ" in each or "hmn" in each for each in told)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-1, 22), st.integers(0, 3)), max_size=24),
    st.integers(0, 3),
)
def test_a_list_is_whole_or_refused(pairs: list[tuple[int, int]], had: int) -> None:
    services = [new_id() for _ in range(4)]
    there = [(1, services[number]) for number in range(had)]
    wanted = [queue.Wanted(service=services[number], person=person) for person, number in pairs]
    try:
        kept = errands_of(wanted, there=there)
    except DomainError:
        return
    assert 0 < len(kept) + had <= queue.MOST_ERRANDS
    both = [*there, *((each.person, each.service) for each in kept)]
    assert len(set(both)) == len(both)


@settings(max_examples=60)
@given(st.integers(0, 60), st.integers(0, 300), st.integers(0, 300))
def test_a_late_person_never_gains(head: int, waited: int, late: int) -> None:
    noon = datetime.fromisoformat("2026-03-09T05:00:00+00:00")
    came, called = noon, noon + timedelta(minutes=waited)
    place = came - timedelta(minutes=head)
    now = called + timedelta(minutes=late)
    after = place_after_missing(place=place, issued_at=came, called_at=called, at=now)
    assert place <= after <= now
    assert (after == place) if late <= 15 else after == max(place, now - timedelta(minutes=head))
