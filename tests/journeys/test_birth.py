"""A birth is registered: from the ticket in the hall to a certificate that anyone can check, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import Request, urlopen

from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.people import DESK, HALL, KIOSK, PHONE, SCREEN, Hall, look, press, tap

CENTRE = "0103-1"
CASE = re.compile(r"\d{4}-\d+-\d\d-C-\d{6}-\d")
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b")
CHILD = {
    "child_name.lo": "ນາງ ດາລາວັນ ພົມມະຈັນ",
    "child_name.en": "Dalavan Phommachanh",
    "mother_name.lo": "ນາງ ວັນນາ ພົມມະຈັນ",
    "mother_name.en": "Vanna Phommachanh",
    "father_name.lo": "ທ້າວ ສົມພອນ ພົມມະຈັນ",
    "father_name.en": "Somphone Phommachanh",
    "family_village": "ບ້ານ ໂພນທັນ",
    "family_book": "12345",
    "informant_name.lo": "ທ້າວ ສົມພອນ ພົມມະຈັນ",
    "informant_name.en": "Somphone Phommachanh",
    "informant_phone": "020 55512345",
}
CHOICES = ("sex", "birth_district", "birth_site", "nationality", "family_district", "informant_relation")


def test_from_door_to_certificate(hall: Hall, tmp_path: Path) -> None:
    a_citizen_finds_the_service(hall)
    ticket = a_ticket_is_taken(hall)
    with hall.somebody(HALL) as board, hall.somebody(DESK, "officer1.saysettha") as desk:
        board.goto(f"/board/{CENTRE}/")
        called(desk, board, ticket)
        number, code = an_application_is_received(desk, tmp_path)
        the_ministry_approves(hall, number)
        paper = the_applicant_checks_and_it_is_issued(desk, number)
        printed(desk, paper)
        sheet = the_signed_file(desk, tmp_path)
        handed_over(desk, number)
        press_finish(desk)
    anyone_verifies(hall, sheet)
    the_citizen_follows(hall, number, code)
    the_visit_is_rated(hall)


def a_citizen_finds_the_service(hall: Hall) -> None:
    with hall.somebody(PHONE) as page:
        page.goto("/")
        look(page)
        page.fill("input[name=q]", "ແຈງເກີດ" if hall.language == "lo" else "birth")
        page.keyboard.press("Enter")
        page.locator("a[href*='/services/birth-registration/']").first.click()
        look(page)
        assert page.locator(".demo, .notice").count(), "a demonstration says so"


def a_ticket_is_taken(hall: Hall) -> str:
    with hall.somebody(KIOSK, device=f"/kiosk/{CENTRE}/") as kiosk:
        kiosk.goto(f"/kiosk/{CENTRE}/")
        look(kiosk)
        kiosk.locator(f"a.choice-big[lang={hall.language}]").click()
        look(kiosk)
        kiosk.locator("a.choice-big[href*='birth-registration']").click()
        look(kiosk)
        kiosk.click("#take button[type=submit]")
        look(kiosk)
        found = re.search(r"\b[A-Z]\d{3}\b", kiosk.inner_text("main"))
        assert found, "the ticket shows its number"
        return found.group()


def called(desk: Page, board: Page, ticket: str) -> None:
    desk.goto(f"/desk/{CENTRE}/1/")
    if desk.locator("[data-key=F9]").count():
        press(desk, "F9")
    look(desk)
    assert desk.evaluate("document.documentElement.scrollHeight <= innerHeight"), "one screen, no scrolling"
    tap(desk, "F2")
    expect(desk.locator("main")).to_contain_text(ticket)
    expect(board.locator("main")).to_contain_text(ticket)
    tap(desk, "F4")
    expect(desk.locator("form[action$='/application/']")).to_be_visible()
    look(desk)
    press(desk, "F4")


def an_application_is_received(desk: Page, tmp_path: Path) -> tuple[str, str]:
    look(desk)
    press(desk, "Control+Enter")
    look(desk)
    expect(desk.locator("[aria-invalid=true]").first).to_be_visible()
    scan = tmp_path / "scan.png"
    Image.new("RGB", (300, 400), "white").save(scan)
    for name, value in CHILD.items():
        desk.fill(f"[name='{name}']", value)
    desk.fill("[name=birth_date]", "2026-03-01")
    for name in CHOICES:
        desk.select_option(f"[name='{name}']", index=1)
    for place in range(2):
        with desk.expect_navigation():
            desk.locator("input[type=file]").nth(place).set_input_files(scan)
        desk.wait_for_load_state("load")
    assert desk.input_value("[name='child_name.lo']") == CHILD["child_name.lo"], "the draft was kept"
    press(desk, "Control+Enter")
    look(desk)
    desk.select_option("[name=identity]", "document")
    press(desk, "Control+Enter")
    look(desk)
    shown = desk.inner_text("main")
    number, code = CASE.search(shown), CODE.search(shown)
    assert number
    assert code
    return number.group(), code.group()


def the_ministry_approves(hall: Hall, number: str) -> None:
    with hall.somebody(SCREEN, "moha") as office:
        office.goto("/office/")
        look(office)
        office.locator(f".inbox a:has-text('{number}')").click()
        look(office)
        office.click("button[name=outcome][value=approve]")
        expect(office.locator(f".inbox a:has-text('{number}')")).to_have_count(0)


def the_applicant_checks_and_it_is_issued(desk: Page, number: str) -> str:
    open_task(desk, number)
    expect(desk.locator("main")).to_contain_text(CHILD["child_name.lo"])
    look(desk)
    paper = str(desk.locator("main a[href*='/papers/']").last.get_attribute("href"))
    desk.click("button[name=outcome][value=confirm]")
    return paper


def open_task(desk: Page, number: str) -> None:
    link = desk.locator(f".inbox a:has-text('{number}')")
    for _ in range(40):
        desk.goto(f"/desk/{CENTRE}/1/application/")
        if link.count():
            break
        desk.wait_for_timeout(500)
    link.first.click()


def printed(desk: Page, paper: str) -> None:
    for _ in range(40):
        desk.goto(paper)
        if desk.locator("form[action$='/print/']").count():
            break
        desk.wait_for_timeout(500)
    look(desk)
    desk.click("form[action$='/print/'] button")
    expect(desk.locator("form[action$='/printed/']").first).to_be_visible()
    look(desk)
    desk.click("form[action$='/printed/'] button[value=yes]")
    expect(desk.locator("form[action$='/printed/']")).to_have_count(0)


def the_signed_file(desk: Page, tmp_path: Path) -> Path:
    address = desk.locator("a[href$='/file/']").first.get_attribute("href")
    answer = desk.request.get(str(address))
    assert answer.headers["content-type"] == "application/pdf"
    sheet = tmp_path / "certificate.pdf"
    sheet.write_bytes(answer.body())
    return sheet


def handed_over(desk: Page, number: str) -> None:
    open_task(desk, number)
    desk.click("button[name=outcome][value=done]")
    desk.wait_for_load_state("load")


def press_finish(desk: Page) -> None:
    desk.goto(f"/desk/{CENTRE}/1/")
    tap(desk, "F8")
    expect(desk.locator("[data-key=F2]")).to_be_visible()
    look(desk)


def anyone_verifies(hall: Hall, sheet: Path) -> None:
    words = {"lo": ("ຖືກຕ້ອງ", "ຖືກດັດແກ້"), "en": ("valid", "altered|changed")}[hall.language]
    broken = sheet.with_name("altered.pdf")
    content = bytearray(sheet.read_bytes())
    content[len(content) // 3] ^= 1
    broken.write_bytes(bytes(content))
    with hall.somebody(PHONE) as page:
        for file, word in zip((sheet, broken), words, strict=True):
            page.goto("/verify/")
            look(page)
            page.set_input_files("#id_file", file)  # a chosen file is sent at once
            page.wait_for_url("**/verify/file/")
            expect(page.locator("main")).to_contain_text(re.compile(word, re.IGNORECASE))
            look(page)


def the_citizen_follows(hall: Hall, number: str, code: str) -> None:
    with hall.somebody(PHONE) as page:
        page.goto("/follow/")
        look(page)
        page.fill("[name=number]", number)
        page.fill("[name=code]", "AAAA-AAAA-AAAAA")
        page.locator("main form button[type=submit]").click()
        expect(page.locator("main")).not_to_contain_text(CHILD["child_name.lo"])
        page.fill("[name=number]", number)
        page.fill("[name=code]", code)
        page.locator("main form button[type=submit]").click()
        expect(page.locator("main")).to_contain_text(number)
        assert code not in page.url
        look(page)


def the_visit_is_rated(hall: Hall) -> None:
    with hall.somebody((800, 1200), device=f"/kiosk/{CENTRE}/rate/1/") as tablet:
        tablet.goto(f"/kiosk/{CENTRE}/rate/1/")
        for _ in range(20):
            if tablet.locator("button[name=score]").count():
                break
            tablet.wait_for_timeout(500)
            tablet.goto(f"/kiosk/{CENTRE}/rate/1/")
        look(tablet)
        tablet.locator("button[name=score][value='5']").click()
        expect(tablet.locator("button[name=score]")).to_have_count(0)


def test_a_board_catches_up_after_the_link_was_lost(hall: Hall) -> None:
    with hall.somebody(HALL) as board, hall.somebody(DESK, "officer1.saysettha") as desk:
        board.goto(f"/board/{CENTRE}/")
        ticket = a_ticket_is_taken(hall)
        board.context.set_offline(True)
        board.wait_for_timeout(300)
        call_only(desk, ticket)
        board.context.set_offline(False)
        expect(board.locator("main")).to_contain_text(ticket, timeout=30_000)
        tap(desk, "F6")
        expect(desk.locator("[data-key=F2]")).to_be_visible()


def call_only(desk: Page, ticket: str) -> None:
    desk.goto(f"/desk/{CENTRE}/1/")
    if desk.locator("[data-key=F9]").count():
        press(desk, "F9")
    tap(desk, "F2")
    expect(desk.locator("main")).to_contain_text(ticket)


def test_pages_carry_strict_headers(hall: Hall) -> None:
    with urlopen(Request(f"{hall.address}/")) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
