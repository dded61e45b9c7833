"""Sums and products of numbers, texts, dates and durations. What has no answer, or one beyond the bounds, is null."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.rules.feel.values import ARITHMETIC, LONGEST_TEXT, MOST_MONTHS, Months

Operation = Callable[[Any, Any], Any]

LARGEST_POWER = 999
_TICK = timedelta(microseconds=1)


def operation(sign: str) -> Operation:
    """What a sign does with two known values; it never raises."""
    numbers, others = _SIGNS[sign]

    def run(a: Any, b: Any) -> Any:
        try:
            if type(a) is Decimal and type(b) is Decimal:
                return numbers(a, b)
            return None if isinstance(a, bool) or isinstance(b, bool) else others(a, b)
        except (
            ArithmeticError,
            ValueError,
        ):  # OverflowError of dates and every DecimalException are among them
            return None

    return run


def negative(found: Any) -> Any:
    """A number or duration with its sign turned."""
    if isinstance(found, Decimal):
        return ARITHMETIC.minus(found)
    if isinstance(found, Months):
        return Months(-found.count)
    if isinstance(found, timedelta):
        return -found if found <= -timedelta.min else None  # the longest ones have no opposite
    return None


def moved(start: date, months: int) -> date | None:
    """The date or instant so many months on; the day stays, or becomes the last one of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    day = start.day
    while True:
        try:
            return start.replace(year=year, month=month + 1, day=day)
        except ValueError:
            day -= 1


def whole_months(start: date, end: date) -> Months:
    """The complete months between two dates."""
    if end < start:
        return Months(-whole_months(end, start).count)
    count = (end.year - start.year) * 12 + end.month - start.month
    return Months(count - (end.day < start.day))


def _add(a: Any, b: Any) -> Any:
    if isinstance(a, str) and isinstance(b, str):
        return a + b if len(a) + len(b) <= LONGEST_TEXT else None
    if isinstance(a, date):
        return _later(a, b)
    if isinstance(b, date):
        return _later(b, a)
    if isinstance(a, Months) and isinstance(b, Months):
        return _months(a.count + b.count)
    if isinstance(a, timedelta) and isinstance(b, timedelta):
        return a + b
    return None


def _subtract(a: Any, b: Any) -> Any:
    if isinstance(a, date) and isinstance(b, date):
        return _distance(a, b)
    if isinstance(a, date):
        return _later(a, negative(b)) if isinstance(b, timedelta | Months) else None
    if isinstance(b, timedelta | Months):
        return _add(a, negative(b))
    return None


def _later(start: date, by: Any) -> date | None:
    if isinstance(by, Months):
        return moved(start, by.count)
    return start + by if isinstance(by, timedelta) else None


def _distance(a: date, b: date) -> timedelta | None:
    if isinstance(a, datetime) and isinstance(b, datetime):
        return None if (a.tzinfo is None) != (b.tzinfo is None) else a - b
    return None if isinstance(a, datetime) or isinstance(b, datetime) else a - b


def _multiply(a: Any, b: Any) -> Any:
    if isinstance(a, Decimal):
        a, b = b, a
    if isinstance(a, timedelta | Months) and isinstance(b, Decimal):
        return _scaled(a, b, ARITHMETIC.multiply)
    return None


def _divide(a: Any, b: Any) -> Any:
    if isinstance(a, timedelta | Months) and isinstance(b, Decimal):
        return _scaled(a, b, ARITHMETIC.divide)
    if isinstance(a, timedelta) and isinstance(b, timedelta):
        return ARITHMETIC.divide(Decimal(a // _TICK), Decimal(b // _TICK))
    if isinstance(a, Months) and isinstance(b, Months):
        return ARITHMETIC.divide(Decimal(a.count), Decimal(b.count))
    return None


def _scaled(a: timedelta | Months, b: Decimal, how: Operation) -> timedelta | Months | None:
    count: Decimal = how(Decimal(a.count if isinstance(a, Months) else a // _TICK), b)
    if count.adjusted() > 24:
        return None
    return _months(int(count)) if isinstance(a, Months) else int(count) * _TICK


def _months(count: int) -> Months | None:
    return Months(count) if abs(count) <= MOST_MONTHS else None


def _power(a: Decimal, b: Decimal) -> Decimal | None:
    if b != b.to_integral_value() or abs(b) > LARGEST_POWER:
        return None
    found = ARITHMETIC.power(a, b)
    return found if found.is_finite() else None


def _nothing(a: Any, b: Any) -> None:
    return None


_SIGNS: dict[str, tuple[Operation, Operation]] = {
    "+": (ARITHMETIC.add, _add),
    "-": (ARITHMETIC.subtract, _subtract),
    "*": (ARITHMETIC.multiply, _multiply),
    "/": (ARITHMETIC.divide, _divide),
    "**": (_power, _nothing),
}
