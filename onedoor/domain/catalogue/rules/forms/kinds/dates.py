"""Dates, typed day first; where the form allows it, of some only the year or the month is known, and kept so."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted, clean, digits
from onedoor.domain.catalogue.rules.forms.questions import Question
from onedoor.kernel.i18n import format_date

EARLIEST = 1900
# From here on a year is one of the Buddhist era: 543 more than the same year here.
BUDDHIST, AHEAD = EARLIEST + 543, 543
_DAY_FIRST = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$")
_MONTH_FIRST = re.compile(r"^(\d{1,2})[/.\- ](\d{4})$")
_KEPT = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2]))?$")


class Day(Kind):
    """A date; in ISO form once it was read."""

    missing = _("Enter a date.")

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        text = digits(clean(posted.get(at)))
        if found := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in found.groups())
            return f"{year:04d}-{month:02d}-{day:02d}"
        if question.partial and (found := _MONTH_FIRST.match(text)):
            return f"{int(found[2]):04d}-{int(found[1]):02d}"
        return text or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        text = "" if value is None else str(value)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            month = _KEPT.match(text)
            return {at: f"{month[2]}/{month[1]}" if month and month[2] else text}
        return {at: f"{day.day:02d}/{day.month:02d}/{day.year:04d}"}

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        known = (_partly if question.partial else _wholly)(value)
        if known is None and question.partial:
            return {
                at: _(
                    "This is not a date. Write 25/12/1962; if only the year is known, write the year alone."
                )
            }
        if known is None:
            return {at: _("This is not a date. Write day, month and year, such as 25/12/2026.")}
        if known[0] < EARLIEST:
            return {at: _("The year is too far back.")}
        if known[0] >= BUDDHIST:
            said = {"here": known[0] - AHEAD, "there": known[0]}
            return {at: _("Write the year %(here)s: %(there)s is counted by the Buddhist era.") % said}
        today = about.today
        if question.not_after_today and known > (today.year, today.month, today.day)[: len(known)]:
            return {at: _("The date lies in the future.")}
        return {}

    def said(self, question: Question, value: Any, place: Place) -> str:
        text = str(value)
        try:
            return format_date(date.fromisoformat(text))
        except ValueError:
            partly = _KEPT.match(text)
        if partly is None:
            return text
        if partly[2]:
            return str(
                _("%(month)s/%(year)s (the day is not known)") % {"month": partly[2], "year": partly[1]}
            )
        return str(_("%(year)s (only the year is known)") % {"year": partly[1]})


def _wholly(text: str) -> tuple[int, ...] | None:
    try:
        day = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return (day.year, day.month, day.day) if day else None


def _partly(text: str) -> tuple[int, ...] | None:
    found = _KEPT.match(text)
    if found is None:
        return _wholly(text)
    return (int(found[1]), int(found[2])) if found[2] else (int(found[1]),)
