"""How dates, times, numbers and money are shown. Browsers have no Lao formats (CLDR here)."""

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date as _babel_date
from babel.lists import format_list
from babel.numbers import format_decimal

from onedoor.kernel.i18n.texts import language

ZONE = ZoneInfo("Asia/Vientiane")
_PATTERNS = {
    "lo": {"full": "EEEE, d MMMM y", "long": "d MMMM y", "short": "d/M/y", "weekday": "EEEE"},
    "en": {"full": "EEEE, d MMMM y", "long": "d MMMM y", "short": "d MMM y", "weekday": "EEEE"},
}
_EVERY = {"lo": "", "en": "s"}


def _local(value: date | datetime, zone: ZoneInfo | None) -> date:
    if isinstance(value, datetime):
        return value.astimezone(zone or ZONE).date() if value.tzinfo else value.date()
    return value


def _locale(lang: str | None) -> str:
    code = lang or language()
    return code if code in _PATTERNS else "en"


def format_date(
    value: date | datetime, style: str = "long", lang: str | None = None, zone: ZoneInfo | None = None
) -> str:
    """A date: ``style`` is full (with weekday), long, short or weekday; an instant is shown in ``zone``."""
    code = _locale(lang)
    pattern = _PATTERNS[code].get(style, style)
    return _babel_date(_local(value, zone), pattern, locale=code)


def format_weekdays(days: Iterable[int], lang: str | None = None) -> str:
    """Weekdays that come again and again, 1 is Monday: ``Tuesdays and Thursdays``."""
    code = _locale(lang)
    names = [_babel_date(date(2024, 1, day), "EEEE", locale=code) + _EVERY[code] for day in days]
    return format_list(names, locale=code) if names else ""


def format_time(value: time | datetime, zone: ZoneInfo | None = None) -> str:
    """The time of day, with 24 hours and the same digits in every language: ``08:05``. An instant is shown in ``zone``."""
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(zone or ZONE)
    moment = value.time() if isinstance(value, datetime) else value
    return f"{moment:%H:%M}"


def format_datetime(
    value: datetime, style: str = "long", lang: str | None = None, zone: ZoneInfo | None = None
) -> str:
    """An instant as date and time of day in ``zone`` (the country's when None)."""
    return f"{format_date(value, style, lang, zone)}, {format_time(value, zone)}"


def format_period(opens: time, closes: time) -> str:
    """A stretch of a day: ``08:00–12:00``."""
    return f"{format_time(opens)}–{format_time(closes)}"


def format_number(value: int | float | Decimal, lang: str | None = None, *, places: int | None = None) -> str:
    """A number with the language's separators (1.234.567,5 in Lao); digits are Latin; ``places`` after the comma."""
    return _number(value, _locale(lang), places)


@lru_cache(maxsize=8192)
def _number(value: int | float | Decimal, locale: str, places: int | None) -> str:
    """A table shows the same numbers again and again, and CLDR's patterns are slow."""
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, format=pattern, locale=locale))
