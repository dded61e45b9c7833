"""Counters by half hour: enough for the standard, not many more, and the error of the forecast is shown."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.planning.rules import staffing
from onedoor.domain.planning.rules.staffing import StaffPlan, plan
from onedoor.domain.queue.api import HallDay
from onedoor.domain.queue.rules.waits.days import Turn

MONDAY = date(2026, 11, 2)


def days(count: int, *, a_slot: int, minutes: float, counters: int, seed: int = 1) -> list[HallDay]:
    """Working days from eight to noon with so many people a half hour, first come first served."""
    chance, found = Random(seed), []
    for number in range(count):
        free, turns = [480.0] * counters, []
        came = sorted(480 + chance.random() * 240 for _ in range(a_slot * 8))
        for at in came:
            counter = free.index(min(free))
            called = max(at, free[counter])
            free[counter] = called + minutes * (0.5 + chance.random())
            turns.append(Turn("", at, at, called=called, freed=free[counter], counter=str(counter)))
        found.append(HallDay(MONDAY + timedelta(days=7 * number), tuple(turns)))
    return found


def planned(past: list[HallDay], **more: object) -> StaffPlan:
    return plan(past, weekday=1, limit=25, share=80, **more)  # type: ignore[arg-type]


def test_too_few_days_give_no_plan() -> None:
    found = planned(days(2, a_slot=6, minutes=10, counters=3))
    assert (found.days, found.slots, found.error) == (2, (), None)


def test_enough_counters_keep_the_standard_and_not_many_more_are_asked_for() -> None:
    found = planned(days(6, a_slot=9, minutes=10, counters=4))
    assert found.within is not None
    assert found.within >= 80
    work = 9 * 10 / 30  # three counters would be busy without a break
    assert work * 0.7 <= sum(slot.needed for slot in found.slots) / len(found.slots) <= work * 1.7
    assert found.error is not None
    assert found.error < 25


def test_a_plan_that_is_short_is_seen_to_miss_the_standard() -> None:
    past = days(6, a_slot=9, minutes=10, counters=4)
    slots = range(16, 24)
    short = planned(past, planned=dict.fromkeys(slots, 2))
    ample = planned(past, planned=dict.fromkeys(slots, 6))
    assert short.within_planned is not None
    assert ample.within_planned is not None
    assert short.within_planned < 80 < ample.within_planned
    assert any(slot.needed > (slot.planned or 0) for slot in short.slots)


@settings(max_examples=5, deadline=None)
@given(a_slot=st.integers(2, 8), minutes=st.floats(4, 15))
def test_more_people_never_need_fewer_counters_in_all(a_slot: int, minutes: float) -> None:
    few, many = (planned(days(4, a_slot=n, minutes=minutes, counters=4)) for n in (a_slot, a_slot * 2))
    assert sum(s.needed for s in few.slots) <= sum(s.needed for s in many.slots)


def test_an_empty_hour_of_the_plan_serves_nobody() -> None:
    past = days(4, a_slot=6, minutes=8, counters=3)
    found = planned(past, planned={16: 3, 17: 3})
    later = [slot for slot in found.slots if slot.starts >= 600]
    assert all(slot.within_planned == pytest.approx(0, abs=1) for slot in later)


def test_nobody_is_called_before_who_came_earlier_when_a_counter_closes() -> None:
    two_then_one = {16: 2, 17: 1}
    people = [float(at) for at in range(481, 539, 4)]
    lived = staffing._served(people, [12.0], lambda slot, _: two_then_one.get(slot, 1), Random(3))
    called = [came + wait for came, wait in lived]
    assert called == sorted(called)
    assert len(lived) == len(people)


def test_who_leaves_takes_no_counter_and_counts_only_after_the_limit() -> None:
    people = [480.0] * 200
    stayed = staffing._served(people, [10.0], lambda _slot, _: 1, Random(1), limit=25)
    left = staffing._served(people, [10.0], lambda _slot, _: 1, Random(1), limit=25, leaving=1 / 60)
    assert len(left) < len(stayed) == 200
    assert max(wait for _came, wait in left) < max(wait for _came, wait in stayed) / 2
    gone = [Turn("", 480.0, 480.0, gone=480.0 + wait) for wait in (10.0, 40.0)]
    day = HallDay(MONDAY, (*gone, Turn("", 480.0, 480.0, called=490.0, freed=500.0, counter="1")))
    assert staffing._happened(day, 25) == [1.0, 0.0]
    assert staffing._leaving([day]) == pytest.approx(2 / 60)


def test_an_officer_for_whom_nobody_comes_is_there() -> None:
    def day(came: float) -> HallDay:
        turns = (
            Turn("", 480.0, 480.0, called=480.0, freed=490.0, counter="1"),
            Turn("", came, came, called=540.0, freed=570.0, counter="1"),
        )
        return HallDay(MONDAY, turns)

    assert staffing._counters(day(540.0))[17] == 1.0
    assert staffing._counters(day(490.0)).get(17, 0.0) == 0.0, "somebody waited: she was away"
