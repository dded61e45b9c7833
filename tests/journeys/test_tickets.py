"""A lost ticket is found by name and telephone number, at the kiosk and at the reception; the old one is dead."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import CENTRE, OFFICER
from tests.journeys.people import DESK, KIOSK, PHONE, Hall, look, press

NAME = {"lo": "ນາງ ຄຳຫຼ້າ ສີສຸກ", "en": "Khamla Sisouk"}
NUMBER = re.compile(r"\b[A-Z]\d{3}\b")


def test_a_lost_ticket_is_given_anew(hall: Hall) -> None:
    name, digits = NAME[hall.language], "02055512345" if hall.language == "lo" else "02055554321"
    with hall.somebody(KIOSK, device=f"/kiosk/{CENTRE}/") as kiosk, hall.somebody(PHONE) as phone:
        first, address = taken(kiosk, name, digits)
        phone.goto(address)
        expect(phone.locator("main")).to_contain_text(first)
        second, renewed = found_at_the_kiosk(hall, kiosk, name, digits)
        assert second != first
        phone.reload()
        expect(phone.locator("h1")).to_have_text(hall.says("This ticket is not valid"))
        look(phone)
        with hall.somebody(DESK, OFFICER) as reception:
            third = found_at_the_reception(reception, name, digits)
        assert third not in (first, second)
        phone.goto(renewed)
        expect(phone.locator("h1")).to_have_text(hall.says("This ticket is not valid"))
        last, address = found_at_the_kiosk(hall, kiosk, name, digits)
        gives_up(phone, address, last)


def taken(kiosk: Page, name: str, digits: str) -> tuple[str, str]:
    """A ticket with name and number, the digits by the keys on the screen; its number, and its own address."""
    kiosk.goto(f"/kiosk/{CENTRE}/services/birth-registration/")
    kiosk.click("#take summary")
    kiosk.fill("#take [name=name]", name)
    kiosk.fill("#take [name=phone]", digits[:-3])
    for digit in digits[-3:]:
        kiosk.click(f"[data-digit='{digit}']")
    assert kiosk.input_value("#take [name=phone]").replace(" ", "") == digits
    look(kiosk)
    kiosk.click("#take button[type=submit]")
    return shown(kiosk)


def shown(kiosk: Page) -> tuple[str, str]:
    kiosk.wait_for_url("**/ticket/*/")
    number = NUMBER.search(kiosk.inner_text("h1"))
    assert number
    return number.group(), f"/t/{kiosk.url.rstrip('/').rsplit('/', 1)[-1]}/"


def found_at_the_kiosk(hall: Hall, kiosk: Page, name: str, digits: str) -> tuple[str, str]:
    kiosk.goto(f"/kiosk/{CENTRE}/services/")
    kiosk.click(f"a[href='/kiosk/{CENTRE}/lost/']")
    kiosk.fill("[name=name]", name)
    kiosk.fill("[name=phone]", "020 5999 0000")
    kiosk.click("main form button[type=submit]")
    expect(kiosk.locator(".error-summary")).to_be_visible()
    kiosk.fill("[name=name]", name.upper())
    kiosk.fill("[name=phone]", f"+856 {digits[1:3]} {digits[3:]}")
    kiosk.click("main form button[type=submit]")
    return shown(kiosk)


def found_at_the_reception(reception: Page, name: str, digits: str) -> str:
    reception.goto(f"/desk/{CENTRE}/reception/")
    reception.fill("#lost_name", name)
    reception.fill("#lost_phone", digits)
    press(reception, "F7")
    slip = reception.locator("#given .big-number")
    expect(slip).to_have_text(NUMBER)
    look(reception)
    return slip.inner_text()


def gives_up(phone: Page, address: str, number: str) -> None:
    """Whoever cannot wait gives the place back."""
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text(number)
    look(phone)
    phone.click("a[href$='/leave/']")
    look(phone)
    phone.click("main form button[type=submit]")
    expect(phone.locator("a[href$='/leave/']")).to_have_count(0)
