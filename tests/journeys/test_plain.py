"""Without JavaScript: search, service, following a case, a ticket, logging in, all by plain forms."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import expect

from tests.journeys.beforehand import ELSEWHERE
from tests.journeys.people import DESK, KIOSK, PHONE, Hall

ASKED = {"lo": "ແຈ້ງເກີດ", "en": "birth"}
LOGIN = {"lo": "reception.saysettha", "en": "officer2.saysettha"}


def test_a_citizen_needs_no_script(hall: Hall, before: dict[str, Any]) -> None:
    with hall.somebody(PHONE, scripts=False) as page:
        page.goto("/")
        page.fill("input[name=q]", ASKED[hall.language])
        page.locator("form:has(input[name=q]) button").click()
        page.locator("a[href*='/services/birth-registration/']").first.click()
        expect(page.locator("h1")).to_contain_text(
            "ການຂຶ້ນທະບຽນການເກີດ" if hall.language == "lo" else "Birth registration"
        )
        case = before["approved"]
        page.goto("/follow/")
        page.fill("[name=number]", case["number"])
        page.fill("[name=code]", case["code"])
        page.locator("main form button[type=submit]").click()
        expect(page.locator(".timeline")).to_be_visible()
        assert case["code"] not in page.url
        page.goto("/")
        other = "en" if hall.language == "lo" else "lo"
        page.locator(f"header [hreflang={other}], header [lang={other}]").first.click()
        expect(page.locator(f"html[lang={other}]")).to_have_count(1)


def test_a_kiosk_needs_no_script(hall: Hall) -> None:
    with hall.somebody(KIOSK, device=f"/kiosk/{ELSEWHERE}/", scripts=False) as kiosk:
        kiosk.goto(f"/kiosk/{ELSEWHERE}/")
        kiosk.locator(f"a.choice-big[lang={hall.language}]").click()
        kiosk.locator("a.choice-big[href*='birth-registration']").click()
        kiosk.click("#take button[type=submit]")
        expect(kiosk.locator("h1.big-number")).to_have_text(re.compile(r"[A-Z]\d{3}"))
        expect(kiosk.locator("main .qr img")).to_be_visible()


def test_staff_log_in_without_script(hall: Hall) -> None:
    with hall.somebody(DESK, scripts=False) as page:
        page.goto("/desk/")
        assert "/accounts/login/" in page.url
        hall.log_in(page, LOGIN[hall.language])
        page.goto("/desk/0103-1/reception/")
        page.locator("button[name=service][value=birth-registration]").focus()
        expect(page.locator("main h1")).to_be_visible()
        page.goto("/accounts/logout/")
        page.locator("main form button[type=submit]").click()
        page.goto("/desk/")
        assert "/accounts/login/" in page.url


def test_cash_is_taken_without_script(hall: Hall) -> None:
    with hall.somebody(DESK, "officer2.saysettha", scripts=False) as page:
        cash = "/desk/0103-1/2/cash/"
        page.goto(cash)
        page.fill("#id_note-1000", "20")
        page.click("button[form=float]")
        page.goto(f"{cash}sell/")
        page.fill("#id_item-copy", "2")
        page.fill("#id_tendered", "1000")
        page.click("button[form=pay][value=take]")
        expect(page.locator(".error-summary")).to_be_visible()
        expect(page.locator("#id_item-copy")).to_have_value("2")
        page.fill("#id_tendered", "5000")
        page.click("button[form=pay][value=look] >> visible=true")
        expect(page.locator("[data-change]")).to_have_text("₭3.000")
        page.reload()
        expect(page.locator("#id_tendered")).to_have_value("5000")
        page.click("button[form=pay][value=take]")
        expect(page.locator(".panel .big-number")).to_have_text("₭3.000")
        page.goto(cash)
        page.locator("a[href*='/cash/sessions/']").first.click()
        page.fill("#id_note-1000", "22")
        page.click("button[form=count]")
        expect(page.locator("button[form=float]")).to_be_visible()
