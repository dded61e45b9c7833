"""Whole numbers and money, typed as people write them (10.000, 10 000) and kept as integers; money in minor units."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted, clean
from onedoor.domain.catalogue.rules.forms.questions import Question, given
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.money import EXPONENTS

_GROUPED = re.compile(r"^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$")
_CENTS = re.compile(r"^(\d{1,13})[.,](\d{1,2})$")


class Number(Kind):
    """A whole number between two ends."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = clean(posted.get(at))
        return whole(typed) if typed else None

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, str | int) and not isinstance(value, bool)

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if not given(value):
            return super().faults(question, value, at, about)
        if isinstance(value, bool) or not isinstance(value, int):
            return {at: _("Enter a whole number, in digits.")}
        if not question.least <= value <= question.most:
            said = {
                "least": self.shown(question, question.least),
                "most": self.shown(question, question.most),
            }
            return {at: _("Enter a number from %(least)s to %(most)s.") % said}
        return {}

    def shown(self, question: Question, value: int) -> str:
        """A number as the reader's language writes it."""
        return format_number(value)

    def said(self, question: Question, value: Any, place: Place) -> str:
        if not isinstance(value, int):
            return str(value)
        measure = text(question.measure) if question.measure else ""
        return " ".join(part for part in (self.shown(question, value), measure) if part)


class Money(Number):
    """An amount of one currency."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = clean(posted.get(at))
        exponent = EXPONENTS[question.currency]
        if exponent and (found := _CENTS.match(typed)):
            return int(found[1]) * 10**exponent + int(found[2].ljust(exponent, "0"))
        value = whole(typed) if typed else None
        return value * 10**exponent if isinstance(value, int) else value

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        return {at: self.shown(question, value) if isinstance(value, int) else str(value or "")}

    def shown(self, question: Question, value: int) -> str:
        exponent = EXPONENTS[question.currency]
        main, rest = divmod(value, 10**exponent)
        if exponent:  # the cents are told from the thousands by there being no thousands' sign
            return f"{main}.{rest:0{exponent}d}"
        return f"{main:,}".replace(",", ".")

    def said(self, question: Question, value: Any, place: Place) -> str:
        return f"{self.shown(question, value)} {question.currency}" if isinstance(value, int) else str(value)


def whole(typed: str) -> str | int:
    """A whole number as people type it; anything else stays as it is, to be refused later."""
    plain = re.sub(r"[., ]", "", typed) if _GROUPED.match(typed) else typed
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 15 else typed
