"""What the language computes with: kinds of values, when two are the same, which comes first, and how texts are read."""

import decimal
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

Context = Mapping[str, Any]
Kind = Literal[
    "null", "truth", "number", "text", "date", "moment", "span", "months", "list", "context", "range"
]

ARITHMETIC = decimal.Context(
    prec=34,
    rounding=decimal.ROUND_HALF_EVEN,
    Emax=6144,
    Emin=-6143,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
LONGEST_TEXT = 10_000
MOST_ITEMS = 1_000
MOST_MONTHS = 12 * 10_000
_MOST_BITS = 20_000
_DEEPEST_LIST = 24

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_MONTHS = re.compile(r"(?P<minus>-?)P(?=\d)(?:(?P<years>\d{1,6})Y)?(?:(?P<months>\d{1,6})M)?", re.ASCII)
_SPAN = re.compile(
    r"(?P<minus>-?)P(?=\d|T\d)(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,9})M)?(?:(?P<seconds>\d{1,11}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, order=True, slots=True)
class Months:
    """A duration of years and months; it has no length in days until it is added to a date."""

    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """A range as a value: from ``low`` to ``high``, each end inside or not."""

    low: Any
    high: Any
    with_low: bool
    with_high: bool


def known(found: Any) -> Any:
    """A value of the caller as the language knows it: numbers are decimals of 34 digits; what it does not know is null."""
    kind = type(found)
    if kind is int:
        return Decimal(found) if -(10**15) < found < 10**15 else _number(found)
    if kind is str or kind is bool or kind is dict or found is None:
        return found
    if isinstance(found, float | Decimal | int):
        return _number(found)
    if isinstance(found, str | date | timedelta | Months | list | tuple | Mapping | Span):
        return found
    return None


def _number(found: Any) -> Decimal | None:
    if isinstance(found, int) and found.bit_length() > _MOST_BITS:
        return None
    try:
        number = ARITHMETIC.create_decimal(repr(float(found)) if isinstance(found, float) else found)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None


def kind_of(found: Any) -> Kind:
    """Which kind a known value is of."""
    if (exact := _EXACT.get(type(found))) is not None:
        return exact
    for kind, types in _KINDS:
        if isinstance(found, types):
            return kind
    return "null"


_KINDS: tuple[tuple[Kind, Any], ...] = (
    ("truth", bool),
    ("number", Decimal),
    ("text", str),
    ("moment", datetime),
    ("date", date),
    ("span", timedelta),
    ("months", Months),
    ("list", (list, tuple)),
    ("context", Mapping),
    ("range", Span),
)
_EXACT: dict[type, Kind] = {
    bool: "truth",
    Decimal: "number",
    str: "text",
    date: "date",
    datetime: "moment",
    timedelta: "span",
    Months: "months",
    list: "list",
    dict: "context",
    type(None): "null",
}


def same(left: Any, right: Any) -> bool:
    """Whether two known values are equal. Different kinds are not; a text may be a date, as forms write dates."""
    if type(left) is type(right) and type(left) in _PLAIN:
        return bool(left == right)
    if left is None or right is None:
        return left is right
    return _same(left, right, 0)


_PLAIN = frozenset({str, Decimal, bool})


def _same(left: Any, right: Any, depth: int) -> bool:
    kind, other = kind_of(left), kind_of(right)
    if kind != other:
        if kind == "text" and isinstance(right, date):
            return bool(as_date_like(left, right) == right)
        return other == "text" and isinstance(left, date) and bool(as_date_like(right, left) == left)
    if kind == "list":
        return _same_items(left, right, depth)
    if kind == "context":
        keys = list(left)
        return set(keys) == set(right) and _same_items(
            [left[key] for key in keys], [right[key] for key in keys], depth
        )
    return bool(left == right)


def _same_items(left: Sequence[Any], right: Sequence[Any], depth: int) -> bool:
    if len(left) != len(right) or len(left) > MOST_ITEMS or depth >= _DEEPEST_LIST:
        return False
    return all(_same(known(a), known(b), depth + 1) for a, b in zip(left, right, strict=True))


def ordered(left: Any, right: Any) -> tuple[Any, Any] | None:
    """The two values if they have an order: both numbers, texts, dates, instants or durations of one kind."""
    if isinstance(left, date) and isinstance(right, str):
        right = as_date_like(right, left)
    elif isinstance(right, date) and isinstance(left, str):
        left = as_date_like(left, right)
    kind = kind_of(left)
    if kind != kind_of(right) or kind not in ("number", "text", "date", "moment", "span", "months"):
        return None
    if kind == "moment" and (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return left, right


def as_date_like(text: str, like: date) -> date | None:
    """A text as a date or an instant, whichever ``like`` is."""
    return as_moment(text) if isinstance(like, datetime) else as_date(text)


def as_date(text: str) -> date | None:
    """A date from ``2026-12-02``."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None


def as_moment(text: str) -> datetime | None:
    """An instant from ``2026-12-02T08:30:00+07:00``; without a zone it stays without one."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def as_duration(text: str) -> timedelta | Months | None:
    """A duration from ISO 8601: days and time (``P3DT4H``) or years and months (``P1Y6M``), never both."""
    sign = -1 if text.startswith("-") else 1
    if match := _MONTHS.fullmatch(text):
        count = int(match["years"] or 0) * 12 + int(match["months"] or 0)
        return Months(sign * count) if count <= MOST_MONTHS else None
    if match := _SPAN.fullmatch(text):
        seconds = Decimal(match["seconds"] or 0)
        span = timedelta(
            days=int(match["days"] or 0),
            hours=int(match["hours"] or 0),
            minutes=int(match["minutes"] or 0),
            seconds=int(seconds),
            microseconds=int(seconds % 1 * 1_000_000),
        )
        return sign * span
    return None
