"""Whose turn it is, purely: places, zones, skills, and a bound that nobody passes on any day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.queue.rules import CallingRule, Zone, place_in_line, zone_of
from onedoor.domain.queue.rules.turns import Reach, Waiting, may_call, next_of, reach_of, turns

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SERVICES = tuple(UUID(int=number) for number in range(1, 5))
COUNTERS = {"1": UUID(int=101), "2": UUID(int=102), "3": UUID(int=103)}
QUICK, LONG = (
    Zone(code="quick", name={"lo": "ດ່ວນ", "en": "Quick"}, up_to=5),
    Zone(code="long", name={"lo": "ຍາວ", "en": "Long"}),
)
HALL = CallingRule(
    zones=(QUICK, LONG),
    minutes={SERVICES[0]: 3, SERVICES[1]: 12},
    by_hand={SERVICES[2]: "quick"},
    counters={"1": ("quick", "long"), "2": ("long",)},
    grounds={"older": 20, "disabled": 30},
    help_after=15,
)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_a_place_is_when_one_came_less_the_head_start() -> None:
    assert place_in_line(issued_at=AT, rule=HALL) == AT
    assert place_in_line(issued_at=AT, rule=HALL, ground="older") == AT - minutes(20)
    assert place_in_line(issued_at=AT, rule=HALL, ground="from_far") == AT, (
        "the rule does not name this ground"
    )
    assert place_in_line(issued_at=AT, rule=HALL, priority=True) == AT - minutes(30)


@pytest.mark.parametrize(
    ("came", "place"),
    [(-31, -31), (-30, -30), (-12, -12), (-5, -10), (0, -10), (15, -10), (16, 16)],
)
def test_an_appointment_in_its_window_stands_at_its_time_and_coming_early_costs_nothing(
    came: int, place: int
) -> None:
    assert place_in_line(issued_at=AT + minutes(came), rule=HALL, slot=AT) == AT + minutes(place)


def test_a_zone_follows_the_length_of_the_service_or_the_hand() -> None:
    assert [zone_of(HALL, service) for service in SERVICES] == ["quick", "long", "quick", "long"]
    assert zone_of(CallingRule(), SERVICES[0]) == ""


def someone(place: float, zone: str, *, service: int = 0, number: int = 1, **more: object) -> Waiting:
    return Waiting(
        id=UUID(int=number), service=SERVICES[service], place=AT + minutes(place), zone=zone, **more
    )


def at_counter(code: str, *, at: float = 0, rule: CallingRule = HALL, **more: object) -> Reach:
    return reach_of(rule, counter=COUNTERS[code], code=code, at=AT + minutes(at), **more)


def test_a_counter_serves_its_own_zone_first_and_leaves_it_for_who_waits_long() -> None:
    old, new = someone(0, "long", number=1), someone(5, "quick", number=2)
    assert next_of([old, new], reach=at_counter("1", at=10)) == new
    assert next_of([old, new], reach=at_counter("1", at=15)) == old, "fifteen minutes are long"
    assert next_of([old], reach=at_counter("1", at=1)) == old, "its own zone is empty"
    assert next_of([new], reach=at_counter("2", at=99)) is None, "it does not serve the quick zone"
    assert next_of([old, new], reach=at_counter("3", at=10)) == old, (
        "a counter that is not named serves all alike"
    )


def test_who_was_sent_to_a_counter_is_called_there_and_nowhere_else() -> None:
    sent = someone(0, "quick", only_counter=COUNTERS["2"])
    assert next_of([sent], reach=at_counter("2")) == sent
    assert next_of([sent], reach=at_counter("1")) is None


def test_who_asked_for_more_minutes_is_not_called_before() -> None:
    later = someone(0, "quick", not_before=AT + minutes(10))
    assert next_of([later], reach=at_counter("1", at=9)) is None
    assert next_of([later], reach=at_counter("1", at=10)) == later


def test_an_officer_serves_what_she_has_learnt() -> None:
    passport, birth = someone(0, "long", service=1), someone(1, "long", service=3, number=2)
    assert next_of([passport, birth], reach=at_counter("2", without={SERVICES[1]})) == birth


def test_a_wish_for_a_language_binds_until_it_has_cost_a_long_wait() -> None:
    hmong = someone(0, "long", help="wheelchair language:hmn")
    assert next_of([hmong], reach=at_counter("2", languages={"lo"})) is None
    assert next_of([hmong], reach=at_counter("2", languages={"lo", "hmn"})) == hmong
    assert next_of([hmong], reach=at_counter("2", at=15, languages={"lo"})) == hmong
    assert next_of([hmong], reach=at_counter("2")) == hmong, "nobody said what she speaks"


zones = st.sampled_from(["quick", "long", "self", ""])
rules = st.builds(
    lambda help_after, older, far, counters: replace(
        HALL,
        zones=(Zone(code="self", name={}, up_to=2), QUICK, LONG),
        help_after=help_after,
        grounds={"older": older, "from_far": far},
        counters={code: tuple(served) for code, served in counters.items()},
    ),
    st.integers(1, 60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.dictionaries(
        st.sampled_from(list(COUNTERS)), st.lists(st.sampled_from(["self", "quick", "long"]), unique=True)
    ),
)
comers = st.lists(
    st.tuples(
        st.integers(0, 90),  # minutes after opening
        zones,
        st.sampled_from(["", "", "", "older", "from_far"]),
        st.one_of(st.none(), st.integers(-40, 40)),  # how much later she comes than her booked time
    ),
    max_size=25,
)
calls = st.lists(st.tuples(st.sampled_from(list(COUNTERS)), st.integers(0, 6)), max_size=40)


@given(rule=rules, people=comers, called=calls)
@settings(max_examples=60, deadline=None)
def test_on_any_day_the_bound_holds_and_no_counter_idles(
    rule: CallingRule, people: list[tuple[int, str, str, int | None]], called: list[tuple[str, int]]
) -> None:
    came, line = {}, []
    for number, (minute, zone, ground, late) in enumerate(people):
        issued = AT + minutes(minute)
        slot = issued - minutes(late) if late is not None else None
        place = place_in_line(issued_at=issued, rule=rule, ground=ground, slot=slot)
        line.append(Waiting(id=UUID(int=number + 1), service=SERVICES[0], place=place, zone=zone))
        came[line[-1].id] = issued
    now = AT
    for counter, passed in called:
        now += minutes(passed)
        here = at_counter(counter, rule=rule, at=(now - AT) / minutes(1))
        waiting = [one for one in line if came[one.id] <= now]
        able = [one for one in waiting if may_call(one, here)]
        chosen = next_of(waiting, reach=here)
        assert (chosen is None) == (not able), "a counter idled though it could serve somebody"
        if chosen is not None:
            for passed_over in able:
                assert came[chosen.id] - came[passed_over.id] <= minutes(rule.bound)
            line.remove(chosen)


@given(rule=rules, people=comers, code=st.sampled_from(list(COUNTERS)))
@settings(max_examples=40, deadline=None)
def test_nobody_starves_however_many_come_after(
    rule: CallingRule, people: list[tuple[int, str, str, int | None]], code: str
) -> None:
    """A counter with one more person every minute for ever still reaches each whom it may serve, within the bound."""
    patient = Waiting(id=UUID(int=999), service=SERVICES[0], place=AT, zone="long")
    if not may_call(patient, at_counter(code, rule=rule)):
        return
    line, calls_made = [patient], 0
    while patient in line:
        calls_made += 1
        newcomer = place_in_line(issued_at=AT + minutes(calls_made), rule=rule, ground="older")
        line.append(Waiting(id=uuid4(), service=SERVICES[0], place=newcomer, zone="quick"))
        chosen = next_of(line, reach=at_counter(code, rule=rule, at=calls_made))
        assert chosen is not None
        line.remove(chosen)
        assert calls_made <= 2 * rule.bound + 2


def test_turns_tell_the_whole_order() -> None:
    line = [someone(0, "long", number=1), someone(2, "quick", number=2), someone(1, "quick", number=3)]
    assert [one.id.int for one in turns(line, reach=at_counter("1", at=10))] == [3, 2, 1]
