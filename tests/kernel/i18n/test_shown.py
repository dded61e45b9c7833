"""Dates, times, numbers and kip in Lao and English; texts of data with their fallback."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.conf.locale import LANG_INFO
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import override

from onedoor.kernel.i18n import (
    format_date,
    format_datetime,
    format_number,
    format_period,
    format_time,
    language,
    missing_languages,
    spoken,
    t,
    text,
)

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("lang", "style", "shown"),
    [
        ("lo", "full", "ວັນຈັນ, 23 ພະຈິກ 2026"),
        ("lo", "long", "23 ພະຈິກ 2026"),
        ("lo", "short", "23/11/2026"),
        ("lo", "weekday", "ວັນຈັນ"),
        ("en", "full", "Monday, 23 November 2026"),
        ("en", "long", "23 November 2026"),
    ],
)
def test_dates(lang: str, style: str, shown: str) -> None:
    assert format_date(DAY, style, lang) == shown


def test_an_instant_is_shown_in_its_zone() -> None:
    instant = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert format_datetime(instant, "short", "lo") == "23/11/2026, 01:05"
    assert format_date(instant, "short", "lo", ZoneInfo("UTC")) == "22/11/2026"
    assert format_time(instant) == "01:05"


def test_numbers() -> None:
    assert format_number(1234568, "lo") == "1.234.568"
    assert format_number(1234568, "en") == "1,234,568"
    assert format_period(time(8), time(12)) == "08:00–12:00"


def test_the_reader_gets_their_language_or_a_fallback() -> None:
    both = {"lo": "ເກີດ", "en": "birth"}
    with override("en"):
        assert language() == "en"
        assert text(both) == "birth"
        assert text({"lo": "ເກີດ"}) == "ເກີດ"
    assert text(both, "fr") == "ເກີດ"
    assert text({"en": "birth"}, "lo") == "birth"
    assert text({"fr": "naissance"}) == "naissance"
    assert text(None) == ""
    assert missing_languages({"lo": "ເກີດ", "en": " "}) == ("en",)


def test_a_lazy_text_is_chosen_when_it_is_shown() -> None:
    lazy = t({"lo": "ເກີດ", "en": "birth"})
    with spoken("en"):
        assert str(lazy) == "birth"
    with spoken("lo"):
        assert str(lazy) == "ເກີດ"


def test_django_knows_lao() -> None:
    assert LANG_INFO["lo"]["name_local"] == "ລາວ"
    with override("lo"):
        assert formats.date_format(DAY) == "23/11/2026"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"


def test_filters_of_templates() -> None:
    page = Template("{% load ui %}{{ name|text }} {{ day|date_text }} {{ fee|kip }} {{ none|time_text }}")
    with override("lo"):
        shown = page.render(Context({"name": {"lo": "ສູນ"}, "day": DAY, "fee": 40000, "none": None}))
    assert shown == "ສູນ 23 ພະຈິກ 2026 ₭40.000 "
