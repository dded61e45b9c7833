"""A draft whose service is published anew: it is not received as it was, and takes over what fits the new form."""

from datetime import datetime
from uuid import UUID

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.scope import everything
from tests.factories.editions import published_anew
from tests.factories.registry import BIRTH, SCAN, Registry


def the_case(id: UUID) -> Case:
    """A case, whoever may see it."""
    with everything("a test looks"):
        return Case.objects.get(id=id)


def test_a_draft_takes_over_the_new_form(world: Registry, at: datetime) -> None:
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=BIRTH)
    assert cases.upgrade_of(world.officer, case=draft.id, at=at) is None
    published_anew(world.birth, at=at)

    with pytest.raises(cases.EditionIsOld):
        cases.receive(by=world.officer, at=at, case=draft.id)
    found = cases.upgrade_of(world.officer, case=draft.id, at=at)
    assert found is not None
    assert [question.name for question in found.again] == ["birth_site", "photo"]
    assert len(found.lost) == 2

    cases.upgrade_draft(by=world.officer, at=at, case=draft.id)
    kept = the_case(draft.id)
    assert kept.edition_id == catalogue.service_by_id(world.birth).version_id
    assert kept.data == {
        name: value for name, value in BIRTH.items() if name not in ("birth_site", "nationality")
    }
    again = cases.upgrade_draft(by=world.officer, at=at, case=draft.id)
    assert again.version == kept.version


def test_a_question_is_answered_by_a_file(world: Registry, at: datetime) -> None:
    published_anew(world.birth, at=at)
    draft = cases.open_draft(by=world.officer, at=at, centre=world.centre, service=world.birth)
    data = {name: value for name, value in BIRTH.items() if name != "nationality"} | {"birth_site": "home"}
    cases.save_draft(by=world.officer, at=at, case=draft.id, data=data, files={"photo": ("dao.png", SCAN)})
    kept = the_case(draft.id)
    assert kept.data["photo"] == str(kept.papers.get(code="photo").id)
    cases.save_draft(by=world.officer, at=at, case=draft.id, data={**data, "photo": "of somebody else"})
    assert the_case(draft.id).data == kept.data
    with pytest.raises(cases.NotAsked):
        cases.save_draft(by=world.officer, at=at, case=draft.id, data=data, files={"sex": ("dao.png", SCAN)})
