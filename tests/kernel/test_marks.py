"""Where a page of a list ended: read as it was written, and refused where it is none."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import mark, marked, marked_day, new_id

INSTANTS = st.datetimes(
    min_value=datetime(1900, 1, 2), max_value=datetime(9000, 1, 1), timezones=st.just(UTC)
)


@given(INSTANTS, st.uuids(), st.integers(0, 2**63))
def test_a_mark_is_read_as_it_was_written(at: datetime, id: UUID, number: int) -> None:
    assert marked(mark(at, id), UUID) == (at, id)
    assert marked(mark(at, number), int) == (at, number)
    assert marked_day(mark(at.date(), id), UUID) == (at.date(), id)


def test_the_beginning_has_no_mark() -> None:
    assert marked("", UUID) is marked(None, UUID) is marked_day("", UUID) is None


@pytest.mark.parametrize(
    "after",
    [
        "7",
        "2026-01-01T00:00:00+00:00",
        f".{new_id()}",
        f"2026-01-01T00:00:00.{new_id()}",
        f"9001-01-01T00:00:00+00:00.{new_id()}",
    ],
)
def test_what_is_none_is_refused_by_its_field(after: str) -> None:
    with pytest.raises(Invalid) as fault:
        marked(after, UUID)
    assert fault.value.field == "after"


def test_a_day_is_none_where_an_instant_stands() -> None:
    assert marked_day(mark(date(9999, 12, 31), new_id()), UUID), "tasks without a due day come last"
    with pytest.raises(Invalid):
        marked_day(mark(datetime(2026, 1, 1, tzinfo=UTC), new_id()), UUID)
