"""A case that was sent back: the file that answers a question is replaced, and the one before stays among the papers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.editions import published_anew
from tests.factories.offices import SYSTEM
from tests.factories.registry import BIRTH, SCAN, Registry, open_task, registry

ANSWERS = {name: value for name, value in BIRTH.items() if name != "nationality"} | {"birth_site": "home"}


@pytest.fixture
def world(db: None) -> Registry:
    made = registry(at=now(), always_open=True)
    name = {"lo": "ຊ່ອງ 1", "en": "Counter 1"}
    centres.save_counter(by=SYSTEM, at=now(), id=new_id(), centre=made.centre, code="1", name=name)
    published_anew(made.birth, at=now())
    return made


@pytest.fixture
def sent_back(world: Registry) -> Case:
    """A case whose form asks for a photograph, sent back to its applicant."""
    who, at = world.officer, now()
    draft = cases.open_draft(by=who, at=at, centre=world.centre, service=world.birth)
    cases.save_draft(by=who, at=at, case=draft.id, data=ANSWERS)
    cases.attach(by=who, at=at, case=draft.id, paper="photo", content=SCAN, name="first.png")
    for paper in ("village-notification", "other"):
        cases.attach(by=who, at=at, case=draft.id, paper=paper, content=SCAN, name="scan.png")
    cases.receive(by=who, at=at, case=draft.id)
    cases.complete(by=world.decider, at=at, task=open_task(draft.id), outcome="return", reason="ຮູບບໍ່ຊັດ")
    return draft


def looked_up(case: Case) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=case.id)


def test_the_file_of_a_question_is_replaced(world: Registry, sent_back: Case) -> None:
    first, task = looked_up(sent_back).data["photo"], open_task(sent_back.id)
    assert first == str(sent_back.papers.get(code="photo").id)
    form = catalogue.form_to_ask(catalogue.service_by_id(world.birth).version_id)
    address = f"/desk/{world.code}/1/application/tasks/{task}/"
    desk: Client = at_work(world.officer)
    desk.cookies["onedoor_language"] = "en"
    page = desk.get(address).content.decode()
    assert 'enctype="multipart/form-data"' in page and "Choose another one to replace it" in page

    def sent(content: bytes, key: str, **more: object) -> int:
        posted = {name: value for name, value in form.inputs(ANSWERS).items() if name != "photo"}
        file = SimpleUploadedFile("new.png", content)
        answer = desk.post(address, {**posted, "photo": file, "key": key, "outcome": "done", **more})
        return answer.status_code

    assert sent(b"MZ this is a program", "a") in (415, 422)
    assert sent(SCAN, "b", sex="") == 422
    assert sent(SCAN, "c", mother=SimpleUploadedFile("new.png", SCAN)) == 400
    assert looked_up(sent_back).data["photo"] == first and sent_back.papers.count() == 3

    assert sent(SCAN, "d") == 302
    held = looked_up(sent_back)
    assert held.status == "in_progress" and held.data["photo"] != first
    view = cases.case_view(by=world.decider, at=now(), case=sent_back.id)
    assert [(each.replaced, each.name) for each in view.papers if each.code == "photo"] == [
        (True, "first.png"),
        (False, "new.png"),
    ]
    with pytest.raises(cases.CaseIsNotADraft):
        cases.attach(by=world.officer, at=now(), case=sent_back.id, paper="photo", content=SCAN, name="x.png")
