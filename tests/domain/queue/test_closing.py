"""A counter closes with people waiting, a holiday is declared today; how long a surge lasts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.centres import api as centres
from onedoor.domain.notices import api as notices
from onedoor.domain.queue import api as queue
from onedoor.domain.queue.rules.surge import clearing
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import deliver_batch
from onedoor.kernel.scope import Actor
from tests.factories.hall import Hall
from tests.factories.mobile import stop, unit

SYSTEM = Actor.system()
WORK = UUID(int=1)


def take(here: Hall, at: datetime) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=at, centre=here.centre, service=here.birth)


def booking(here: Hall, at: datetime, day: date, hour: int) -> queue.Appointment:
    starts = datetime.combine(day, time(hour - 7), UTC)
    asking = queue.Asking(centre=here.centre, service=here.birth, name="ນາງ ຄຳ", phone="020 5555 1234")
    return queue.book(by=Actor.public(), at=at, asking=asking, starts=starts)


def deliver() -> None:
    while deliver_batch(at=datetime(2026, 3, 2, 3, tzinfo=UTC)):
        pass


def test_days_to_clear_with_their_interval_and_their_days() -> None:
    seen = clearing(subject=WORK, work=120, done=[38, 42, 40, 39, 41])
    assert seen.likely == pytest.approx(3.0) and seen.days == 5 and seen.a_day == pytest.approx(40)
    assert seen.low is not None and seen.high is not None and seen.low < 3 < seen.high
    assert clearing(subject=WORK, work=120, done=[40] * 4).likely is None, "four days say nothing"
    assert clearing(subject=WORK, work=120, done=[0] * 9).likely is None
    wild = clearing(subject=WORK, work=10, done=[0, 0, 0, 0, 9])
    assert wild.likely is not None and wild.high is None, "no bound"


@pytest.mark.usefixtures("scope")
class TestAHall:
    def test_who_was_called_to_a_counter_that_closes_waits_at_the_same_place(
        self, here: Hall, at: datetime
    ) -> None:
        first, second = take(here, at), take(here, at + timedelta(minutes=1))
        queue.call_next(by=here.officer, at=at, counter=here.counters[0])
        centres.set_counter_state(by=SYSTEM, at=at, counter=here.counters[0], state="closed")
        deliver()
        back = queue.ticket(first.id, centre=here.centre)
        assert back.status == "waiting" and back.counter_id is None and back.place == first.place
        called = queue.call_next(by=here.officer, at=at, counter=here.counters[1])
        assert called.id == first.id and second.id != called.id

    def test_who_is_served_is_served_to_the_end(self, here: Hall, at: datetime) -> None:
        ticket = take(here, at)
        queue.call_next(by=here.officer, at=at, counter=here.counters[0])
        queue.start(by=here.officer, at=at, ticket=ticket.id, centre=here.centre)
        centres.set_counter_state(by=SYSTEM, at=at, counter=here.counters[0], state="closed")
        deliver()
        assert queue.finish(by=here.officer, at=at, ticket=ticket.id, centre=here.centre).status == "served"

    def test_the_last_counter_closes_and_the_head_is_told_who_waits(self, here: Hall, at: datetime) -> None:
        take(here, at)
        assert queue.unserved(here.centre, at=at) == []
        for counter in here.counters:
            centres.set_counter_state(by=SYSTEM, at=at, counter=counter, state="closed")
        assert queue.unserved(here.centre, at=at) == [(here.birth, 1)]

    def test_a_holiday_declared_today_keeps_the_places_of_today(self, here: Hall, at: datetime) -> None:
        ticket = take(here, at)
        day = date(2026, 3, 2)
        name = {"lo": "ວັນພັກ", "en": "A day of mourning"}
        centres.save_holiday(by=SYSTEM, at=at, unit=here.country, day=day, name=name)
        deliver()
        kept = queue.ticket_by_token(ticket.token)
        assert (kept.day, kept.number) == (date(2026, 3, 3), "A001+")
        deliver()
        assert queue.ticket_by_token(ticket.token).id == kept.id

    def test_a_closure_made_elsewhere_leaves_nobody_in_a_closed_line(self, here: Hall, at: datetime) -> None:
        ticket = take(here, at)
        day = date(2026, 3, 2)
        centres.close_centre(
            by=SYSTEM, at=at, centre=here.centre, first=day, last=day, reason={"en": "Flood"}
        )
        deliver()
        assert queue.ticket_by_token(ticket.token).day == date(2026, 3, 3)

    @pytest.mark.parametrize("horizon", [14, 0])
    def test_a_closure_gives_everybody_booked_another_time_or_cancels_and_tells_each(
        self, here: Hall, at: datetime, horizon: int
    ) -> None:
        rule = queue.BookingRule(share=50, release=24 * 14, step=30, usual=30, per_phone=9, notice=0)
        queue.save_booking_rule(by=SYSTEM, at=at, centre=here.centre, rule=rule)
        day = date(2026, 3, 3)
        booked = [booking(here, at, day, hour) for hour in (9, 10, 11)]
        if not horizon:
            queue.save_booking_rule(by=SYSTEM, at=at, centre=here.centre, rule=replace(rule, horizon=1))
        for kind in ("moved", "cancelled"):
            notices.save_wording(
                by=SYSTEM, at=at, id=new_id(), kind=kind, texts={"lo": "{when}", "en": "{when}"}
            )
        with CaptureQueriesContext(connection) as seen:
            done = queue.close_centre(
                by=SYSTEM, at=at, centre=here.centre, first=day, last=day, reason={"en": "Flood"}
            )
        assert (done.moved, done.left) == ((3, 0) if horizon else (0, 3))
        for one in booked:
            now = queue.appointment(one.id, centre=here.centre)
            assert now.standing == ("booked" if horizon else "cancelled") and (now.day > day) == bool(horizon)
            kinds = [said.kind for said in notices.told(one.id, at=at)]
            assert kinds == ["moved" if horizon else "cancelled"]
        assert len(seen) < 60 + 40 * len(booked), "so many for the day, and so many for each person"

    def test_who_is_booked_for_a_stop_that_is_not_held_is_told_and_nobody_else(
        self, here: Hall, at: datetime
    ) -> None:
        van, day = unit(here, at), date(2026, 3, 5)
        for code in "12":
            name = {"lo": code, "en": code}
            centres.save_counter(by=SYSTEM, at=at, id=new_id(), centre=van, code=code, name=name)
        rule = queue.BookingRule(share=80, release=24 * 14, step=30, usual=30, per_phone=9, notice=0)
        queue.save_booking_rule(by=SYSTEM, at=at, centre=van, rule=rule)
        morning, noon = (
            centres.save_stop(
                by=SYSTEM, at=at, stop=stop(here, van, day, opens=time(since), closes=time(until))
            )
            for since, until in ((9, 11), (12, 15))
        )
        for each in (morning, noon):
            centres.announce_stop(by=SYSTEM, at=at, stop=each.id or van)
        there = replace(here, centre=van)
        left, stays = booking(there, at, day, 9), booking(there, at, day, 13)
        centres.cancel_stop(by=SYSTEM, at=at, stop=morning.id or van, reason={"lo": "ຝົນ"})
        deliver()
        deliver()
        tokens = (queue.token_of(one.id) for one in (left, stays))
        standings = [queue.appointment_by_token(one).standing for one in tokens]
        assert standings == ["cancelled", "booked"]

    def test_a_surge_is_counted_against_past_days(self, here: Hall, at: datetime) -> None:
        for back in range(6, 0, -1):
            then = at - timedelta(days=back + (2 if back > 0 else 0))
            if not centres.is_open_now(centres.centre(here.centre), then):
                continue
            for _ in range(2):
                served = take(here, then)
                queue.call_next(by=here.officer, at=then, counter=here.counters[0])
                queue.start(by=here.officer, at=then, ticket=served.id, centre=here.centre)
                queue.finish(by=here.officer, at=then, ticket=served.id, centre=here.centre)
        for _ in range(4):
            take(here, at)
        seen = queue.to_clear(here.centre, at=at)
        assert [(one.subject, one.work) for one in seen] == [(here.birth, 4)]
        assert seen[0].days >= 4 and (seen[0].likely in (None, pytest.approx(2.0)))
