"""Template filters for data texts and formats; loaded into every template by the settings."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import template

from onedoor.kernel import i18n
from onedoor.kernel.money import format_kip

register = template.Library()


@register.filter
def text(value: Any, lang: str | None = None) -> str:
    """``{{ service.name|text }}``: the reader's language of a translated datum."""
    return i18n.text(value, lang)


@register.filter
def date_text(value: date | datetime | None, style: str = "long") -> str:
    """``{{ case.due|date_text:"full" }}``."""
    return i18n.format_date(value, style) if value else ""


@register.filter
def weekdays_text(days: Iterable[int] | None) -> str:
    """``{{ offer.weekdays|weekdays_text }}``: Tuesdays and Thursdays."""
    return i18n.format_weekdays(days or ())


@register.filter
def time_text(value: time | datetime | str | None) -> str:
    """``{{ ticket.called_at|time_text }}``: the time of day in the country's zone; what is text already stays as it is."""
    if isinstance(value, str):
        return value
    return i18n.format_time(value) if value else ""


@register.filter
def datetime_text(value: datetime | None, style: str = "long") -> str:
    """``{{ letter.at|datetime_text }}``."""
    return i18n.format_datetime(value, style) if value else ""


@register.filter
def number_text(value: int | float | None) -> str:
    """``{{ count|number_text }}``."""
    return "" if value is None else i18n.format_number(value)


@register.filter
def kip(value: int | None) -> str:
    """``{{ fee.amount|kip }}``: ₭40.000."""
    return "" if value is None else format_kip(value)
