"""What an office may decide besides yes: a refusal with its reason, a return for correction; and who may not decide."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import BOTH, CENTRE, MINISTRY, OFFICER
from tests.journeys.people import DESK, PHONE, SCREEN, Hall, look, press, tap

APPLICATIONS = f"/desk/{CENTRE}/2/application/"
REFUSED = "ເດັກຄົນນີ້ໄດ້ຂຶ້ນທະບຽນແລ້ວ ຢູ່ເມືອງປາກເຊ"
RETURNED = "ຊື່ແມ່ບໍ່ກົງກັບປຶ້ມສຳມະໂນຄົວ"


def test_a_refusal_is_read_by_the_applicant_and_at_the_desk(hall: Hall, before: dict[str, Any]) -> None:
    case = before["refused"]
    with hall.somebody(SCREEN, MINISTRY) as office:
        opened(office, case["number"])
        office.click("button[name=outcome][value=refuse]")
        expect(office.locator(".error-summary")).to_be_visible()  # a refusal without its reason is none
        look(office)
        tap(office, "Alt+G")
        office.keyboard.type(REFUSED)
        press(office, "Alt+X")
        expect(office.locator(f".inbox a:has-text('{case['number']}')")).to_have_count(0)
        look(office)
    with hall.somebody(PHONE) as applicant:
        follow(applicant, case)
        expect(applicant.locator("dl.summary")).to_contain_text(hall.says("Refused"))
        expect(applicant.locator(".timeline")).to_contain_text(REFUSED)
        expect(applicant.locator("main")).to_contain_text(hall.says("Answered on time"))
        look(applicant)
    with hall.somebody(DESK, OFFICER) as desk:
        desk.goto(APPLICATIONS)
        expect(desk.locator(f".inbox a:has-text('{case['number']}')")).to_have_count(0)
        look(desk)
        desk.fill("[name=number]", "0103-1-26-C-999999-9")
        desk.keyboard.press("Enter")
        expect(desk.locator(".notice.bad")).to_be_visible()
        desk.fill("[name=number]", case["number"].lower())
        desk.keyboard.press("Enter")
        expect(desk.locator(".notice.bad")).to_contain_text(REFUSED)
        expect(desk.locator("main")).not_to_contain_text(case["code"])
        look(desk)


def test_a_case_comes_back_is_corrected_and_approved(hall: Hall, before: dict[str, Any]) -> None:
    case = before["returned"]
    mother = "Vanna Vongxay" if hall.language == "en" else "Vanna Sisouk"
    with hall.somebody(SCREEN, MINISTRY) as office:
        opened(office, case["number"])
        task = office.url
        office.fill("#id_reason", RETURNED)
        press(office, "Alt+R")
    with hall.somebody(PHONE) as applicant:
        follow(applicant, case)
        expect(applicant.locator(".timeline")).to_contain_text(RETURNED)
    with hall.somebody(DESK, BOTH) as desk:
        corrected(desk, case["number"], mother)
        may_not_decide(hall, desk, case["number"], task)
    with hall.somebody(SCREEN, MINISTRY) as office:
        opened(office, case["number"])
        expect(office.locator("main")).to_contain_text(mother)
        expect(office.locator(".timeline")).to_contain_text(RETURNED)
        look(office)
        press(office, "Alt+A")
        expect(office.locator(".notice.good")).to_be_visible()
    with hall.somebody(PHONE) as applicant:
        follow(applicant, case)
        expect(applicant.locator("dl.summary")).not_to_contain_text(hall.says("Waiting for the applicant"))


def opened(office: Page, number: str) -> None:
    """The case from the worklist."""
    office.goto("/office/")
    office.locator(f".inbox a:has-text('{number}')").click()
    expect(office.locator("main h1")).to_be_visible()


def follow(applicant: Page, case: dict[str, str]) -> None:
    """By number and code, the code with its small letters and without hyphens."""
    applicant.goto("/follow/")
    applicant.fill("[name=number]", case["number"])
    applicant.fill("[name=code]", case["code"].replace("-", "").lower())
    applicant.keyboard.press("Enter")
    expect(applicant.locator("main")).to_contain_text(case["number"])


def corrected(desk: Page, number: str, mother: str) -> None:
    """The front office corrects it with the applicant; what is wrong again is said at once."""
    desk.goto(APPLICATIONS)
    desk.locator(f".inbox a:has-text('{number}')").click()
    expect(desk.locator(".notice.warn")).to_contain_text(RETURNED)
    desk.fill("[name='mother_name.en']", "")
    press(desk, "Control+Enter")
    expect(desk.locator("[name='mother_name.en'][aria-invalid=true]")).to_be_visible()
    look(desk)
    desk.fill("[name='mother_name.en']", mother)
    press(desk, "Control+Enter")
    expect(desk.locator(".notice.good")).to_be_visible()
    expect(desk.locator(f".inbox a:has-text('{number}')")).to_have_count(0)


def may_not_decide(hall: Hall, both: Page, number: str, task: str) -> None:
    """Who received and corrected it works in the ministry, too: not on her list, and refused when she tries."""
    both.goto("/office/")
    expect(both.locator("#list")).to_be_visible()
    expect(both.locator(f".inbox a:has-text('{number}')")).to_have_count(0)
    again = both.request.get(task).text()
    assert RETURNED in again, "she may read what was asked of her"
    both.goto(open_step(hall, number))
    both.click("button[name=outcome][value=approve]")
    expect(both.locator("main")).to_contain_text(
        hall.says("You received or entered this application, so another officer must decide it.")
    )
    look(both)


def open_step(hall: Hall, number: str) -> str:
    """The address of the step as a colleague sees it, and may have sent it to her."""
    with hall.somebody(SCREEN, MINISTRY) as colleague:
        opened(colleague, number)
        return re.sub(r"\?.*", "", colleague.url)
