"""What a page says of a form: nothing that is not asked, other questions by a button, files with it, a newer form taken over."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor, everything
from tests.doors.desk.test_application import POSTED, clerk, desk, world
from tests.factories.editions import published_anew
from tests.factories.registry import BIRTH, SCAN, Registry

__all__ = ["clerk", "desk", "world"]


@pytest.fixture
def draft(world: Registry, clerk: Actor) -> UUID:
    """A filled draft at this officer's centre."""
    held = cases.open_draft(by=clerk, at=now(), centre=world.centre, service=world.birth)
    cases.save_draft(by=clerk, at=now(), case=held.id, data=BIRTH)
    return held.id


def root(world: Registry, case: UUID) -> str:
    """Where the draft is entered."""
    return f"/desk/{world.code}/1/application/{case}/"


def kept(case: UUID) -> Case:
    """The draft, whoever may see it."""
    with everything("a test looks"):
        return Case.objects.get(id=case)


@pytest.mark.parametrize("address", ["save/", "check/"])
def test_what_is_not_asked_is_refused_by_name(
    desk: Client, world: Registry, draft: UUID, address: str
) -> None:
    answer = desk.post(root(world, draft) + address, {**POSTED, "sex": "male", "is_admin": "1"})
    assert answer.status_code == 400
    assert kept(draft).data == BIRTH


def test_a_button_asks_for_the_page_again_and_a_script_for_the_questions(
    desk: Client, world: Registry, draft: UUID
) -> None:
    said = {**POSTED, "birth_date": "", "_again": "sex"}
    page = desk.post(root(world, draft) + "check/", said)
    assert page.status_code == 200 and "error-summary" not in page.content.decode()
    part = desk.post(root(world, draft) + "check/", said, headers={"X-Asked": "1"}).content.decode()
    assert 'name="sex"' in part and "<html" not in part
    assert "birth_date" not in kept(draft).data


def test_a_newer_form_is_taken_over(desk: Client, world: Registry, draft: UUID) -> None:
    published_anew(world.birth, at=now())
    desk.cookies["onedoor_language"] = "en"
    assert desk.post(root(world, draft) + "receive/").status_code == 302
    page = desk.get(root(world, draft)).content.decode()
    assert "This service was published anew" in page and "Nationality: Lao" in page
    told = desk.post(root(world, draft) + "upgrade/", follow=True).content.decode()
    assert "To be asked: Where the child was born" in told and "published anew" not in told

    posted = {name: value for name, value in POSTED.items() if name != "nationality"} | {"birth_site": "home"}
    missing = desk.post(root(world, draft) + "check/", posted)
    assert missing.status_code == 422 and "#id_photo" in missing.content.decode()
    wrong = SimpleUploadedFile("photo.exe", b"MZ nothing that one can look at")
    refused = desk.post(root(world, draft) + "check/", {**posted, "photo": wrong})
    assert refused.status_code in (415, 422) and "#id_photo" in refused.content.decode()
    done = desk.post(root(world, draft) + "check/", {**posted, "photo": SimpleUploadedFile("dao.png", SCAN)})
    assert done["Location"].endswith("/summary/")
    assert kept(draft).data["photo"] == str(kept(draft).papers.get(code="photo").id)
