"""Real transactions at once: two people and one time, one form sent twice, one number that books too often."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import Appointment, SlotSeat
from onedoor.domain.queue.models.appointments import lock_appointment
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.domain.queue.test_races import at_once
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = Actor.public()
RACES = 100
RULE = queue.BookingRule(
    share=25, step=10, usual=10, notice=0, per_phone=20, channels={"portal": 100, "calls": 0, "centre": 0}
)


@pytest.fixture
def here() -> Hall:
    made = hall(at=now(), always_open=True, counters=4)
    queue.save_booking_rule(by=Actor.system(), at=now(), centre=made.centre, rule=RULE)
    return made


def free(here: Hall, *, days: int) -> list[datetime]:
    at, asked = now(), queue.Booking(services=(here.birth,), channel="portal")
    day = (at + timedelta(days=days)).date()
    found = queue.free_slots(centres.centre(here.centre), asked=asked, day=day, at=at)
    return [slot.starts for slot in found]


def asking(here: Hall, phone: str, *, id: Any = None) -> queue.Asking:
    return queue.Asking(centre=here.centre, service=here.birth, name="ນາງ ແກ້ວ", phone=phone, id=id)


def test_one_time_is_given_to_one_of_two_people(here: Hall) -> None:
    starts = [*free(here, days=2), *free(here, days=3)][:RACES]
    assert len(starts) == RACES

    def person(mark: int) -> Callable[[], Any]:
        turns = iter(enumerate(starts))

        def act() -> Any:
            place, time = next(turns)
            return queue.book(by=PUBLIC, at=now(), asking=asking(here, f"020 {mark}{place:07d}"), starts=time)

        return act

    for race in at_once(person(5), person(7), times=RACES):
        assert sum(isinstance(one, Appointment) for one in race) == 1, race
        assert sum(isinstance(one, queue.SlotIsTaken) for one in race) == 1, race
    assert SlotSeat.objects.count() == RACES


def test_one_form_at_once_books_once_and_one_number_not_more_than_its_share(here: Hall) -> None:
    queue.save_booking_rule(by=Actor.system(), at=now(), centre=here.centre, rule=replace(RULE, per_phone=2))
    starts, id = free(here, days=2), new_id()

    def send(place: int, form: Any = None) -> Callable[[], Any]:
        return lambda: queue.book(
            by=PUBLIC, at=now(), asking=asking(here, "020 5555 1234", id=form), starts=starts[place]
        )

    (race,) = at_once(send(0, id), send(0, id), send(0, id))
    assert [one.id for one in race] == [id] * 3
    (race,) = at_once(send(1), send(2), send(3))
    assert sum(isinstance(one, Appointment) for one in race) == 1
    assert sum(isinstance(one, queue.TooManyAppointments) for one in race) == 2


def while_held(held: Appointment, then: Callable[[], Any], other: Callable[[], Any]) -> list[Any]:
    """What becomes of somebody who holds the own row and then acts, and of another who acts in between."""
    holds = threading.Event()

    def first() -> Any:
        with transaction.atomic(), everything("a test holds"):
            lock_appointment(held.id)
            holds.set()
            time.sleep(0.2)
            return then()

    def second() -> Any:
        holds.wait(10)
        return other()

    (race,) = at_once(first, second)
    return race


def test_who_leaves_the_list_while_a_time_is_given_back_and_lists_are_tended_stops_nobody(here: Hall) -> None:
    at, rule = now(), replace(RULE, step=60, usual=60)
    queue.save_booking_rule(by=Actor.system(), at=at, centre=here.centre, rule=rule)
    day = (at + timedelta(days=2)).date()
    booked = []
    while times := free(here, days=2):
        who = asking(here, f"020 55{len(booked):06d}")
        booked.append(queue.book(by=PUBLIC, at=at, asking=who, starts=times[0]))
    waits = [
        queue.join_list(by=PUBLIC, at=at, asking=asking(here, f"020 7777 000{one}"), day=day)
        for one in range(2)
    ]

    def leave(one: Appointment) -> Callable[[], Any]:
        return lambda: queue.cancel(by=PUBLIC, at=at, appointment=one.id)

    race = while_held(waits[0], leave(waits[0]), leave(booked[0]))
    assert [getattr(one, "standing", one) for one in race] == ["cancelled", "cancelled"]
    race = while_held(waits[1], leave(waits[1]), lambda: queue.tend_waiting_lists(by=Actor.system(), at=at))
    assert getattr(race[0], "standing", race[0]) == "cancelled" and isinstance(race[1], int), race


def test_who_moves_away_while_the_centre_closes_for_some_days_stops_nobody(here: Hall) -> None:
    at = now()
    first, later = free(here, days=2)[5], free(here, days=3)[5]
    queue.book(by=PUBLIC, at=at, asking=asking(here, "020 5555 1234"), starts=first)
    leaves = queue.book(by=PUBLIC, at=at, asking=asking(here, "020 5555 1234"), starts=later)
    to = free(here, days=5)[0]

    def close() -> Any:
        return queue.close_centre(
            by=Actor.system(),
            at=at,
            centre=here.centre,
            first=(at + timedelta(days=2)).date(),
            last=(at + timedelta(days=3)).date(),
            reason={"en": "Flood"},
        )

    move = while_held(leaves, lambda: queue.move(by=PUBLIC, at=at, appointment=leaves.id, starts=to), close)
    assert isinstance(move[0], Appointment) and move[1].left == 0, move
    assert move[1].moved == 1 and queue.appointment_by_code(queue.code_of(leaves.id)).starts_at == to


def test_a_seat_is_given_once_also_for_plain_rows(here: Hall) -> None:
    made = queue.book(by=PUBLIC, at=now(), asking=asking(here, "020 5555 1234"), starts=free(here, days=2)[0])
    seat = SlotSeat.objects.get()
    for other in ({"counter": "9"}, {"seat": 9}):
        row = SlotSeat(
            appointment=made, centre_id=seat.centre_id, at=seat.at, seat=seat.seat, counter=seat.counter
        )
        for name, value in other.items():
            setattr(row, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    with everything("a test looks"):
        assert Appointment.objects.count() == 1
