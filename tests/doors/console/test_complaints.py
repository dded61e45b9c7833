"""The head of a centre answers its complaints; nobody else sees them."""

import pytest
from django.test import Client

from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall, officer

HEAD = ["voice.answer", "monitoring.see"]


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def head(here: Hall) -> Client:
    client = at_work(officer(at=now(), username="head", unit=here.centre, permissions=HEAD, role="head"))
    client.cookies["onedoor_language"] = "en"
    return client


def complaint(centre: object, text: str = "Two hours <i>long</i>") -> voice.Complaint:
    return voice.complain(by=Actor.public(), at=now(), centre=centre, topic="waiting", text=text)  # type: ignore[arg-type]


def test_it_is_listed_opened_and_answered_once(here: Hall, head: Client) -> None:
    assert "No complaint waits" in head.get("/console/complaints/").content.decode()
    made = complaint(here.centre)
    assert made.number in head.get("/console/complaints/").content.decode()
    address = f"/console/complaints/{made.id}/"
    assert "&lt;i&gt;long" in head.get(address).content.decode()
    for wrong, words in ((" ", "Write the answer"), ("x" * 2001, "too long")):
        again = head.post(address, {"text": wrong})
        assert again.status_code == 422 and words in again.content.decode()
    assert head.post(address, {"text": "We are sorry.\x00"}).status_code == 302
    listed = head.get("/console/complaints/").content.decode()
    assert f"The answer to {made.number} is given." in listed and "Answered last" in listed
    assert head.post(address, {"text": "Twice."}).status_code == 409
    done = head.get(address).content.decode()
    assert "We are sorry." in done and "Twice." not in done and "<textarea" not in done


def test_a_complaint_of_another_centre_does_not_exist(here: Hall, head: Client) -> None:
    with everything("a test looks"):
        from onedoor.domain.centres.api import centres

        other = next(one.id for one in centres() if one.id != here.centre)
    made = complaint(other)
    assert made.number not in head.get("/console/complaints/").content.decode()
    for address in (f"/console/complaints/{made.id}/", f"/console/complaints/{new_id()}/"):
        assert head.get(address).status_code == 404
        assert head.post(address, {"text": "x"}).status_code == 404


def test_only_who_may_answer_finds_the_entry_of_the_menu(here: Hall, head: Client) -> None:
    owner = at_work(
        officer(at=now(), username="owner", unit=here.country, permissions=["monitoring.see"], role="owner")
    )
    assert "/console/complaints/" in head.get("/console/monday/").content.decode()
    assert "/console/complaints/" not in owner.get("/console/monday/").content.decode()
    assert owner.get("/console/complaints/").status_code == 403
