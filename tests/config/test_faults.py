"""What no form can be read from is refused with a page, at every address."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

BROKEN = [
    ("application/x-www-form-urlencoded; charset=utf-16", b"text=a"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"x"),
]


def strict() -> Client:
    """A browser whose forms are read for their token before the page sees them."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    return browser


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_a_form_that_cannot_be_read_is_refused(kind: str, body: bytes) -> None:
    browser = strict()
    answer = browser.generic("POST", "/complain/", body, content_type=kind)
    assert answer.status_code == 400 and b"<h1>" in answer.content


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_at_an_unknown_address_it_is_not_found(kind: str, body: bytes) -> None:
    browser = strict()
    answer = browser.generic("POST", "/nowhere/at/all/", body, content_type=kind)
    assert answer.status_code == 404 and b"<h1>" in answer.content


def test_a_machine_is_told_in_its_own_form() -> None:
    answer = Client().get("/nowhere/", headers={"Accept": "application/json"})
    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("door", ["login", "logout"])
def test_a_way_onward_that_is_no_address_is_ignored(door: str) -> None:
    assert Client().get(f"/accounts/{door}/?next=http://[").status_code in (200, 302)


def test_a_page_of_origin_that_is_no_address_is_ignored() -> None:
    assert Client().post("/follow/", {"number": "1"}, headers={"Referer": "http://["}).status_code == 404


def test_a_form_that_is_too_large_is_refused() -> None:
    browser = strict()
    for body in ("number=" + "x" * (13 * 1024 * 1024), "&".join(f"a{number}=1" for number in range(1500))):
        answer = browser.generic("POST", "/follow/", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 413 and b"<h1>" in answer.content


def test_a_form_for_another_host_is_refused() -> None:
    browser = Client()
    assert browser.post("/follow/", {"number": "1"}, headers={"Host": "elsewhere.example"}).status_code == 400
