"""The application at the counter, from the called ticket to the hand-over, over HTTP."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Paper
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import BEGIN, SYSTEM, officer
from tests.factories.registry import BIRTH, FRONT, SCAN, Registry, open_task, received, registry

POSTED = {
    **{name: value for name, value in BIRTH.items() if isinstance(value, str)},
    **{
        f"{name}.{script}": text
        for name, both in BIRTH.items()
        if isinstance(both, dict)
        for script, text in both.items()
    },
}


@pytest.fixture
def world(db: None) -> Registry:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    made = registry(at=now())
    name = {"lo": "ຊ່ອງ 1", "en": "Counter 1"}
    centres.save_counter(by=SYSTEM, at=now(), id=new_id(), centre=made.centre, code="1", name=name)
    hours = [centres.Hours(weekday=day, opens=time(0), closes=time(23, 59)) for day in range(1, 8)]
    centres.save_calendar(
        by=SYSTEM,
        at=now(),
        id=new_id(),
        unit=made.centre,
        zone="Asia/Vientiane",
        rest=(),
        hours=hours,
        confirmed=False,
        holidays=[],
    )
    return made


@pytest.fixture
def clerk(world: Registry) -> Actor:
    """An officer who calls people and enters applications."""
    made = officer(
        at=now(),
        username="clerk",
        unit=world.centre,
        permissions=[*FRONT, "queue.take", "queue.call", "centres.counter"],
        role="clerk",
    )
    access.grant(
        by=SYSTEM, at=now(), login=made.id, role="officer", unit=world.centre, valid_from=date(2021, 1, 1)
    )
    assert BEGIN
    return made


@pytest.fixture
def desk(clerk: Actor) -> Client:
    return at_work(clerk)


def begun(desk: Client, world: Registry, clerk: Actor) -> UUID:
    """A ticket that was called and started, and the application opened with it."""
    ticket = queue.take_ticket(by=SYSTEM, at=now(), centre=world.centre, service=world.birth)
    answer = desk.post(f"/desk/{world.code}/1/application/", {"ticket": str(ticket.id)})
    assert answer.status_code == 302
    return UUID(answer["Location"].split("/")[-2])


def upload(desk: Client, world: Registry, case: UUID, content: bytes = SCAN, **more: Any) -> Any:
    file = SimpleUploadedFile("scan.png", content)
    held = {"paper": "village-notification", "file": file, **more}
    return desk.post(f"/desk/{world.code}/1/application/{case}/papers/", held)


def test_from_the_ticket_to_the_hand_over(desk: Client, world: Registry, clerk: Actor) -> None:
    case = begun(desk, world, clerk)
    root = f"/desk/{world.code}/1/application/{case}/"
    desk.cookies["onedoor_language"] = "en"
    page = desk.get(root).content.decode()
    assert 'name="child_name.lo"' in page and "Name and surname of the child" in page and "data-draft" in page

    assert desk.post(f"{root}save/", {"child_name.lo": "ນາງ"}).status_code == 204
    wrong = desk.post(f"{root}check/", {**POSTED, "birth_date": "2999-01-01", "mother_name.en": "ຄຳ"})
    assert wrong.status_code == 422
    assert "#id_birth_date" in wrong.content.decode() and "#id_mother_name.en" in wrong.content.decode()
    assert desk.post(f"{root}check/", POSTED)["Location"] == f"{root}summary/"
    assert "disabled" in desk.get(f"{root}summary/").content.decode()
    missing = desk.post(f"{root}receive/")
    assert missing.status_code == 422 and "id_paper-village-notification" in missing.content.decode()

    assert upload(desk, world, case).status_code == 302
    summary = desk.get(f"{root}summary/").content.decode()
    assert (
        "Dao Vongxay" in summary and '<select id="id_disability" name="disability" form="receive">' in summary
    )
    assert desk.post(f"{root}receive/", {"language": "<b>"}).status_code == 422
    done = desk.post(f"{root}receive/", {"disability": "", "language": "hmn"})
    with everything("a test looks"):
        held = Case.objects.get(id=case)
    assert done.status_code == 200 and held.number in done.content.decode()
    assert held.visit is not None and held.ticket is not None
    assert desk.post(f"{root}receive/").status_code == 409
    assert desk.get(root).status_code == 409

    renewed = desk.post(f"/desk/{world.code}/1/application/code/", {"number": held.number})
    assert renewed.status_code == 200 and held.number in renewed.content.decode()
    assert desk.post(f"/desk/{world.code}/1/application/code/", {"number": "x"}).status_code == 302

    cases.complete(by=world.decider, at=now(), task=open_task(case), outcome="approve")
    cases.run_services(at=now())
    listed = desk.get(f"/desk/{world.code}/1/application/").content.decode()
    assert held.number in listed
    check = f"/desk/{world.code}/1/application/tasks/{open_task(case)}/"
    assert "Dao Vongxay" in desk.get(check).content.decode()
    assert desk.post(check, {"key": "a", "outcome": "wrong"}).status_code == 422
    assert desk.post(check, {"key": "b", "outcome": "confirm"}).status_code == 302
    cases.run_services(at=now())
    over = f"/desk/{world.code}/1/application/tasks/{open_task(case)}/"
    assert desk.post(over, {"key": "c", "outcome": "done"}).status_code == 302
    assert desk.post(over, {"key": "c", "outcome": "done"}).status_code == 302
    with everything("a test looks"):
        assert Case.objects.get(id=case).status == "handed_over"


def test_a_correction_with_the_applicant(desk: Client, world: Registry, clerk: Actor) -> None:
    case = begun(desk, world, clerk)
    root = f"/desk/{world.code}/1/application/{case}/"
    desk.post(f"{root}check/", POSTED)
    upload(desk, world, case)
    desk.post(f"{root}receive/")
    cases.complete(by=world.decider, at=now(), task=open_task(case), outcome="return", reason="ຊື່ແມ່ບໍ່ຄົບ")
    task = open_task(case)
    address = f"/desk/{world.code}/1/application/tasks/{task}/"
    page = desk.get(address).content.decode()
    assert "ຊື່ແມ່ບໍ່ຄົບ" in page and 'name="mother_name.lo"' in page
    assert desk.post(address, {**POSTED, "key": "a", "outcome": "done", "sex": ""}).status_code == 422
    assert upload(desk, world, case, paper="other", task=str(task)).status_code == 302
    new = {**POSTED, "mother_name.en": "Kham Souk Vongxay", "key": "b", "outcome": "done"}
    assert desk.post(address, new).status_code == 302
    with everything("a test looks"):
        held = Case.objects.get(id=case)
    assert held.data["mother_name"]["en"] == "Kham Souk Vongxay" and held.status == "in_progress"


def test_a_refused_case_is_found_by_its_number(desk: Client, world: Registry, clerk: Actor) -> None:
    got = received(world, at=now())
    cases.complete(by=world.decider, at=now(), task=open_task(got.case), outcome="refuse", reason="ຂຶ້ນແລ້ວ")
    root = f"/desk/{world.code}/1/application/"
    led = desk.post(f"{root}find/", {"number": f" {got.number.lower()} "})
    assert led["Location"] == f"{root}cases/{got.case}/"
    page = desk.get(led["Location"]).content.decode()
    assert got.number in page and "ຂຶ້ນແລ້ວ" in page and "Dao Vongxay" in page and got.code not in page
    unknown = desk.post(f"{root}find/", {"number": "0103-1-26-C-999999-9"})
    assert unknown.status_code == 302 and unknown["Location"] == root
    assert at_work(world.stranger).get(led["Location"]).status_code == 404
    begun_one = begun(desk, world, clerk)
    assert desk.get(f"{root}cases/{begun_one}/")["Location"] == f"{root}{begun_one}/"


def test_files_that_are_not_what_they_claim(desk: Client, world: Registry, clerk: Actor) -> None:
    case = begun(desk, world, clerk)
    assert upload(desk, world, case, content=b"MZ not a picture").status_code == 415
    assert upload(desk, world, case, content=b"").status_code == 422
    assert upload(desk, world, case, paper="not-a-paper").status_code == 422
    assert upload(desk, world, case, content=b"\x89PNG" + b"0" * (11 * 1024 * 1024)).status_code in (413, 415)
    assert not Paper.objects.exists()


def test_another_centre_does_not_exist(desk: Client, world: Registry, clerk: Actor) -> None:
    case = begun(desk, world, clerk)
    stranger = at_work(world.stranger)
    root = f"/desk/{world.code}/1/application/{case}/"
    for address in (root, f"{root}summary/", f"/desk/{world.code}/1/application/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{root}save/", {}).status_code == 404
    assert desk.post(f"/desk/{world.code}/1/application/", {"ticket": "nonsense"}).status_code == 404
