"""The tariff of a pack: what may be charged beside the state's fees, in which notes, and when a fee is waived."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from onedoor.domain.payments import api as payments
from onedoor.kernel.scope import Actor
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.loading import load


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the Lao pack that a test may spoil."""
    return Path(shutil.copytree(LAO, tmp_path / "lao"))


def test_the_lao_tariff_is_sound_and_says_what_is_a_demonstration() -> None:
    found, faults = check(LAO)
    assert not list(faults)
    assert found.tariff is not None
    assert found.tariff.notes == [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500]
    assert {item.code for item in found.tariff.items} == {"copy", "photo", "form", "courier"}
    assert all(each.demonstration for each in (*found.tariff.items, *found.tariff.grounds))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("price: 1000\n", "price: -1000\n", "is negative"),
        ("price: 1000\n", "price: 10.5\n", "whole number"),
        ("ceiling: 50000\n", "ceiling: 500\n", "below the price"),
        ("code: photo", "code: copy", "stands twice"),
        ("[100000, 50000", "[100000, 100000", "stands twice"),
        ("[100000, 50000", "[-5, 50000", "is not a note"),
        ("currency: LAK", "currency: KIP", "not a known currency"),
        ("code: disability", "code: poor-family", "stands twice"),
        ("lo: ຄົນພິການ", "lo: disabled", "no Lao letter"),
        ("incidental:", "extras:", "incidental"),
    ],
)
def test_a_fault_is_named(pack: Path, before: str, after: str, said: str) -> None:
    place = pack / "tariffs.yaml"
    text = place.read_text()
    assert before in text
    place.write_text(text.replace(before, after, 1))
    _found, faults = check(pack)
    told = [str(fault) for fault in faults]
    assert any("tariffs.yaml" in fault and said in fault for fault in told), told


def test_a_pack_without_cash_has_no_tariff(pack: Path) -> None:
    (pack / "tariffs.yaml").unlink()
    found, faults = check(pack)
    assert found.tariff is None
    assert not list(faults)


@pytest.mark.django_db
def test_it_is_loaded_and_read_by_everybody(at: datetime) -> None:
    found, _faults = check(LAO)
    load(found, by=Actor.system(), at=at)
    known = payments.tariff()
    assert known.notes[0] == 100_000
    assert known.ground("poor-family").name["en"] == "Poor family"
