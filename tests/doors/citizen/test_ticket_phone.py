"""A ticket on one's own telephone: told in time, ten more minutes, a place from home; without an account or a script."""

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from tests.factories.hall import Hall, hall


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


def english() -> Client:
    browser = Client()
    browser.cookies["onedoor_language"] = "en"
    return browser


def test_one_is_told_and_asks_for_more_time_twice(here: Hall) -> None:
    held = queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    browser, page = english(), f"/t/{held.token}/"
    for none in ("0", "000199999", "0001" + 5_000 * "0"):
        assert browser.post(f"{page}tell/", {"ahead": none}).status_code == 422
    assert browser.post(f"{page}tell/", {"ahead": "5", "phone": "12"}).status_code == 422
    assert browser.post(f"{page}tell/", {"ahead": "5", "phone": "020 5555 1234"}).status_code == 302
    shown = browser.get(page).content.decode()
    assert "You are told when 5 people are before you." in shown and "Also by message." in shown
    assert "Your turn comes soon" in shown and "5555" not in shown
    for _ in range(2):
        assert browser.post(f"{page}more/").status_code == 302
    assert "You asked for more time twice" in browser.get(page).content.decode()
    refused = browser.post(f"{page}more/")
    assert refused.status_code == 409 and b"twice" in refused.content
    assert browser.get(f"{page}more/").status_code == 405
    assert browser.post("/t/unknown/more/").status_code == 302
    assert len(browser.get(page).content) < 40 * 1024


def test_a_place_is_taken_from_home_within_the_limits(here: Hall) -> None:
    browser = english()
    address = f"/centres/{here.code}/place/"
    assert "Your place counts from now." in browser.get(address).content.decode()
    assert browser.post(address, {"service": "nothing"}).status_code == 422
    for _ in range(2):
        taken = browser.post(address, {"service": "birth-registration"})
        assert taken.status_code == 302, taken.content.decode()[-900:]
    shown = browser.get(taken["Location"]).content.decode()
    assert "Taken from home" in shown and "data:image/svg+xml" in shown and "10 more minutes" not in shown
    assert browser.post(address, {"service": "birth-registration"}).status_code == 409
    assert browser.post(f"{taken['Location']}more/").status_code == 409
