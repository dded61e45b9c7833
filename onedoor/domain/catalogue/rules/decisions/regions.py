"""Cuts a column at every value that its cells name: between two cuts all values are treated alike, so few stand for all."""

import decimal
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from onedoor.domain.catalogue.rules.decisions.constants import constants_of
from onedoor.domain.catalogue.rules.decisions.model import Input
from onedoor.domain.catalogue.rules.feel import Kind, Months, UnaryTests, kind_of, said

_WIDE = decimal.Context(prec=100, Emax=50_000, Emin=-50_000)


@dataclass(frozen=True)
class Region:
    """Values that every cell treats alike: one that stands for them, how it is said, the rules that take them.

    ``possible`` is false where no value lies between its ends, or none that the column allows.
    """

    value: Any
    shown: str
    rules: int
    possible: bool


@dataclass(frozen=True)
class Column:
    """A column cut into regions. Rules are bits: rule 1 is the lowest.

    ``points`` are the cuts in their order; the regions alternate with them: before the first, at it, after it …
    ``free`` are the rules whose cell reads other names, so that nothing can be said beforehand; ``loose`` says why a column
    could not be cut, where every value is asked of every cell.
    """

    input: Input
    testers: tuple[Callable[[Any, Any], bool | None], ...]
    kind: Kind | None
    points: tuple[Any, ...]
    regions: tuple[Region, ...]
    null: int
    free: int
    loose: str = ""

    @cached_property
    def taken(self) -> tuple[Region, ...]:
        """Every region in which a value can lie, and null, which a case may lack, as the last."""
        possible = [region for region in self.regions if region.possible]
        return (*possible, Region(None, "null", self.null, True))

    def rules_for(self, value: Any) -> int:
        """The rules that a value of the column's type passes; the free ones are always among them."""
        if value is None:
            return self.null
        if self.loose:
            return self.asked(value)
        if not self.points:
            return self.regions[0].rules
        if kind_of(value) == self.kind:
            if self.kind == "moment" and (value.tzinfo is None) != (self.points[0].tzinfo is None):
                return self.asked(value)
            at = bisect_left(self.points, value)
            here = at < len(self.points) and self.points[at] == value
            return self.regions[2 * at + here].rules
        return self.asked(value)

    def asked(self, value: Any) -> int:
        """The same, by asking every cell."""
        return _passing(self.testers, self.free, value)


@dataclass
class Budget:
    """How much is looked at in one file before it is published: cells asked about regions, and combinations of regions."""

    cells: int = 3_000_000
    combinations: int = 200_000


def cut(column: Input, cells: Sequence[UnaryTests], budget: Budget) -> Column:
    """Cut one column of a table at the values that its cells, and its allowed values, name."""
    testers = tuple(cell.run for cell in cells)
    constants = [constants_of(cell.cell) for cell in cells]
    free = sum(1 << number for number, found in enumerate(constants) if found is None)
    if column.allowed:
        constants.append(constants_of(column.allowed.cell))
    named = [value for found in constants for value in found or () if value is not None]
    kinds = {kind_of(value) for value in named}
    if column.type.kind is not None:
        kinds |= {column.type.kind}
    named += (False, True) if kinds == {"truth"} else ()
    points = _sorted(set(named)) if len(kinds) <= 1 else None
    loose = "" if points is not None else "has values of several kinds; declare its type"
    looks = (2 * len(points or ()) + 1) * (len(named) + len(cells))
    if looks > budget.cells:
        points, loose = None, "names more values than are looked at"
    else:
        budget.cells -= looks
    regions: list[Region] = []
    if points is not None:
        for low, high in zip((None, *points), (*points, None), strict=True):
            regions.append(_between(low, high, column, testers, free))
            if high is not None:
                regions.append(_region(high, said(high), True, column, testers, free))
    return Column(
        input=column,
        testers=testers,
        kind=next(iter(kinds), None),
        points=tuple(points or ()),
        regions=tuple(regions),
        null=_passing(testers, free, None),
        free=free,
        loose=loose,
    )


