"""Fee lines: each kind explains itself; a table that leaves a value uncovered is named; sums are whole and never lost."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.fees import Fee, FeeRow, Step, Unanswered, reckon, whole
from onedoor.domain.catalogue.rules.tables import asked_in, line_faults

NAME = {"lo": "ຄ່າທຳນຽມ", "en": "Fee"}
LAW = {"lo": "ກົດໝາຍ", "en": "Law"}
FORM: dict[str, Any] = {
    "properties": {
        "vehicle": {"enum": ["motorbike", "car"]},
        "engine": {"type": "integer", "minimum": 1, "maximum": 9000},
        "price": {"type": "integer", "minimum": 1, "maximum": 10**12},
        "sets": {"type": "integer", "minimum": 1, "maximum": 100},
        "speed": {"enum": ["ordinary", "express"]},
        "colour": {"enum": ["red"]},
        "size": {"type": "integer"},
    },
    "required": ["vehicle", "engine", "price", "sets", "speed"],
}
CC = {"lo": "ຊມ³", "en": "cm³"}
BIKE = (
    Step(start=1, upto=110, amount=15_000),
    Step(start=111, upto=150, amount=20_000),
    Step(start=151, amount=30_000),
)
ROAD = Fee(
    state="set",
    law=LAW,
    lines=(
        FeeRow(code="bike", name=NAME, kind="table", by="engine", steps=BIKE, unit=CC, when={"vehicle": "motorbike"}),
        FeeRow(code="car", name=NAME, amount=100_000, when={"vehicle": "car"}),
    ),
)  # fmt: skip


def one(**about: Any) -> Fee:
    return Fee(state="set", lines=(FeeRow(**{"code": "one", "name": NAME, **about}),))


def test_a_fee_of_one_amount_is_one_line() -> None:
    quote = reckon(Fee(state="set", amount=40_000, law=LAW), {}, name=NAME)
    assert (quote.state, quote.total, quote.lines[0].law, quote.lines[0].name) == ("set", 40_000, LAW, NAME)


@pytest.mark.parametrize("state", ["free", "to_be_set"])
def test_nothing_is_charged_before_it_is_set(state: Any) -> None:
    quote = reckon(Fee(state=state, law=LAW), {}, name=NAME)
    assert (quote.state, quote.lines, quote.total) == (state, (), 0)


@pytest.mark.parametrize(
    ("engine", "amount", "said"),
    [
        (1, 15_000, "≤ 110 cm³"),
        (110, 15_000, "≤ 110 cm³"),
        (111, 20_000, "111–150 cm³"),
        (9000, 30_000, "> 150 cm³"),
    ],
)
def test_a_table_says_which_step_holds(engine: int, amount: int, said: str) -> None:
    (line,) = reckon(ROAD, {"vehicle": "motorbike", "engine": engine}, name=NAME).lines
    assert (line.code, line.amount, line.because["en"], line.law) == ("bike", amount, said, LAW)


def test_answers_may_stand_as_text() -> None:
    assert reckon(ROAD, {"vehicle": "motorbike", "engine": "125"}, name=NAME).total == 20_000
    assert [whole(answer) for answer in ("07", 7, True, "-1", -1, "1.5", "²", None, "9" * 40, 10**16)] == [
        7,
        7,
        *[None] * 8,
    ]


def test_a_choice_may_be_to_be_set_as_a_whole() -> None:
    fee = Fee(
        state="set",
        lines=(
            FeeRow(code="form", name=NAME, amount=5_000),
            FeeRow(code="speed", name=NAME, kind="choice", by="speed", choices={"ordinary": None, "express": 300_000}),
        ),
    )  # fmt: skip
    assert fee.open
    labels = {"speed": {"express": {"lo": "ດ່ວນ", "en": "Express"}}}
    express = reckon(fee, {"speed": "express"}, name=NAME, labels=labels)
    assert (express.total, express.lines[1].because["en"]) == (305_000, "Express")
    assert reckon(fee, {"speed": "ordinary"}, name=NAME).lines == ()
    assert reckon(fee, {"speed": "ordinary"}, name=NAME).state == "to_be_set"


def test_each_and_percent_explain_themselves() -> None:
    (sets,) = reckon(one(kind="each", by="sets", amount=10_000), {"sets": 3}, name=NAME).lines
    assert (sets.amount, sets.because["en"]) == (30_000, "3 × ₭10.000")
    (tax,) = reckon(one(kind="percent", by="price", percent="2"), {"price": 125_000_025}, name=NAME).lines
    assert (tax.amount, tax.because["lo"]) == (2_500_001, "2 % × ₭125.000.025")


@given(price=st.integers(0, 10**14), percent=st.decimals("0.01", "100", places=2))
def test_a_share_is_rounded_half_up_once(price: int, percent: Decimal) -> None:
    quote = reckon(one(kind="percent", by="price", percent=str(percent)), {"price": price}, name=NAME)
    assert quote.total == int((price * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize(
    ("answers", "question"),
    [
        ({}, "vehicle"),
        ({"vehicle": "motorbike"}, "engine"),
        ({"vehicle": "motorbike", "engine": "x"}, "engine"),
        ({"vehicle": "motorbike", "engine": 0}, "engine"),
    ],
)
def test_an_answer_that_is_missing_or_uncovered_is_named(answers: dict[str, Any], question: str) -> None:
    with pytest.raises(Unanswered) as caught:
        reckon(ROAD, answers, name=NAME)
    assert caught.value.question == question


def test_a_sum_that_nobody_can_hold_is_refused() -> None:
    with pytest.raises(Unanswered):
        reckon(one(kind="each", by="sets", amount=9_007_199_254_740_991), {"sets": 2}, name=NAME)


def test_sound_lines_have_no_fault() -> None:
    assert line_faults(ROAD, asked_in(FORM)) == []
    assert line_faults(Fee(state="set", amount=5), {}) == []


@pytest.mark.parametrize(
    ("about", "where", "said"),
    [
        ({"name": {"lo": "ກ"}, "amount": 1}, ("lines", 0, "name"), "every language"),
        ({"amount": 0}, ("lines", 0, "amount"), "above 0"),
        ({"kind": "each", "by": "sets", "amount": -1}, ("lines", 0, "amount"), "above 0"),
        ({"kind": "table", "by": "engine"}, ("lines", 0, "steps"), "no fee from 1 to 9.000"),
        (
            {"kind": "table", "by": "engine", "steps": BIKE[1:]},
            ("lines", 0, "steps", 0),
            "no fee from 1 to 110",
        ),
        (
            {"kind": "table", "by": "engine", "steps": BIKE[::2]},
            ("lines", 0, "steps", 1),
            "no fee from 111 to 150",
        ),
        (
            {"kind": "table", "by": "engine", "steps": BIKE[:2]},
            ("lines", 0, "steps"),
            "no fee from 151 to 9.000",
        ),
        (
            {"kind": "table", "by": "engine", "steps": (BIKE[0], Step(start=110, amount=1))},
            ("lines", 0, "steps", 1),
            "overlaps",
        ),
        (
            {"kind": "table", "by": "engine", "steps": (BIKE[2], BIKE[0])},
            ("lines", 0, "steps", 1),
            "overlaps",
        ),
        (
            {"kind": "table", "by": "engine", "steps": (Step(start=1, upto=0, amount=1),)},
            ("lines", 0, "steps", 0),
            "before it begins",
        ),
        (
            {"kind": "table", "by": "engine", "steps": (Step(start=1, amount=0),)},
            ("lines", 0, "steps", 0),
            "above 0",
        ),
        ({"kind": "table", "by": "size", "steps": BIKE}, ("lines", 0, "by"), "least and a most"),
        ({"kind": "percent", "by": "price", "percent": "two"}, ("lines", 0, "percent"), "not a share"),
        ({"kind": "percent", "by": "price", "percent": "0"}, ("lines", 0, "percent"), "not a share"),
        (
            {"kind": "choice", "by": "speed", "choices": {"express": 1}},
            ("lines", 0, "choices"),
            "no fee for “ordinary”",
        ),
        (
            {"kind": "choice", "by": "speed", "choices": {"express": 1, "ordinary": 1, "fast": 1}},
            ("lines", 0, "by"),
            "no answer of",
        ),
        (
            {"kind": "choice", "by": "speed", "choices": {"express": 0, "ordinary": 1}},
            ("lines", 0, "choices", "express"),
            "above 0",
        ),
        ({"kind": "choice", "by": "colour", "choices": {"red": 1}}, ("lines", 0, "by"), "required"),
        ({"kind": "choice", "by": "nothing", "choices": {}}, ("lines", 0, "by"), "not a choice"),
        ({"amount": 1, "when": {"vehicle": "boat"}}, ("lines", 0, "when"), "no answer of"),
        ({"amount": 1, "when": {"vehicle": "car"}}, (), "vehicle = motorbike"),
    ],
)
def test_a_fee_gap_is_named_where_it_stands(about: dict[str, Any], where: tuple[Any, ...], said: str) -> None:
    found = line_faults(one(**about), asked_in(FORM))
    assert any(place == where and said in sentence for place, sentence in found), found


def test_a_line_that_stands_twice_is_named() -> None:
    row = FeeRow(code="one", name=NAME, amount=1)
    assert (("lines", 1, "code"), "the line “one” stands twice") in line_faults(
        Fee(state="set", lines=(row, row)), {}
    )


def test_more_answers_than_can_be_looked_through_are_a_fault_of_their_own() -> None:
    """13 questions with two answers each: 8,192 together. A line that always holds leaves no gap to look for."""
    names = [f"q{number:02}" for number in range(13)]
    form = {"properties": {name: {"enum": ["yes", "no"]} for name in names}, "required": names}
    rows = tuple(FeeRow(code=name, name=NAME, amount=1, when={name: "yes"}) for name in names)
    ((where, sentence),) = line_faults(Fee(state="set", lines=rows), asked_in(form))
    assert (
        where == () and sentence.startswith("q00, q01") and "8.192 ways" in sentence and "4.096" in sentence
    )
    always = FeeRow(code="always", name=NAME, amount=1)
    assert line_faults(Fee(state="set", lines=(*rows, always)), asked_in(form)) == []
    (gap,) = line_faults(Fee(state="set", lines=rows[:12]), asked_in(form))
    assert "q00 = no, q01 = no" in gap[1]


@given(ends=st.lists(st.integers(2, 8_999), unique=True, max_size=8), engine=st.integers(1, 9_000))
def test_a_table_without_faults_covers_every_answer(ends: list[int], engine: int) -> None:
    starts = [1, *(end + 1 for end in sorted(ends))]
    stops: list[int | None] = [*sorted(ends), None]
    steps = tuple(
        Step(start=start, upto=stop, amount=index + 1)
        for index, (start, stop) in enumerate(zip(starts, stops, strict=True))
    )
    fee = one(kind="table", by="engine", steps=steps)
    assert line_faults(fee, asked_in(FORM)) == []
    assert reckon(fee, {"engine": engine}, name=NAME).total > 0
