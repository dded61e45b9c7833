"""The server's clock jumps, and a country's clocks change: tickets keep their order, numbers never repeat, nothing breaks."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.centres.rules.closures import Closure, left_open
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.rules.keeping import kept_place
from tests.factories.hall import Hall

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.usefixtures("scope")
@pytest.mark.parametrize("jump", [timedelta(minutes=-47), timedelta(minutes=55), timedelta(seconds=-1)])
def test_the_clock_jumps_between_two_tickets_and_a_call(here: Hall, at: datetime, jump: timedelta) -> None:
    moments = [at, at + jump, at + jump + timedelta(seconds=1), at + timedelta(minutes=2)]
    taken = [
        queue.take_ticket(by=here.kiosk, at=moment, centre=here.centre, service=here.birth)
        for moment in moments
    ]
    assert [one.number for one in taken] == ["A001", "A002", "A003", "A004"], "a number is given once"
    by_place = sorted(taken, key=lambda one: (one.place, one.id))
    for wanted, counter in zip(by_place[:2], here.counters, strict=False):
        called = queue.call_next(by=here.officer, at=at + jump, counter=counter)
        assert called.id == wanted.id
        queue.start(by=here.officer, at=at + jump - timedelta(hours=1), ticket=called.id, centre=here.centre)
        done = queue.finish(by=here.officer, at=at - timedelta(hours=2), ticket=called.id, centre=here.centre)
        assert done.status == "served"
    board = queue.board(here.centre, at=at)
    assert board.waiting == 2
    queue.expect(here.centre, at=at)
    queue.to_clear(here.centre, at=at)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 1439), min_size=2, max_size=5))
def test_places_keep_their_order_over_the_nights_in_which_clocks_change(minutes: list[int]) -> None:
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)):
        began = datetime.combine(day, time(0), tzinfo=BERLIN).astimezone(UTC)
        begins = datetime.combine(day + timedelta(days=1), time(0), tzinfo=BERLIN).astimezone(UTC)
        assert begins - began in (timedelta(hours=23), timedelta(hours=24), timedelta(hours=25))
        places = sorted(began + timedelta(minutes=each) for each in minutes)
        kept = [kept_place(one, began=began, begins=begins) for one in places]
        assert kept == sorted(kept) and all(begins <= one < begins + timedelta(minutes=2) for one in kept)


@pytest.mark.parametrize("hour", [0, 1, 2, 3])
def test_a_closure_begins_right_in_the_hour_that_comes_twice_or_not_at_all(hour: int) -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        since = datetime.combine(day, time(hour, 30), tzinfo=BERLIN).astimezone(UTC)
        made = Closure(
            id=uuid4(), centre=uuid4(), kind="unplanned", since=since, last=day, reason={"en": "x"}
        )
        left = left_open([(time(0), time(12))], [made], day=day, zone=BERLIN.key)
        assert len(left) == 1 and left[0][0] == time(0) and time(0) < left[0][1] <= time(4)


def test_names_of_two_hundred_signs_are_kept_whole(here: Hall, at: datetime) -> None:
    name = ("ທ້າວ" + "ສຸກສະຫວັນ" * 30)[:200]
    taken = queue.take_ticket(
        by=here.kiosk, at=at, centre=here.centre, service=here.birth, name=name, phone="02055551234"
    )
    assert taken.name == name and len(name) == 200
    with pytest.raises(queue.NameOrPhoneInvalid):
        queue.take_ticket(
            by=here.kiosk, at=at, centre=here.centre, service=here.birth, name=name + "ກ", phone="02055551234"
        )
