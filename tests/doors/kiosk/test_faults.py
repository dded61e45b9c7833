"""A bad day at the kiosk: a press sent twice, a flood of presses, no paper, a ticket of yesterday, a forged code."""

from datetime import timedelta

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.doors.kiosk import views
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor, everything
from onedoor.ui.buckets import Bucket
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall

SERVICE = "birth-registration"


@pytest.fixture
def kiosk(here: Hall) -> Client:
    browser = paired(here.kiosk_token)
    browser.cookies["onedoor_language"] = "en"
    return browser


def press(kiosk: Client, here: Hall, **said: str) -> str:
    answer = kiosk.post(f"/kiosk/{here.code}/services/{SERVICE}/", said)
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def taken() -> int:
    with everything("a test counts"):
        return queue.Ticket.objects.count()


def test_a_press_that_is_sent_again_gives_the_same_ticket(kiosk: Client, here: Hall) -> None:
    page = kiosk.get(f"/kiosk/{here.code}/services/{SERVICE}/").content.decode()
    key = page.split('name="key" value="')[1].split('"')[0]
    assert press(kiosk, here, key=key) == press(kiosk, here, key=key), "the answer to the first was lost"
    other = kiosk.get(f"/kiosk/{here.code}/services/{SERVICE}/").content.decode()
    assert f'value="{key}"' not in other, "the next person has a key of their own"
    assert taken() == 1
    assert kiosk.post(f"/kiosk/{here.code}/services/{SERVICE}/", {"key": "../"}).status_code == 422


def test_a_flood_is_stopped_by_device_and_people_are_served_elsewhere(
    kiosk: Client, here: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert views.MOST_A_MINUTE == 20, "this is what the guide says"
    monkeypatch.setattr(views, "PRESSES", Bucket("kiosk", most=2))
    press(kiosk, here), press(kiosk, here)
    stopped = kiosk.post(f"/kiosk/{here.code}/services/{SERVICE}/")
    assert stopped.status_code == 429 and "reception" in stopped.content.decode()
    kiosk.post(f"/kiosk/{here.code}/services/{SERVICE}/")
    assert taken() == 2
    desk = at_work(here.officer)
    desk.cookies["onedoor_language"] = "en"
    assert "asked for too many tickets" in desk.get(f"/desk/{here.code}/reception/").content.decode()
    given = desk.post(f"/desk/{here.code}/reception/", {"key": "a1", "service": SERVICE})
    assert given.status_code == 302 and taken() == 3, "a person who is present is never refused"


def test_without_paper_the_screen_is_the_ticket(kiosk: Client, here: Hall) -> None:
    ticket = press(kiosk, here)
    told = kiosk.post(
        f"/kiosk/{here.code}/paper/", {"out": "yes", "ticket": ticket.rstrip("/").split("/")[-1]}
    )
    assert told.status_code == 302 and told["Location"] == ticket
    page = kiosk.get(ticket).content.decode()
    assert "There is no paper" in page and "data-print" not in page and "data:image/svg+xml" in page
    board = Client()
    board.cookies["onedoor_language"] = "en"
    assert "The kiosk has no paper" in board.get(f"/board/{here.code}/now/").content.decode()
    desk = at_work(here.officer)
    desk.cookies["onedoor_language"] = "en"
    assert "has no paper since" in desk.get(f"/desk/{here.code}/reception/").content.decode()
    assert desk.post(f"/desk/{here.code}/kiosks/{here.kiosk.id}/paper/").status_code == 302
    assert "data-print" in kiosk.get(ticket).content.decode()


def test_a_ticket_from_yesterday_says_so_everywhere(kiosk: Client, here: Hall) -> None:
    then = now() - timedelta(days=1)
    with everything("a test acts yesterday"):
        old = queue.take_ticket(by=here.kiosk, at=then, centre=here.centre, service=here.birth)
        queue.leave(by=Actor.system(), at=then, ticket=old.id, centre=here.centre)
    phone, desk = Client(), at_work(here.officer)
    for browser, address in (
        (kiosk, f"/kiosk/{here.code}/ticket/{old.token}/"),
        (phone, f"/t/{old.token}/"),
        (desk, f"/desk/{here.code}/reception/?ticket={old.token}"),
    ):
        browser.cookies["onedoor_language"] = "en"
        answer = browser.get(address)
        assert answer.status_code == 200 and "is over. Take a new one" in answer.content.decode(), address


@pytest.mark.parametrize("token", ["A" * 22, "-" * 22, "x", "0" * 22])
def test_a_forged_code_is_refused_in_words(kiosk: Client, here: Hall, token: str) -> None:
    for browser, address in (
        (kiosk, f"/kiosk/{here.code}/ticket/{token}/"),
        (Client(), f"/t/{token}/"),
        (at_work(here.officer), f"/desk/{here.code}/reception/?ticket={token}"),
    ):
        browser.cookies["onedoor_language"] = "en"
        answer = browser.get(address)
        assert answer.status_code == 404 and "This ticket is not known here" in answer.content.decode(), (
            address
        )


@pytest.mark.parametrize("token", ["\x00", "%00", "ກ", "a" * 9000, "' OR 1=1 --", "../../", "💥" * 11])
def test_what_is_no_code_at_all_breaks_nothing(kiosk: Client, here: Hall, token: str) -> None:
    assert at_work(here.officer).get(f"/desk/{here.code}/reception/", {"ticket": token}).status_code == 404
    assert kiosk.post(f"/kiosk/{here.code}/paper/", {"out": "yes", "ticket": token}).status_code == 404


def test_a_closed_centre_says_so_before_anything_is_touched(kiosk: Client, here: Hall) -> None:
    with everything("a test"):
        queue.end_day(by=Actor.system(), at=now(), centre=here.centre)
    words = "No more tickets are given today"
    page = kiosk.get(f"/kiosk/{here.code}/").content.decode()
    assert words in page and "Touch your language" not in page
    for address in ("services/", f"services/{SERVICE}/"):
        answer = kiosk.get(f"/kiosk/{here.code}/{address}")
        assert answer.status_code in (409, 422) and words in answer.content.decode()
