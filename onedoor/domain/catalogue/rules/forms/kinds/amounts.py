"""Numbers and money, typed as people write them (10.000, 10 000; 0,25): whole ones are kept as integers, money in minor units.

A number with decimals is kept as a text of digits with a point (``0.25``), so that nothing ever makes a float of it. There,
point and comma both stand before the decimals and only a space stands between thousands: what could mean two things is asked
again.
"""

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.kinds.base import About, Faults, Kind, Place, Posted, clean, digits
from onedoor.domain.catalogue.rules.forms.questions import Question, given
from onedoor.kernel.i18n import format_number, text
from onedoor.kernel.money import EXPONENTS

_GROUPED = re.compile(r"^\d{1,3}(?:([., ])\d{3})(?:\1\d{3})*$")
_DECIMAL = re.compile(r"^(\d{1,15}|\d{1,3}(?: \d{3}){1,4})(?:[.,](\d{1,6}))?$", re.ASCII)
_CANONICAL = re.compile(r"^\d{1,15}(?:\.\d{1,6})?$", re.ASCII)
_CENTS = re.compile(r"^(\d{1,13})[.,](\d{1,2})$")


DECIMALS = _("Enter a number such as 1250 or 0.25, with no sign between thousands.")


class Number(Kind):
    """A number between two ends: whole, or with as many decimals as its step has, then kept as text and never as a float."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = digits(clean(posted.get(at)))
        if not typed:
            return None
        return exact(typed) if question.places else whole(typed)

    def taken(self, question: Question, value: Any) -> Any:
        """A whole number for one with decimals, and the reverse where there are none behind the point."""
        number = decimal_of(value)
        if number is None or question.places:
            return value if number is None else canonical(number)
        return int(number) if number == int(number) else value

    def known(self, question: Question, value: Any) -> Any:
        number = decimal_of(value) if question.places else None
        return value if number is None else number

    def fits(self, question: Question, value: Any) -> bool:
        return isinstance(value, str | int) and not isinstance(value, bool)

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        if not given(value):
            return super().faults(question, value, at, about)
        number = self.known(question, value)
        if isinstance(number, bool) or not isinstance(number, Decimal if question.places else int):
            return {at: DECIMALS if question.places else _("Enter a whole number, in digits.")}
        if not question.least <= number <= question.most:
            said = {
                "least": self.shown(question, question.least),
                "most": self.shown(question, question.most),
            }
            return {at: _("Enter a number from %(least)s to %(most)s.") % said}
        if question.places and number % question.step:
            step = {"step": self.shown(question, question.step)}
            return {at: _("Enter a number in steps of %(step)s, with no sign between thousands.") % step}
        return {}

    def shown(self, question: Question, value: int | Decimal) -> str:
        """A number as the reader's language writes it."""
        return format_number(value, places=places_of(value) if isinstance(value, Decimal) else None)

    def said(self, question: Question, value: Any, place: Place) -> str:
        number = self.known(question, value)
        if not isinstance(number, int | Decimal):
            return str(value)
        measure = text(question.measure) if question.measure else ""
        return " ".join(part for part in (self.shown(question, number), measure) if part)


class Money(Number):
    """An amount of one currency."""

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        typed = digits(clean(posted.get(at)))
        exponent = EXPONENTS[question.currency]
        if exponent and (found := _CENTS.match(typed)):
            return int(found[1]) * 10**exponent + int(found[2].ljust(exponent, "0"))
        value = whole(typed) if typed else None
        return value * 10**exponent if isinstance(value, int) else value

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        return {at: self.shown(question, value) if isinstance(value, int) else str(value or "")}

    def shown(self, question: Question, value: int | Decimal) -> str:
        exponent = EXPONENTS[question.currency]
        main, rest = divmod(int(value), 10**exponent)
        if exponent:  # the cents are told from the thousands by there being no thousands' sign
            return f"{main}.{rest:0{exponent}d}"
        return f"{main:,}".replace(",", ".")

    def said(self, question: Question, value: Any, place: Place) -> str:
        return f"{self.shown(question, value)} {question.currency}" if isinstance(value, int) else str(value)


def whole(typed: str) -> str | int:
    """A whole number as people type it; anything else stays as it is, to be refused later."""
    plain = re.sub(r"[., ]", "", typed) if _GROUPED.match(typed) else typed
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 15 else typed


def exact(typed: str) -> str:
    """A number with decimals as people type it, in the way it is kept; anything else stays as it is, to be refused later."""
    found = _DECIMAL.match(typed)
    return canonical(Decimal(f"{found[1].replace(' ', '')}.{found[2] or 0}")) if found else typed


def canonical(number: Decimal) -> str:
    """Digits, and a point where there are decimals; no zeros behind them: 0.25, 5."""
    said = f"{number:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def decimal_of(value: Any) -> Decimal | None:
    """An answer as a decimal; None when it is none."""
    known = isinstance(value, str | int) and not isinstance(value, bool)
    return Decimal(value) if known and _CANONICAL.match(str(value)) else None


def places_of(number: Decimal) -> int:
    """How many decimals a number has, without zeros at its end."""
    return len(canonical(number).partition(".")[2])
