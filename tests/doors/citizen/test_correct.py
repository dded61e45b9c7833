"""A returned application corrected at home: by number and code, once, with what the desk asks too."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import forget_corrections
from onedoor.domain.cases.models import Case, KeptCorrection, Paper, Task
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor, everything
from tests.factories.registry import BIRTH, SCAN, Registry, received, registry

WHY = "The district of birth is not right."
NAMES = [f"{one}_name" for one in ("child", "mother", "informant")]
POSTED = {
    **{name: said for name, said in BIRTH.items() if isinstance(said, str)},
    **{f"{name}.{script}": text for name in NAMES for script, text in BIRTH[name].items()},
}
KEPT = re.compile(r'name="_(key|version)" value="(\w+)"')


@pytest.fixture
def at() -> datetime:
    """The doors read the clock."""
    return now()


@pytest.fixture
def got(db: None, at: datetime) -> cases.Received:
    """A birth that was received and came back."""
    here: Registry = registry(at=at)
    case = received(here, at=at)
    cases.complete(by=here.decider, at=at, task=waiting(case), outcome="return", reason=WHY)
    return case


def waiting(case: cases.Received) -> UUID:
    with everything("a test looks for the task"):
        return Task.objects.get(case_id=case.case, state="open", kind="user").id


def the_case(case: cases.Received) -> Case:
    with everything("a test looks"):
        return Case.objects.get(id=case.case)


def the_officer(case: cases.Received) -> Actor:
    return Actor("staff", the_case(case).opened_by)


def opened(case: cases.Received) -> tuple[Client, dict[str, str]]:
    """A browser that showed number and code, and what its page carries."""
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies["onedoor_language"] = "en"
    page = browser.post("/follow/", {"number": case.number, "code": case.code}).content.decode()
    assert WHY in page and "/follow/correct/" in page
    page = browser.get("/follow/correct/").content.decode()
    assert WHY in page and BIRTH["child_name"]["en"] in page
    return browser, carried(page)


def carried(page: str) -> dict[str, str]:
    return {f"_{name}": value for name, value in KEPT.findall(page)}


def test_it_goes_back_to_the_office_with_answers_and_papers_once(got: cases.Received) -> None:
    browser, kept = opened(got)
    said = {**POSTED, **kept, "birth_date": "2026-02-19"}
    scan = {"_paper.other": SimpleUploadedFile("scan.png", SCAN, "image/png")}
    assert browser.post("/follow/correct/", {**said, **scan}).headers["Location"] == "/follow/corrected/"
    held = the_case(got)
    assert held.data["birth_date"] == "2026-02-19" and held.status == "in_progress"
    with everything("a test looks"):
        assert Paper.objects.filter(case=held, code="other").count() == 1
        whys = set(Sight.objects.filter(subject=held.id, actor_kind="citizen").values_list("why", flat=True))
    assert {"follow", "correct"} <= whys
    assert "is with the office" in browser.get("/follow/corrected/").content.decode()
    scan = {"_paper.other": SimpleUploadedFile("scan.png", SCAN, "image/png")}
    assert (
        browser.post("/follow/correct/", {**said, **scan}).status_code == 302
    )  # sent twice, answered the same
    assert the_case(got).version == held.version


def test_a_second_window_is_told_what_changed_and_loses_nothing(got: cases.Received) -> None:
    browser, first = opened(got)
    second = carried(browser.get("/follow/correct/").content.decode())
    browser.post("/follow/correct/", {**POSTED, **first, "birth_date": "2026-02-19"})
    held = the_case(got)
    answer = browser.post("/follow/correct/", {**POSTED, **second, "family_village": "Another village"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "Another village" in page and BIRTH["family_village"] in page
    assert the_case(got).version == held.version


def test_a_case_that_moved_while_she_wrote_is_not_written_over(got: cases.Received, at: datetime) -> None:
    browser, kept = opened(got)
    cases.attach(by=the_officer(got), at=at, case=got.case, paper="other", content=SCAN, name="scan.png")
    answer = browser.post("/follow/correct/", {**POSTED, **kept, "family_village": "Another village"})
    page = answer.content.decode()
    assert answer.status_code == 409 and 'value="Another village"' in page and BIRTH["family_village"] in page
    assert browser.post("/follow/correct/", {**POSTED, **carried(page)}).status_code == 302


def test_what_is_wrong_is_named_and_nothing_is_sent(got: cases.Received) -> None:
    browser, kept = opened(got)
    before = the_case(got).version
    answer = browser.post("/follow/correct/", {**POSTED, **kept, "birth_date": "2099-01-01"})
    assert answer.status_code == 422 and 'href="#id_birth_date' in answer.content.decode()
    page = SimpleUploadedFile("page.png", b"<html>", "image/png")
    answer = browser.post("/follow/correct/", {**POSTED, **kept, "_paper.other": page})
    assert answer.status_code == 422 and 'href="#id_paper-other"' in answer.content.decode()
    strange = SimpleUploadedFile("scan.png", SCAN, "image/png")
    for wrong, status in (
        ({"nonsense": "1"}, 400),
        ({"_version": "x"}, 422),
        ({"_key": ""}, 422),
        ({"_paper.nonsense": strange}, 422),
    ):
        assert browser.post("/follow/correct/", {**POSTED, **kept, **wrong}).status_code == status
    assert the_case(got).version == before


def test_who_showed_nothing_is_asked_for_number_and_code(got: cases.Received) -> None:
    assert Client().get("/follow/correct/").headers["Location"] == "/follow/"
    browser, kept = opened(got)
    cases.renew_code(by=the_officer(got), at=now(), number=got.number)
    assert browser.post("/follow/correct/", {**POSTED, **kept}).headers["Location"] == "/follow/"


def test_what_was_begun_is_kept_until_it_is_sent_and_the_office_sees_nothing_of_it(
    got: cases.Received,
) -> None:
    browser, kept = opened(got)
    before = the_case(got)
    said = {**POSTED, **kept, "family_village": "Another village"}
    assert browser.post("/follow/correct/keep/", said).status_code == 204
    assert (the_case(got).data, the_case(got).version) == (before.data, before.version)
    later = Client(headers={"Accept-Language": "en"})
    later.cookies["onedoor_language"] = "en"
    later.post("/follow/", {"number": got.number, "code": got.code})
    page = later.get("/follow/correct/").content.decode()
    assert "is kept here. It is not sent yet." in page and "Another village" in page
    assert later.post("/follow/correct/", {"_drop": "1"}).status_code == 302
    assert "Another village" not in later.get("/follow/correct/").content.decode()
    assert later.post("/follow/correct/", {**said, "_keep": "1"}).headers["Location"] == "/follow/correct/"
    page = later.get("/follow/correct/").content.decode()
    assert (
        later.post("/follow/correct/", {**said, **carried(page)}).headers["Location"] == "/follow/corrected/"
    )
    assert not KeptCorrection.objects.exists() and the_case(got).data["family_village"] == "Another village"
    assert browser.post("/follow/correct/keep/", said).status_code == 409


def test_what_was_kept_is_compared_with_a_case_that_changed_and_goes_after_a_month(
    got: cases.Received, at: datetime
) -> None:
    browser, kept = opened(got)
    for wrong, status in (({"strange": "x"}, 400), ({"_version": "x"}, 422)):
        assert browser.post("/follow/correct/keep/", {**POSTED, **kept, **wrong}).status_code == status
    browser.post("/follow/correct/keep/", {**POSTED, **kept, "family_village": "Another village"})
    KeptCorrection.objects.update(version=1)
    page = browser.get("/follow/correct/").content.decode()
    assert "What differs" in page and "Another village" in page
    assert forget_corrections(at=at + timedelta(days=29)) == 0
    assert forget_corrections(at=at + timedelta(days=31)) == 1
    assert "is kept here" not in browser.get("/follow/correct/").content.decode()
