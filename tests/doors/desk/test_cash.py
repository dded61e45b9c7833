"""Cash over HTTP: looked at, then taken once; bad input is told and changes nothing."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from onedoor.domain.payments import api as payments
from onedoor.domain.payments.models import Receipt
from onedoor.kernel.clock import now
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.till import FEE, FLOAT, FLOAT_TOTAL, PDF, Till, till

FLOAT_NOTES = {f"note-{note}": number for note, number in FLOAT.items()}

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> datetime:
    """The doors read the clock."""
    return now()


@pytest.fixture
def made(at: datetime) -> Till:
    return till(at=at)


def desk(made: Till, who: str = "officer") -> tuple[Client, str]:
    return at_work(getattr(made, who)), f"/desk/{made.code}/1/cash/"


def receipts() -> list[Receipt]:
    with everything("a test looks"):
        return list(Receipt.objects.order_by("number"))


def test_a_drawer_is_opened_by_count(made: Till) -> None:
    browser, cash = desk(made)
    shown = browser.get(cash)
    assert shown.status_code == 200
    assert b"note-100000" in shown.content
    for count, status in (("-1", 422), ("1.5", 422), ("1e3", 422), ("999999", 422), ("5", 302)):
        assert browser.post(f"{cash}open/", {"note-10000": count}).status_code == status
    assert browser.post(f"{cash}open/", {"note-10000": "5"}).status_code == 409
    assert browser.post(f"{cash}open/", {"note-777": "5"}).status_code == 422
    assert "₭50.000" in browser.get(cash).content.decode()


def test_fifty_for_forty_and_the_same_press_again(made: Till, at: datetime) -> None:
    made.open(at=at)
    browser, cash = desk(made)
    page = f"{cash}charges/{made.charge(at=at).id}/"
    looked = browser.post(page, {"step": "look", "tendered": "50.000", "key": "abc"})
    assert looked.status_code == 200
    assert "₭10.000" in looked.content.decode()
    assert receipts() == []
    said = {"step": "take", "tendered": "50000", "key": "abc"}
    taken = browser.post(page, said)
    again = browser.post(page, said)
    assert taken.headers["Location"] == again.headers["Location"]
    (receipt,) = receipts()
    assert (receipt.total, receipt.change_given) == (FEE, 10_000)
    other = browser.post(page, {**said, "key": "def"})
    assert other.headers["Location"] == cash
    assert len(receipts()) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"tendered": ""},
        {"tendered": "39999"},
        {"tendered": "-50000"},
        {"tendered": "40000.5"},
        {"tendered": "50250"},
        {"tendered": "9" * 30},
        {"tendered": "ຫ້າໝື່ນ"},
        {"tendered": "\x00"},
        {"tendered": "50000", "given": "20000"},
        {"tendered": "50000", "given": "-5"},
        {"tendered": "100000", "item-tea": "1"},
        {"tendered": "100000", "item-copy": "21"},
        {"tendered": "100000", "item-copy": "1.5"},
        {"tendered": "100000", "item-copy": "-1"},
        {"tendered": "50000", "key": ""},
        {"tendered": "50000", "key": "a/b"},
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(made: Till, at: datetime, said: dict[str, str]) -> None:
    session = made.open(at=at)
    browser, cash = desk(made)
    page = f"{cash}charges/{made.charge(at=at).id}/"
    for step in ("look", "take"):
        answer = browser.post(page, {"key": "abc", **said, "step": step})
        assert answer.status_code == 422 or step == "look"
        assert answer.status_code < 500
    assert receipts() == []
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL


def test_without_an_open_drawer_nothing_is_taken(made: Till, at: datetime) -> None:
    browser, cash = desk(made)
    page = f"{cash}charges/{made.charge(at=at).id}/"
    assert browser.get(page).status_code == 200
    answer = browser.post(page, {"step": "take", "tendered": "50000", "key": "abc"})
    assert answer.status_code == 409
    assert receipts() == []


def test_a_large_note_is_owed_printed_and_paid_out(made: Till, at: datetime) -> None:
    made.open(at=at)
    receipt = made.paid(at=at, tendered=500_000)
    browser, cash = desk(made)
    here = f"{cash}receipts/{receipt.id}/"
    assert "₭190.000" in browser.get(here).content.decode()
    slip = browser.post(f"{here}print/").content.decode()
    assert receipt.number in slip
    assert payments.code_for(receipt) in slip.replace("-", "")
    assert "₭190.000" in slip
    assert browser.get(f"{here}qr/").headers["Content-Type"] == "image/svg+xml"
    assert browser.post(f"{here}owed/").status_code == 302
    assert receipts()[0].owes == 0


def test_a_waiver_from_the_counter_to_the_head(made: Till, at: datetime) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser, cash = desk(made)
    charge = made.charge(at=at)
    page = f"{cash}charges/{charge.id}/waiver/"
    assert browser.post(page, {"ground": "poor"}).status_code == 422
    text = SimpleUploadedFile("a.pdf", b"not a paper")
    assert browser.post(page, {"ground": "poor", "evidence": text}).status_code == 415
    paper = SimpleUploadedFile("a.pdf", PDF)
    assert browser.post(page, {"ground": "poor", "evidence": paper}).status_code == 302
    head, money = at_work(made.head), f"/desk/{made.code}/cash/"
    assert "₭40.000" in head.get(money).content.decode()
    assert head.get(f"{money}waivers/{charge.id}/paper/").content == PDF
    assert head.post(f"{money}waivers/{charge.id}/", {"answer": "yes"}).status_code == 302
    (receipt,) = receipts()
    assert (receipt.kind, receipt.total) == ("waived", 0)


def test_voided_closed_and_the_day_ended(made: Till, at: datetime) -> None:
    session = made.open(at=at)
    receipt = made.paid(at=at)
    head, money = at_work(made.head), f"/desk/{made.code}/cash/"
    for said in ({}, {"reason": "amount", "session": "no"}, {"reason": "because"}):
        head.post(f"{money}receipts/{receipt.id}/void/", said)
        assert receipts()[0].state == "valid"
    head.post(f"{money}receipts/{receipt.id}/void/", {"reason": "amount"})
    assert receipts()[0].state == "void"
    browser, cash = desk(made)
    close = f"{cash}sessions/{session.id}/"
    differs = browser.post(close, {"note-10000": "26"})
    assert differs.status_code == 422
    assert "₭10.000" in differs.content.decode()
    assert browser.post(close, {"note-10000": "26", "reason": "ນັບຜິດ"}).status_code == 422
    signed = {"note-10000": "26", "reason": "ນັບຜິດ", "signed": "yes"}
    assert browser.post(close, signed).status_code == 302
    assert browser.post(close, signed).status_code == 409
    day = receipt.day.isoformat()
    assert head.post(f"{money}day/", {"day": day}).status_code == 302
    assert browser.post(f"{cash}open/", {"note-1000": "1"}).status_code == 409
    for odd in ("never", "", "9999-99-99"):
        assert head.get(money, {"day": odd}).status_code == 200


def test_a_receipt_is_seen_with_its_code_alone(made: Till, at: datetime, client: Client) -> None:
    made.open(at=at)
    receipt = made.paid(at=at)
    code = payments.code_for(receipt)
    seen = client.get(f"/receipts/{receipt.number}/{code}/")
    assert seen.status_code == 200
    assert "₭40.000" in seen.content.decode()
    for guess in ("0" * 16, code[:-1], "%00"):
        answer = client.get(f"/receipts/{receipt.number}/{guess}/")
        assert answer.status_code == 404
        assert "40.000" not in answer.content.decode()
    asked = client.post("/receipts/", {"number": receipt.number, "code": code.upper()})
    assert asked.headers["Location"] == f"/receipts/{receipt.number}/{code}/"
    assert client.post("/receipts/", {"number": "x/y", "code": "../.."}).status_code == 422
    assert client.get("/tariff/").status_code == 200


def test_a_drawer_left_open_is_told_to_its_officer_and_the_head(made: Till, at: datetime) -> None:
    session = made.open(at=at - timedelta(days=1))
    browser, cash = desk(made)
    close = f"{cash}sessions/{session.id}/"
    assert close in browser.get(cash).content.decode()
    head = at_work(made.head)
    told = head.get(f"/desk/{made.code}/cash/").content.decode()
    assert f"/cash/sessions/{session.id}/" in told
    answer = head.post(f"/desk/{made.code}/cash/sessions/{session.id}/", FLOAT_NOTES)
    assert answer.status_code == 302
    assert close not in browser.get(cash).content.decode()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "today", "\x00"])
def test_a_day_that_is_none_shows_today(made: Till, day: str) -> None:
    browser, place = at_work(made.head), f"/desk/{made.code}/cash/"
    assert browser.get(place, {"day": day}).status_code == 200
    assert browser.post(f"{place}day/", {"day": day}, follow=True).status_code == 200
