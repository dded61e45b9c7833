"""Identifiers, money, keys and errors: the kernel's small parts."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel.crypto import Keyring, WrongKey, decrypt, encrypt, signed_by
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.ids import named_id, new_id
from onedoor.kernel.money import Money, format_kip


def test_identifiers_are_uuid7_and_named_ones_repeat() -> None:
    assert {new_id().version for _ in range(10)} == {7}
    assert len({new_id() for _ in range(1000)}) == 1000
    assert named_id("lao", "service/birth") == named_id("lao", "service/birth")
    assert named_id("lao", "a") != named_id("other", "a")


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "₭0"), (999, "₭999"), (1_234_568, "₭1.234.568"), (-40_000, "-₭40.000")]
)
def test_kip_are_written_as_the_country_writes_them(amount: int, text: str) -> None:
    assert format_kip(amount) == text


@pytest.mark.parametrize("amount", [1.5, True, "1", 2**60])
def test_money_is_whole_and_bounded(amount: object) -> None:
    with pytest.raises(ValueError, match="money|amount"):
        Money(amount)  # type: ignore[arg-type]


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="currencies"):
        Money(1, "LAK") + Money(1, "USD")


@given(st.integers(-(10**12), 10**12), st.integers(0, 200))
def test_a_share_is_rounded_half_up_once(amount: int, percent: int) -> None:
    exact = Decimal(amount) * percent / 100
    assert abs(Decimal(Money(amount).share(Decimal(percent)).amount) - exact) <= Decimal("0.5")


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_was_encrypted_is_read_only_whole_and_in_its_context(plain: bytes, context: bytes) -> None:
    key = bytes(32)
    sealed = encrypt(key, plain, context=context)
    assert decrypt(key, sealed, context=context) == plain
    for broken, where in ((sealed[:-1], context), (sealed, context + b"x"), (b"", context)):
        with pytest.raises(WrongKey):
            decrypt(key, broken, context=where)


def test_rotation_keeps_the_old_readable_until_it_retires(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys" / "node.json")
    other = Keyring(tmp_path / "keys" / "node.json")
    assert (tmp_path / "keys" / "node.json").stat().st_mode & 0o777 == 0o600
    old = ring.wrap(b"secret")
    address, key = ring.mac("files", b"x"), ring.public_key
    assert ring.rotate() == 2
    assert ring.unwrap(old) == b"secret"
    new = ring.rewrap(old)
    assert other.unwrap(new) == b"secret", "another process reads the new generation"
    ring.retire()
    with pytest.raises(WrongKey):
        ring.unwrap(old)
    assert (ring.unwrap(new), ring.mac("files", b"x"), ring.public_key) == (b"secret", address, key)


def test_signatures_and_blind_indexes(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "node.json")
    signature = ring.sign(b"head")
    assert signed_by(ring.public_key, signature, b"head")
    assert not signed_by(ring.public_key, signature, b"other")
    assert not signed_by(b"short", signature, b"head")
    assert ring.blind("phone", "020") == ring.blind("phone", "020") != ring.blind("id", "020")


def test_errors_are_sentences_with_codes() -> None:
    class CounterIsClosed(Conflict):
        message = "This counter is closed."

    assert (CounterIsClosed().code, CounterIsClosed.status) == ("counter_is_closed", 409)
    assert str(CounterIsClosed()) == "This counter is closed."
    fault = Invalid(field="phone", reason="too short")
    assert (fault.status, fault.field, str(fault)) == (422, "phone", "too short")
