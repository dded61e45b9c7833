"""Real transactions at once: two counters and one ticket, one key twice, a number twice."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox import Answer, Once, replaying
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import everything
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db(transaction=True)
RACES = 100


@pytest.fixture
def here() -> Hall:
    return hall(at=now(), always_open=True)


def at_once(*acts: Callable[[], Any], times: int = 1) -> list[list[Any]]:
    """What each act gave or raised, for so many races that begin together; each act keeps its own connection."""
    gate = threading.Barrier(len(acts))
    seen: list[list[Any]] = [[] for _ in acts]

    def runner(place: int) -> None:
        try:
            for _ in range(times):
                gate.wait(30)
                try:
                    seen[place].append(acts[place]())
                except Exception as fault:
                    seen[place].append(fault)
                gate.wait(30)
        finally:
            connection.close()

    threads = [threading.Thread(target=runner, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [list(race) for race in zip(*seen, strict=True)]


def test_one_ticket_is_called_by_one_of_two_counters(here: Hall) -> None:
    turn = threading.Barrier(2)
    made: list[queue.Ticket] = []

    def call(counter: int) -> Callable[[], Any]:
        def act() -> Any:
            if counter == 0:
                made.append(
                    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
                )
            turn.wait(30)
            try:
                called = queue.call_next(by=here.officer, at=now(), counter=here.counters[counter])
            except queue.NobodyWaits:
                called = None
            turn.wait(30)
            if called is not None:
                queue.start(by=here.officer, at=now(), ticket=called.id)
                queue.finish(by=here.officer, at=now(), ticket=called.id)
            return called

        return act

    for race in at_once(call(0), call(1), times=RACES):
        winners = [one for one in race if isinstance(one, queue.Ticket)]
        assert len(winners) == 1 and race.count(None) == 1, race
    with everything("a test looks"):
        assert queue.Ticket.objects.filter(status="served", calls=1).count() == RACES
    assert LetterRow.objects.filter(type="queue.ticket_called").count() == RACES


def test_one_key_at_once_gives_one_ticket(here: Hall) -> None:
    def take() -> Any:
        once = Once(
            actor=here.kiosk.id, key="same", body=b"x", answer=lambda ticket: Answer(201, ticket.number)
        )
        done = replaying(
            once,
            at=now(),
            act=lambda: queue.take_ticket(
                by=here.kiosk, at=now(), centre=here.centre, service=here.birth, once=once
            ),
        )
        return done.text if isinstance(done, Answer) else done.number

    (race,) = at_once(take, take, take, take)
    assert race == ["A001"] * 4
    with everything("a test looks"):
        assert queue.Ticket.objects.count() == 1
    assert queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth).number == "A002"


def test_a_key_is_known_over_midnight(here: Hall) -> None:
    late = now().replace(hour=23, minute=59, second=50)
    early = late + timedelta(seconds=20)

    def take(at: datetime) -> Any:
        once = Once(
            actor=here.kiosk.id, key="same", body=b"x", answer=lambda ticket: Answer(201, ticket.number)
        )
        wish = {"by": here.kiosk, "at": at, "centre": here.centre, "service": here.birth}
        return replaying(once, at=at, act=lambda: queue.take_ticket(**wish, once=once))

    assert take(late).number == "A001"
    assert take(early).text == "A001"


def test_numbers_given_at_once_differ_and_leave_no_gap(here: Hall) -> None:
    def take() -> Any:
        return queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth).number

    races = at_once(take, take, take, take, times=5)
    assert sorted(number for race in races for number in race) == [
        f"A{serial:03d}" for serial in range(1, 21)
    ]


def test_one_counter_never_holds_two_people(here: Hall) -> None:
    for _ in range(2):
        queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)

    def call() -> Any:
        return queue.call_next(by=here.officer, at=now(), counter=here.counters[0])

    (race,) = at_once(call, call)
    assert sum(isinstance(one, queue.Ticket) for one in race) == 1
    assert sum(isinstance(one, queue.CounterIsBusy) for one in race) == 1
    assert queue.waiting_count(here.centre, at=now()) == 1


def test_a_ticket_that_is_locked_for_a_moment_is_not_overlooked(here: Hall) -> None:
    ticket = queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    held, found = threading.Event(), []

    def touch() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM queue_ticket WHERE id = %s FOR UPDATE", [ticket.id])
            held.set()
            threading.Event().wait(0.3)
        connection.close()

    toucher = threading.Thread(target=touch)
    toucher.start()
    held.wait(5)
    found.append(queue.call_next(by=here.officer, at=now(), counter=here.counters[0]))
    toucher.join()
    assert found[0].id == ticket.id


def test_the_hot_paths_are_prepared(here: Hall) -> None:
    for _ in range(8):
        ticket = queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
        queue.call_next(by=here.officer, at=now(), counter=here.counters[0])
        queue.start(by=here.officer, at=now(), ticket=ticket.id)
        queue.finish(by=here.officer, at=now(), ticket=ticket.id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [row[0] for row in cursor.fetchall()]
    for part in (
        "INSERT INTO queue_ticket",
        "UPDATE queue_ticket",
        "FOR UPDATE SKIP LOCKED",
        "INSERT INTO queue_series",
    ):
        assert any(part in statement for statement in prepared), part


def test_a_number_is_unique_also_for_plain_sql(here: Hall) -> None:
    first = queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    columns = [
        field.attname for field in queue.Ticket._meta.concrete_fields if field.attname not in ("id", "token")
    ]
    listed = ", ".join(columns)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO queue_ticket (id, token, {listed}) SELECT %s, 'x', {listed} FROM queue_ticket WHERE id = %s",
            [new_id(), first.id],
        )
