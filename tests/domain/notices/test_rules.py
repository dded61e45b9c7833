"""What messages say and when they go, without a database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.notices import rules
from onedoor.domain.notices.api import KindUnknown, ValueIsMissing, WordingInvalid

LAO = ZoneInfo("Asia/Vientiane")
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("ກ" * 70, 1),
        ("ກ" * 71, 2),
        ("ກ" * 135, 3),
        ("x" * 160, 1),
        ("x" * 161, 2),
        ("x" * 69 + "ກ", 1),
    ],
)
def test_parts_are_counted_as_telephones_count(text: str, parts: int) -> None:
    assert rules.parts_of(text) == parts


@settings(max_examples=25)
@given(st.text(max_size=400))
def test_no_part_holds_more_than_seventy_signs(text: str) -> None:
    parts, units = rules.parts_of(text), len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert parts == 0 if not text else parts >= 1
    if any(ord(sign) > 0x3FF for sign in text):
        assert units <= 70 * max(parts, 1)


def test_values_are_shown_in_the_language_and_the_zone() -> None:
    assert rules.shown(AT, language="en", zone=LAO) == "2 Mar 2026, 09:00"
    assert rules.shown(date(2026, 3, 2), language="lo", zone=LAO) == "2/3/2026"
    assert rules.shown({"lo": "ສູນ", "en": "Centre"}, language="en", zone=LAO) == "Centre"
    assert rules.shown("ຊື່" * 100, language="lo", zone=LAO)[-1] == "…"
    assert len(rules.shown("ຊື່" * 100, language="lo", zone=LAO)) == 40


def test_a_sentence_is_filled_once_and_says_what_is_missing() -> None:
    assert rules.fill("{number} {ahead}", {"number": "{ahead}", "ahead": "3"}) == "{ahead} 3"
    with pytest.raises(ValueIsMissing) as fault:
        rules.fill("{number}", {})
    assert fault.value.field == "number"


def test_the_words_of_a_kind_are_checked() -> None:
    good = {"lo": "ບັດ {number}: {ahead}", "en": "{number}: {ahead} at {centre}"}
    rules.check_wording("ahead", good)
    with pytest.raises(KindUnknown):
        rules.check_wording("joke", good)
    for bad in ("", "{name}", "{number", "ກ" * 300):
        with pytest.raises(WordingInvalid) as fault:
            rules.check_wording("ahead", {**good, "lo": bad})
        assert fault.value.field == "lo"
    with pytest.raises(WordingInvalid):
        rules.check_wording("ahead", {"lo": good["lo"]})


def test_pauses_grow_and_end() -> None:
    waits = [rules.next_try(tries=tries, at=AT) for tries in range(1, 7)]
    assert waits[-1] is None and all(one is not None for one in waits[:-1])
    assert [one for one in waits if one] == sorted(one for one in waits if one)
    assert rules.good_until("ahead", due=AT) == AT + timedelta(minutes=15)
