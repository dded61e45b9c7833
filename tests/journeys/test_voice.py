"""A visit is rated once, and a complaint gets its number, both on one's own telephone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.people import PHONE, Hall, look

NUMBER = re.compile(r"\d{4}-\d-\d\d-G-\d{6}-\d")
TOLD = {"lo": "ລໍຖ້າຢູ່ຊ່ອງ 2 ດົນກວ່າສອງຊົ່ວໂມງ", "en": "I waited at counter 2 for more than two hours"}


def test_a_visit_is_rated_once(hall: Hall, before: dict[str, Any]) -> None:
    address = f"/rate/{before['tokens'][0]}/"
    with hall.somebody(PHONE) as phone, hall.somebody(PHONE) as other:
        phone.goto(address)
        other.goto(address)
        look(phone)
        rated(phone, 4)
        expect(phone.locator("main")).to_contain_text(hall.says("Thank you"))
        look(phone)
        rated(other, 1)
        expect(other.locator("h1")).to_have_text(hall.says("This visit has been rated already. Thank you."))
        look(other)
        phone.goto(address)
        expect(phone.locator("[name=score]")).to_have_count(0)


def rated(phone: Page, score: int) -> None:
    phone.check(f"[name=score][value='{score}']")
    phone.locator("form:has([name=score]) button").click()


def test_a_complaint_from_the_rating_page_gets_a_number(hall: Hall, before: dict[str, Any]) -> None:
    with hall.somebody(PHONE) as phone:
        phone.goto(f"/rate/{before['tokens'][1]}/")
        phone.click("aside a[href^='/complain/']")
        assert phone.input_value("[name=centre]"), "the centre is known from the visit"
        look(phone)
        phone.fill("[name=text]", TOLD[hall.language])
        phone.check("[name=topic][value=waiting]")
        form = dict(phone.evaluate("[...new FormData(document.querySelector('main form'))]"))
        phone.locator("main form button[type=submit]").click()
        expect(phone.locator("h1")).to_contain_text(hall.says("Your complaint has arrived"))
        number = NUMBER.search(phone.inner_text("main"))
        assert number
        look(phone)
        again = phone.request.post("/complain/", form=form)  # sent twice by a weak link
        assert number.group() in again.text()
        phone.goto(f"/rate/{before['tokens'][1]}/")
        phone.click("form:has([name=decline]) button")
        expect(phone.locator("main")).to_contain_text(hall.says("Thank you"))
