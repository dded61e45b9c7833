"""One spelling for search: every way to type the same Lao word is one word."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from onedoor.kernel.i18n import is_tone, normalise, sort_key, toneless

LAO = some.text(
    alphabet=[chr(code) for code in range(0x0E81, 0x0EE0) if unicodedata.category(chr(code)) != "Cn"]
)


@pytest.mark.parametrize("typed", ["ນ້ຳ", "ນ້ໍາ", "ນໍ້າ", "ນຳ້"])
def test_every_order_of_am_and_tone_is_one(typed: str) -> None:
    assert normalise(typed) == "ນ້ຳ"
    assert toneless(typed) == "ນຳ"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ໜັງສື", "ຫນັງສື"),
        ("ໝູ່ບ້ານ", "ຫມູ່ບ້ານ"),
        ("ຫຼວງພະບາງ", "ຫລວງພະບາງ"),
        ("ເເກ້ວ", "ແກ້ວ"),
        ("ຂ້ຶນ", "ຂຶ້ນ"),
        ("ທະບຽນ\u200bເກີດ", "ທະບຽນເກີດ"),
        ("  Birth   Certificate! ", "birth certificate"),
        ("ມາດຕາ ໑໒", "ມາດຕາ 12"),
    ],
)
def test_variants_are_one(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


def test_never_compatibility_forms() -> None:
    """NFKC would break ຳ into two letters."""
    assert "\u0eb3" in normalise("ຄຳ")
    assert unicodedata.normalize("NFKC", "ຄຳ") != normalise("ຄຳ")


@given(LAO)
def test_normalising_twice_is_normalising_once(word: str) -> None:
    assert normalise(normalise(word)) == normalise(word)
    assert not any(is_tone(letter) for letter in toneless(word))


def test_order_is_that_of_a_lao_reader() -> None:
    """By consonant first, although the vowel is written before it."""
    words = ["ຂາ", "ໄກ", "ແກ", "ເກີດ", "ກາ", "ກໍ"]
    assert sorted(words, key=sort_key) == ["ກໍ", "ກາ", "ເກີດ", "ແກ", "ໄກ", "ຂາ"]


def test_sort_key_is_plain_letters() -> None:
    assert sort_key("ສູນບໍລິການ").isascii()
    assert sort_key("Pek") < sort_key("pela")
