"""Cash over HTTP: looked at, then taken once; bad input is told and changes nothing."""

import html
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onedoor.domain.payments import api as payments
from onedoor.domain.payments.models import Charge, Receipt
from onedoor.kernel.clock import now
from onedoor.kernel.money import format_kip
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.till import FEE, FLOAT, FLOAT_TOTAL, PDF, Till, restore, till

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
    looked = browser.post(page, {"step": "look", "tendered": "50.000", "item-copy": "", "key": "abc"})
    assert looked.headers["Location"] == f"{page}?tendered=50.000"
    assert "₭10.000" in browser.get(looked.headers["Location"]).content.decode()
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


def test_the_receipt_of_a_difference_says_what_was_charged_before_and_is_now(
    made: Till, at: datetime
) -> None:
    made.open(at=at)
    charge = made.charge(at=at)
    with everything("a correction made it higher"):
        stated = [{**line, "was": 10_000, "now": 10_000 + line["amount"]} for line in charge.lines]
        Charge.objects.filter(id=charge.id).update(lines=stated, version=charge.version + 1)
    browser, cash = desk(made)
    taken = browser.post(f"{cash}charges/{charge.id}/", {"step": "take", "tendered": "50000", "key": "k"})
    receipt = receipts()[0]
    told = f"was ₭10.000, is {format_kip(10_000 + receipt.total)} after the correction"
    browser.cookies["onedoor_language"] = "en"
    assert told in browser.get(taken.headers["Location"]).content.decode()
    slip = browser.post(f"{taken.headers['Location']}print/").content.decode()
    assert told in slip and "ແຕ່ກ່ອນ ₭10.000" in slip
    at_home = f"/receipts/{receipt.number}/{payments.code_for(receipt)}/"
    assert "ແຕ່ກ່ອນ ₭10.000" in Client().get(at_home, follow=True).content.decode()


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


def test_what_was_written_survives_a_refusal_and_a_reload(made: Till, at: datetime) -> None:
    made.open(at=at)
    browser, cash = desk(made)
    page = f"{cash}charges/{made.charge(at=at).id}/"
    said = {"tendered": "50000", "given": "20000", "item-copy": "2", "key": "abc"}
    refused = browser.post(page, {**said, "step": "take"})
    looked = browser.get(page, {"tendered": "50000", "given": "5000", "item-copy": "2"})
    assert (refused.status_code, looked.status_code) == (422, 200)
    for shown, given in ((refused, "20000"), (looked, "5000")):
        text = shown.content.decode()
        for name, value in (("tendered", "50000"), ("given", given), ("item-copy", "2")):
            assert re.search(f'name="{name}"[^>]*value="{value}"', text), (name, value)
    assert "₭3.000" in looked.content.decode()  # 50.000 less 42.000 and 5.000 given: owed
    for odd in (
        {"tendered": "-1"},
        {"given": "x", "tendered": "50000"},
        {"item-tea": "1"},
        {"tendered": "\x00"},
    ):
        assert browser.get(page, odd).status_code == 422
    assert receipts() == []


def test_a_copy_alone_is_sold(made: Till, at: datetime) -> None:
    made.open(at=at)
    browser, cash = desk(made)
    page = f"{cash}sell/"
    assert page in browser.get(cash).content.decode()
    assert browser.get(page).status_code == 200
    said = {"item-copy": "3", "tendered": "5000", "key": "abc"}
    for odd in (
        {"item-copy": "21"},
        {"item-copy": "1.5"},
        {"item-tea": "1"},
        {"tendered": "500"},
        {"key": ""},
    ):
        assert browser.post(page, {**said, **odd, "step": "take"}).status_code == 422
    assert browser.post(page, {"tendered": "5000", "key": "abc", "step": "take"}).status_code == 409
    looked = browser.post(page, {**said, "step": "look"}, follow=True)
    assert "₭2.000" in looked.content.decode()
    taken = browser.post(page, {**said, "step": "take"})
    (receipt,) = receipts()
    assert taken.headers["Location"] == f"{cash}receipts/{receipt.id}/"
    shown = browser.get(taken.headers["Location"])
    assert receipt.number in shown.content.decode()
    assert receipt.number in browser.post(f"{taken.headers['Location']}print/").content.decode()
    code = payments.code_for(receipt)
    assert Client().get(f"/receipts/{receipt.number}/{code}/").status_code == 200


