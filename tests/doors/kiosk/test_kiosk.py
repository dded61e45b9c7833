"""The self-service screen: three touches, lost tickets, and what it refuses."""

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall


@pytest.fixture
def kiosk(here: Hall) -> Client:
    return paired(here.kiosk_token)


def take(kiosk: Client, here: Hall, **more: str) -> str:
    """The address of a ticket that was just taken."""
    answer = kiosk.post(f"/kiosk/{here.code}/services/birth-registration/", more)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_ticket_in_three_touches(kiosk: Client, here: Hall) -> None:
    first = kiosk.get(f"/kiosk/{here.code}/")
    assert f"next=/kiosk/{here.code}/services/" in first.content.decode()
    second = kiosk.get(f"/kiosk/{here.code}/services/")
    assert f"/kiosk/{here.code}/services/birth-registration/" in second.content.decode()
    assert "land-title" not in second.content.decode()
    third = kiosk.get(f"/kiosk/{here.code}/services/birth-registration/")
    assert third.status_code == 200 and b"<form" in third.content
    page = kiosk.get(take(kiosk, here)).content.decode()
    assert "A001" in page and "data:image/svg+xml" in page


@pytest.mark.parametrize(("language", "words"), [("en", "up to 15 min"), ("lo", "ບໍ່ເກີນ 15 ນາທີ")])
def test_the_ticket_says_its_place_and_an_estimate(
    kiosk: Client, here: Hall, language: str, words: str
) -> None:
    take(kiosk, here)
    kiosk.cookies["onedoor_language"] = language
    page = kiosk.get(take(kiosk, here)).content.decode()
    assert "A002" in page and words in page


def test_a_lost_ticket_is_given_anew_and_the_old_page_is_dead(kiosk: Client, here: Hall) -> None:
    old = take(kiosk, here, name="ທ້າວ ບຸນມີ", phone="02055551234")
    wrong = kiosk.post(f"/kiosk/{here.code}/lost/", {"name": "ທ້າວ ບຸນມີ", "phone": "02055551235"})
    assert wrong.status_code == 422 and "A001" not in wrong.content.decode()
    anew = kiosk.post(f"/kiosk/{here.code}/lost/", {"name": "ທ້າວ ບຸນມີ", "phone": "+856 20 5555 1234"})
    assert "A002" in kiosk.get(anew["Location"]).content.decode()
    assert kiosk.get(old).status_code == 404


@pytest.mark.parametrize("phone", ["12", "call me", "0" * 500, "\x00\x00\x00\x00\x00\x00", "٠٢٠-"])
def test_a_wrong_telephone_number_is_said_beside_the_field(kiosk: Client, here: Hall, phone: str) -> None:
    answer = kiosk.post(f"/kiosk/{here.code}/services/birth-registration/", {"name": "ບຸນມີ", "phone": phone})
    assert answer.status_code == 422 and "#id_phone" in answer.content.decode()


def test_a_service_of_another_centre_and_an_unknown_one_are_refused(kiosk: Client, here: Hall) -> None:
    assert kiosk.post(f"/kiosk/{here.code}/services/land-title/").status_code == 422
    assert kiosk.post(f"/kiosk/{here.code}/services/nothing/").status_code == 404
    for page in ("9999999999", "-1", "²", "x"):
        assert kiosk.get(f"/kiosk/{here.code}/services/", {"page": page}).status_code == 200


def test_who_may_stand_at_the_kiosk(here: Hall, kiosk: Client) -> None:
    address = f"/kiosk/{here.code}/services/"
    assert Client().get(address)["Location"].startswith("/accounts/device/")
    assert at_work(here.stranger).get(address).status_code == 404
    assert at_work(here.officer).get(address).status_code == 200
    assert kiosk.get(f"/kiosk/{here.code}-other/").status_code == 404


def test_a_ticket_of_another_centre_is_not_shown(kiosk: Client, here: Hall) -> None:
    assert kiosk.get(f"/kiosk/{here.code}/ticket/AAAAAAAAAAAAAAAAAAAAAA/").status_code == 404
    with everything("a test looks"):
        assert queue.Ticket.objects.count() == 0


def test_the_key_of_a_form_is_none_of_the_keyboard(kiosk: Client, here: Hall) -> None:
    page = kiosk.get(f"/kiosk/{here.code}/services/birth-registration/").content.decode()
    assert 'name="key"' in page and "<kbd>" not in page and "data-key=" not in page
