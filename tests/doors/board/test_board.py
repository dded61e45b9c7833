"""The hall's screen shows numbers to anybody and names to nobody."""

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from tests.factories.hall import Hall


@pytest.mark.parametrize(("language", "words"), [("en", "Called now"), ("lo", "ກຳລັງເອີ້ນ")])
def test_called_and_next_numbers_without_names(here: Hall, language: str, words: str) -> None:
    for _ in range(3):
        queue.take_ticket(
            by=here.kiosk,
            at=now(),
            centre=here.centre,
            service=here.birth,
            name="ທ້າວ ບຸນມີ",
            phone="02055551234",
        )
    queue.call_next(by=here.officer, at=now(), counter=here.counters[1])
    browser = Client()
    browser.cookies["onedoor_language"] = language
    page = browser.get(f"/board/{here.code}/").content.decode()
    assert words in page and f"/live/centres/{here.centre}" in page
    part = browser.get(f"/board/{here.code}/now/").content.decode()
    assert 'data-call="A001@2@1"' in part and "<li>A002</li>" in part
    assert "ບຸນມີ" not in page + part


def test_an_unknown_hall_is_not_found(here: Hall) -> None:
    assert Client().get("/board/9999-9/").status_code == 404
