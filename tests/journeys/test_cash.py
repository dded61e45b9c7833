"""A document is registered for 40,000 kip in cash: from the counted float to the day's close, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.people import DESK, KIOSK, PHONE, SCREEN, Hall, look, press, tap

RECEIPT = re.compile(r"\d{4}-\d+-\d\d-R-\d{6}-\d")
SERVICE = "document-registration"


@dataclass(frozen=True)
class Place:
    """Where a language's journey happens: a closed day opens no drawer any more, so each has a centre of its own."""

    centre: str
    officer: str
    head: str

    @property
    def counter(self) -> str:
        return f"/desk/{self.centre}/1/"


PLACES = {
    "lo": Place("0601-1", "officer1.luangprabang", "head.luangprabang"),
    "en": Place("1603-1", "officer1.bachieng", "head.bachieng"),
}


def test_from_the_float_to_the_days_close(hall: Hall) -> None:
    place = PLACES[hall.language]
    with hall.somebody(DESK, place.officer) as desk:
        a_drawer_is_opened(desk, place)
        a_document_is_received(desk, place, a_ticket_is_taken(hall, place))
        receipt = fifty_thousand_for_forty(desk)
        address = a_receipt_is_printed(desk, receipt)
        anyone_with_the_code_sees_it(hall, receipt, address)
        the_head_voids_it(hall, place, receipt)
        paid_again_exactly(desk, place)
        the_drawer_is_closed_with_a_difference(desk, place)
    the_day_is_closed(hall, place, receipt)


def a_drawer_is_opened(desk: Page, place: Place) -> None:
    desk.goto(place.counter)
    if desk.locator("[data-key=F9]").count():
        press(desk, "F9")
    press(desk, "Alt+K")
    look(desk)
    desk.fill("#id_note-1000", "1.5")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator(".error-summary")).to_be_visible()
    desk.fill("#id_note-1000", "")
    desk.fill("#id_note-5000", "10")
    tap(desk, "F5")
    expect(desk.locator("#id_note-100000")).to_be_focused()
    expect(desk.locator("[data-total]")).to_have_text("₭50.000")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator("main")).to_contain_text("₭50.000")


def a_ticket_is_taken(hall: Hall, place: Place) -> str:
    with hall.somebody(KIOSK, device=f"/kiosk/{place.centre}/") as kiosk:
        kiosk.goto(f"/kiosk/{place.centre}/")
        kiosk.locator(f"a.choice-big[lang={hall.language}]").click()
        offered = kiosk.locator(f"a.choice-big[href*='{SERVICE}']")
        kiosk.wait_for_url("**/services/**")
        while not offered.count():
            with kiosk.expect_navigation():
                kiosk.locator("a[href*='page=']").last.click()
        offered.click()
        kiosk.click("#take button[type=submit]")
        expect(kiosk.locator("h1.big-number")).to_be_visible()
        found = re.search(r"\b[A-Z]\d{3}\b", kiosk.inner_text("main"))
        assert found, "the ticket shows its number"
        return found.group()


def a_document_is_received(desk: Page, place: Place, ticket: str) -> None:
    desk.goto(place.counter)
    tap(desk, "F2")
    expect(desk.locator("main")).to_contain_text(ticket)
    tap(desk, "F4")
    expect(desk.locator("form[action$='/application/']")).to_be_visible()
    press(desk, "F4")
    for name, value in (
        ("subject", "ສັນຍາຊື້ຂາຍລົດຈັກ"),
        ("first_party.lo", "ນາງ ວັນນາ ພົມມະຈັນ"),
        ("first_party.en", "Vanna Phommachanh"),
        ("applicant_name.lo", "ນາງ ວັນນາ ພົມມະຈັນ"),
        ("applicant_name.en", "Vanna Phommachanh"),
        ("document_date", "2026-03-01"),
    ):
        desk.fill(f"[name='{name}']", value)
    for name in ("document_kind", "applicant_district"):
        desk.select_option(f"[name='{name}']", index=1)
    press(desk, "Control+Enter")
    look(desk)
    desk.select_option("[name=identity]", "document")
    press(desk, "Control+Enter")
    look(desk)
    press(desk, "Alt+P")


