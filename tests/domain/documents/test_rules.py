"""The pure decisions about documents."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.documents import errors, rules
from onedoor.kernel.errors import Invalid
from tests.factories.papers import FACTS, LAYOUT

ROWS = LAYOUT["rows"]


def test_facts_come_in_both_languages_whatever_way_they_are_given() -> None:
    given_one = rules.normalise_facts(ROWS, {**FACTS, "mother_name": "  ນາງ   ບຸນມີ ", "unasked": "x"})
    assert given_one["mother_name"] == {"lo": "ນາງ ບຸນມີ", "en": "ນາງ ບຸນມີ"}
    assert "unasked" not in given_one
    split = {
        "child_name_lo": "ສຸກ",
        "child_name_en": "Souk",
        "birth_date": date(2026, 2, 14),
        "birth_place": {"en": "Pek"},
    }
    facts = rules.normalise_facts(ROWS, split)
    assert facts["child_name"] == {"lo": "ສຸກ", "en": "Souk"}
    assert facts["birth_date"]["lo"] == "2026-02-14"
    assert facts["birth_place"] == {"lo": "Pek", "en": "Pek"}


@pytest.mark.parametrize("empty", ["", "   ", None, {"lo": "", "en": " "}])
def test_a_fact_that_is_asked_for_may_not_be_empty(empty: object) -> None:
    with pytest.raises(errors.FactMissing) as fault:
        rules.normalise_facts(ROWS, {**FACTS, "birth_place": empty})
    assert fault.value.field == "birth_place"


@pytest.mark.parametrize("wrong", ["2026-02-30", "14/2/2026", "yesterday"])
def test_a_date_must_exist(wrong: str) -> None:
    with pytest.raises(errors.FactMalformed) as fault:
        rules.normalise_facts(ROWS, {**FACTS, "birth_date": wrong})
    assert fault.value.field == "birth_date"


def test_a_fact_that_does_not_fit_is_refused_and_never_cut() -> None:
    with pytest.raises(errors.FactMalformed) as fault:
        rules.normalise_facts(ROWS, {**FACTS, "birth_place": {"lo": "ກ" * 301, "en": "x"}})
    assert fault.value.field == "birth_place"
    assert len(rules.normalise_facts(ROWS, {**FACTS, "birth_place": "ກ" * 300})["birth_place"]["lo"]) == 300


def test_a_correction_in_one_script_keeps_the_other() -> None:
    held = rules.normalise_facts(ROWS, FACTS)
    merged = rules.normalise_facts(ROWS, rules.laid_over(held, {"child_name_en": "Souksavan"}))
    assert merged["child_name"] == {"lo": held["child_name"]["lo"], "en": "Souksavan"}
    assert rules.changed(held, merged) == 1


def test_a_layout_must_speak_both_languages() -> None:
    rules.check_layout(LAYOUT)
    for part in ("title", "signer"):
        with pytest.raises(Invalid):
            rules.check_layout({**LAYOUT, part: {"lo": "ໃບ"}})
    with pytest.raises(Invalid):
        rules.check_layout({**LAYOUT, "rows": []})


@pytest.mark.parametrize(
    ("state", "copies", "wanted"),
    [
        ("issued", [(1, "ready")], rules.Print(copy=1, new=False)),
        ("issued", [(1, "printed")], rules.Print(copy=2, new=True)),
        ("issued", [(1, "printed"), (2, "ready")], rules.Print(copy=2, new=False)),
        ("issued", [(1, "unknown")], errors.PrintIsUnknown),
        ("issued", [], errors.NotIssued),
        ("numbered", [], errors.NotIssued),
        ("revoked", [(1, "printed")], errors.AlreadyRevoked),
    ],
)
def test_which_copy_a_print_makes(state: str, copies: list[tuple[int, str]], wanted: object) -> None:
    if isinstance(wanted, rules.Print):
        assert rules.next_print(state, copies) == wanted
    else:
        with pytest.raises(wanted):  # type: ignore[call-overload]
            rules.next_print(state, copies)


@given(st.binary(min_size=10, max_size=10))
def test_a_code_carries_eighty_bits_and_survives_a_careless_hand(entropy: bytes) -> None:
    code = rules.code_of(entropy)
    assert len(code) == 16 and set(code) <= set(rules.ALPHABET)
    assert rules.read_code(rules.grouped(code).lower().replace("0", "o").replace("1", "l")) == code
    assert sum(
        rules.ALPHABET.index(sign) << 5 * place for place, sign in enumerate(reversed(code))
    ) == int.from_bytes(entropy, "big")


def test_a_code_fits_its_number_only() -> None:
    kept = [rules.hash_code("0103-1-26-D-000001-7", "A" * 16)]
    assert rules.code_matches("0103-1-26-D-000001-7", "A" * 16, kept)
    assert not rules.code_matches("0103-1-26-D-000002-6", "A" * 16, kept)
    assert not rules.code_matches("0103-1-26-D-000001-7", "B" * 16, kept)
    assert not rules.code_matches("0103-1-26-D-000001-7", "", [])


def test_waiting_begins_after_five_wrong_tries_and_has_an_end() -> None:
    assert rules.wait_after(4) == timedelta()
    waits = [rules.wait_after(wrong) for wrong in range(5, 40)]
    assert waits[0] == timedelta(seconds=2)
    assert waits == sorted(waits) and waits[-1] == rules.LONGEST_WAIT


def test_a_number_is_read_as_it_was_meant() -> None:
    assert rules.read_number("\x00%") == ""
    assert rules.read_number(" 0103-1–26—d-000001-7 ") == "0103-1-26-D-000001-7"
