"""Numbers without a receipt: lost with a restore, or missing; the head declares them with the day's close, once."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from onedoor.domain.payments import api as payments
from onedoor.domain.payments import errors
from onedoor.domain.payments.rules import Lost, Missing, highest_of, lost_of, years_of
from onedoor.kernel.errors import Missing as Missing404
from onedoor.kernel.numbers import Run, compose
from onedoor.kernel.scope import everything
from tests.factories.till import FLOAT, Till, restore, till


def closed(made: Till, at: datetime, **said: object) -> payments.Day:
    return payments.day_close(by=made.head, at=at, centre=made.centre, day=at.date(), **said)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_an_ordinary_day_has_nothing_to_declare(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    made.paid(at=at)
    assert payments.lost_numbers(by=made.head, centre=made.centre) == []


@pytest.mark.django_db
def test_what_a_restore_lost_is_declared_once_with_the_days_close(at: datetime) -> None:
    made = till(at=at)
    session = made.open(at=at)
    last = made.paid(at=at)
    restore(at)
    after = made.paid(at=at)
    assert "-R2-000001-" in after.number
    (lost,) = payments.lost_numbers(by=made.head, centre=made.centre)
    assert (lost.first, lost.last) == (
        compose(place=made.code, year=2026, series="R", generation=1, serial=2),
        "",
    )
    assert last.number < lost.first
    notes = {**FLOAT, "20000": 9}
    payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    with pytest.raises(errors.NumbersAreMissing):
        closed(made, at)
    with pytest.raises(errors.HighestInvalid):
        closed(made, at, lost_reason="Power cut.", highest={lost.key: last.number})
    found = compose(place=made.code, year=2026, series="R", generation=1, serial=4)
    day = closed(made, at, lost_reason="Power cut.", highest={lost.key: found.lower()})
    (told,) = day.content["lost"]
    assert (told["first"], told["last"], told["reason"]) == (lost.first, found, "Power cut.")
    assert payments.lost_numbers(by=made.head, centre=made.centre) == []
    assert "lost" not in closed(made, at + timedelta(days=1)).content


@pytest.mark.django_db
def test_a_receipt_that_is_gone_is_a_hole(at: datetime) -> None:
    made = till(at=at)
    made.open(at=at)
    numbers = [made.paid(at=at).number for _ in range(4)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # past every trigger, as a thief would
        cursor.execute("DELETE FROM payments_receipt WHERE number = ANY(%s)", [numbers[1:3]])
        cursor.execute("SET session_replication_role = DEFAULT")
    (lost,) = payments.lost_numbers(by=made.head, centre=made.centre)
    assert (lost.first, lost.last, lost.restored) == (numbers[1], numbers[2], False)


@pytest.mark.django_db
def test_only_people_of_the_centre_see_them(at: datetime) -> None:
    made = till(at=at)
    with everything("a test looks"), pytest.raises(Missing404):
        payments.lost_numbers(by=made.stranger, centre=made.centre)


def test_a_restore_over_new_year_may_have_lost_the_end_of_one_year_and_the_beginning_of_the_next() -> None:
    runs = [Run(2025, 1, 40), Run(2026, 1, 7), Run(2027, 2, 3)]
    assert years_of(runs, {}) == []
    assert years_of(runs, {2: 2027}) == [Run(2026, 1, 7), Run(2027, 1, 0)]
    assert years_of(runs, {2: 2026, 3: 2027}) == [Run(2026, 1, 7), Run(2027, 2, 3)]
    assert years_of([], {2: 2026}) == [Run(2026, 1, 0)]


def test_what_was_declared_is_not_asked_again() -> None:
    hole = Missing(year=2026, generation=1, first=3, last=5)
    ask = {"holes": [hole], "ended": [Run(2026, 1, 9)], "place": "0103-1", "series": "R"}
    both = lost_of(**ask, declared=())  # type: ignore[arg-type]
    assert [each.restored for each in both] == [False, True]
    assert lost_of(**ask, declared={each.key for each in both}) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said", ["x", "0103-1-26-R-000001", "0103-1-26-R-000010-1", "0103-1-26-T-000012-3", "\x00", "9" * 90]
)
def test_only_a_number_of_the_lost_run_can_be_its_highest(said: str) -> None:
    first = compose(place="0103-1", year=2026, series="R", generation=1, serial=11)
    lost = Lost(key="2026-1-11", first=first, last="", restored=True)
    assert highest_of(lost, " ") == ""
    assert highest_of(lost, first) == first
    with pytest.raises(errors.HighestInvalid):
        highest_of(lost, said)
