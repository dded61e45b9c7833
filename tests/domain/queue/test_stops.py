"""A mobile unit's stop serves so many people: its services share the room, tickets and bookings alike."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.errors import StopIsFull
from onedoor.domain.queue.models import Appointment
from onedoor.kernel.letters import seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall
from tests.factories.mobile import stop, unit

SYSTEM = Actor.system()


def announced(
    here: Hall, van: UUID, at: datetime, *, capacity: int, days: int = 0, village: str = "ບ້ານ ນາໄຊ"
) -> UUID:
    wanted = replace(
        stop(here, van, at.date() + timedelta(days=days)),
        services=(here.birth, here.document),
        capacity=capacity,
        village=village,
    )
    held = centres.save_stop(by=SYSTEM, at=at, stop=wanted)
    assert held.id
    centres.announce_stop(by=SYSTEM, at=at, stop=held.id)
    return held.id


def morning(at: datetime, hour: int, days: int = 0) -> datetime:
    """An hour of a day at the centre."""
    return datetime.combine(at.date() + timedelta(days=days), time(hour - 7), UTC)


def take(van: UUID, service: UUID, at: datetime, **more: object) -> queue.Ticket:
    return queue.take_ticket(by=SYSTEM, at=at, centre=van, service=service, **more)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_services_of_a_stop_share_its_room_and_the_refusal_names_the_next_stop(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    van = unit(here, at)
    announced(here, van, at, capacity=3)
    now = morning(at, 10)
    take(van, here.birth, now, people=2)
    with pytest.raises(StopIsFull) as full:
        take(van, here.document, now, people=2)
    assert "ນາໄຊ" not in str(full.value.message), "no other stop is announced"
    announced(here, van, at, capacity=3, days=2, village="ບ້ານ ດົງດອກ")
    left = take(van, here.document, now)
    with pytest.raises(StopIsFull, match="ດົງດອກ"):
        take(van, here.birth, now)
    queue.leave(by=SYSTEM, at=now, ticket=left.id, centre=van)
    take(van, here.birth, now)


@pytest.mark.django_db
def test_who_is_booked_has_a_place_at_the_stop_and_a_full_day_offers_no_time(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    van = unit(here, at)
    centres.save_counter(
        by=SYSTEM, at=at, id=UUID(int=77), centre=van, code="1", name={"lo": "ໂຕະ 1", "en": "Table 1"}
    )
    rule = queue.BookingRule(share=80, release=24 * 14, step=30, usual=30, per_phone=9, notice=0)
    queue.save_booking_rule(by=SYSTEM, at=at, centre=van, rule=rule)
    announced(here, van, at, capacity=2, days=1)
    day, view = at.date() + timedelta(days=1), centres.centre(van)
    for hour, service in ((9, here.birth), (10, here.document)):
        wish = queue.Asking(centre=van, service=service, name="ນາງ ແກ້ວ", phone="020 5555 1234")
        made = queue.book(by=SYSTEM, at=at, asking=wish, starts=morning(at, hour, days=1))
    asked = queue.Booking(services=(here.birth,))
    assert queue.free_slots(view, asked=asked, day=day, at=at) == []
    with pytest.raises(StopIsFull):
        queue.book(by=SYSTEM, at=at, asking=wish, starts=morning(at, 11, days=1))
    with pytest.raises(StopIsFull):
        take(van, here.birth, morning(at, 9, days=1))
    moved = queue.move(by=SYSTEM, at=at, appointment=made.id, starts=morning(at, 11, days=1))
    assert moved.starts_at == morning(at, 11, days=1), "one's own place is not counted against oneself"


def booked(here: Hall, van: UUID, at: datetime, *, hour: int, days: int) -> UUID:
    wish = queue.Asking(centre=van, service=here.birth, name="ນາງ ແກ້ວ", phone="020 5555 1234")
    return queue.book(by=SYSTEM, at=at, asking=wish, starts=morning(at, hour, days=days)).id


def standing(appointment: UUID) -> str:
    with everything("a test"):
        return Appointment.objects.get(id=appointment).standing


def told(kind: str, subject: UUID, at: datetime) -> list[str]:
    """What the person was told of a kind, once the news were delivered."""
    seal_batch()
    drain(at=at)
    return [one.text for one in notices.told(subject, at=at) if one.kind == kind]


@pytest.fixture
def van(db: None, at: datetime) -> tuple[Hall, UUID]:
    """A unit with one table that may be booked at once."""
    here = hall(at=at, always_open=True)
    van = unit(here, at)
    centres.save_counter(
        by=SYSTEM, at=at, id=UUID(int=77), centre=van, code="1", name={"lo": "ໂຕະ 1", "en": "Table 1"}
    )
    rule = queue.BookingRule(share=80, release=24 * 14, step=30, usual=30, per_phone=9, notice=0)
    queue.save_booking_rule(by=SYSTEM, at=at, centre=van, rule=rule)
    words = {"lo": "{village} {day}", "en": "{village} {day}"}
    notices.save_wording(by=SYSTEM, at=at, id=UUID(int=78), kind="stop_cancelled", texts=words)
    return here, van


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ({"days": 4}, False),
        ({"closes": time(12)}, True),
        ({"opens": time(11)}, False),
        ({"village": "ບ້ານ ດົງດອກ"}, False),
        ({"capacity": 9}, True),
    ],
)
def test_who_is_booked_where_an_announced_stop_no_longer_stands_is_cancelled_and_told(
    van: tuple[Hall, UUID], at: datetime, change: dict[str, Any], kept: bool
) -> None:
    here, place = van
    held = centres.stop(announced(here, place, at, capacity=5, days=2))
    one = booked(here, place, at, hour=10, days=2)
    days = {"day": at.date() + timedelta(days=change["days"])} if "days" in change else change
    moved = centres.save_stop(by=SYSTEM, at=at, stop=replace(held, **days))
    said = told("stop_cancelled", one, at)
    assert standing(one) == ("booked" if kept else "cancelled") and len(said) == (not kept)
    assert all(moved.village in text and str(moved.day.day) in text for text in said), (
        "where it stands instead"
    )


def test_a_cancelled_stop_tells_where_the_unit_stands_next(van: tuple[Hall, UUID], at: datetime) -> None:
    here, place = van
    first = announced(here, place, at, capacity=5, days=2)
    announced(here, place, at, capacity=5, days=5, village="ບ້ານ ດົງດອກ")
    one = booked(here, place, at, hour=10, days=2)
    centres.cancel_stop(by=SYSTEM, at=at, stop=first, reason={"lo": "ນ້ຳຖ້ວມ"})
    (said,) = told("stop_cancelled", one, at)
    assert standing(one) == "cancelled" and "ດົງດອກ" in said
    assert str((at.date() + timedelta(days=5)).day) in said


@pytest.mark.django_db(transaction=True)
def test_two_who_want_the_last_place_with_different_services_get_one(at: datetime) -> None:
    here = hall(at=at, always_open=True)
    van = unit(here, at)
    announced(here, van, at, capacity=1)
    start, won = threading.Barrier(2), []

    def ask(service: UUID) -> None:
        start.wait()
        try:
            won.append(take(van, service, morning(at, 10)))
        except StopIsFull:
            pass
        finally:
            connections.close_all()

    people = [threading.Thread(target=ask, args=(one,)) for one in (here.birth, here.document)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(won) == 1
