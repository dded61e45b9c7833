"""The owner of the network watches the country: a ticket shows by itself, down to the counter, figures, the Monday sheet."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import CENTRE
from tests.journeys.people import KIOSK, PHONE, SCREEN, Hall, look
from tests.journeys.test_tickets import gives_up
from tests.journeys.test_tickets import shown as shown_ticket

FRESH = 8_000  # milliseconds: the goal is five seconds, and the machine has more to do


def test_the_owner_watches_the_country(hall: Hall) -> None:
    with hall.somebody(SCREEN, "owner") as page:
        page.goto("/console/")
        look(page)
        a_ticket_shows_by_itself(hall, page)
        down_to_the_counter(hall, page)
        the_figures(hall, page)
        the_monday_sheet(hall, page)


def test_it_works_on_a_phone_and_without_scripts(hall: Hall) -> None:
    with hall.somebody(PHONE, "owner", scripts=False) as page:
        page.goto("/console/")
        page.select_option("#measure", "served")
        page.click(".measure button")
        expect(page.locator("#map")).to_have_text(hall.says("Served today"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    with hall.somebody(PHONE, "owner") as page:
        for path in (
            "/console/",
            f"/console/places/{CENTRE}/",
            "/console/figures/?by=month",
            "/console/monday/",
        ):
            page.goto(path)
            look(page)


def waiting(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".headline dd").first.inner_text()))


def a_ticket_shows_by_itself(hall: Hall, page: Page) -> None:
    """Nobody reloads: the stream says that something changed, the page fetches its part."""
    before = waiting(page)
    with hall.somebody(KIOSK, device=f"/kiosk/{CENTRE}/") as kiosk:
        kiosk.goto(f"/kiosk/{CENTRE}/services/birth-registration/")
        kiosk.click("#take button[type=submit]")
        number, address = shown_ticket(kiosk)
    shown = page.locator(".headline dd").first
    expect(shown).not_to_have_text(re.compile(rf"^{before}$"), timeout=FRESH)
    assert waiting(page) == before + 1
    expect(page.locator("[data-link]")).to_have_attribute("data-state", "ok")
    with hall.somebody(PHONE) as phone:  # nobody is left in line for the journeys that come after
        gives_up(phone, address, number)


def down_to_the_counter(hall: Hall, page: Page) -> None:
    """Country, province, centre, counter; the measure that was chosen goes along."""
    with page.expect_navigation():
        page.select_option("#measure", "counters")
    page.locator("a.tile[href*='provinces/01/']").click()
    page.wait_for_url("**/provinces/01/?measure=counters")
    look(page)
    page.locator(f".halls a[href*='{CENTRE}']").click()
    page.wait_for_url(f"**/places/{CENTRE}/?measure=counters")
    look(page)
    page.locator("a[href*='/counters/1/']").first.click()
    page.wait_for_url("**/counters/1/?measure=counters")
    look(page)
    page.locator(".crumbs a").first.click()
    page.wait_for_url("**/console/?measure=counters")


def the_figures(hall: Hall, page: Page) -> None:
    page.goto("/console/figures/")
    look(page)
    with page.expect_navigation():
        page.select_option("#by", "service")
    look(page)
    with page.expect_download() as got:
        page.locator("a[href*='figures.csv']").click()
    text = got.value.path().read_text(encoding="utf-8")
    assert text.startswith("\ufeff") and hall.says("People served") in text.splitlines()[0]
    page.goto("/console/figures/?by=sex")
    look(page)


def the_monday_sheet(hall: Hall, page: Page) -> None:
    """On the screen, on paper without the frame, and as a PDF."""
    page.goto("/console/monday/")
    look(page)
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_be_visible()
    expect(page.locator("header .top")).to_be_hidden()
    page.emulate_media(media="screen")
    answer = page.request.get("/console/monday.pdf")
    assert answer.status == 200 and answer.body().startswith(b"%PDF")
