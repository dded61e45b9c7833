"""What every kind of question can do: read what was typed, type what is kept, say what is wrong and what was said."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.questions import LONGEST, Names, Question, given

Posted = Mapping[str, Any]
Faults = dict[str, Any]
Place = Callable[[str], Names]
NOT_VALID = _("This answer is not valid.")
LAO_DIGITS = {0x0ED0 + number: str(number) for number in range(10)}


@dataclass(frozen=True)
class About:
    """What answers are held against: the day, and the units that may be named with the one above each (None: any)."""

    today: date
    units: Collection[str] | Mapping[str, str] | None = None

    def knows(self, code: str) -> bool:
        """Whether a unit may be named."""
        return self.units is None or code in self.units

    def lies_in(self, code: str, above: str) -> bool:
        """Whether a unit lies in another one, as far as that is known here."""
        return not isinstance(self.units, Mapping) or self.units.get(code) == above


class Kind:
    """A line of text; other kinds change what differs. ``at`` is the name of the input."""

    missing: Any = _("Enter an answer.")

    def read(self, question: Question, posted: Posted, at: str, without: str = "") -> Any:
        """The value that was typed, None when nothing was; what cannot be read stays as text, to be refused later."""
        return clean(posted.get(at)) or None

    def typed(self, question: Question, value: Any, at: str) -> dict[str, Any]:
        """The inputs of a page for a value that is kept."""
        return {at: "" if value is None else str(value)}

    def fits(self, question: Question, value: Any) -> bool:
        """Whether a value is of the shape that this kind is answered with; right or wrong is seen later."""
        return isinstance(value, str)

    def known(self, question: Question, value: Any) -> Any:
        """An answer as rules reckon with it."""
        return value

    def taken(self, question: Question, value: Any) -> Any:
        """An answer to an older question of this kind, as this one keeps it."""
        return value

    def faults(self, question: Question, value: Any, at: str, about: About) -> Faults:
        """A sentence for each input that is missing or wrong."""
        if not given(value):
            return {at: self.missing} if question.required else {}
        if not self.fits(question, value):
            return {at: NOT_VALID}
        return self.wrong(question, value, at, about)

    def wrong(self, question: Question, value: Any, at: str, about: About) -> Faults:
        """What is wrong with a value of the right shape."""
        return {at: _("The answer is too long.")} if len(value) > question.longest else {}

    def said(self, question: Question, value: Any, place: Place) -> str:
        """The answer in words of the reader's language."""
        return str(value)


def clean(value: Any, *, lines: bool = False) -> str:
    """Text as it is kept: composed, without control characters; in one line unless lines matter."""
    text = unicodedata.normalize("NFC", str(value or ""))[: LONGEST + 1]
    kept = "".join(c for c in text if c.isprintable() or c in "\u200b\u200c\u200d\n\t ")
    return kept.strip() if lines else " ".join(kept.split())


def digits(typed: str) -> str:
    """What was typed with Lao digits (໐ to ໙) in those that are kept; everything else stays."""
    return typed.translate(LAO_DIGITS)


def several(posted: Posted, at: str) -> list[Any]:
    """All values that were posted under one name."""
    getlist = getattr(posted, "getlist", None)
    held = getlist(at) if getlist else posted.get(at)
    if isinstance(held, str):
        return [held]
    return list(held) if isinstance(held, Iterable) else []
