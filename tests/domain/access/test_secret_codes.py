"""Secret codes: long enough, forgiving to the eye, and slow to guess."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.access.actions.codes import forget_tries
from onedoor.domain.access.api import Checked, check_code, issue_code
from onedoor.domain.access.models import Try
from onedoor.domain.access.rules import codes

HERE, THERE = "203.0.113.7", "203.0.113.8"


def ask(
    code: str, *, at: datetime, expected: bytes | None, subject: str = "A", address: str = HERE
) -> Checked:
    return check_code(subject=subject, code=code, expected=expected, address=address, at=at)


def test_a_code_has_at_least_sixty_bits() -> None:
    assert log2(len(codes.ALPHABET)) * codes.LENGTH >= 60
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    assert not set("ILOU") & set(codes.ALPHABET)


def test_codes_differ() -> None:
    assert len({codes.draw() for _ in range(500)}) == 500


@given(st.text(alphabet=codes.ALPHABET, min_size=13, max_size=13))
def test_spaces_hyphens_case_and_lookalikes_do_not_count(symbols: str) -> None:
    typed = " ".join(symbols.lower()).replace("0", "o").replace("1", "l")
    assert codes.normalise(typed) == symbols


@given(st.text(max_size=200))
def test_anything_may_be_typed(typed: str) -> None:
    assert len(codes.normalise(typed)) <= codes.LENGTH + 1


@given(st.integers(0, 10_000))
def test_the_wait_grows_and_has_a_limit(wrong: int) -> None:
    assert codes.wait_after(wrong) <= codes.wait_after(wrong + 1) <= codes.LONGEST_WAIT
    assert bool(codes.wait_after(wrong)) == (wrong >= codes.FREE_TRIES)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("", "nonsense", False),
    ],
)
def test_what_counts_as_one_address(one: str, other: str, same: bool) -> None:
    assert (codes.network_of(one) == codes.network_of(other)) == same


@given(st.text(max_size=100))
def test_any_address_may_be_claimed(claimed: str) -> None:
    assert len(codes.network_of(claimed)) <= 60


@pytest.mark.django_db
def test_the_right_code_opens(at: datetime) -> None:
    plain, kept = issue_code()
    assert plain.replace("-", "").encode() not in kept
    assert ask(plain.lower(), at=at, expected=kept)
    assert not Try.objects.filter(wrong__gt=0).exists()


@pytest.mark.django_db
def test_after_five_wrong_tries_even_the_right_code_waits(at: datetime) -> None:
    plain, kept = issue_code()
    for _ in range(4):
        assert ask("wrong", at=at, expected=kept).wait_until is None
    assert ask("wrong", at=at, expected=kept).wait_until == at + timedelta(minutes=1)
    assert not ask(plain, at=at + timedelta(seconds=59), expected=kept)
    assert ask(plain, at=at + timedelta(seconds=61), expected=kept)
    assert ask("wrong", at=at + timedelta(seconds=62), expected=kept).wait_until is None, "counted anew"


@pytest.mark.django_db
def test_each_further_try_doubles_the_wait(at: datetime) -> None:
    _, kept = issue_code()
    waits = []
    for _ in range(8):
        found = ask("wrong", at=at, expected=kept)
        if found.wait_until is not None:
            waits.append(found.wait_until - at)
            at = found.wait_until
    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 8)]


@pytest.mark.django_db
def test_another_address_and_another_case_do_not_wait(at: datetime) -> None:
    plain, kept = issue_code()
    for _ in range(5):
        ask("wrong", at=at, expected=kept)
    assert ask(plain, at=at, expected=kept, address=THERE)
    assert ask(plain, at=at, expected=kept, subject="B")


@pytest.mark.django_db
def test_a_case_that_does_not_exist_counts_like_one_that_does(at: datetime) -> None:
    for _ in range(5):
        found = ask("wrong", at=at, expected=None, subject="nothing")
    assert found.wait_until is not None


@pytest.mark.django_db
def test_no_address_is_kept_in_the_clear(at: datetime) -> None:
    ask("wrong", at=at, expected=None)
    assert HERE.encode() not in bytes(Try.objects.get().address)


@pytest.mark.django_db
def test_old_tries_are_forgotten_but_not_those_that_still_block(at: datetime) -> None:
    ask("wrong", at=at, expected=None)
    for _ in range(30):
        found = ask("wrong", at=at, expected=None, subject="blocked")
        at = found.wait_until or at
    assert forget_tries(at=at - timedelta(minutes=1)) == 1
    assert Try.objects.get().subject == "blocked"


@pytest.mark.django_db(transaction=True)
def test_a_failure_around_the_check_cannot_take_a_try_back(at: datetime) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        ask("wrong", at=at, expected=None)


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_one_by_one(at: datetime) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    plain, kept = issue_code()

    def guess(code: str) -> bool:
        try:
            return bool(ask(code, at=at, expected=kept))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert not any(pool.map(guess, ["wrong"] * 12))
    assert Try.objects.get().wrong == 5, "the others were not looked at"
    assert not ask(plain, at=at, expected=kept)
