"""Search over the services of the Lao pack: one wrong or missing tone mark, and how people type."""

from __future__ import annotations

from datetime import datetime

import pytest

from onedoor.domain.catalogue.api import services
from onedoor.kernel.scope import Actor
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.loading import load
from tests.domain.catalogue.test_search import WITHIN, one_tone_wrong, place

pytestmark = pytest.mark.django_db
LAO_LETTERS = range(0x0E80, 0x0F00)


AS_TYPED = (
    ("ພາດສະປອດ", "passport"),
    ("ເສຍຄ່າທາງລົດຈັກ", "road-tax"),
    ("ຂ້ອຍຢາກປຸກເຮືອນ", "construction-permit"),
    ("ແຕງງານ", "marriage-certificate"),
    ("ໂອນທີດິນ", "land-title-transfer"),
    ("ເປີດໂຮງແຮມ", "accommodation-licence"),
    ("ຕັ້ງບໍລິສັດ", "enterprise-registration"),
    ("ຄົນຕາຍ", "death-registration"),
    ("ປື້ມສຳມະໂນຄົວ", "family-book-change"),
    ("ID card", "identity-card-correction"),
    ("build a house", "construction-permit"),
    ("proof of adress", "residence-certificate"),
    ("start a company", "enterprise-registration"),
    ("divorse", "divorce-certificate"),
    ("e-commerce", "electronic-transaction-licence"),
    ("import permit", "import-licence"),
)


def is_lao(word: str) -> bool:
    return any(ord(letter) in LAO_LETTERS for letter in word)


@pytest.fixture
def loaded(at: datetime) -> None:
    held, faults = check(LAO)
    assert not list(faults)
    load(held, by=Actor.system(), at=at)


@pytest.mark.usefixtures("loaded")
def test_one_wrong_or_missing_tone_mark_over_all_services() -> None:
    """Each name and each keyword, with every way to get one tone mark wrong."""
    tried, missed = 0, []
    for service in services():
        for word in filter(is_lao, (service.name["lo"], *service.keywords)):
            for query in one_tone_wrong(word):
                tried += 1
                if place(query, service.code) > WITHIN:
                    missed.append((query, service.code))
    assert tried > 1000
    assert len(missed) <= 0.05 * tried, (len(missed), tried, missed[:20])
    assert not [(query, code) for query, code in AS_TYPED if place(query, code) > WITHIN], "as people type"
