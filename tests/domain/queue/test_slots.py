"""Which times a centre can promise: the arithmetic alone, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.queue.errors import BookingRuleIsWrong
from onedoor.domain.queue.rules.booking import (
    USUAL,
    Block,
    BookingRule,
    check_booking_rule,
    promised,
    read_rule,
    written,
)
from onedoor.domain.queue.rules.slots import CentreDay, Seat, Wish, needed, seats_for, shut, slots, steps_of

ZONE = ZoneInfo("Asia/Vientiane")
TUESDAY = date(2026, 3, 10)
BEFORE = datetime(2026, 3, 9, 1, tzinfo=UTC)
HOURS = ((time(8), time(12)), (time(13), time(16)))
DAY = CentreDay(day=TUESDAY, zone=ZONE, periods=HOURS, counters=("1", "2", "3", "4"))
ANY = Wish(minutes=15)


def local(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(TUESDAY, time(hour, minute), ZONE)


def times(
    day: CentreDay = DAY, rule: BookingRule = USUAL, wish: Wish = ANY, at: datetime = BEFORE
) -> list[str]:
    return [f"{slot.starts:%H:%M}" for slot in slots(day, rule, wish, at=at)]


def test_times_lie_whole_inside_the_hours() -> None:
    found = times()
    assert found[0] == "08:00" and found[-1] == "15:45" and len(found) == 28
    assert "11:45" in found and "12:00" not in found
    long = times(wish=Wish(minutes=40))
    assert "11:15" in long and "11:30" not in long, "three steps do not fit before noon"


def test_half_of_four_counters_is_promised_and_half_of_one_is_half_of_each_hour() -> None:
    assert {slot.free for slot in slots(DAY, USUAL, ANY, at=BEFORE)} == {2}
    alone = replace(DAY, counters=("1",))
    assert times(alone)[:4] == ["08:00", "08:15", "09:00", "09:15"]
    assert times(rule=replace(USUAL, share=0)) == []


def test_a_service_of_one_counter_leaves_that_counter_time_for_walk_ins() -> None:
    found = slots(DAY, USUAL, Wish(minutes=15, counters=("3",)), at=BEFORE)
    assert [f"{slot.starts:%H:%M}" for slot in found][:4] == ["08:00", "08:15", "09:00", "09:15"]


def test_blocks_of_every_week_of_one_day_and_of_the_second_tuesday() -> None:
    lunch = Block(weekday=2, opens=time(11), closes=time(12))
    once = Block(day=TUESDAY, opens=time(8), closes=time(9), counters=3)
    training = Block(weekday=2, nth=2, opens=time(13), closes=time(16))
    other = Block(weekday=2, nth=1, opens=time(9), closes=time(10))
    found = slots(DAY, replace(USUAL, blocks=(lunch, once, training, other)), ANY, at=BEFORE)
    by_time = {f"{slot.starts:%H:%M}": slot.free for slot in found}
    assert "11:00" not in by_time and "13:00" not in by_time and "09:00" in by_time
    assert by_time["08:00"] == 1 and "08:30" not in by_time, "three of four are away: half of one is left"


def test_who_is_on_shift_bounds_what_is_promised() -> None:
    few = replace(DAY, staff=dict.fromkeys(steps_of(DAY, USUAL), 2))
    assert {slot.free for slot in slots(few, USUAL, ANY, at=BEFORE)} == {1}


def test_a_channel_takes_its_share_of_a_day_until_the_rest_is_given_free() -> None:
    rule = replace(USUAL, channels={"portal": 50, "calls": 25, "centre": 25}, release=24)
    day = replace(DAY, by_channel={"portal": 28})  # 28 steps of 2 seats: half of them
    at = local(8) - timedelta(hours=30)
    assert times(day, rule, Wish(minutes=15, channel="portal"), at) == ["08:00"][:0]
    assert times(day, rule, Wish(minutes=15, channel="calls"), at) != []
    soon = times(day, rule, Wish(minutes=15, channel="portal"), local(8) - timedelta(hours=24))
    assert soon == ["08:00"], "from 24 hours before on, anybody takes what is left"


def test_what_has_begun_is_past_and_the_portal_keeps_its_notice() -> None:
    at = local(9, 5)
    assert times(at=at)[0] == "09:15"
    assert times(wish=Wish(minutes=15, channel="portal"), at=at)[0] == "10:15"


@settings(max_examples=60, deadline=None)
@given(
    counters=st.integers(1, 6),
    share=st.integers(0, 80),
    visits=st.lists(st.tuples(st.integers(0, 27), st.integers(1, 50), st.booleans()), max_size=40),
)
def test_never_more_is_promised_than_the_share(
    counters: int, share: int, visits: list[tuple[int, int, bool]]
) -> None:
    rule = replace(USUAL, share=share)
    day = replace(DAY, counters=tuple(str(one) for one in range(1, counters + 1)))
    raster = steps_of(day, rule)
    for place, minutes, own in visits:
        wish = Wish(minutes=minutes, counters=("1",) if own else ())
        seats = seats_for(day, rule, wish, starts=raster[place])
        if seats is not None:
            assert len(seats) == needed(minutes, rule)
            day = replace(day, taken=(*day.taken, *seats))
    assert len({(one.at, one.seat) for one in day.taken}) == len(day.taken)
    assert len({(one.at, one.counter) for one in day.taken}) == len(day.taken)
    for step in raster:
        given_then = [one for one in day.taken if one.at == step]
        assert len(given_then) <= promised(counters, share=share, until=step.minute + 15)
        assert counters == 1 or len(given_then) < counters, "somebody is left for those who just come"


@given(counters=st.integers(1, 50), share=st.integers(0, 80))
def test_over_an_hour_the_promise_is_not_above_the_share(counters: int, share: int) -> None:
    hour = sum(promised(counters, share=share, until=until) * 15 for until in (15, 30, 45, 60))
    assert hour <= 60 * counters * share / 100


def test_a_day_is_shut_for_one_stated_reason() -> None:
    known = {"rule": USUAL, "today": TUESDAY, "holiday": False, "open_hours": True, "offered": True}
    assert shut(day=TUESDAY, **known) == ""
    assert shut(day=TUESDAY - timedelta(days=1), **known) == "past"
    assert shut(day=TUESDAY + timedelta(days=31), **known) == "beyond"
    assert shut(day=TUESDAY, **{**known, "holiday": True}) == "holiday"
    assert shut(day=TUESDAY, **{**known, "open_hours": False}) == "closed"
    assert shut(day=TUESDAY, **{**known, "offered": False}) == "not_offered"
    assert shut(day=TUESDAY, **{**known, "rule": replace(USUAL, open=False)}) == "no_booking"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"share": -1}, "share"),
        ({"share": 81}, "share"),
        ({"step": 7}, "step"),
        ({"horizon": 0}, "horizon"),
        ({"per_phone": 0}, "per_phone"),
        ({"channels": {"portal": -10, "calls": 60, "centre": 50}}, "portal"),
        ({"channels": {"portal": 60, "calls": 60, "centre": 20}}, "portal"),
        ({"blocks": (Block(weekday=1, opens=time(9), closes=time(9)),)}, "blocks.0"),
        ({"blocks": (Block(weekday=8, opens=time(8), closes=time(9)),)}, "blocks.0"),
        ({"blocks": (Block(opens=time(8), closes=time(9)),)}, "blocks.0"),
        ({"blocks": (Block(weekday=1, opens=time(8), closes=time(9), counters=-2),)}, "blocks.0"),
    ],
)
def test_what_a_rule_may_not_say_names_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(BookingRuleIsWrong) as refused:
        check_booking_rule(replace(USUAL, **changed))
    assert refused.value.field == field


def test_a_rule_is_read_as_it_was_written() -> None:
    block = Block(weekday=2, nth=1, opens=time(9), closes=time(10), counters=1, why="ຝຶກອົບຮົມ")
    rule = replace(USUAL, share=40, blocks=(block, Block(day=TUESDAY, opens=time(8), closes=time(9))))
    assert read_rule(written(rule), revision=3) == replace(rule, revision=3)
    assert read_rule({"share": 30, "unheard_of": 1}) == replace(USUAL, share=30)


def test_a_seat_of_another_day_does_not_count() -> None:
    other = Seat(at=local(8) - timedelta(days=1), seat=1, counter="1")
    assert times(replace(DAY, taken=(other,))) == times()
