"""Staff come in with a password and a second factor, and not otherwise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client, override_settings

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from tests.config.conftest import Place
from tests.config.entering import enter, with_code, with_password
from tests.factories.offices import PASSWORD, SYSTEM, staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.routes")]


def reaches(client: Client) -> bool:
    return client.get("/here/01-1/").status_code == 200


def test_password_and_code_lead_in(place: Place, client: Client) -> None:
    first = with_password(client, next="/here/01-1/")
    assert first.headers["Location"].startswith("/accounts/code/")
    assert not reaches(client), "a password alone is not enough"
    second = with_code(client)
    assert second.headers["Location"] == "/here/01-1/"
    assert reaches(client)
    assert Sight.objects.filter(actor=place.officer.id, why="log in").count() == 1


def test_the_key_of_the_session_changes_on_the_way(place: Place, client: Client) -> None:
    with_password(client)
    before = client.session.session_key
    with_code(client)
    assert client.session.session_key != before


def test_a_wrong_password_and_a_wrong_code_say_so_and_no_more(place: Place, client: Client) -> None:
    known = with_password(client, password="wrong").content.decode()
    unknown = with_password(client, username="nobody", password="wrong").content.decode()
    assert "error-summary" in known
    assert known.count("<li>") == unknown.count("<li>"), "no hint whether the login exists"
    with_password(client)
    assert client.post("/accounts/code/", {"code": "000000"}).status_code == 200
    assert not reaches(client)


def test_a_code_works_once(place: Place, client: Client) -> None:
    code = access.demo_totp("noy", at=datetime.now().astimezone())
    other = Client()
    for one in (client, other):
        with_password(one)
        one.post("/accounts/code/", {"code": code})
    assert reaches(client)
    assert not reaches(other)


def test_guessing_a_password_is_slowed_down(place: Place, client: Client) -> None:
    for _ in range(5):
        with_password(client, password="wrong")
    assert with_password(client).status_code == 200, "even the right one has to wait"
    assert not client.session.get("_auth_user_id")


@override_settings(ACCOUNT_RATE_LIMITS={"login": "2/m/ip"})
def test_too_many_forms_in_a_minute_are_answered_with_a_page(place: Place, client: Client) -> None:
    statuses = [with_password(client, password="wrong").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_guessing_a_code_is_slowed_down(place: Place, client: Client) -> None:
    with_password(client)
    for _ in range(5):
        client.post("/accounts/code/", {"code": "000000"})
    with_code(client)
    assert not reaches(client)


def test_a_first_log_in_sets_up_the_second_factor(place: Place, client: Client, at: datetime) -> None:
    who = staff("new", at=at, demonstration=False)
    access.set_password(by=SYSTEM, at=at, login=who.id, password=PASSWORD)
    access.grant(by=SYSTEM, at=at, login=who.id, role="officer", unit=place.centre, valid_from=at.date())
    answer = with_password(client, username="new", next="/here/01-1/")
    assert answer.headers["Location"].startswith("/accounts/second-factor/")
    assert client.get("/here/01-1/").headers["Location"].startswith("/accounts/second-factor/")
    page = client.get("/accounts/second-factor/?next=/here/01-1/")
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30))
    done = client.post("/accounts/second-factor/", {"code": code, "next": "/here/01-1/"})
    assert done.headers["Location"] == "/here/01-1/"
    assert reaches(client)
    kept: dict[str, Any] = Authenticator.objects.get(user_id=who.id).data
    assert secret not in str(kept), "the secret is encrypted in the database"
    assert client.get("/accounts/second-factor/").status_code == 302, "it cannot be replaced by oneself"


def test_a_lost_phone_is_reset_by_a_manager(place: Place, client: Client, at: datetime) -> None:
    enter(client)
    access.reset_second_factor(by=SYSTEM, at=at, login=place.officer.id)
    assert not reaches(client)
    assert with_password(Client()).headers["Location"].startswith("/accounts/second-factor/")


def test_nobody_signs_up(place: Place, client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_logging_out_ends_the_session(place: Place, client: Client) -> None:
    enter(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert reaches(client), "a mere visit does not log out"
    client.post("/accounts/logout/")
    assert not reaches(client)


def test_a_new_password_ends_every_session(place: Place, client: Client) -> None:
    elsewhere = Client()
    enter(client)
    session = client.cookies["onedoor_session"].value
    elsewhere.cookies["onedoor_session"] = session
    new = "another long sentence"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/", data).status_code == 302
    assert not reaches(client)
    assert not reaches(elsewhere)


def test_a_closed_login_is_out_at_once(place: Place, client: Client, at: datetime) -> None:
    enter(client)
    access.close_login(by=SYSTEM, at=at, login=place.officer.id)
    assert not reaches(client)
    assert with_password(client).headers["Location"] == "/accounts/closed/"


def test_demonstration_logins_do_not_exist_outside_a_demonstration(place: Place, client: Client) -> None:
    with override_settings(TESTING=False, DEMO=False):
        access.forget()
        assert with_password(client).headers["Location"] == "/accounts/closed/"
        assert not reaches(client)


def test_next_leads_to_this_site_only(place: Place, client: Client) -> None:
    with_password(client, next="https://evil.example/")
    assert with_code(client).headers["Location"] == "/accounts/start/"


def test_a_locked_session_asks_for_the_password_and_keeps_its_place(place: Place, client: Client) -> None:
    enter(client)
    client.post("/accounts/lock/", {"next": "/here/01-1/"})
    answer = client.get("/here/01-1/")
    assert answer.headers["Location"] == "/accounts/unlock/?next=%2Fhere%2F01-1%2F"
    assert client.post("/accounts/unlock/", {"password": "wrong"}).status_code == 200
    assert not reaches(client)
    before = client.session.session_key
    done = client.post("/accounts/unlock/", {"password": PASSWORD, "next": "/here/01-1/"})
    assert done.headers["Location"] == "/here/01-1/"
    assert client.session.session_key != before
    assert reaches(client)


def test_an_hour_without_a_request_locks(
    place: Place, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onedoor.config import staff as seats

    enter(client)
    real = seats.time.time
    monkeypatch.setattr(seats.time, "time", lambda: real() + 3500)
    assert reaches(client), "and this request is noted"
    monkeypatch.setattr(seats.time, "time", lambda: real() + 3500 + 3500)
    assert reaches(client)
    monkeypatch.setattr(seats.time, "time", lambda: real() + 7000 + 3700)
    assert client.get("/here/01-1/").headers["Location"].startswith("/accounts/unlock/")


def test_a_shift_ends(place: Place, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from onedoor.config import staff as seats

    enter(client)
    real = seats.time.time
    monkeypatch.setattr(seats.time, "time", lambda: real() + 13 * 3600)
    assert client.get("/here/01-1/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("language", ["lo", "en"])
def test_the_pages_speak_both_languages(place: Place, client: Client, language: str) -> None:
    client.cookies["onedoor_language"] = language
    page = client.get("/accounts/login/").content.decode()
    assert f'lang="{language}"' in page
    assert 'name="login"' in page


def test_a_device_is_paired_once(place: Place, client: Client) -> None:
    assert client.get("/accounts/device/").status_code == 200
    assert client.post("/accounts/device/", {"token": "odd_wrong"}).status_code == 200
    done = client.post("/accounts/device/", {"token": place.kiosk_token})
    assert done.headers["Location"] == "/kiosk/01-1/"
    assert client.cookies["onedoor_device"]["httponly"]
    assert client.get("/here/01-1/").json()["kind"] == "device"


def test_a_demonstration_pairs_a_browser_at_a_press(place: Place, client: Client) -> None:
    data = {"demonstrate": "1", "next": "/here/01-1/"}
    assert client.post("/accounts/device/", data).status_code == 200, "not elsewhere"
    assert not reaches(client)
    with override_settings(DEMO=True):
        assert client.post("/accounts/device/", data).headers["Location"] == "/here/01-1/"
        assert reaches(client)
