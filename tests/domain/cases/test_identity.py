"""Intake goes as far as the service's level of identity allows, and the letter says by what it was shown."""

import json
from datetime import datetime

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.rules.vouching import vouched
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import Invalid
from onedoor.kernel.letters.models import LetterRow
from tests.factories.editions import published_with
from tests.factories.registry import BIRTH, SCAN, Registry


@pytest.mark.parametrize(
    ("level", "shown", "enough"),
    [
        ("document", "", False),
        ("document", "vouched", False),
        ("document", "document", True),
        ("document", "registry", True),
        ("registry", "document", False),
        ("vouched", "vouched", True),
        ("vouched", "none", False),
        ("none", "", True),
        ("", "", True),
    ],
)
def test_what_is_enough(level: str, shown: str, enough: bool) -> None:
    assert catalogue.Identity(level=level).met_by(shown) is enough


def test_too_little_stays_a_draft(world: Registry, at: datetime) -> None:
    published_with(world.birth, at=at, identity=catalogue.Identity(level="document"))
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    cases.attach(
        by=world.officer, at=at, case=draft.id, paper="village-notification", content=SCAN, name="a.png"
    )
    for shown, refusal in (
        ("", cases.IdentityIsNotShown),
        ("none", cases.IdentityIsNotShown),
        ("charm", Invalid),
    ):
        with pytest.raises(refusal) as refused:
            cases.receive(by=world.officer, at=at, case=draft.id, identity=shown)
        assert refused.value.field == "identity"
    cases.receive(by=world.officer, at=at, case=draft.id, identity="document")
    assert json.loads(LetterRow.objects.get(type="cases.received").body)["identity"] == "document"


HEAD = cases.Voucher(kind="village_head", name="ທ້າວ ຄຳ  ສີ")
ONE, TWO = (cases.Voucher(kind="witness", name=name) for name in ("ນາງ ແກ້ວ", "ທ້າວ ບຸນ"))


@pytest.mark.parametrize(
    ("shown", "vouchers"),
    [
        ("vouched", []),
        ("vouched", [ONE]),
        ("vouched", [ONE, ONE]),
        ("vouched", [HEAD, ONE]),
        ("vouched", [HEAD, TWO, ONE]),
        ("vouched", [cases.Voucher(kind="village_head", name="  ")]),
        ("vouched", [cases.Voucher(kind="friend", name="ນາງ ແກ້ວ")]),
        ("document", [HEAD]),
        ("", [HEAD]),
    ],
)
def test_nobody_vouches_without_names(shown: str, vouchers: list[cases.Voucher]) -> None:
    with pytest.raises(cases.WhoVouches) as refused:
        vouched(shown, vouchers)
    assert refused.value.field == "vouchers"


def test_who_vouched_is_kept_with_the_case_and_in_no_letter(world: Registry, at: datetime) -> None:
    published_with(world.birth, at=at, identity=catalogue.Identity(level="vouched"))
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    cases.attach(
        by=world.officer, at=at, case=draft.id, paper="village-notification", content=SCAN, name="a.png"
    )
    with pytest.raises(cases.WhoVouches):
        cases.receive(by=world.officer, at=at, case=draft.id, identity="vouched")
    cases.receive(by=world.officer, at=at, case=draft.id, identity="vouched", vouchers=[ONE, TWO])
    view = cases.case_view(by=world.officer, at=at, case=draft.id)
    assert (view.identity, view.vouchers) == ("vouched", (ONE, TWO))
    assert ONE.name not in LetterRow.objects.get(type="cases.received").body


def test_what_the_law_forbids_is_not_received(world: Registry, at: datetime) -> None:
    words = {"lo": "ເກີດຢູ່ໂຮງໝໍ", "en": "Born in a hospital"}
    demand = catalogue.Criterion(
        code="site", demands='birth_site = "moon"', words=words, otherwise="not", law="12/NA", bars=True
    )
    law = catalogue.Law(name=words, number="12/NA")
    published_with(world.birth, at=at, eligibility=[demand], legal_basis=[law])
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    cases.attach(
        by=world.officer, at=at, case=draft.id, paper="village-notification", content=SCAN, name="a.png"
    )
    with pytest.raises(cases.MayNotApply, match="12/NA"):
        cases.receive(by=world.officer, at=at, case=draft.id)
    assert cases.case_view(by=world.officer, at=at, case=draft.id).status == "draft"
