"""One's own login: sessions are seen and ended from elsewhere, and the second factor moves only with both phones at hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from onedoor.config.sittings import browser_of
from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.kernel.scope import Actor
from tests.config.conftest import Place
from tests.config.entering import enter, with_password
from tests.factories.browsers import at_work
from tests.factories.offices import PASSWORD, SYSTEM, staff

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.routes")]
PAGE, END, PHONE = "/accounts/security/", "/accounts/security/end/", "/accounts/security/phone/"


def reaches(client: Client) -> bool:
    return client.get("/here/01-1/").status_code == 200


def seen(client: Client) -> list[Any]:
    return list(client.get(PAGE).context["sittings"])


def whys(who: Actor) -> list[str]:
    return list(Sight.objects.filter(subject=who.id).order_by("id").values_list("why", flat=True))


def test_sessions_are_listed_and_another_one_is_ended(place: Place) -> None:
    mine, second, third = (at_work(place.officer) for _ in range(3))
    found = seen(mine)
    assert [one.here for one in found] == [True, False, False]
    page = mine.get(PAGE).content.decode()
    assert not any(one.key in page for one in found), "no key of a session stands on a page"
    (chosen,) = (one for one in found if one.key == second.session.session_key)
    assert mine.post(END, {"session": chosen.mark}).headers["Location"] == PAGE
    assert not reaches(second) and reaches(third) and reaches(mine)
    assert mine.post(END, {"session": chosen.mark}).status_code == 302, "twice is once"
    mine.post(END, {"session": found[0].mark})
    assert reaches(mine), "this one is ended by logging out"
    mine.post(END)
    assert not reaches(third) and reaches(mine) and len(seen(mine)) == 1
    assert whys(place.officer) == ["end session", "end others"]


def test_nobody_sees_or_ends_the_session_of_another(place: Place, at: datetime) -> None:
    other = staff("other", at=at)
    theirs, mine = at_work(other), at_work(place.officer)
    (held,) = seen(theirs)
    assert [one.here for one in seen(mine)] == [True]
    mine.post(END, {"session": held.mark})
    mine.post(END)
    assert len(seen(theirs)) == 1 and whys(other) == []


def test_one_has_to_be_logged_in_and_not_locked(place: Place) -> None:
    for address in (PAGE, PHONE):
        assert Client().get(address).headers["Location"].startswith("/accounts/login/")
    client = at_work(place.officer)
    client.post("/accounts/lock/")
    assert client.get(PAGE).headers["Location"].startswith("/accounts/unlock/")
    assert client.post(END).headers["Location"].startswith("/accounts/unlock/")


def test_a_new_password_is_written_down(place: Place) -> None:
    client = Client()
    enter(client)
    longer = "four words are the best"
    client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": longer, "password2": longer})
    assert "new password" in whys(place.officer) and not reaches(client)


def code_of(secret: str, at: datetime, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30 + ahead))


def test_the_second_factor_moves_with_both_phones_at_hand(place: Place, client: Client, at: datetime) -> None:
    who = staff("new", at=at, demonstration=False)
    access.set_password(by=SYSTEM, at=at, login=who.id, password=PASSWORD)
    access.grant(by=SYSTEM, at=at, login=who.id, role="officer", unit=place.centre, valid_from=at.date())
    with_password(client, username="new")
    first = client.get("/accounts/second-factor/").context["form"].secret
    client.post("/accounts/second-factor/", {"code": code_of(first, at)})
    elsewhere = at_work(who)
    assert reaches(client) and reaches(elsewhere)
    page = client.get(PHONE)
    secret = page.context["form"].secret
    assert secret != first and "data:image/svg+xml" in page.content.decode()
    right = {"code": code_of(secret, at), "present": code_of(first, at, 1), "password": PASSWORD}
    for wrong in ({"code": "000000"}, {"present": "000000"}, {"password": "wrong"}, {"code": ""}):
        assert client.post(PHONE, {**right, **wrong}).status_code == 200
    before = Authenticator.objects.get(user_id=who.id).pk
    assert client.post(PHONE, right).headers["Location"] == PAGE
    assert reaches(client) and not reaches(elsewhere)
    held = Authenticator.objects.get(user_id=who.id)
    assert held.pk != before and secret not in str(held.data)
    assert whys(who)[-1] == "new second factor"
    fresh = Client()
    with_password(fresh, username="new")
    fresh.post("/accounts/code/", {"code": code_of(first, at)})
    assert not reaches(fresh), "the old phone opens nothing"


def test_only_oneself_and_no_demonstration_login_moves(place: Place, at: datetime) -> None:
    assert at_work(place.officer).get(PHONE).headers["Location"] == PAGE
    for by in (SYSTEM, place.officer):
        with pytest.raises(access.NotPermitted):
            access.change_second_factor(by=by, at=at, login=place.officer.id, secret="A" * 32)


def test_a_session_whose_shift_is_over_is_not_listed(place: Place) -> None:
    mine, old = at_work(place.officer), at_work(place.officer)
    session = old.session
    session["staff"] = {**session["staff"], "at": session["staff"]["at"] - timedelta(hours=13).seconds}
    session.save()
    assert len(seen(mine)) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0",
            "Firefox · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/128.0 Mobile Safari/537.36",
            "Chrome · Android",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605 Version/17 Safari/605",
            "Safari · macOS",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_in_words(agent: str, said: str) -> None:
    assert browser_of(agent) == said
