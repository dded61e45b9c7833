"""Intake goes as far as the service's level of identity allows, and the letter says by what it was shown."""

import json
from datetime import datetime

import pytest

from onedoor.domain.cases import api as cases
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
