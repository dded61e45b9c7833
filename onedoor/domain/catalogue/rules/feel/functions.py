"""The library: a fixed list of functions of known values. None reads a clock, a file or anything but its arguments."""

import decimal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.rules.feel.arithmetic import whole_months
from onedoor.domain.catalogue.rules.feel.values import (
    ARITHMETIC,
    LONGEST_TEXT,
    MOST_ITEMS,
    Months,
    as_date,
    as_duration,
    as_moment,
    known,
    ordered,
    same,
)


@dataclass(frozen=True)
class Function:
    """How it is run, and how many arguments it takes."""

    run: Callable[..., Any]
    least: int
    most: int


def _items(arguments: Sequence[Any]) -> list[Any] | None:
    """The values of a list, given as one argument or one by one; null beyond the bound."""
    if len(arguments) == 1 and isinstance(arguments[0], list | tuple):
        arguments = arguments[0]
    return [known(one) for one in arguments] if len(arguments) <= MOST_ITEMS else None


def _count(*arguments: Any) -> Decimal | None:
    if len(arguments) != 1 or not isinstance(arguments[0], list | tuple):
        return None
    return Decimal(len(arguments[0])) if len(arguments[0]) <= MOST_ITEMS else None


def _sum(*arguments: Any) -> Decimal | None:
    items = _items(arguments)
    if not items or not all(isinstance(one, Decimal) for one in items):
        return None
    total = Decimal(0)
    for one in items:
        total = ARITHMETIC.add(total, one)
    return total


def _mean(*arguments: Any) -> Decimal | None:
    total, items = _sum(*arguments), _items(arguments)
    return ARITHMETIC.divide(total, Decimal(len(items))) if total is not None and items else None


def _extreme(arguments: Sequence[Any], *, least: bool) -> Any:
    items = _items(arguments)
    if not items:
        return None
    best = items[0]
    for one in items:
        pair = ordered(one, best)
        if pair is None:
            return None
        if (pair[0] < pair[1]) == least and pair[0] != pair[1]:
            best = one
    return best


def _all(*arguments: Any) -> bool | None:
    items = _items(arguments)
    if items is None or any(one is False for one in items):
        return None if items is None else False
    return True if all(one is True for one in items) else None


def _any(*arguments: Any) -> bool | None:
    items = _items(arguments)
    if items is None or any(one is True for one in items):
        return None if items is None else True
    return False if all(one is False for one in items) else None


def _list_contains(listing: Any, wanted: Any) -> bool | None:
    items = _items([listing]) if isinstance(listing, list | tuple) else None
    return None if items is None else any(same(one, wanted) for one in items)


def _texts(work: Callable[..., Any]) -> Callable[..., Any]:
    """Runs on texts within the bound only, and keeps what comes out within it."""

    def run(*arguments: Any) -> Any:
        if not all(isinstance(one, str) and len(one) <= LONGEST_TEXT for one in arguments):
            return None
        found = work(*arguments)
        return None if isinstance(found, str) and len(found) > LONGEST_TEXT else found

    return run


def _substring(text: Any, start: Any, length: Any = None) -> str | None:
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return None
    begin = _small(start)
    size = len(text) if length is None else _small(length)
    if begin is None or size is None or begin == 0 or size < 0:
        return None
    begin = begin - 1 if begin > 0 else max(len(text) + begin, 0)
    return text[begin : begin + size]


def _small(found: Any) -> int | None:
    whole = isinstance(found, Decimal) and found == found.to_integral_value() and found.adjusted() < 9
    return int(found) if whole else None


def _rounded(mode: str) -> Callable[..., Decimal | None]:
    def run(number: Any, scale: Any = Decimal(0)) -> Decimal | None:
        places = _small(scale)
        if not isinstance(number, Decimal) or places is None or abs(places) > 6_000:
            return None
        if number.adjusted() + places > 33:  # more digits asked for than it has: nothing to round
            return number
        return number.quantize(Decimal(1).scaleb(-places, ARITHMETIC), rounding=mode, context=ARITHMETIC)

    return run


def _abs(found: Any) -> Any:
    if isinstance(found, Months):
        return Months(abs(found.count))
    return abs(found) if isinstance(found, Decimal | timedelta) else None


def _modulo(a: Any, b: Any) -> Decimal | None:
    if not isinstance(a, Decimal) or not isinstance(b, Decimal) or not b:
        return None
    quotient = ARITHMETIC.divide_int(a, b)
    rest = ARITHMETIC.subtract(a, ARITHMETIC.multiply(quotient, b))
    return ARITHMETIC.add(rest, b) if rest and (rest < 0) != (b < 0) else rest


