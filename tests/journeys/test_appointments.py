"""A time is booked at home; who comes shows its code at the kiosk, and is called to a counter before the time is over."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import CENTRE, OFFICER
from tests.journeys.people import DESK, KIOSK, PHONE, Hall, look, press, tap

NAME = {"lo": "ນາງ ມະນີຈັນ ວົງສະຫວັນ", "en": "Manichan Vongsavan"}
DIGITS = {"lo": "020 5550 4321", "en": "020 5550 4322"}
COUNTER = f"/desk/{CENTRE}/2/"
NUMBER = re.compile(r"\b[A-Z]\d{3}\b")


def test_a_booked_person_is_called(hall: Hall) -> None:
    without_notice(hall)
    with hall.somebody(PHONE) as phone:
        code = booked(hall, phone)
    with hall.somebody(KIOSK, device=f"/kiosk/{CENTRE}/") as kiosk:
        kiosk.goto(f"/kiosk/{CENTRE}/appointment/")
        look(kiosk)
        kiosk.fill("[name=code]", code)
        kiosk.click("main button[type=submit]")
        kiosk.wait_for_url("**/ticket/*/")
        ticket = NUMBER.search(kiosk.inner_text("h1"))
    assert ticket
    with hall.somebody(DESK, OFFICER) as desk:
        desk.goto(COUNTER)
        if desk.locator("[data-key=F9]").count():
            press(desk, "F9")
        tap(desk, "F2")
        expect(desk.locator("#here")).to_contain_text(ticket.group())
        tap(desk, "F4")
        expect(desk.locator("form[action$='/application/']")).to_be_visible()
        desk.goto(COUNTER)
        tap(desk, "F8")
        expect(desk.locator("[data-key=F2]")).to_be_visible()


def without_notice(hall: Hall) -> None:
    """The head lets people book up to the last minute."""
    with hall.somebody(DESK, "head.saysettha") as head:
        head.goto(f"/console/offers/centres/{CENTRE}/booking/")
        look(head)
        head.fill("[name=notice]", "0")
        head.locator("main form button[type=submit]").last.click()
        expect(head.locator("[name=notice]")).to_have_value("0")


def booked(hall: Hall, phone: Page) -> str:
    """The first time that is still free today; its code."""
    phone.goto(f"/book/birth-registration/{CENTRE}/")
    look(phone)
    phone.locator("ul.tasks a[href*='/book/']").first.click()
    look(phone)
    phone.locator(".times a").first.click()
    look(phone)
    phone.fill("[name=name]", NAME[hall.language])
    phone.fill("[name=phone]", DIGITS[hall.language])
    phone.click("main form button[type=submit]")
    look(phone)
    phone.click("button[value=book]")
    look(phone)
    return phone.locator("strong.code").inner_text()
