"""The counter's page: steps, their repetition, stepping away."""

from typing import Any

import pytest
from django.test import Client

from onedoor.domain.access.api import demo_totp
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall
from tests.factories.offices import PASSWORD

HTMX = {"HX-Request": "true"}


@pytest.fixture
def desk(here: Hall) -> Client:
    return at_work(here.officer)


def take(here: Hall) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)


def press(desk: Client, here: Hall, step: str, *, counter: int = 1, **more: Any) -> Any:
    held = {"key": new_id().hex, **more}
    return desk.post(f"/desk/{here.code}/{counter}/step/{step}/", held, headers=HTMX)


def state(ticket: queue.Ticket) -> str:
    with everything("a test looks"):
        return queue.Ticket.objects.get(id=ticket.id).status


def test_one_person_from_call_to_end(desk: Client, here: Hall) -> None:
    ticket = take(here)
    assert "F2" in desk.get(f"/desk/{here.code}/1/").content.decode()
    called = press(desk, here, "next").content.decode()
    assert "A001" in called and "F4" in called
    assert "F8" in press(desk, here, "start", ticket=ticket.id).content.decode()
    assert "F2" in press(desk, here, "finish", ticket=ticket.id).content.decode()
    assert state(ticket) == "served"


def test_a_plain_form_goes_back_to_the_page(desk: Client, here: Hall) -> None:
    take(here)
    answer = desk.post(f"/desk/{here.code}/1/step/next/", {"key": "a1"})
    assert answer.status_code == 302 and answer["Location"] == f"/desk/{here.code}/1/"


def test_a_second_press_of_the_same_key_changes_nothing(desk: Client, here: Hall) -> None:
    take(here)
    take(here)
    for _ in range(2):
        assert press(desk, here, "next", key="same").status_code == 200
    assert queue.waiting_count(here.centre, at=now()) == 1


def test_refusals_are_shown_in_place(desk: Client, here: Hall) -> None:
    nobody = press(desk, here, "next")
    assert nobody.status_code == 409 and b"notice" in nobody.content
    ticket = take(here)
    assert press(desk, here, "start", ticket=ticket.id).status_code == 409
    assert press(desk, here, "start", ticket=new_id()).status_code == 404
    assert press(desk, here, "start", ticket="x").status_code == 404
    assert press(desk, here, "start", ticket=ticket.id, key="").status_code == 422
    assert press(desk, here, "start", ticket=ticket.id, key="k" * 500).status_code == 422
    assert press(desk, here, "dance", ticket=ticket.id).status_code == 404
    assert press(desk, here, "next", counter=99).status_code == 404


def test_a_closed_counter_is_opened_by_its_officer(desk: Client, here: Hall) -> None:
    take(here)
    desk.post(f"/desk/{here.code}/1/counter/", {"state": "closed"})
    assert press(desk, here, "next").status_code == 409
    desk.post(f"/desk/{here.code}/1/counter/", {"state": "open"})
    assert press(desk, here, "next").status_code == 200
    assert centres.counter(here.counters[0]).state == "open"


def test_stepping_away_gives_the_person_back_and_locks_the_screen(desk: Client, here: Hall) -> None:
    first, second = take(here), take(here)
    press(desk, here, "next")
    press(desk, here, "start", ticket=first.id)
    away = desk.post(f"/desk/{here.code}/1/away/")
    assert away.status_code == 307 and away["Location"].startswith("/accounts/lock/")
    desk.post(away["Location"])
    assert state(first) == "waiting"
    assert press(desk, here, "next").status_code == 423
    locked = desk.get(f"/desk/{here.code}/1/")
    assert locked.status_code == 302 and locked["Location"].startswith("/accounts/unlock/")
    again = queue.call_next(by=Actor.system(), at=now(), counter=here.counters[1])
    assert again.id == first.id, "the place was kept before the second person"
    assert state(second) == "waiting"


def test_who_may_sit_at_a_counter(here: Hall) -> None:
    address = f"/desk/{here.code}/1/"
    assert Client().get(address)["Location"].startswith("/accounts/login/")
    assert at_work(here.stranger).get(address).status_code == 404
    assert paired(here.kiosk_token).get(address).status_code == 403


def test_choosing_a_counter(desk: Client, here: Hall) -> None:
    assert desk.get("/desk/")["Location"] == f"/desk/{here.code}/"
    assert f"/desk/{here.code}/3/" in desk.get(f"/desk/{here.code}/").content.decode()


def test_the_reception_gives_and_finds_tickets(desk: Client, here: Hall) -> None:
    address = f"/desk/{here.code}/reception/"
    given = {"service": "birth-registration", "name": "ບຸນມີ", "phone": "02055551234", "key": "k1"}
    answer = desk.post(address, given)
    assert "A001" in desk.get(answer["Location"]).content.decode()
    assert desk.post(address, given)["Location"] == answer["Location"], "the same key gives the same ticket"
    fragment = desk.post(address, {**given, "key": "k2"}, headers=HTMX).content.decode()
    assert "A002" in fragment and "<html" not in fragment and "ບຸນມີ" not in fragment
    drawn = desk.get(f"{address}qr/{answer['Location'].partition('=')[2]}/")
    assert drawn["Content-Type"] == "image/svg+xml" and b"<svg" in drawn.content
    refused = desk.post(address, {"service": "land-title", "key": "k4"}, headers=HTMX)
    assert refused.status_code == 422 and b"<html" not in refused.content
    found = desk.post(f"{address}lost/", {"name": "ບຸນມີ", "phone": "020 5555 1234"})
    assert "A003" in desk.get(found["Location"]).content.decode()
    assert desk.post(f"{address}lost/", {"name": "x", "phone": "1"}).status_code == 422
    assert desk.post(address, {"service": "land-title", "key": "k3"}).status_code == 422


def test_back_from_away_with_the_password_the_same_person_is_next(here: Hall) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    browser.post("/accounts/code/", {"code": demo_totp("officer", at=now())})
    first = take(here)
    take(here)
    press(browser, here, "next")
    away = browser.post(f"/desk/{here.code}/1/away/")
    unlock = browser.post(away["Location"])["Location"]
    assert browser.post(unlock, {"password": "not the password"}).status_code == 200
    assert browser.get(f"/desk/{here.code}/1/").status_code == 302, "still locked"
    back = browser.post(unlock, {"password": PASSWORD})
    assert back["Location"] == f"/desk/{here.code}/1/"
    assert "F2" in browser.get(back["Location"]).content.decode()
    assert first.number in press(browser, here, "next").content.decode()
