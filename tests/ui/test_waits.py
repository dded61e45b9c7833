"""A wait is said as an interval that is rounded outwards, and what is not known is not said."""

from collections.abc import Iterator
from datetime import time
from types import SimpleNamespace as Made

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.ui.templatetags.waits import busy_said, rounded, wait_past, wait_said, wait_short


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 2, "at once"),
        (1, 9, "1–9 min"),
        (0, 11, "up to 15 min"),
        (16, 23, "15–25 min"),
        (61, 137, "1:00–2:20 h"),
    ],
)
def test_short_words(low: int, high: int, words: str) -> None:
    assert wait_short(Made(low=low, high=high)) == words


def test_without_an_open_counter_nothing_is_promised() -> None:
    assert wait_short(None) == "not known"
    assert "No counter is open" in wait_said(None)


@settings(max_examples=40)
@given(low=st.integers(0, 500), more=st.integers(1, 300))
def test_what_is_said_holds_what_is_expected(low: int, more: int) -> None:
    told = Made(low=low, high=low + more)
    least, most = rounded(told)
    assert least <= told.low < told.high <= most


def test_a_standard_that_will_be_missed_is_said() -> None:
    assert "25 minutes" in wait_past(Made(low=30, high=50), 25)
    assert wait_past(Made(low=20, high=50), 25) == ""
    assert wait_past(Made(low=30, high=50), None) == ""


@pytest.mark.parametrize(
    ("now", "quiet", "words"),
    [
        ("busy", time(14), "Busy now, usually quiet after 14:00"),
        ("busy", None, "Busy now"),
        ("quiet", time(14), "Quiet now"),
        (None, None, ""),
    ],
)
def test_busy_words(now: str | None, quiet: time | None, words: str) -> None:
    assert busy_said(Made(days=9, now=now, quiet_from=quiet)) == words
