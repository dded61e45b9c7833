"""Calling and serving, the board, waits and obligations."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.tasks import end_tickets_of_past_days
from onedoor.kernel.errors import Missing
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall

pytestmark = pytest.mark.usefixtures("scope")
SYSTEM = Actor.system()


def take(here: Hall, at: datetime) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)


def call(here: Hall, at: datetime, counter: int = 0) -> queue.Ticket:
    return queue.call_next(by=here.officer, at=at, counter=here.counters[counter])


def test_a_cycle_leaves_one_letter_a_step_in_version_order(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    call(here, at)
    queue.start(by=here.officer, at=at, ticket=ticket.id, centre=here.centre)
    done = queue.finish(by=here.officer, at=at + timedelta(minutes=4), ticket=ticket.id, centre=here.centre)
    assert done.status == queue.Status.SERVED
    letters = LetterRow.objects.filter(aggregate=ticket.id).order_by("version")
    assert [(letter.version, letter.type) for letter in letters] == [
        (1, "queue.ticket_taken"),
        (2, "queue.ticket_called"),
        (3, "queue.ticket_started"),
        (4, "queue.ticket_served"),
    ]


def test_steps_out_of_order_are_refused_and_write_nothing(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    for step in (queue.start, queue.finish, queue.miss, queue.hold, queue.give_back):
        with pytest.raises(queue.TicketHasMoved):
            step(by=here.officer, at=at, ticket=ticket.id, centre=here.centre)
    assert LetterRow.objects.filter(aggregate=ticket.id).count() == 1


def test_a_closed_counter_and_a_busy_one_call_nobody(here: Hall, at: datetime) -> None:
    take(here, at)
    take(here, at)
    centres.set_counter_state(by=SYSTEM, at=at, counter=here.counters[0], state="closed")
    with pytest.raises(queue.CounterIsClosed):
        call(here, at)
    centres.set_counter_state(by=SYSTEM, at=at, counter=here.counters[0], state="open")
    call(here, at)
    with pytest.raises(queue.CounterIsBusy):
        call(here, at)
    assert queue.waiting_count(here.centre, at=at) == 1, "who was not called keeps waiting"
    with pytest.raises(queue.CounterUnknown):
        queue.call_next(by=here.officer, at=at, counter=new_id())


def test_nobody_waits(here: Hall, at: datetime) -> None:
    with pytest.raises(queue.NobodyWaits):
        call(here, at)


def test_who_is_given_back_is_the_next_again(here: Hall, at: datetime) -> None:
    first = take(here, at)
    take(here, at + timedelta(seconds=1))
    call(here, at)
    queue.start(by=here.officer, at=at, ticket=first.id, centre=here.centre)
    back = queue.give_back(by=here.officer, at=at + timedelta(minutes=9), ticket=first.id, centre=here.centre)
    assert back.status == queue.Status.WAITING and back.counter_id is None
    assert queue.people_ahead(back) == 0
    assert call(here, at + timedelta(minutes=10), counter=1).id == first.id


def test_missed_and_held_people_are_called_again_by_number(here: Hall, at: datetime) -> None:
    missed, held = take(here, at), take(here, at)
    call(here, at)
    queue.miss(by=here.officer, at=at, ticket=missed.id, centre=here.centre)
    call(here, at)
    queue.start(by=here.officer, at=at, ticket=held.id, centre=here.centre)
    queue.hold(by=here.officer, at=at, ticket=held.id, centre=here.centre)
    line = queue.line(here.centre, counter=here.counters[0], at=at)
    assert {ticket.id for ticket in line.aside} == {missed.id, held.id} and line.here is None
    again = queue.call_one(by=here.officer, at=at, counter=here.counters[0], ticket=missed.id)
    assert again.calls == 2
    rings = queue.call_one(by=here.officer, at=at, counter=here.counters[0], ticket=missed.id)
    assert rings.calls == 3, "the same counter rings once more"
    with pytest.raises(queue.TicketHasMoved):
        queue.call_one(by=here.officer, at=at, counter=here.counters[1], ticket=missed.id)


def test_a_stranger_finds_no_ticket(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    call(here, at)
    with pytest.raises(Missing):
        queue.start(by=here.stranger, at=at, ticket=ticket.id)
    with pytest.raises(Missing):
        queue.start(by=here.stranger, at=at, ticket=ticket.id, centre=here.centre)
    queue.start(by=here.officer, at=at, ticket=ticket.id)


def test_the_board_shows_called_newest_first_and_who_is_next(here: Hall, at: datetime) -> None:
    tickets = [take(here, at + timedelta(seconds=n)) for n in range(12)]
    call(here, at + timedelta(minutes=1), counter=0)
    call(here, at + timedelta(minutes=2), counter=2)
    board = queue.board(here.centre, at=at)
    assert [(one.number, one.code) for one in board.called] == [("A002", "3"), ("A001", "1")]
    assert board.next == tuple(ticket.number for ticket in tickets[2:10]) and board.waiting == 10


def test_the_whole_line_page_by_page_in_the_order_of_places(here: Hall, at: datetime) -> None:
    tickets = [take(here, at + timedelta(minutes=n)) for n in range(5)]
    first = queue.whole_line(here.centre, at=at, limit=2)
    assert [(one.ticket.id, one.ahead) for one in first] == [(tickets[0].id, 0), (tickets[1].id, 1)]
    call(here, at + timedelta(minutes=6))
    after = tickets[1].id
    rest = queue.whole_line(here.centre, at=at, after=after)
    assert [(one.ticket.id, one.ahead) for one in rest] == [
        (held.id, n) for n, held in enumerate(tickets[2:], 1)
    ], "who was called meanwhile is not counted, and nobody is left out"
    assert queue.whole_line(here.centre, at=at, after=new_id())[0].ticket.id == tickets[1].id
    assert not queue.whole_line(here.centre, at=at, zone="quick")
    assert not queue.whole_line(here.centre, at=at + timedelta(days=1))


def test_nobody_waits_over_night(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    assert end_tickets_of_past_days(at=at + timedelta(hours=10)) == 0
    assert end_tickets_of_past_days(at=at + timedelta(days=1)) == 1
    assert queue.ticket(ticket.id, centre=here.centre).status == queue.Status.CARRIED_OVER
    assert end_tickets_of_past_days(at=at + timedelta(days=1)) == 0
    assert end_tickets_of_past_days(at=at + timedelta(days=9)) == 1, "nobody came for more than a week"
    assert queue.ticket_by_token(ticket.token).status == queue.Status.LEFT


def test_obligations_are_opened_once_and_settled_once(here: Hall, at: datetime) -> None:
    visit = take(here, at).visit
    due = at + timedelta(hours=2)
    first = queue.oblige(by=SYSTEM, at=at, visit=visit, kind="rating", due=due)
    assert queue.oblige(by=SYSTEM, at=at, visit=visit, kind="rating", due=due).id == first.id
    assert [one.kind for one in queue.open_obligations(visit=visit)] == ["rating"]
    queue.settle(by=SYSTEM, at=at, visit=visit, kind="rating", outcome="given")
    again = queue.settle(by=SYSTEM, at=due, visit=visit, kind="rating", outcome="declined")
    assert again.outcome == "given" and again.settled_at == at
    assert queue.open_obligations(visit=visit) == ()
    with pytest.raises(queue.ObligationUnknown):
        queue.settle(by=SYSTEM, at=at, visit=visit, kind="survey", outcome="given")
    with pytest.raises(queue.VisitUnknown):
        queue.oblige(by=SYSTEM, at=at, visit=new_id(), kind="rating")


def test_plain_sql_may_not_pass_the_owner_and_the_version(here: Hall, at: datetime) -> None:
    ticket = take(here, at)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE queue_ticket SET status = 'served' WHERE id = %s", [ticket.id])
