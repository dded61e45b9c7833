"""An application filled in at home, at the kiosk and on the telephone, and taken over at the counter."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.actions import end_preparations
from onedoor.domain.cases.models import Case, Preparation
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work, paired
from tests.factories.editions import published_anew
from tests.factories.offices import SYSTEM, role
from tests.factories.registry import BIRTH, Registry, registry

FIELDS = ("child_name", "sex", "birth_date", "birth_district", "birth_site", "nationality")
CHILD = {
    **{name: BIRTH[name] for name in FIELDS if isinstance(BIRTH.get(name), str)},
    **{f"child_name.{script}": text for script, text in BIRTH["child_name"].items()},
}
NAME = BIRTH["child_name"]["en"]
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b")


@pytest.fixture
def at() -> datetime:
    """The doors read the clock."""
    return now()


@pytest.fixture
def world(db: None, at: datetime) -> Registry:
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    made = registry(at=at, always_open=True)
    name = {"lo": "ຊ່ອງ 1", "en": "Counter 1"}
    centres.save_counter(by=SYSTEM, at=at, id=new_id(), centre=made.centre, code="1", name=name)
    return made


@pytest.fixture
def birth(world: Registry) -> str:
    """The code of the birth registration of this world."""
    return catalogue.service_by_id(world.birth).code


@pytest.fixture
def home(client: Client, birth: str) -> Client:
    """Somebody at home who reads English."""
    client.cookies["onedoor_language"] = "en"
    return client


def filled(browser: Client, root: str, *, begin: str, check: str) -> str:
    """The first page filled in, the others left out; gives the code that the last page shows."""
    first = browser.post(begin)["Location"]
    assert first == f"{root}child/"
    refused = browser.post(keeping(first), {**CHILD, "birth_date": "30 of February"})
    assert refused.status_code == 422 and b"error-summary" in refused.content
    assert NAME in refused.content.decode(), "what was typed is kept"
    onwards = browser.post(keeping(first), CHILD)
    assert onwards["Location"] == f"{root}parents/"
    assert browser.get(onwards["Location"]).status_code == 200
    back = browser.post(keeping(onwards["Location"]), {"_back": "1", "family_village": "ບ້ານ ໂພນໄຊ"})
    assert back["Location"] == first
    page = browser.get(check).content.decode()
    found = CODE.search(page)
    assert found, page
    return found.group()


def ends_soon(world: Registry) -> None:
    """The service is withdrawn from a week on."""
    ends = (now() + timedelta(days=7)).date()
    catalogue.withdraw_service(by=SYSTEM, at=now(), service=world.birth, on=ends, reason="The law ended.")


def keeping(address: str) -> str:
    return f"{address}keep/" if "/calls/" in address else address


def test_it_is_filled_in_at_home_and_taken_over(home: Client, world: Registry, birth: str) -> None:
    root = f"/services/{birth}/apply/"
    assert home.get(root).status_code == 200
    assert home.get(f"{root}check/")["Location"] == root, "nothing is begun yet"
    code = filled(home, root, begin=root, check=f"{root}check/")
    page = home.get(f"{root}check/").content.decode()
    assert NAME in page and "something is missing" in page and "Notice" not in page
    assert code not in home.get(f"{root}check/").request["PATH_INFO"]

    elsewhere = Client()
    elsewhere.cookies["onedoor_language"] = "en"
    assert elsewhere.post("/prepared/", {"code": "AAAA-AAAA-AAAAA"}).status_code == 422
    desk = at_work(world.officer)
    draft = cases.open_draft(by=world.officer, at=now(), centre=world.centre, service=world.birth)
    taken = desk.post(f"/desk/{world.code}/1/application/{draft.id}/prepared/", {"code": code.lower()})
    assert taken.status_code == 302
    with everything("a test looks"):
        held = Case.objects.get(id=draft.id)
    assert held.data["child_name"]["en"] == NAME and held.data["family_village"] == "ບ້ານ ໂພນໄຊ"
    assert home.get(f"{root}check/")["Location"] == root, "the code opens nothing any more"
    again = desk.post(f"/desk/{world.code}/1/application/{draft.id}/prepared/", {"code": code}, follow=True)
    assert again.status_code == 200 and b"alert" in again.content


def test_a_second_window_is_told_what_the_first_one_kept(home: Client, birth: str) -> None:
    root = f"/services/{birth}/apply/"
    home.post(root)
    seen = re.search(r'name="_seen" value="(\w+)"', home.get(f"{root}child/").content.decode())
    assert seen
    mark = {"_seen": seen.group(1)}
    assert home.post(f"{root}child/", {**CHILD, **mark}).status_code == 302
    assert home.post(f"{root}child/", {**CHILD, **mark}).status_code == 302, (
        "the same said twice is no quarrel"
    )
    late = home.post(f"{root}child/", {**CHILD, "child_name.en": "Somebody Else", **mark})
    page = late.content.decode()
    assert late.status_code == 409 and "another window" in page and NAME in page
    assert 'value="Somebody Else"' in page, "what was typed is still there"
    assert Preparation.objects.get().data["child_name"]["en"] == NAME
    again = re.search(r'name="_seen" value="(\w+)"', page)
    assert again
    sent = {**CHILD, "child_name.en": "Somebody Else", "_seen": again.group(1)}
    assert home.post(f"{root}child/", sent).status_code == 302
    assert Preparation.objects.get().data["child_name"]["en"] == "Somebody Else"


@pytest.mark.django_db(transaction=True)
def test_another_telephone_goes_on_with_the_code(home: Client, birth: str) -> None:
    root = f"/services/{birth}/apply/"
    code = filled(home, root, begin=root, check=f"{root}check/")
    elsewhere = Client()
    elsewhere.cookies["onedoor_language"] = "en"
    found = elsewhere.post("/prepared/", {"code": code})
    assert found["Location"] == f"{root}check/"
    assert NAME in elsewhere.get(found["Location"]).content.decode()
    elsewhere.post(f"{root}forget/")
    assert Preparation.objects.get().state == "ended"
    assert home.get(f"{root}check/")["Location"] == root


def test_what_is_not_asked_is_refused(home: Client, birth: str) -> None:
    root = f"/services/{birth}/apply/"
    home.post(root)
    answer = home.post(f"{root}child/", {**CHILD, "salary": "1"})
    assert answer.status_code in (400, 422)
    assert Preparation.objects.get().data == {}
    assert home.get(f"{root}nothing/").status_code == 404
    home.cookies["onedoor_prepared"] = "AAAA-AAAA-AAAAA:forged"
    assert home.get(f"{root}child/")["Location"] == root


def test_the_same_at_the_kiosk(world: Registry, birth: str, at: datetime) -> None:
    role("kiosk", "queue.take", "cases.prepare", at=at, audience="device")
    _, token = access.enrol_device(by=SYSTEM, at=at, centre=world.centre, kind="kiosk", name="Kiosk 1")
    kiosk = paired(token)
    kiosk.cookies["onedoor_language"] = "en"
    root = f"/kiosk/{world.code}/fill/{birth}/"
    ends_soon(world)
    code = filled(kiosk, root, begin=root, check=f"{root}code/")
    for page in (root, f"{root}child/", f"{root}code/"):
        assert "Only until before" in kiosk.get(page).content.decode(), page
    assert Preparation.objects.get().channel == "kiosk"
    kiosk.get(f"/kiosk/{world.code}/")
    assert kiosk.get(f"{root}code/")["Location"] == root, "the next person finds nothing"
    assert cases.preparation(code=code, today=at.date()).data["child_name"]["en"] == NAME


def test_the_same_on_the_telephone(world: Registry, birth: str) -> None:
    desk = at_work(world.officer)
    calls = f"/desk/{world.code}/calls/"
    page = desk.get(calls, {"q": birth}).content.decode()
    assert "calls/begin/" in desk.get(calls).content.decode() and "error" not in page
    filled(desk, f"{calls}pages/", begin=f"{calls}begin/{birth}/", check=f"{calls}code/")
    ends_soon(world)
    for where in ("pages/child/", "code/"):
        assert "The law ended." in desk.get(f"{calls}{where}").content.decode(), where
    row = Preparation.objects.get()
    assert (row.channel, row.begun_by) == ("phone", world.officer.id)
    assert desk.post(f"{calls}over/")["Location"] == calls
    assert desk.get(f"{calls}code/")["Location"] == calls


def test_what_cannot_be_is_refused_with_a_sentence(home: Client, birth: str, at: datetime) -> None:
    root = f"/services/{birth}/apply/"
    page = home.post(root)["Location"]
    for said, sentence in (
        ({"birth_date": "20/2/2569"}, "Write the year 2026"),
        ({"birth_date": "1/1/2099"}, "lies in the future"),
        ({"child_name.lo": "ກ" * 201}, "too long"),
    ):
        answer = home.post(page, {**CHILD, **said})
        assert answer.status_code == 422 and sentence in answer.content.decode()
    flood = {f"children.{number}.name": "x" for number in range(10_000)}
    assert home.post(page, flood).status_code == 413
    held = cases.filling(code=_code_of(home), today=at.date())
    assert home.post(page, CHILD).status_code == 302
    with pytest.raises(Conflict):
        cases.save_preparation(
            by=Actor.public(), at=at, code=_code_of(home), data={}, version=held.prepared.version
        )

    for _ in range(5):
        wrong = home.post("/prepared/", {"code": "AAAA-AAAA-AAAAA"})
    assert wrong.status_code in (422, 429)
    waits = home.post("/prepared/", {"code": "AAAA-AAAA-AAAAA"})
    assert waits.status_code == 429 and int(waits["Retry-After"]) > 0 and b"error-summary" in waits.content

    end_preparations(at=at + timedelta(days=31))
    assert home.get(page)["Location"] == root and home.post(page, CHILD)["Location"] == root
    assert home.post(root)["Location"] == page, "one may begin anew"


def _code_of(browser: Client) -> str:
    """The code that a browser holds."""
    return browser.cookies["onedoor_prepared"].value.partition(":")[0]


def test_a_form_that_is_published_while_a_page_is_open(home: Client, world: Registry, birth: str) -> None:
    root = f"/services/{birth}/apply/"
    page = home.post(root)["Location"]
    drawn = {**CHILD, "_edition": str(Preparation.objects.get().edition_id)}
    home.post(page, drawn)
    published_anew(world.birth, at=now())
    answer = home.post(page, {**drawn, "sex": "male"})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "has a newer form" in shown, "drawn again, with what became of it"
    assert "Nationality" in shown and "Where the child was born" in shown
    held = Preparation.objects.get()
    assert held.data["sex"] == "male" and "nationality" not in held.data
    onwards = {name: value for name, value in CHILD.items() if name != "nationality"}
    onwards |= {"birth_site": "home", "_edition": str(held.edition_id)}
    assert home.post(page, onwards)["Location"] == f"{root}parents/"
