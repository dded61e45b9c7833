"""The legal clock before everybody's eyes: a pause for a missing paper, a holiday that is declared, more time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import MINISTRY
from tests.journeys.people import PHONE, SCREEN, Hall, look
from tests.journeys.test_decisions import follow, opened

MISSING = "ຂາດໃບຢັ້ງຢືນຈາກໂຮງໝໍ"
LONGER = "ລໍຖ້າຄຳຕອບຈາກແຂວງ"
NAMES = {"lo": "ວັນຊາດພິເສດ", "en": "Special National Day"}


def test_what_moves_a_due_date_is_read_by_office_and_applicant(hall: Hall, before: dict[str, Any]) -> None:
    case, holiday = before["clock"], before["holiday"]
    with hall.somebody(PHONE) as applicant, hall.somebody(SCREEN, MINISTRY) as office:
        opened(office, case["number"])
        office.click("details:has(#id_missing) summary")
        office.fill("#id_missing", MISSING)
        office.click("button[value=pause]")
        expect(office.locator(".clock")).to_contain_text(MISSING)
        look(office)
        follow(applicant, case)
        expect(applicant.locator(".clock")).to_contain_text(MISSING)
        expect(applicant.locator(".clock-due")).to_contain_text(hall.says("The clock stands still"))
        look(applicant)
        office.click("details:has(button[value=resume]) summary")
        office.click("button[value=resume]")
        expect(office.locator(".notice.good")).to_be_visible()
    with hall.somebody(SCREEN, "owner") as console:
        declared(console, holiday, case["number"])
    with hall.somebody(PHONE) as applicant:
        follow(applicant, case)
        expect(applicant.locator(".clock")).to_contain_text(f"({NAMES[hall.language]})")
        look(applicant)
    with hall.somebody(SCREEN, "head.moha") as head:
        extended(head, case["number"])
    with hall.somebody(PHONE) as applicant:
        follow(applicant, case)
        expect(applicant.locator(".clock")).to_contain_text(LONGER)


def declared(console: Page, day: str, number: str) -> None:
    """A holiday is declared; the page says which cases it moved, as soon as the worker has heard of it and counted."""
    console.goto("/console/calendar/")
    changes = console.locator(".queue-list a")
    known = changes.count()
    for field, words in (
        ("day", day),
        ("name_lo", NAMES["lo"]),
        ("name_en", NAMES["en"]),
        ("source", "1/ກພ"),
    ):
        console.fill(f"#id_{field}", words)
    console.click("section.card button[type=submit]")
    expect(console.locator(".notice.good")).to_be_visible()
    look(console)
    again(console, lambda: changes.count() > known)
    changes.first.click()
    again(console, lambda: console.locator(f"main:has-text('{number}')").count() == 1)
    look(console)


def again(page: Page, done: Callable[[], bool]) -> None:
    """Load a page anew until it says what is waited for."""
    deadline = time.monotonic() + 30
    while not done():
        assert time.monotonic() < deadline, page.inner_text("main")
        time.sleep(0.3)
        page.reload()


def extended(head: Page, number: str) -> None:
    """The head of the office finds the case and gives it more time."""
    head.goto(f"/office/cases/?q={number}")
    head.click("tbody a")
    head.click("details:has(#id_amount) summary")
    head.fill("#id_amount", "2")
    head.fill("#id_reason", LONGER)
    look(head)
    head.click("details:has(#id_amount) button[type=submit]")
    expect(head.locator(".notice.good")).to_be_visible()
    expect(head.locator(".clock")).to_contain_text(LONGER)