def test_money_goes_to_the_safe_when_the_head_confirms(made: Till, at: datetime) -> None:
    session = made.open(at=at)
    browser, cash = desk(made)
    head, money = at_work(made.head), f"/desk/{made.code}/cash/"
    for odd in (
        {},
        {"way": "home", "note-1000": "1"},
        {"way": "to_safe", "note-1000": "1.5"},
        {"way": "to_safe"},
    ):
        assert browser.post(f"{cash}safe/", odd).status_code == 422
    assert browser.post(f"{cash}safe/", {"way": "to_safe", "note-100000": "9"}).status_code == 409
    said = {"way": "to_safe", "note-20000": "5"}
    assert browser.post(f"{cash}safe/", said).status_code == 302
    assert browser.post(f"{cash}safe/", said).status_code == 409
    (transfer,) = payments.transfers_asked(by=made.head, centre=made.centre)
    answer = f"transfers/{transfer.id}/"
    browser.post(f"{cash}{answer}", {"answer": "yes"})
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL
    assert "₭100.000" in head.get(money).content.decode()
    head.post(f"{money}{answer}", {"answer": "yes"})
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL - 100_000
    brought = head.post(f"{money}sessions/{session.id}/safe/", {"way": "to_drawer", "note-500": "10"})
    assert brought.status_code == 302
    shown = browser.get(cash).content.decode()
    (transfer,) = payments.transfers_asked(by=made.head, centre=made.centre)
    assert f"/cash/transfers/{transfer.id}/" in shown
    browser.post(f"{cash}transfers/{transfer.id}/", {"answer": "yes"})
    assert payments.cash_in(by=made.officer, session=session.id) == FLOAT_TOTAL - 95_000
    assert "₭95.000" not in head.get(money).content.decode()
    payments.close_session(by=made.officer, at=at, session=session.id, notes={**FLOAT, "20000": 0, "500": 10})
    assert "₭500" in head.get(money).content.decode()
    assert browser.get(f"{cash}safe/").status_code == 302


def test_the_day_is_read_page_by_page_and_taken_out_as_a_table(
    made: Till, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.doors.desk.cash_centre.PAGE", 2)
    made.open(at=at)
    numbers = [made.paid(at=at).number for _ in range(5)]
    head, money = at_work(made.head), f"/desk/{made.code}/cash/"
    seen, address = [], money
    for _ in range(3):
        text = head.get(address).content.decode()
        seen += re.findall(r'<tr id="r([^"]+)"', text)
        following = re.search(r'href="(\?day=[^"]*after=[^"]+)"', text)
        address = money + html.unescape(following[1]) if following else ""
    assert seen == numbers[::-1]
    assert address == ""
    for odd in ("x", "2026-01-01T00:00:00_x", "2026-01-01T00:00:00_" + "0" * 32):
        assert head.get(money, {"after": odd}).status_code == 422
    table = head.get(f"{money}day.csv", {"day": receipts()[0].day.isoformat()})
    assert table.headers["Content-Type"].startswith("text/csv")
    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[1].endswith(f",5,0,0,{5 * FEE},0,{5 * FEE}")


def test_a_void_that_is_refused_keeps_what_was_written(made: Till, at: datetime) -> None:
    made.open(at=at)
    receipt = made.paid(at=at)
    head, money = at_work(made.head), f"/desk/{made.code}/cash/"
    refused = head.post(f"{money}receipts/{receipt.id}/void/", {"reason": "", "note": "ນັບຜິດ <b>"})
    assert refused.status_code == 422
    assert "ນັບຜິດ &lt;b&gt;" in refused.content.decode()


def test_lost_numbers_stand_on_the_page_until_they_are_declared(made: Till, at: datetime) -> None:
    receipt = made.open(at=at) and made.paid(at=at)
    restore(at)
    session = payments.open_session_of(made.officer)
    assert session is not None
    notes = {**FLOAT, "20000": 7}
    payments.close_session(by=made.officer, at=at, session=session.id, notes=notes)
    head, money, day = at_work(made.head), f"/desk/{made.code}/cash/", receipt.day.isoformat()
    (lost,) = payments.lost_numbers(by=made.head, centre=made.centre)
    assert lost.first in head.get(money).content.decode()
    assert head.post(f"{money}day/", {"day": day}).status_code == 422
    wrong = head.post(
        f"{money}day/", {"day": day, "lost_reason": "Fire.", f"highest-{lost.key}": receipt.number}
    )
    assert (wrong.status_code, receipt.number in wrong.content.decode()) == (422, True)
    assert "Fire." in wrong.content.decode()
    assert head.post(f"{money}day/", {"day": day, "lost_reason": "Fire."}).status_code == 302
    shown = head.get(money, {"day": day}).content.decode()
    assert lost.first in shown
    assert "Fire." in shown


def test_a_longer_list_of_what_is_owed_asks_the_database_no_more(made: Till, at: datetime) -> None:
    made.open(at=at)
    browser, cash = desk(made)
    asked = []
    for _ in range(2):
        made.charge(at=at)
        browser.get(cash)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(cash).status_code == 200
        asked.append(len(queries))
        made.charge(at=at)
    assert asked[0] == asked[1]
