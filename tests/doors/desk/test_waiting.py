"""Everybody who waits on one page, and one of them called out of turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.hall import Hall


@pytest.fixture
def desk(here: Hall) -> Iterator[Client]:
    browser = at_work(here.officer)
    browser.cookies["onedoor_language"] = "en"
    with override("en"):  # what the answers leave behind goes with this
        yield browser


def test_who_comes_from_home_is_let_in_at_the_reception(desk: Client, here: Hall) -> None:
    one, other = (
        queue.take_from_home(by=Actor.public(), at=now(), centre=here.centre, service=here.birth, device=name)
        for name in "xy"
    )
    address = f"/desk/{here.code}/reception/"
    assert one.number in desk.get(address).content.decode()
    assert desk.post(f"{address}here/", {"code": " "}).status_code == 422
    for garbage in ("Z999", "AbCdEfGhIjKlMnOpQrStUv", "https://evil.example/login", "\x00" * 9):
        assert desk.post(f"{address}here/", {"code": garbage}).status_code == 404
    pressed = desk.post(f"{address}here/", {"code": one.number.lower()})
    assert one.number in desk.get(pressed["Location"]).content.decode()
    for _ in range(2):  # the code shown again changes nothing
        read = desk.post(f"{address}here/", {"code": f"https://one.la/t/{other.token}/"})
        assert read.status_code == 302
    assert "Nobody is on the way" in desk.get(address).content.decode()
    called = {
        queue.call_next(by=here.officer, at=now(), counter=counter).number for counter in here.counters[:1]
    }
    assert called == {one.number}


def test_one_is_called_out_of_turn_for_a_reason_and_once(desk: Client, here: Hall) -> None:
    for _ in range(2):
        queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth)
    address = f"/desk/{here.code}/1/waiting/"
    shown = desk.get(address).content.decode()
    assert shown.index("A001") < shown.index("A002") and "Everybody who waits: 2" in shown
    for told, status, sentence in (
        ({"number": "A002", "reason": ""}, 422, "Say why"),
        ({"number": "A002", "reason": "friend"}, 422, "Say why"),
        ({"number": "Z999", "reason": "unwell"}, 404, "not known here"),
        ({"number": "A\x002", "reason": "unwell"}, 404, "not known here"),
    ):
        refused = desk.post(address, {"key": "k1", **told})
        assert refused.status_code == status and sentence in refused.content.decode()
    for _ in range(2):
        pressed = desk.post(address, {"key": "k2", "number": "a002", "reason": "unwell"})
        assert pressed.status_code == 302
    with everything("a test looks"):
        called = queue.Ticket.objects.get(number="A002")
        assert (called.status, called.out_of_turn, called.calls) == ("called", "unwell", 1)
        assert queue.Ticket.objects.get(number="A001").status == "waiting"


def test_nobody_waits(desk: Client, here: Hall) -> None:
    assert "Nobody is waiting." in desk.get(f"/desk/{here.code}/1/waiting/").content.decode()
