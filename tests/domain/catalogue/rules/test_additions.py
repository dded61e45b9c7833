"""Surcharges, exemptions, penalties, floor and ceiling, begun units, dollars: reckoned, told and checked."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.catalogue.rules.fees import (
    Fee,
    FeeRow,
    Funding,
    Rate,
    Step,
    Unanswered,
    begun,
    reckon,
)
from onedoor.domain.catalogue.rules.fees.telling import told
from onedoor.domain.catalogue.rules.keeping import fee_kept, fee_read
from onedoor.domain.catalogue.rules.sentences import in_words
from onedoor.domain.catalogue.rules.tables import asked_in, fee_faults, fee_problems, line_faults

NAME = {"lo": "ຄ່າທຳນຽມ", "en": "Fee"}
LAW = {"lo": "ກົດໝາຍ", "en": "Law"}
OLD = {"if": "age >= 60", "lo": "ອາຍຸ 60 ປີຂຶ້ນໄປ", "en": "Aged 60 or over"}
FORM: dict[str, Any] = {
    "properties": {
        "speed": {
            "enum": ["ordinary", "express"],
            "x-labels": {"express": {"lo": "ດ່ວນ", "en": "Express"}, "ordinary": {"lo": "ທຳມະດາ", "en": "Ordinary"}},
        },
        "price": {"type": "integer", "minimum": 0, "maximum": 10**12},
        "area": {"type": "integer", "minimum": 1, "maximum": 10_000},
        "age": {"type": "integer", "minimum": 0, "maximum": 120},
        "expired": {"type": "string", "format": "date"},
        "since": {"type": "string", "format": "date", "x-partial": True},
        "veteran": {"enum": ["yes", "no"]},
    },
    "required": ["speed", "price", "area", "expired", "veteran"],
}  # fmt: skip
BASE = FeeRow(code="base", name=NAME, amount=40_000)
LABELS = {"speed": FORM["properties"]["speed"]["x-labels"]}
ON = date(2026, 3, 15)


def fee(*rows: FeeRow, **about: Any) -> Fee:
    return Fee(state="set", law=LAW, lines=(BASE, *rows), **about)


def row(kind: Any, **about: Any) -> FeeRow:
    return FeeRow(**{"code": kind, "name": NAME, "kind": kind, **about})


def lines(held: Fee, **answers: Any) -> list[tuple[str, int, str]]:
    quote = reckon(held, answers, name=NAME, labels=LABELS, on=ON)
    return [(line.code, line.amount, line.because.get("en", "")) for line in quote.lines]


SURCHARGE = row("surcharge", by="speed", choices={"ordinary": 0}, percents={"express": "50"})
EXEMPTION = row("exemption", where=OLD, percent="50", law=LAW)
PENALTY = row("penalty", by="expired", amount=5_000, ceiling=50_000)


def test_a_surcharge_goes_by_an_answer_and_is_a_part_of_other_lines() -> None:
    assert lines(fee(SURCHARGE), speed="express")[1:] == [("surcharge", 20_000, "Express: 50 % × ₭40.000")]
    assert len(lines(fee(SURCHARGE), speed="ordinary")) == 1
    with pytest.raises(Unanswered):
        lines(fee(SURCHARGE), speed="at once")
    fixed = row("surcharge", amount=300_000, when={"speed": "express"})
    assert lines(fee(fixed), speed="express")[1] == ("surcharge", 300_000, "Express")


def test_an_exemption_is_a_line_of_its_own_with_its_law_and_reason() -> None:
    assert lines(fee(EXEMPTION), age=60)[1:] == [("exemption", -20_000, "Aged 60 or over: 50 % × ₭40.000")]
    assert len(lines(fee(EXEMPTION), age=59)) == len(lines(fee(EXEMPTION))) == 1
    whole = reckon(fee(replace(EXEMPTION, percent="")), {"age": 70}, name=NAME)
    assert whole.total == 0 and whole.lines[1].law == LAW


def test_a_penalty_counts_days_to_the_day_that_counts_and_stops_at_its_ceiling() -> None:
    assert lines(fee(PENALTY), expired="2026-03-12")[1:] == [
        ("penalty", 15_000, "3 days late, counted from 12/03/2026: 3 × ₭5.000")
    ]
    assert lines(fee(PENALTY), expired="2025-03-12")[1][1:] == (
        50_000,
        "368 days late, counted from 12/03/2025: 368 × ₭5.000; at most ₭50.000",
    )
    assert len(lines(fee(PENALTY), expired="2026-03-15")) == 1
    assert len(lines(fee(replace(PENALTY, grace=3)), expired="2026-03-12")) == 1
    steps = (Step(start=1, upto=2, amount=10_000), Step(start=3, amount=30_000))
    table = replace(PENALTY, amount=0, ceiling=0, steps=steps, period="month")
    assert lines(fee(table), expired="2026-01-14")[1][1:] == (
        30_000,
        "3 months late, counted from 14/01/2026",
    )
    with pytest.raises(Unanswered):
        reckon(fee(PENALTY), {"expired": "2026-03-12"}, name=NAME)


def test_a_penalty_stops_at_a_share_of_the_fee_and_at_a_number_of_periods() -> None:
    shared = replace(PENALTY, ceiling=0, most_percent="100")
    assert lines(fee(shared), expired="2025-03-12")[1][1:] == (
        40_000,
        "368 days late, counted from 12/03/2025: 368 × ₭5.000; at most 100 % of the fee (₭40.000)",
    )
    assert lines(fee(shared), expired="2026-03-12")[1][1] == 15_000
    counted = replace(PENALTY, ceiling=0, period="month", most_periods=2)
    assert lines(fee(counted), expired="2025-12-15")[1][1:] == (
        10_000,
        "3 months late, counted from 15/12/2025: 2 × ₭5.000; at most 2 months counted",
    )
    yearly = replace(PENALTY, amount=0, ceiling=0, percent="30", period="year", per=2, most_periods=1)
    assert lines(fee(yearly), expired="2010-03-15")[1][1:] == (
        12_000,
        "8 × 2 years late, counted from 15/03/2010: 1 × 30 % × ₭40.000; at most 1 × 2 years counted",
    )


def test_a_penalty_in_dollars_stops_at_its_share_of_what_is_charged_in_kip() -> None:
    rate = Rate(kip="20000", on=ON, source="a bank")
    late = replace(PENALTY, amount=5_000, ceiling=0, currency="USD", most_percent="50")
    held = replace(fee(late), rate=rate)
    line = reckon(held, {"expired": "2026-03-14"}, name=NAME, on=ON).lines[1]
    assert (line.amount, line.currency, line.original) == (20_000, "LAK", None)
    assert line.because["en"].endswith("at most 50 % of the fee (₭20.000)")
    assert line.because["lo"].endswith("ບໍ່ເກີນ 50 % ຂອງຄ່າທຳນຽມ (₭20.000)")


@pytest.mark.parametrize(
    ("due", "on", "period", "count"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), "month", 1),
        (date(2026, 1, 31), date(2026, 3, 1), "month", 2),
        (date(2024, 2, 29), date(2025, 2, 28), "year", 1),
        (date(2024, 2, 29), date(2025, 3, 1), "year", 2),
        (date(2025, 12, 31), date(2026, 1, 1), "day", 1),
    ],
)
def test_periods_are_counted_by_the_calendar(due: date, on: date, period: Any, count: int) -> None:
    assert begun(due, on, period=period) == count


@given(due=st.dates(date(2000, 1, 1), date(2030, 1, 1)), late=st.integers(-400, 4000), per=st.integers(1, 31))
def test_later_never_costs_less(due: date, late: int, per: int) -> None:
    on = due + timedelta(days=late)
    for period in ("day", "month", "year"):
        now, then = (begun(due, day, period=period, per=per) for day in (on, on + timedelta(days=1)))  # type: ignore[arg-type]
        assert 0 <= now <= then <= now + 1 and bool(now) == (late > 0)


def test_a_share_has_a_floor_and_a_ceiling_and_says_which_decided() -> None:
    share = FeeRow(
        code="tax", name=NAME, kind="percent", by="price", percent="2", floor=50_000, ceiling=900_000
    )
    held = Fee(state="set", lines=(share,))
    assert lines(held, price=0) == [("tax", 50_000, "2 % × ₭0; at least ₭50.000")]
    assert lines(held, price=10_000_000) == [("tax", 200_000, "2 % × ₭10.000.000")]
    assert lines(held, price=100_000_000)[0][1:] == (900_000, "2 % × ₭100.000.000; at most ₭900.000")


def test_begun_units_are_whole_units() -> None:
    each = FeeRow(
        code="area", name=NAME, kind="each", by="area", amount=10_000, per=10, unit={"lo": "ມ²", "en": "m²"}
    )
    assert lines(Fee(state="set", lines=(each,)), area=13) == [
        ("area", 20_000, "2 × ₭10.000 (13 m²: each 10 m² begun)")
    ]


RATE = Rate(kip="21500.5", on=date(2026, 3, 1), source="Bank of the Lao PDR")


def test_dollars_are_charged_in_kip_and_keep_what_the_law_says() -> None:
    quote = reckon(Fee(state="set", amount=3_050, currency="USD", law=LAW, rate=RATE), {}, name=NAME)
    (line,) = quote.lines
    assert (quote.currency, line.currency, line.amount) == ("LAK", "LAK", 655_765)
    assert line.original and (line.original.currency, line.original.amount) == ("USD", 3_050)
    assert line.original.rate == "21500.5" and line.original.on == RATE.on
    assert line.because["en"] == "30.50 USD × ₭21.500,5 (rate of 01/03/2026, Bank of the Lao PDR)"
    both = Fee(state="set", lines=(BASE, replace(BASE, code="visa", amount=1_000, currency="USD")), rate=RATE)
    assert reckon(both, {}, name=NAME).total == 40_000 + 215_005


@given(cents=st.integers(1, 10**9), rate=st.decimals("0.01", "99999.99", places=2))
def test_dollars_are_rounded_half_up_once(cents: int, rate: Decimal) -> None:
    held = Fee(state="set", amount=cents, currency="USD", rate=replace(RATE, kip=str(rate)))
    wanted = (Decimal(cents) * rate / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert reckon(held, {}, name=NAME).total == int(wanted)


PERCENTS = st.integers(1, 100).map(str)


@given(
    amounts=st.lists(st.integers(1, 10**7), min_size=1, max_size=4),
    offs=st.lists(st.tuples(PERCENTS, st.lists(st.integers(0, 3), max_size=3)), max_size=4),
    plus=PERCENTS,
)
def test_exemptions_never_take_more_than_there_is(
    amounts: list[int], offs: list[tuple[str, list[int]]], plus: str
) -> None:
    rows = [FeeRow(code=f"l{index}", name=NAME, amount=amount) for index, amount in enumerate(amounts)]
    rows.append(row("surcharge", percent=plus, when={"speed": "express"}))
    for index, (percent, of) in enumerate(offs):
        named = tuple(f"l{each}" for each in sorted(set(of)) if each < len(amounts))
        rows.append(row("exemption", code=f"x{index}", percent=percent, where=OLD, of=named))
    quote = reckon(Fee(state="set", lines=tuple(rows)), {"age": 60, "speed": "express"}, name=NAME)
    assert quote.total >= 0
    for line in quote.lines:
        assert (line.amount <= 0) == (line.kind == "exemption")


def test_a_sound_fee_of_every_kind_has_no_fault_and_is_told_in_both_languages() -> None:
    held = fee(SURCHARGE, EXEMPTION, PENALTY)
    assert line_faults(held, asked_in(FORM)) == []
    with translation.override("en"):
        said = [(each.when, each.amount) for each in told(held, FORM)]
    assert said == [
        ("", "₭40.000"),
        ("Express", "+ 50 %"),
        ("Aged 60 or over", "− 50 %"),
        ("late after: expired", "₭5.000 for each day, at most ₭50.000"),
    ]


@pytest.mark.parametrize(
    ("held", "where", "said"),
    [
        (row("surcharge", by="speed", choices={"ordinary": 0}), "choices", "no surcharge for “express”"),
        (replace(SURCHARGE, choices={"ordinary": 0, "express": 1}), "express", "the two overlap"),
        (row("surcharge", amount=5), "by", "the question or the condition"),
        (row("surcharge", amount=5, percent="5", when={"speed": "express"}), "amount", "either an amount"),
        (row("surcharge", by="nothing", choices={}), "by", "not a choice"),
        (replace(SURCHARGE, of=("later",)), "of", "no line before this one"),
        (replace(EXEMPTION, law={}), "law", "nobody is exempt without a law"),
        (replace(EXEMPTION, where={}), "where", "for whom"),
        (replace(EXEMPTION, where={**OLD, "if": "age >"}), "where", "cannot be read"),
        (replace(EXEMPTION, where={**OLD, "if": "weight > 3"}), "where", "“weight”, which the form does not ask"),
        (replace(EXEMPTION, where={"if": "age > 3"}), "where", "lacks words in: lo, en"),
        (replace(EXEMPTION, percent="101"), "percent", "not a share"),
        (replace(PENALTY, by="since"), "by", "not a question for a whole date"),
        (replace(PENALTY, steps=(Step(start=1, amount=5),)), "steps", "the two overlap"),
        (replace(PENALTY, amount=0, steps=(Step(start=2, amount=5),)), 0, "no fee from 1 to 1"),
        (replace(PENALTY, amount=0, steps=(Step(start=1, upto=30, amount=5),)), "steps", "no fee from 31 on"),
        (replace(PENALTY, per=0), "per", "1 to 366"),
        (replace(PENALTY, floor=9, ceiling=5), "floor", "is more than the most"),
        (replace(PENALTY, most_percent="many"), "most_percent", "is not a share in percent"),
        (replace(PENALTY, most_percent="-5"), "most_percent", "is not a share in percent"),
        (replace(PENALTY, amount=0, percent="10", most_percent="5"), "most_percent", "is less than one period"),
        (replace(PENALTY, most_periods=-1), "most_periods", "36600 periods"),
        (replace(SURCHARGE, most_percent="5"), "kind", "only a penalty"),
        (row("fixed", amount=5, most_periods=2), "kind", "only a penalty"),
        (row("percent", by="price", percent="2", floor=-1), "floor", "above 0"),
        (row("each", by="area", amount=1, per=0), "per", "1 or more"),
        (replace(BASE, code="visa", currency="USD"), "currency", "needs the rate"),
        (replace(BASE, code="visa", where=OLD), "kind", "only a surcharge"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_addition_is_named_at_its_row(held: FeeRow, where: Any, said: str) -> None:
    found = line_faults(fee(held), asked_in(FORM))
    assert any(place[:2] == ("lines", 1) and place[-1] == where and said in text for place, text in found), (
        found
    )


def test_exemptions_that_overlap_are_named_with_answers_for_which_both_hold() -> None:
    veteran = row("exemption", code="veteran", when={"veteran": "yes"}, law=LAW)
    ((place, said),) = line_faults(fee(EXEMPTION, veteran), asked_in(FORM))
    assert place == ("lines", 2) and "both hold for age = 60, veteran = yes" in said
    young = replace(veteran, where={**OLD, "if": "age < 60"})
    assert line_faults(fee(EXEMPTION, young), asked_in(FORM)) == []
    apart = replace(veteran, of=("surcharge",))
    assert line_faults(fee(SURCHARGE, replace(EXEMPTION, of=("base",)), apart), asked_in(FORM)) == []


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ([Fee(state="set", amount=5, currency="USD")], "needs its rate"),
        ([Fee(state="set", amount=5, currency="USD", rate=replace(RATE, kip="0"))], "not a rate"),
        ([Fee(state="set", amount=5, currency="USD", rate=replace(RATE, source=" "))], "source is missing"),
        ([Fee(state="set", amount=5, currency="XXX")], "not a known currency"),
        (
            [Fee(state="set", amount=5, currency="USD", rate=replace(RATE, on=date(2026, 3, 16)))],
            "has not come yet",
        ),
        ([Fee(state="set", amount=5, currency="USD", rate=replace(RATE, kip="-3"))], "not a rate"),
        ([Fee(state="set", amount=-5)], "negative: -5"),
        ([Fee(state="set", amount=10**16)], "larger than anybody could pay"),
        ([Fee(state="set", amount=5, valid_from=ON, valid_until=ON)], "before it begins"),
        (
            [
                Fee(state="set", amount=5, valid_until=date(2026, 2, 1)),
                Fee(state="set", amount=6, valid_from=date(2026, 3, 1)),
            ],
            "no fee from 2026-02-01 to 2026-03-01: the fee table has a gap, such as on 2026-02-01",
        ),
        (
            [
                Fee(state="set", amount=5, valid_until=date(2026, 4, 1)),
                Fee(state="set", amount=6, valid_from=date(2026, 3, 1)),
            ],
            "overlaps the one before it: on 2026-03-01 both hold",
        ),
    ],
)
def test_periods_and_rates_that_are_wrong_are_named(fees: list[Fee], said: str) -> None:
    assert any(said in sentence for _index, sentence in fee_faults(tuple(fees), on=ON))


def problems(held: Fee) -> dict[str, tuple[bool, bool]]:
    return {each.place: (each.stops, each.lawful) for each in fee_problems((held,), asked_in(FORM))}


def test_law_and_dates_are_mandatory_for_what_is_set_and_not_for_what_is_to_be_set() -> None:
    bare = Fee(state="set", amount=5)
    assert problems(bare) == {
        "fees[0].law": (False, True),
        "fees[0].valid_from": (False, True),
        "fees[0].funding": (False, False),
    }
    assert problems(Fee(state="to_be_set")) == {"fees[0].state": (False, True)}
    assert fee_problems((), {})[0].place == "fees"


@pytest.mark.parametrize(
    ("amount", "funding", "wrong"),
    [
        (100_000, Funding(model="cost_recovery", unit_cost=100_000, share="0"), None),
        (50_000, Funding(model="cost_recovery", unit_cost=100_000), "model"),
        (100_000, Funding(model="cost_plus", unit_cost=100_000), "model"),
        (120_000, Funding(model="cost_plus", unit_cost=100_000), None),
        (40_000, Funding(model="subsidised", unit_cost=100_000, share="60"), None),
        (40_000, Funding(model="subsidised", unit_cost=100_000, share="50"), "share"),
        (40_000, Funding(model="subsidised", unit_cost=100_000, share="40"), "share"),
        (60_000, Funding(model="partly_subsidised", unit_cost=100_000, share="40"), None),
        (100_000, Funding(model="partly_subsidised", unit_cost=100_000), "model"),
        (100_000, Funding(model="free", unit_cost=100_000, share="100"), "model"),
        (100_000, Funding(model="cost_recovery"), "unit_cost"),
        (100_000, Funding(model="cost_recovery", share="NaN", unit_cost=100_000), "share"),
    ],
)
def test_a_funding_model_that_does_not_agree_with_the_fee_is_doubted(
    amount: int, funding: Funding, wrong: str | None
) -> None:
    held = Fee(state="set", amount=amount, law=LAW, valid_from=ON, funding=funding)
    found = problems(held)
    assert set(found) == ({f"fees[0].funding.{wrong}"} if wrong else set())
    assert not any(stops or lawful for stops, lawful in found.values())


def test_what_was_kept_before_reads_as_before_and_what_is_new_is_kept_whole() -> None:
    plain = fee_kept(Fee(state="set", amount=5))
    assert set(plain) == {"state", "amount", "currency", "law", "valid_from", "valid_until", "source"}
    (line,) = fee_kept(Fee(state="set", lines=(BASE,)))["lines"]
    assert set(line) == {field.name for field in fields(FeeRow)[:11]}
    visa, funding = replace(BASE, code="visa", currency="USD"), Funding(model="cost_plus", unit_cost=5)
    held = fee(SURCHARGE, EXEMPTION, PENALTY, visa, rate=RATE, funding=funding)
    kept = fee_kept(held)
    kept["rate"]["on"] = kept["rate"]["on"].isoformat()
    assert fee_read(kept) == held


def test_a_sentence_is_said_in_the_language_of_its_reader() -> None:
    ((_index, said),) = fee_faults((Fee(state="set"),))
    later = in_words(said)
    assert said == "a fee that is set needs an amount above 0"
    with translation.override("lo"):
        lao = str(later)
    with translation.override("en"):
        assert str(later) == said != lao
    assert in_words("as it is") == "as it is"
