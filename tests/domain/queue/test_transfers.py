"""People sent on with their place kept, and people who come after they were called in vain."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import DomainError, Refused
from onedoor.kernel.ids import new_id
from tests.factories.hall import Hall

pytestmark = pytest.mark.django_db


def called(here: Hall, at: datetime) -> queue.Ticket:
    queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)
    return queue.call_next(by=here.officer, at=at + timedelta(minutes=1), counter=here.counters[0])


def send(here: Hall, at: datetime, ticket: queue.Ticket, **where: Any) -> queue.Ticket:
    said = {"by": here.officer, "at": at, "centre": here.centre, "reason": "goes_on"} | where
    return queue.transfer(ticket=ticket.id, **said)


def test_who_is_sent_on_keeps_place_and_number(here: Hall, at: datetime, scope: None) -> None:
    first = called(here, at)
    later = queue.take_ticket(
        by=here.kiosk, at=at + timedelta(minutes=2), centre=here.centre, service=here.birth
    )
    now = at + timedelta(minutes=3)
    sent = send(here, now, first, counter=here.counters[1])
    assert (sent.status, sent.place, sent.number) == ("waiting", first.place, first.number)
    assert sent.only_counter_id == here.counters[1] and sent.counter_id is None
    assert queue.call_next(by=here.officer, at=now, counter=here.counters[0]).id == later.id
    assert queue.call_next(by=here.officer, at=now, counter=here.counters[1]).id == first.id


def test_another_service_keeps_the_number(here: Hall, at: datetime, scope: None) -> None:
    sent = send(here, at + timedelta(minutes=2), called(here, at), service=here.document)
    assert (sent.service_id, sent.number, sent.only_counter_id) == (here.document, "A001", None)


def test_places_to_which_nobody_can_be_sent(here: Hall, at: datetime, scope: None) -> None:
    first, now = called(here, at), at + timedelta(minutes=2)
    centres.set_counter_state(by=here.officer, at=now, counter=here.counters[2], state="closed")
    refused: list[tuple[dict[str, Any], type[DomainError]]] = [
        ({}, queue.TransferIsWrong),
        ({"counter": here.counters[1], "service": here.document}, queue.TransferIsWrong),
        ({"zone": "moon"}, queue.TransferIsWrong),
        ({"counter": here.counters[1], "reason": "because"}, queue.TransferIsWrong),
        ({"counter": here.counters[0]}, queue.CounterUnknown),
        ({"counter": new_id()}, queue.CounterUnknown),
        ({"counter": here.counters[2]}, queue.CounterIsClosed),
        ({"service": here.elsewhere}, queue.ServiceNotOfferedHere),
        ({"counter": here.counters[1], "by": here.kiosk}, Refused),
    ]
    for where, fault in refused:
        with pytest.raises(fault):
            send(here, now, first, **where)
    assert queue.ticket(first.id, centre=here.centre).status == "called"
    queue.start(by=here.officer, at=now, ticket=first.id, centre=here.centre)
    queue.finish(by=here.officer, at=now, ticket=first.id, centre=here.centre)
    with pytest.raises(queue.TicketHasMoved):
        send(here, now, first, counter=here.counters[1])


@pytest.mark.parametrize(("minutes", "kept"), [(14, True), (16, False)])
def test_who_comes_late_is_put_back_by_the_rule(
    here: Hall, at: datetime, scope: None, minutes: int, kept: bool
) -> None:
    first = called(here, at)
    queue.miss(by=here.officer, at=at + timedelta(minutes=2), ticket=first.id, centre=here.centre)
    now = at + timedelta(minutes=1 + minutes)
    back = queue.come_back(by=here.kiosk, at=now, ticket=first.id, centre=here.centre)
    assert back.status == "waiting" and back.place == (first.place if kept else now)
    with pytest.raises(queue.TicketHasMoved):
        queue.come_back(by=here.officer, at=now, ticket=first.id, centre=here.centre)
