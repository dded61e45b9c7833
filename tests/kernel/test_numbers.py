"""Numbers: dense under concurrency, with a check digit that finds what people mistype."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.numbers import compose, draw, generation, is_whole, new_generation

BODIES = st.builds(
    compose,
    place=st.from_regex(r"[0-9]{4}-[0-9]{1,2}", fullmatch=True),
    year=st.integers(2020, 2099),
    series=st.sampled_from("TCDR"),
    generation=st.integers(1, 9),
    serial=st.integers(1, 999_999),
)


@given(BODIES, st.data())
def test_one_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    assert is_whole(number)
    place = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    assert not is_whole(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize("typed", ["", "x", "-", "0103-1-26-T-000001-", "0103-1-26-T-000001-77", "ກ"])
def test_what_is_not_a_number_is_not_whole(typed: str) -> None:
    assert not is_whole(typed)


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_no_gap() -> None:
    def work(_: int) -> list[str]:
        drawn = []
        for turn in range(10):
            try:
                with transaction.atomic():
                    number = draw(place="0103-1", year=2026, series="T")
                    if turn % 4 == 3:
                        raise KeyError
                    drawn.append(number)
            except KeyError:
                continue
        connection.close()
        return drawn

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(number for drawn in pool.map(work, range(8)) for number in drawn)
    assert [int(number.split("-")[4]) for number in numbers] == list(range(1, len(numbers) + 1))


@pytest.mark.django_db(transaction=True)
def test_a_number_is_drawn_inside_a_transaction_only() -> None:
    with pytest.raises(RuntimeError):
        draw(place="0103-1", year=2026, series="T")


@pytest.mark.django_db(transaction=True)
def test_a_restored_node_draws_from_new_series(at: object) -> None:
    before = generation()
    with transaction.atomic():
        first = draw(place="0103-1", year=2026, series="T")
    try:
        assert new_generation(at=at, why="restore") == before + 1  # type: ignore[arg-type]
        with transaction.atomic():
            second = draw(place="0103-1", year=2026, series="T")
        assert first != second
        assert f"T{before + 1}-000001" in second
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION kernel_generation() RETURNS integer"
                f" LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {before:d}"
            )
        connection.close()
