"""Real transactions at once: two people and one time, one form sent twice, one number that books too often."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.models import Appointment, SlotSeat
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


def test_one_time_is_given_to_one_of_two_people(here: Hall) -> None:
    starts = [*free(here, days=2), *free(here, days=3)][:RACES]
    assert len(starts) == RACES

    def person(mark: int) -> Callable[[], Any]:
        turns = iter(enumerate(starts))

        def act() -> Any:
            place, time = next(turns)
            return queue.book(
                by=PUBLIC,
                at=now(),
                centre=here.centre,
                service=here.birth,
                starts=time,
                name="ນາງ ແກ້ວ",
                phone=f"020 {mark}{place:07d}",
            )

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
            by=PUBLIC,
            at=now(),
            centre=here.centre,
            service=here.birth,
            starts=starts[place],
            name="ນາງ ແກ້ວ",
            phone="020 5555 1234",
            id=form,
        )

    (race,) = at_once(send(0, id), send(0, id), send(0, id))
    assert [one.id for one in race] == [id] * 3
    (race,) = at_once(send(1), send(2), send(3))
    assert sum(isinstance(one, Appointment) for one in race) == 1
    assert sum(isinstance(one, queue.TooManyAppointments) for one in race) == 2


def test_a_seat_is_given_once_also_for_plain_rows(here: Hall) -> None:
    made = queue.book(
        by=PUBLIC,
        at=now(),
        centre=here.centre,
        service=here.birth,
        starts=free(here, days=2)[0],
        name="ນາງ ແກ້ວ",
        phone="020 5555 1234",
    )
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
