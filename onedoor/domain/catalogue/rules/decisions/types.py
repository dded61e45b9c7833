"""The types that columns declare, and how a value is held to one."""

from dataclasses import dataclass
from typing import Any

from onedoor.domain.catalogue.rules.feel import Kind, kind_of
from onedoor.domain.catalogue.rules.feel.values import as_date, as_duration, as_moment


@dataclass(frozen=True)
class Type:
    """What a column holds: a kind of value, or anything; ``whole`` numbers have nothing between 1 and 2."""

    kind: Kind | None = None
    whole: bool = False

    def fit(self, value: Any) -> Any:
        """The value, if it is of this type or a text that stands for it; else null."""
        if self.kind is None or value is None:
            return value
        if isinstance(value, str) and self.kind in _READ:
            value = _READ[self.kind](value)
        return value if kind_of(value) == self.kind else None

    def takes(self, value: Any) -> bool:
        """Whether a value that somebody wrote into a cell is of this type."""
        if self.kind is None or value is None:
            return True
        if kind_of(value) != self.kind:
            return False
        return not self.whole or bool(value == value.to_integral_value())


_READ: dict[Kind, Any] = {
    "date": as_date,
    "moment": as_moment,
    "span": as_duration,
    "months": as_duration,
}

TYPES: dict[str, Type] = {
    "": Type(),
    "Any": Type(),
    "string": Type("text"),
    "boolean": Type("truth"),
    "number": Type("number"),
    "double": Type("number"),
    "integer": Type("number", whole=True),
    "long": Type("number", whole=True),
    "date": Type("date"),
    "dateTime": Type("moment"),
    "date and time": Type("moment"),
    "dayTimeDuration": Type("span"),
    "days and time duration": Type("span"),
    "yearMonthDuration": Type("months"),
    "years and months duration": Type("months"),
}

IN_WORDS: dict[Kind, str] = {
    "text": "a text",
    "truth": "true or false",
    "number": "a number",
    "date": "a date",
    "moment": "an instant",
    "span": "a duration of days and time",
    "months": "a duration of years and months",
    "list": "a list",
    "context": "a context",
    "range": "a range",
}


def in_words(type: Type) -> str:
    """What is expected, for a sentence."""
    if type.kind is None:
        return "anything"
    return "a whole number" if type.whole else IN_WORDS[type.kind]
