"""Notes, change and what may be charged: without a database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onedoor.domain.payments import errors
from onedoor.domain.payments.rules import (
    LARGEST,
    Item,
    TariffView,
    add_up,
    code_of,
    counted,
    hash_code,
    in_notes,
    quick_tenders,
    take,
    whole,
)

NOTES = (500, 1000, 2000, 5000, 10000, 20000, 50000, 100000)
TARIFF = TariffView(
    currency="LAK",
    notes=NOTES,
    items=(Item(code="copy", name={"lo": "ສຳເນົາ", "en": "Copy"}, price=1_000, ceiling=20_000),),
    grounds=(),
)
FEES = [
    {"kind": "fee", "code": "fee", "name": {"lo": "ບໍລິການ", "en": "Service"}, "number": 1, "amount": 40_000}
]


@pytest.mark.parametrize(
    ("said", "kip"), [("40000", 40000), ("40.000", 40000), ("₭ 1,234,568", 1234568), (0, 0), (" 500 ", 500)]
)
def test_a_whole_amount_is_read_as_people_write_it(said: Any, kip: int) -> None:
    assert whole(said, field="x") == kip


@pytest.mark.parametrize(
    "said",
    [
        "",
        "-1",
        "4.5",
        "40.00",
        "1e5",
        "4 0000 x",
        "٤٠٠٠٠",
        "໔໐໐໐໐",
        "9" * 40,
        -5,
        1.5,
        True,
        None,
        10**12,
        "0x10",
        "1.2345",
    ],
)
def test_a_fraction_a_sign_a_letter_and_too_much_are_refused(said: Any) -> None:
    with pytest.raises(errors.AmountInvalid):
        whole(said, field="tendered")


@pytest.mark.parametrize(
    "notes", [{"500": "-1"}, {"500": "1.5"}, {"700": "1"}, {"500": "100000"}, {"500": True}, {"500": "໑"}]
)
def test_a_count_of_notes_is_whole_and_of_notes_that_exist(notes: Any) -> None:
    with pytest.raises(errors.NotesInvalid):
        counted(notes, NOTES)


def test_notes_are_added_up() -> None:
    assert counted({"1000": "3", 500: 1, "2000": ""}, NOTES) == ({"1000": 3, "500": 1}, 3_500)


@given(some.integers(0, 2_000_000))
def test_an_amount_in_notes_is_the_amount(amount: int) -> None:
    handed, rest = in_notes(amount, NOTES)
    assert sum(note * number for note, number in handed) + rest == amount
    assert 0 <= rest < 500


@given(some.integers(1, 4_000).map(lambda n: n * 500))
def test_quick_tenders_suffice_and_are_few(total: int) -> None:
    tenders = quick_tenders(total, NOTES)
    assert tenders[0] == total
    assert all(each >= total for each in tenders)
    assert len(tenders) == len(set(tenders)) <= 4


@given(
    total=some.integers(1, 400).map(lambda n: n * 500),
    tendered=some.integers(0, 2_000).map(lambda n: n * 500),
    drawer=some.integers(0, 2_000).map(lambda n: n * 500),
)
def test_what_is_taken_is_what_is_owed(total: int, tendered: int, drawer: int) -> None:
    if tendered < total:
        with pytest.raises(errors.TooLittle):
            take(total, tendered=tendered, given=None, drawer=drawer, known=NOTES)
        return
    paid = take(total, tendered=tendered, given=None, drawer=drawer, known=NOTES)
    assert paid.tendered == total + paid.given + paid.owed
    assert paid.given <= drawer
    assert paid.owed == 0 or paid.given == drawer


def test_a_large_note_without_change_is_owed() -> None:
    paid = take(40_000, tendered=500_000, given=None, drawer=60_000, known=NOTES)
    assert (paid.given, paid.owed) == (60_000, 400_000)


@pytest.mark.parametrize(
    ("given_back", "refusal"),
    [(20_000, errors.ChangeInvalid), (250, errors.AmountInvalid), (10_000, errors.ChangeNotInDrawer)],
)
def test_change_is_due_in_notes_and_in_the_drawer(given_back: int, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        take(40_000, tendered=50_000, given=given_back, drawer=5_000, known=NOTES)


def test_nothing_but_the_tariff_is_charged() -> None:
    owed = add_up(FEES, items=[("copy", "3")], tariff=TARIFF)
    assert (owed.fee, owed.incidental, owed.total) == (40_000, 3_000, 43_000)
    with pytest.raises(errors.NotInTariff):
        add_up(FEES, items=[("tea", 1)], tariff=TARIFF)
    with pytest.raises(errors.NotInTariff):
        add_up(FEES, items=[("copy", 1), ("copy", 1)], tariff=TARIFF)
    with pytest.raises(errors.AboveCeiling):
        add_up(FEES, items=[("copy", 21)], tariff=TARIFF)


def test_a_code_is_long_and_typed_in_any_way() -> None:
    code = code_of(bytes(range(32)))
    assert len(code) == 16
    assert hash_code(code.upper()) == hash_code(f" {code[:4]}-{code[4:]} ") == hash_code(code)


def test_the_tax_on_the_dearest_land_can_be_paid() -> None:
    dearest = 999_999_999_999 * 2 // 100 + 95_000
    handed = whole(f"{dearest + 1_000:,}", field="tendered") // 500 * 500
    paid = take(dearest, tendered=handed, given=None, drawer=1_000, known=NOTES)
    assert paid.tendered == paid.given + paid.owed + dearest
    with pytest.raises(errors.AmountInvalid):
        whole(LARGEST + 1, field="tendered")