def _passing(testers: Sequence[Callable[[Any, Any], bool | None]], free: int, value: Any) -> int:
    rules = free
    for number, tester in enumerate(testers):
        if not free >> number & 1 and tester(value, {}) is True:
            rules |= 1 << number
    return rules


def _sorted(named: set[Any]) -> list[Any] | None:
    try:
        return sorted(named)
    except TypeError:  # instants with and without a zone, or values that have no order
        return None


def _region(
    value: Any,
    shown: str,
    possible: bool,
    column: Input,
    testers: Sequence[Callable[[Any, Any], bool | None]],
    free: int,
) -> Region:
    if possible and column.allowed:
        possible = column.allowed.run(value, {}) is True
    if possible and column.type.whole and isinstance(value, Decimal):
        possible = value == value.to_integral_value()
    return Region(value, shown, _passing(testers, free, value), possible)


def _between(
    low: Any, high: Any, column: Input, testers: Sequence[Callable[[Any, Any], bool | None]], free: int
) -> Region:
    """The open stretch between two cuts."""
    kind = kind_of(high if low is None else low) if (low, high) != (None, None) else column.type.kind
    if low is None and high is None:
        return Region(None, "anything", _passing(testers, free, ""), True)
    if kind == "truth":  # true and false are all there is
        return Region(None, "", free, False)
    value = _INSIDE[kind](low, high) if kind in _INSIDE else None
    if value is None:
        return Region(None, "", free, False)
    if kind == "number" and column.type.whole:
        value = _whole_inside(low, high, value)
    shown = _other_text(low, high) if kind == "text" else said(value)
    return _region(value, shown, True, column, testers, free)


def _whole_inside(low: Decimal | None, high: Decimal | None, value: Decimal) -> Decimal:
    """A whole number of the stretch where there is one."""
    if low is not None and abs(low) < 10**30:
        found = Decimal(int(low.to_integral_value(decimal.ROUND_FLOOR)) + 1)
        return found if high is None or found < high else value
    if high is not None and abs(high) < 10**30:
        return Decimal(int(high.to_integral_value(decimal.ROUND_CEILING)) - 1)
    return value


def _number_inside(low: Decimal | None, high: Decimal | None) -> Decimal:
    if low is None and high is not None:
        return _WIDE.subtract(high, max(abs(high), Decimal(1)))
    if high is None and low is not None:
        return _WIDE.add(low, max(abs(low), Decimal(1)))
    assert low is not None and high is not None
    whole = (low + 1).to_integral_value(decimal.ROUND_FLOOR) if abs(low) < 10**15 else high
    return whole if low < whole < high else _WIDE.divide(_WIDE.add(low, high), Decimal(2))


def _date_inside(low: Any, high: Any) -> Any:
    """The next day, or the last one; the same for instants and durations with one open end."""
    try:
        found = low + timedelta(days=1) if low is not None else high - timedelta(days=1)
    except OverflowError:
        return None
    return found if high is None or found < high else None


def _moment_inside(low: Any, high: Any) -> Any:
    if low is None or high is None:
        return _date_inside(low, high)
    found = low + (high - low) / 2
    return found if low < found < high else None


def _months_inside(low: Months | None, high: Months | None) -> Months | None:
    found = Months(low.count + 1) if low is not None else Months(high.count - 1)  # type: ignore[union-attr]
    return found if high is None or found < high else None


def _text_inside(low: str | None, high: str | None) -> str | None:
    """The first text after another; nothing comes before the empty one."""
    found = "" if low is None else f"{low}\x00"
    return found if high is None or found < high else None


def _other_text(low: str | None, high: str | None) -> str:
    return "another text" if low is None or high is None else f"a text between {said(low)} and {said(high)}"


_INSIDE: dict[Kind | None, Callable[[Any, Any], Any]] = {
    "number": _number_inside,
    "text": _text_inside,
    "date": _date_inside,
    "moment": _moment_inside,
    "span": _moment_inside,
    "months": _months_inside,
}
