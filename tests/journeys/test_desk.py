"""The counter officer steps away and comes back; and a file that is not what it claims."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from onedoor.tools.screens.camera import PASSWORD
from tests.journeys.beforehand import CENTRE, OFFICER
from tests.journeys.people import DESK, KIOSK, Hall, look, press, tap

COUNTER = f"/desk/{CENTRE}/2/"
NAME = "ນາງ ມະນີຈັນ ວົງສະຫວັນ"
HOSTILE = {
    "program.png": b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00",
    "page.pdf": b"<!doctype html><script>alert(document.cookie)</script>",
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + bytes(64),
}


def test_stepping_away_keeps_draft_and_place(hall: Hall) -> None:
    first, second = two_tickets(hall)
    with hall.somebody(DESK, OFFICER) as desk:
        desk.goto(COUNTER)
        if desk.locator("[data-key=F9]").count():
            press(desk, "F9")
        served(desk, first)
        press(desk, "F4")
        desk.locator("[name='child_name.lo']").press_sequentially(NAME)
        expect(desk.locator("[data-draft-state]")).to_have_text(hall.says("Draft saved"))
        draft = desk.url
        press(desk, "F10")
        expect(desk.locator("h1")).to_have_text(hall.says("This screen is locked"))
        look(desk)
        nothing_is_shown(desk, draft)
        desk.fill("[name=password]", "not the password")
        desk.keyboard.press("Enter")
        expect(desk.locator(".error-summary")).to_be_visible()
        desk.fill("[name=password]", PASSWORD)
        desk.keyboard.press("Enter")
        expect(desk.locator(".queue-list li").first).to_contain_text(first)
        look(desk)
        served(desk, first)
        press(desk, "F4")
        assert desk.url == draft
        expect(desk.locator("[name='child_name.lo']")).to_have_value(NAME)
        desk.goto(COUNTER)
        finished(desk)
        served(desk, second)
        finished(desk)


def two_tickets(hall: Hall) -> list[str]:
    """Two people come, one after the other."""
    numbers = []
    with hall.somebody(KIOSK, device=f"/kiosk/{CENTRE}/") as kiosk:
        for _ in range(2):
            kiosk.goto(f"/kiosk/{CENTRE}/services/birth-registration/")
            kiosk.click("#take button[type=submit]")
            shown = kiosk.locator("h1.big-number")
            expect(shown).to_have_text(re.compile(r"[A-Z]\d{3}"))
            numbers.append(re.sub(r".*\s", "", shown.inner_text().strip()))
    return numbers


def served(desk: Page, ticket: str) -> None:
    """Called, come, and before the counter."""
    tap(desk, "F2")
    expect(desk.locator("#here")).to_contain_text(ticket)
    tap(desk, "F4")
    expect(desk.locator("form[action$='/application/']")).to_be_visible()


def finished(desk: Page) -> None:
    tap(desk, "F8")
    expect(desk.locator("[data-key=F2]")).to_be_visible()


def nothing_is_shown(desk: Page, draft: str) -> None:
    """A locked screen opens no page of the desk, also not by its address."""
    desk.goto(draft)
    assert "unlock" in desk.url
    expect(desk.locator("main")).not_to_contain_text(NAME)


def test_a_file_that_is_not_what_it_claims_is_said_so(
    hall: Hall, before: dict[str, Any], tmp_path: Path
) -> None:
    with hall.somebody(DESK, OFFICER) as desk:
        desk.goto(f"{COUNTER}application/{before['draft']}/")
        for name, content in HOSTILE.items():
            (tmp_path / name).write_bytes(content)
            with desk.expect_navigation():
                desk.locator("input[type=file]").first.set_input_files(tmp_path / name)
            expect(desk.locator("#papers .error")).to_have_text(
                hall.says("The file is not what its name says. Scan or save it again.")
            )
            expect(desk.locator("#papers a[target=_blank]")).to_have_count(0)
        look(desk)
