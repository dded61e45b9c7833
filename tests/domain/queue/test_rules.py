"""The pure rules of the queue."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.queue import rules
from onedoor.domain.queue.errors import NameOrPhoneInvalid, TicketHasMoved
from onedoor.domain.queue.rules import Status, Step

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@given(step=st.sampled_from(Step), status=st.sampled_from(Status))
def test_a_step_either_moves_to_a_known_status_or_is_refused(step: Step, status: Status) -> None:
    try:
        after = rules.decide(step, status)
    except TicketHasMoved:
        return
    assert after in Status
    assert status not in (Status.SERVED, Status.LEFT, Status.CARRIED_OVER), "an ended ticket moved"


@pytest.mark.parametrize("status", [Status.SERVED, Status.LEFT, Status.CARRIED_OVER])
@pytest.mark.parametrize("step", list(Step))
def test_an_ended_ticket_never_moves(step: Step, status: Status) -> None:
    with pytest.raises(TicketHasMoved):
        rules.decide(step, status)


def test_a_called_ticket_is_called_again_by_its_own_counter_only() -> None:
    here, there = uuid4(), uuid4()
    rules.may_call_from(Status.CALLED, counter_now=here, counter=here)
    with pytest.raises(TicketHasMoved):
        rules.may_call_from(Status.CALLED, counter_now=here, counter=there)
    with pytest.raises(TicketHasMoved):
        rules.may_call_from(Status.SERVING, counter_now=here, counter=here)


@given(
    ahead=st.integers(min_value=0, max_value=500),
    minutes=st.floats(min_value=0, max_value=240),
    counters=st.integers(min_value=1, max_value=20),
)
def test_the_wait_grows_with_people_and_shrinks_with_counters(
    ahead: int, minutes: float, counters: int
) -> None:
    wait = rules.naive_wait(people_ahead=ahead, service_minutes=minutes, open_counters=counters)
    more_people = rules.naive_wait(people_ahead=ahead + 1, service_minutes=minutes, open_counters=counters)
    more_counters = rules.naive_wait(people_ahead=ahead, service_minutes=minutes, open_counters=counters + 1)
    assert wait is not None and more_people is not None and more_counters is not None
    assert 0 <= more_counters <= wait <= more_people
    assert wait - 1 < ahead * minutes / counters <= wait


def test_the_wait_is_unknown_without_an_open_counter() -> None:
    assert rules.naive_wait(people_ahead=3, service_minutes=10, open_counters=0) is None


def test_the_wait_by_hand() -> None:
    assert rules.naive_wait(people_ahead=7, service_minutes=8.0, open_counters=3) == 19


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=0, max_value=200))
def test_letters_differ_by_position(one: int, other: int) -> None:
    assert (rules.letter_of(one) == rules.letter_of(other)) == (one == other)
    assert not set(rules.letter_of(one)) & {"I", "O"}


def test_numbers_are_three_digits_and_grow() -> None:
    assert rules.ticket_number("A", 12) == "A012"
    assert rules.ticket_number("B", 1234) == "B1234"


def test_priority_stands_earlier_by_a_fixed_time() -> None:
    assert rules.place_in_line(issued_at=AT) == AT
    assert rules.place_in_line(issued_at=AT, priority=True) == AT - timedelta(minutes=30)


@pytest.mark.parametrize(
    "phone", ["020 5555 1234", "+856 20 5555 1234", "00856 20-5555-1234", "(020) 5555.1234"]
)
def test_a_telephone_number_has_one_form(phone: str) -> None:
    assert rules.plain_phone(phone) == "02055551234"


def test_lao_digits_are_digits() -> None:
    assert rules.plain_phone("໐໒໐໕໕໕໕໑໒໓໔") == "02055551234"


@given(st.text(max_size=300))
def test_no_text_breaks_the_name_or_the_telephone_number(anything: str) -> None:
    for rule in (rules.plain_phone, rules.plain_name):
        try:
            assert rule(anything)
        except NameOrPhoneInvalid as refusal:
            assert refusal.status == 422


def test_a_name_is_trimmed_and_keeps_its_vowel_signs() -> None:
    assert rules.plain_name("  ທ້າວ   ບຸນມີ ") == "ທ້າວ ບຸນມີ"