def _date(first: Any, month: Any = None, day: Any = None) -> date | None:
    if isinstance(first, datetime):
        return first.date()
    if isinstance(first, date):
        return first
    if isinstance(first, str):
        return as_date(first)
    parts = [_small(one) for one in (first, month, day)]
    return date(*parts) if None not in parts else None  # type: ignore[arg-type]


def _moment(found: Any) -> datetime | None:
    if isinstance(found, datetime):
        return found
    if isinstance(found, date):
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    return as_moment(found) if isinstance(found, str) else None


def _duration(found: Any) -> timedelta | Months | None:
    return as_duration(found) if isinstance(found, str) else None


def _months_between(start: Any, end: Any) -> Months | None:
    first, last = _date(start), _date(end)
    return whole_months(first, last) if first and last else None


def _not(found: Any) -> bool | None:
    return not found if isinstance(found, bool) else None


LIBRARY: dict[str, Function] = {
    "not": Function(_not, 1, 1),
    "date": Function(_date, 1, 3),
    "date and time": Function(_moment, 1, 1),
    "duration": Function(_duration, 1, 1),
    "years and months duration": Function(_months_between, 2, 2),
    "string length": Function(_texts(lambda text: Decimal(len(text))), 1, 1),
    "substring": Function(_substring, 2, 3),
    "upper case": Function(_texts(str.upper), 1, 1),
    "lower case": Function(_texts(str.lower), 1, 1),
    "contains": Function(_texts(lambda text, part: part in text), 2, 2),
    "starts with": Function(_texts(str.startswith), 2, 2),
    "ends with": Function(_texts(str.endswith), 2, 2),
    "substring before": Function(
        _texts(lambda text, part: text.partition(part)[0] if part in text else ""), 2, 2
    ),
    "substring after": Function(_texts(lambda text, part: text.partition(part)[2] if part else text), 2, 2),
    "list contains": Function(_list_contains, 2, 2),
    "count": Function(_count, 1, 1),
    "sum": Function(_sum, 1, 64),
    "mean": Function(_mean, 1, 64),
    "min": Function(lambda *found: _extreme(found, least=True), 1, 64),
    "max": Function(lambda *found: _extreme(found, least=False), 1, 64),
    "all": Function(_all, 1, 64),
    "any": Function(_any, 1, 64),
    "abs": Function(_abs, 1, 1),
    "modulo": Function(_modulo, 2, 2),
    "floor": Function(_rounded(decimal.ROUND_FLOOR), 1, 2),
    "ceiling": Function(_rounded(decimal.ROUND_CEILING), 1, 2),
    "decimal": Function(_rounded(decimal.ROUND_HALF_EVEN), 2, 2),
    "round up": Function(_rounded(decimal.ROUND_UP), 2, 2),
    "round down": Function(_rounded(decimal.ROUND_DOWN), 2, 2),
    "round half up": Function(_rounded(decimal.ROUND_HALF_UP), 2, 2),
    "round half down": Function(_rounded(decimal.ROUND_HALF_DOWN), 2, 2),
}

REFUSED = {
    "now": "no clock is read here; use a name that the caller gives, such as today",
    "today": "no clock is read here; write today, without brackets, where the caller gives it",
    "round": "write round half up(number, digits), round up, round down or decimal",
    "matches": "patterns are not run, as some never end; use contains, starts with or ends with",
    "replace": "patterns are not run, as some never end",
    "split": "patterns are not run, as some never end",
}

PARTS: dict[str, Callable[[Any], Any]] = {
    "year": lambda found: found.year if isinstance(found, date) else None,
    "month": lambda found: found.month if isinstance(found, date) else None,
    "day": lambda found: found.day if isinstance(found, date) else None,
    "weekday": lambda found: found.isoweekday() if isinstance(found, date) else None,
    "years": lambda found: int(found.count / 12) if isinstance(found, Months) else None,
    "months": lambda found: found.count - int(found.count / 12) * 12 if isinstance(found, Months) else None,
    "days": lambda found: _sign(found) * (abs(found).days) if isinstance(found, timedelta) else None,
    "hours": lambda found: (
        _sign(found) * (abs(found).seconds // 3600) if isinstance(found, timedelta) else None
    ),
    "minutes": lambda found: (
        _sign(found) * (abs(found).seconds % 3600 // 60) if isinstance(found, timedelta) else None
    ),
}


def part_of(found: Any, name: str) -> Any:
    """A part of a value: an entry of a context, that of each context of a list, or the year, month … of a date or duration."""
    if type(found) is dict or isinstance(found, Mapping):
        return known(found.get(name))
    if isinstance(found, list | tuple):
        return [known(one.get(name)) if isinstance(one, Mapping) else None for one in found[: MOST_ITEMS + 1]]
    return known(PARTS[name](found)) if name in PARTS else None


def _sign(found: timedelta) -> int:
    return -1 if found < timedelta(0) else 1
