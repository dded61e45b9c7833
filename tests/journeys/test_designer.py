"""A designer draws in the diagram and types in the table of steps: each shows what the other changed."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.people import SCREEN, Hall, look

RECEIVE = 'g[data-element-id="receive"] .djs-hit'


def test_the_diagram_and_the_table_are_one_process(hall: Hall, before: dict[str, Any]) -> None:
    base = f"/console/services/construction-permit/drafts/{before['design']}/design/process/"
    with hall.somebody(SCREEN, "designer") as page:
        drawn(page, base)
        look(page)
        page.locator(RECEIVE).first.click()
        page.fill("#prop-en", "Receive the builder")
        page.press("#prop-en", "Tab")
        with page.expect_navigation():
            page.locator("form[data-diagram] button[type=submit]").click()
        expect(page.locator("main")).to_contain_text(hall.says("Saved."))
        page.goto(f"{base}steps/?step=receive")
        expect(page.locator("table.steps")).to_contain_text("Receive the builder")
        look(page)
        page.fill("#id_lo", "ຮັບຜູ້ປຸກສ້າງ")
        page.locator("button[value=change]").click()
        expect(page.locator("table.steps")).to_contain_text("ຮັບຜູ້ປຸກສ້າງ")
        drawn(page, base)
        page.locator(RECEIVE).first.click()
        expect(page.locator("#prop-name")).to_have_value("ຮັບຜູ້ປຸກສ້າງ")
        expect(page.locator("#prop-en")).to_have_value("Receive the builder")
        expect(page.locator(".bjs-powered-by")).to_be_visible()


def drawn(page: Page, base: str) -> None:
    """The diagram, when it stands."""
    page.goto(base)
    page.locator("form[data-ready]").wait_for()
