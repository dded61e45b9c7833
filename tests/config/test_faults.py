"""What no form can be read from is refused with a page, at every address."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

BROKEN = [
    ("application/x-www-form-urlencoded; charset=utf-16", b"text=a"),
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"x"),
]


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_a_form_that_cannot_be_read_is_refused(kind: str, body: bytes) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = browser.generic("POST", "/complain/", body, content_type=kind)
    assert answer.status_code in (400, 403) and b"<h1>" in answer.content


@pytest.mark.parametrize(("kind", "body"), BROKEN)
def test_at_an_unknown_address_it_is_not_found(kind: str, body: bytes) -> None:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
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


def test_a_form_for_another_host_is_refused() -> None:
    browser = Client()
    assert browser.post("/follow/", {"number": "1"}, headers={"Host": "elsewhere.example"}).status_code == 400
