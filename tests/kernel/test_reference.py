"""Reference data is asked once under a stamp; whatever changes it changes the stamp, and is seen by the next request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.mirrors.reference import STAMP, UNREAD, as_held, as_stamped, look_anew, looked
from onedoor.kernel.mirrors.state import apply_state, read_state
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = Actor.system()


@pytest.fixture
def here() -> Iterator[Hall]:
    with everything("a test looks"):
        yield hall(at=now(), always_open=True)


def stamp() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STAMP}")
        return str(cursor.fetchone()[0])


def plainly(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_change_of_reference_data_changes_the_stamp(here: Hall) -> None:
    by: dict[str, Any] = {"by": SYSTEM, "at": now()}
    hours = [centres.Hours(weekday=1, opens=time(8), closes=time(9))]
    shut: dict[str, Any] = {"counter": here.counters[0], "state": "closed"}
    state = read_state(kind="centres.centre", aggregate=centre_row(here))
    assert state is not None
    state = replace(state, version=state.version + 5, row={**state.row, "version": state.version + 5})
    changes = (
        lambda: centres.save_hours(**by, centre=here.centre, hours=hours, confirmed=True),
        lambda: centres.save_counter(
            **by, id=here.counters[0], centre=here.centre, code="1", name={"lo": "ໜຶ່ງ", "en": "one"}
        ),
        lambda: centres.set_counter_state(**by, **shut),
        lambda: plainly("UPDATE catalogue_service SET version = version + 1"),
        lambda: plainly("UPDATE centres_officecalendar SET version = version + 1"),
        lambda: apply_state(state),
    )
    seen = [stamp()]
    for change in changes:
        change()
        seen.append(stamp())
    assert len(set(seen)) == len(seen)
    queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    assert stamp() == seen[-1], "what happens all day changes nothing of it"


def centre_row(here: Hall) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM centres_centre WHERE unit_id = %s", [here.centre])
        return UUID(str(cursor.fetchone()[0]))


def test_under_one_stamp_one_looks_once() -> None:
    asked: list[str] = []

    @looked()
    def look(*, of: str) -> str:
        asked.append(of)
        return of

    def look_twice(of: str) -> int:
        before = len(asked)
        assert look(of=of) == look(of=of) == of
        return len(asked) - before

    first = new_id().hex
    assert look_twice("a") == 2, "who read no stamp looks each time"
    with as_stamped(first):
        assert look_twice("a") == 1 and look_twice("b") == 1 and look_twice("a") == 0
        with transaction.atomic():
            assert look_twice("a") == 2, "inside a transaction everything is read"
    assert look_twice("a") == 2, "a stamp ends with its request"
    with as_stamped(first):
        assert look_twice("a") == 0
        look_anew()
        assert look_twice("a") == 2
    with as_stamped(new_id().hex):
        assert look_twice("a") == 1
    with as_stamped(None):
        assert look_twice("a") == 2


def test_who_saves_reads_anew_in_the_same_request(here: Hall) -> None:
    with as_stamped(stamp()):
        assert centres.counter(here.counters[0]).state == "open"
        centres.set_counter_state(by=SYSTEM, at=now(), counter=here.counters[0], state="closed")
        assert centres.counter(here.counters[0]).state == "closed"


def test_the_next_press_sees_what_was_changed_before_it(here: Hall) -> None:
    desk = at_work(here.officer)

    def press() -> int:
        queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
        address, key = f"/desk/{here.code}/1/step/next/", {"key": new_id().hex}
        return desk.post(address, key, headers={"HX-Request": "true"}).status_code

    assert press() == 200
    with everything("a test looks"):
        served = queue.Ticket.objects.get(status="called")
    queue.start(by=SYSTEM, at=now(), ticket=served.id)
    queue.finish(by=SYSTEM, at=now(), ticket=served.id)
    centres.set_counter_state(by=SYSTEM, at=now(), counter=here.counters[0], state="closed")
    assert press() == 409, "a counter that was closed a moment ago calls nobody"
    centres.set_counter_state(by=SYSTEM, at=now(), counter=here.counters[0], state="open")
    assert press() == 200


def test_in_a_transaction_one_looks_once_under_the_stamp_that_it_read_itself(here: Hall) -> None:
    looks: list[int] = []

    @looked("centres_centre")
    def look(*, of: int) -> int:
        looks.append(of)
        return of

    with as_stamped(stamp()), transaction.atomic():
        plainly("UPDATE centres_centre SET version = version + 1")
        look(of=1)
        look(of=1)
        assert looks == [1, 1], "the request's stamp does not know what this transaction changed"
        with as_held(stamp()):
            look(of=1)
            look(of=1)
            assert looks == [1, 1, 1]
            look_anew()
            look(of=1)
        look(of=1)
    assert looks == [1, 1, 1, 1, 1]


def test_a_request_without_a_session_reads_the_stamp_with_its_first_look(here: Hall) -> None:
    looks: list[int] = []

    @looked("centres_centre")
    def look(*, of: int) -> int:
        looks.append(of)
        return of

    for _request in range(2):
        with as_stamped(UNREAD):
            look(of=1)
            look(of=1)
    assert looks == [1], "what an earlier request asked still holds"
    plainly("UPDATE centres_centre SET version = version + 1")
    with as_stamped(UNREAD):
        look(of=1)
        look(of=1)
        assert looks == [1, 1], "changed in between"
        look_anew()
        look(of=1)
    assert looks == [1, 1, 1], "who has written looks anew"