def fifty_thousand_for_forty(desk: Page) -> str:
    look(desk)
    expect(desk.locator("[data-total]").first).to_have_text("₭40.000")
    desk.fill("#id_tendered", "30000")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator(".error-summary")).to_be_visible()
    desk.fill("#id_tendered", "50.000")
    expect(desk.locator("[data-change]")).to_have_text("₭10.000")
    press(desk, "Alt+T")
    look(desk)
    expect(desk.locator("#papers")).to_contain_text("1 × ₭10.000")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator(".panel .big-number")).to_have_text("₭10.000")
    found = RECEIPT.search(desk.inner_text("main"))
    assert found
    return found.group()


def a_receipt_is_printed(desk: Page, receipt: str) -> str:
    image = desk.locator(".qr img").first
    answer = desk.request.get(str(image.get_attribute("src")))
    assert answer.headers["content-type"] == "image/svg+xml"
    press(desk, "F4")
    look(desk)
    slip = desk.locator("article.slip")
    expect(slip).to_contain_text(receipt)
    expect(slip).to_contain_text("ໃບຮັບເງິນ")
    expect(slip).to_contain_text("Receipt")
    code = desk.inner_text(".slip .code").strip()
    press(desk, "Control+Enter")
    return f"/receipts/{receipt}/{code}/"


def anyone_with_the_code_sees_it(hall: Hall, receipt: str, address: str) -> None:
    with hall.somebody(PHONE) as phone:
        phone.goto(address)
        look(phone)
        expect(phone.locator("main")).to_contain_text("₭40.000")
        guessed = phone.goto(f"/receipts/{receipt}/0000000000000000/")
        assert guessed
        assert guessed.status == 404
        look(phone)
        assert "40.000" not in phone.inner_text("main")
        phone.goto("/tariff/")
        look(phone)


def the_head_voids_it(hall: Hall, place: Place, receipt: str) -> None:
    with hall.somebody(SCREEN, place.head) as head:
        head.goto(f"/desk/{place.centre}/cash/")
        look(head)
        row = head.locator(f"tr:has-text('{receipt}')")
        row.locator("summary").click()
        row.locator("select[name=reason]").select_option("amount")
        look(head)
        with head.expect_navigation():
            row.locator("form button[type=submit]").click()
        look(head)
        expect(head.locator(f"tr:has-text('{receipt}') .tag.bad")).to_be_visible()


def paid_again_exactly(desk: Page, place: Place) -> None:
    desk.goto(f"{place.counter}cash/")
    look(desk)
    press(desk, "Alt+1")
    press(desk, "Alt+1")  # the exact amount
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator(".panel .big-number")).to_have_text("₭0")
    again = RECEIPT.search(desk.inner_text("main"))
    assert again
    assert "-000002-" in again.group(), "the void keeps its number, and the next has none to miss"


def the_drawer_is_closed_with_a_difference(desk: Page, place: Place) -> None:
    desk.goto(f"{place.counter}cash/")
    press(desk, "Alt+C")
    look(desk)
    desk.fill("#id_note-10000", "8")
    desk.fill("#id_note-5000", "1")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator(".notice.warn")).to_contain_text("₭5.000")
    desk.fill("#id_reason", "ທອນເງິນຜິດ")
    desk.check("#id_signed")
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator("#id_note-100000")).to_be_visible()  # ready to be opened again


def the_day_is_closed(hall: Hall, place: Place, receipt: str) -> None:
    with hall.somebody(SCREEN, place.head) as head:
        head.goto(f"/desk/{place.centre}/cash/")
        expect(head.locator("main")).to_contain_text(receipt)
        press(head, "Control+Enter")
        look(head)
        expect(head.locator(".lede .tag.good")).to_be_visible()
    with hall.somebody(DESK, place.officer) as desk:
        desk.goto(f"{place.counter}cash/")
        with desk.expect_response(lambda answer: answer.url.endswith("/cash/open/")) as told:
            press(desk, "Control+Enter")
        assert told.value.status == 409
        look(desk)
