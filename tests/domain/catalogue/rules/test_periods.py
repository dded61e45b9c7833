"""Which edition applies on a day at a centre, and when a new one may begin."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.periods import EVERYWHERE, Period, clash, ended, in_force, to_show

A, B = UUID(int=1), UUID(int=2)
PILOT = frozenset({A})


def day(number: int) -> date:
    return date(2026, 1, number)


def period(
    number: int, start: int, until: int | None = None, centres: frozenset[UUID] = EVERYWHERE
) -> Period:
    return Period(
        edition=UUID(int=number),
        number=number,
        valid_from=day(start),
        until=day(until) if until else None,
        centres=centres,
    )


OLD, TRIED, COMING = period(1, 1), period(2, 5, centres=PILOT), period(3, 10)


@pytest.mark.parametrize(
    ("on", "centre", "number"),
    [(4, A, 1), (5, A, 2), (5, B, 1), (5, None, 1), (9, A, 2), (10, A, 3), (10, None, 3)],
)
def test_the_newest_that_applies_counts(on: int, centre: UUID | None, number: int) -> None:
    found = in_force([OLD, TRIED, COMING], day(on), centre)
    assert found and found.number == number


def test_what_is_over_or_comes_later_is_still_shown() -> None:
    over, coming = period(1, 1, 3), period(2, 20)
    assert in_force([over], day(5)) is None
    assert to_show([over], day(5)) == over
    assert to_show([coming], day(5)) == coming
    assert to_show([over, coming], day(5)) == over
    assert to_show([TRIED], day(6)) == TRIED
    assert to_show([], day(6)) is None


@pytest.mark.parametrize(
    ("others", "start", "centres", "refused"),
    [
        ([OLD], 1, EVERYWHERE, False),
        ([OLD], 2, EVERYWHERE, False),
        ([COMING], 9, EVERYWHERE, True),
        ([COMING], 10, EVERYWHERE, False),
        ([COMING], 9, PILOT, True),
        ([TRIED], 4, EVERYWHERE, True),
        ([TRIED], 4, frozenset({B}), False),
        ([period(1, 1, 15)], 14, EVERYWHERE, True),
        ([period(1, 1, 15)], 15, EVERYWHERE, False),
        ([], 1, EVERYWHERE, False),
    ],
)
def test_none_begins_before_another_begins_or_ends(
    others: list[Period], start: int, centres: frozenset[UUID], refused: bool
) -> None:
    assert (clash(others, valid_from=day(start), centres=centres) is not None) is refused


def test_an_edition_ends_with_its_follower() -> None:
    assert ended(OLD, [OLD, TRIED, COMING]) == day(10)
    assert ended(COMING, [OLD, TRIED, COMING]) is None
    assert ended(period(1, 1, 3), [COMING]) == day(3)


@settings(max_examples=60, deadline=None)
@given(
    starts=st.lists(
        st.tuples(st.integers(1, 28), st.sampled_from([EVERYWHERE, PILOT, frozenset({B})])), max_size=6
    )
)
def test_what_may_begin_begins_on_its_day_for_all_whom_it_is_meant_for(
    starts: list[tuple[int, frozenset[UUID]]],
) -> None:
    held: list[Period] = []
    for start, centres in starts:
        if clash(held, valid_from=day(start), centres=centres) is None:
            held.append(period(len(held) + 1, start, centres=centres))
            found = in_force(held, day(start), next(iter(centres), None))
            assert found is not None and found.number == held[-1].number
