"""The head of a ministry tries out a draft on the cases that are over, and an earlier system's log without an activity."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import LOGGED, SERVICE
from tests.journeys.people import SCREEN, Hall, look

HOME = "/console/laboratory/"
PAPER = "village-notification"


def test_a_ministry_tries_out_a_draft(hall: Hall, before: dict[str, Any]) -> None:
    past = before["past"]
    with hall.somebody(SCREEN, "head.moha") as head:
        opened(head, f"services/{SERVICE}/")
        chosen(head, past["draft"], past["day"])
        replayed(head)
        taken_along(head, hall, read(head, hall))
        opened(head, f"logs/{LOGGED}/")
        head.get_by_role("checkbox", name="check").check()
        replayed(head)
        expect(head.locator(".lab-tried")).to_contain_text("check")


def opened(head: Page, where: str) -> None:
    """A service is chosen on the page of the laboratory."""
    head.goto(HOME)
    look(head)
    head.click(f"a[href$='{where}']")
    head.wait_for_url(f"**{where}")
    look(head)


def chosen(head: Page, draft: str, day: str) -> None:
    """The designer's draft, and a paper less, on the cases of today."""
    head.fill("[name=since]", day)
    head.fill("[name=until]", day)
    head.select_option("[name=try]", f"draft:{draft}")
    head.select_option("[name=paper]", PAPER)


def replayed(head: Page) -> None:
    """How far it is is told until the page looks again by itself; a few cases may be done before anybody looks."""
    head.click(".lab-form button[type=submit]")
    head.wait_for_url(re.compile(r"/laboratory/[0-9a-f-]{36}/$"))
    if head.locator("progress").count():
        look(head)
    head.locator(".lab-headline").wait_for()
    look(head)


def read(head: Page, hall: Hall) -> list[str]:
    """Each measure stands with its difference and what lies between; a trip for a paper is saved."""
    measures = head.locator("section[aria-labelledby=table] tbody tr")
    trips = hall.says("Trips of an applicant")
    expect(measures.filter(has_text=trips)).to_contain_text(re.compile("−1.*−1", re.DOTALL))
    expect(head.locator(".lab-headline .under").first).to_contain_text(hall.says("Difference"))
    expect(head.locator("section[aria-labelledby=lanes] tbody tr").first).to_be_visible()
    return [label.split("\n")[0] for label in measures.locator("th").all_inner_texts()]


def taken_along(head: Page, hall: Hall, measures: list[str]) -> None:
    """The same for a spreadsheet, in the reader's language."""
    with head.expect_download() as coming:
        head.click("a[href$='.csv']")
    first, *lines = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert hall.says("Difference at least") in first and hall.says("Difference at most") in first
    assert len(measures) > 5 and all(any(each in line for line in lines) for each in measures)
