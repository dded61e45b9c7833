"""Between which sums a fee lies before anybody has answered: never below and never above what is reckoned."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onedoor.domain.catalogue.rules.fees import Fee, FeeRow, Rate, Step, reckon
from onedoor.domain.catalogue.rules.fees.ranges import Span, span_of, together

NAME = {"lo": "ຄ່າ", "en": "Fee"}
TABLE = (Step(start=0, upto=9, amount=100), Step(start=10, amount=700))


def row(code: str, **about: Any) -> FeeRow:
    return FeeRow(code=code, name=NAME, **about)


def fee(*rows: FeeRow, **about: Any) -> Fee:
    return Fee(state="set", lines=rows, **about)


@pytest.mark.parametrize(
    ("held", "span"),
    [
        (Fee(state="free"), Span(0, 0)),
        (Fee(state="to_be_set"), None),
        (Fee(state="set", amount=40), Span(40, 40)),
        (Fee(state="set", amount=150, currency="USD", rate=Rate(kip="20000", on=date(2026, 1, 1))), Span(30_000, 30_000)),
        (fee(row("a", amount=5), row("b", kind="table", by="n", steps=TABLE)), Span(105, 705)),
        (fee(row("a", kind="choice", by="s", choices={"x": 3, "y": 9})), Span(3, 9)),
        (fee(row("a", kind="choice", by="s", choices={"x": 3, "y": None})), Span(3, 3, True)),
        (fee(row("a", kind="each", by="n", amount=7)), Span(7, None)),
        (fee(row("a", kind="percent", by="n", percent="2", floor=10, ceiling=90)), Span(10, 90)),
        (fee(row("a", amount=5, when={"s": "x"}), row("b", amount=8, when={"s": "y"})), Span(5, 8)),
        (fee(row("a", amount=5), row("b", amount=8, when={"s": "y"})), Span(5, 13)),
        (fee(row("a", amount=100), row("p", kind="surcharge", by="s", choices={"x": 0}, percents={"y": "50"})), Span(100, 150)),
        (fee(row("a", amount=100), row("l", kind="penalty", by="d", amount=9, ceiling=90)), Span(100, 100)),
    ],
)  # fmt: skip
def test_the_span_of_a_fee(held: Fee, span: Span | None) -> None:
    assert span_of(held) == span


@pytest.mark.parametrize("speed", ["x", "y"])
@pytest.mark.parametrize("number", [0, 9, 10, 5_000])
def test_what_is_reckoned_lies_within(speed: str, number: int) -> None:
    rows = (
        row("a", amount=40, when={"s": "x"}),
        row("b", amount=90, when={"s": "y"}),
        row("t", kind="table", by="n", steps=TABLE),
        row("p", kind="surcharge", by="s", choices={"x": 0}, percents={"y": "50"}),
    )
    span = span_of(fee(*rows))
    total = reckon(fee(*rows), {"s": speed, "n": number}, name=NAME).total
    assert span is not None and span.most is not None and span.least <= total <= span.most


def test_several_together_say_what_is_not_in_it() -> None:
    assert together([Span(5, 5), Span(0, 0)]) == Span(5, 5)
    assert together([Span(5, 9), None]) == Span(5, 9, True)
    assert together([Span(5, None), Span(1, 2)]) == Span(6, None)
    assert together([None]) is None and together([]) is None
