"""A service is changed without a programmer: written, checked, tried, seen by a second person, piloted, rolled out, withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import CENTRE
from tests.journeys.people import DESK, KIOSK, PHONE, SCREEN, Hall, look, press, tap

ELSEWHERE = "1603-1"
SERVICES = {"lo": "residence-certificate", "en": "death-registration"}
ANSWERS = {
    "residence-certificate": ["birth_date", "residence_district", "residence_village", "purpose"],
    "death-registration": ["sex", "death_date", "death_place", "death_site", "relation"],
}
NAMES = {"residence-certificate": ["applicant_name"], "death-registration": ["person_name", "applicant_name"]}
REASON = "ລວມເຂົ້າກັບໃບຢັ້ງຢືນອື່ນ"


def test_a_ministry_publishes_a_service(hall: Hall) -> None:
    code = SERVICES[hall.language]
    with hall.somebody(SCREEN, "designer") as writer, hall.somebody(SCREEN, "head.moha") as head:
        draft = begun(writer, hall, code)
        name = mended(writer, hall, draft)
        tried(writer, hall, draft, code)
        sent_and_refused_to_the_writer(writer, hall, draft)
        released_to_a_pilot(head, hall, draft)
        edition, today = rolled_out(head, hall, code)
        opened_at_a_centre(hall, code, name)
        withdrawn(head, hall, code, today)
        head.goto(edition)
        look(head)


def begun(writer: Page, hall: Hall, code: str) -> str:
    writer.goto(f"/console/services/{code}/")
    look(writer)
    writer.get_by_role("button", name=hall.says("Begin a draft from the newest edition")).click()
    writer.wait_for_url(re.compile(r"/drafts/"))
    return writer.url


def mended(writer: Page, hall: Hall, draft: str) -> str:
    """The name in English is lost, the check says so, and the new one is a difference in words."""
    described(writer, draft, "")
    writer.goto(draft)
    expect(writer.locator("section[aria-labelledby=check]")).to_contain_text(hall.says("Name"))
    expect(writer.locator("button[value=send]")).to_have_count(0)
    look(writer)
    name = f"Certificate, {hall.language} edition"
    described(writer, draft, name)
    writer.goto(draft)
    expect(writer.locator("section[aria-labelledby=check] .tag.good")).to_be_visible()
    expect(writer.locator("section[aria-labelledby=changes]")).to_contain_text(name)
    look(writer)
    return name


def described(writer: Page, draft: str, name: str) -> None:
    writer.goto(f"{draft}design/")
    writer.fill("#id_name_en", name)
    with writer.expect_navigation():
        writer.locator("form[data-designed] button[type=submit]").last.click()


def tried(writer: Page, hall: Hall, draft: str, code: str) -> None:
    """An invented application, and the clock moved on by hand."""
    writer.goto(f"{draft}trial/")
    look(writer)
    for each in NAMES[code]:
        writer.fill(f"[name='{each}.lo']", "ນາງ ຄຳແພງ")
        writer.fill(f"[name='{each}.en']", "Khampheng")
    for each in ANSWERS[code]:
        answered(writer, each)
    writer.locator("button[value=begin]").click()
    expect(writer.locator("section[aria-labelledby=tasks] form.card").first).to_be_visible()
    before = writer.locator("p.lede").first.inner_text()
    writer.fill("[name=days]", "3")
    writer.locator("form.card.row button").click()
    expect(writer.locator("p.lede").first).not_to_have_text(before)
    look(writer)


def answered(page: Page, name: str) -> None:
    """One question, whatever its kind: a choice, a list, a day or words."""
    field = page.locator(f"[name='{name}']").first
    kind = field.evaluate("e => e.type || e.tagName")
    if kind == "radio":
        field.check(force=True)
    elif kind.startswith("select"):
        field.select_option(index=1)
    else:
        field.fill("2026-01-05" if kind == "date" else "05/01/2026" if "date" in name else "ບ້ານ ໂພນ")


def sent_and_refused_to_the_writer(writer: Page, hall: Hall, draft: str) -> None:
    writer.goto(draft)
    writer.locator("button[value=send]").click()
    expect(writer.locator("main")).to_contain_text(
        hall.says("You wrote in this draft: a second person must approve it.")
    )
    expect(writer.locator("button[value=approve]")).to_have_count(0)
    look(writer)


def released_to_a_pilot(head: Page, hall: Hall, draft: str) -> None:
    head.goto(draft)
    look(head)
    head.locator("button[value=approve]").click()
    expect(head.locator("main")).to_contain_text(hall.says("The draft is approved."))
    head.goto(f"{draft}release/")
    head.locator("[name=scope][value=pilots]").check()
    head.locator(f"[name=centre][value='{CENTRE}']").check()
    look(head)
    head.locator("main form button[type=submit]").last.click()
    head.wait_for_url(re.compile(r"/services/[a-z-]+/$"))
    expect(head.locator("table").last).to_contain_text(hall.says("trial"))


def rolled_out(head: Page, hall: Hall, code: str) -> tuple[str, date]:
    """Its figures stand beside those of the others; then it applies to all from the day at the node, which may not be ours."""
    edition = f"/console/services/{code}/editions/2/"
    head.goto(edition)
    expect(head.locator(".plot table")).to_contain_text(hall.says("The other centres"))
    look(head)
    today = date.fromisoformat(head.input_value("[name=valid_from]"))
    head.locator("button[value=roll]").click()
    head.wait_for_url(re.compile(r"/services/[a-z-]+/$"))
    expect(head.locator("main")).to_contain_text(hall.says("all centres"))
    return edition, today


def opened_at_a_centre(hall: Hall, code: str, name: str) -> None:
    """Somebody comes to a centre that was no pilot: the application is opened in the new edition."""
    with hall.somebody(KIOSK, device=f"/kiosk/{ELSEWHERE}/") as kiosk:
        kiosk.goto(f"/kiosk/{ELSEWHERE}/services/{code}/")
        kiosk.click("#take button[type=submit]")
        expect(kiosk.locator("h1.big-number")).to_have_text(re.compile(r"[A-Z]\d{3}"))
    with hall.somebody(DESK, "officer1.bachieng") as desk:
        desk.goto(f"/desk/{ELSEWHERE}/1/")
        if desk.locator("[data-key=F9]").count():
            press(desk, "F9")
        if desk.locator("[data-key=F8]").count():  # somebody of another journey is still there
            tap(desk, "F8")
        tap(desk, "F2")
        tap(desk, "F4")
        expect(desk.locator("form[action$='/application/']")).to_be_visible()
        press(desk, "F4")
        if hall.language == "en":
            expect(desk.locator("main")).to_contain_text(name)
        desk.goto(f"/desk/{ELSEWHERE}/1/")
        tap(desk, "F8")
        expect(desk.locator("[data-key=F2]")).to_be_visible()


def withdrawn(head: Page, hall: Hall, code: str, today: date) -> None:
    """It names the centres that are left without it; citizens read since when, why and what instead."""
    head.goto(f"/console/services/{code}/withdraw/")
    expect(head.locator("section[aria-labelledby=left] li").first).to_be_visible()
    head.fill("[name=until]", (today + timedelta(days=2)).isoformat())
    head.fill("[name=reason]", REASON)
    head.select_option("[name=instead]", "marriage-certificate")
    look(head)
    head.locator("main form button[type=submit]").last.click()
    expect(head.locator("main")).to_contain_text(hall.says("The service is withdrawn. Cases that run go on."))
    with hall.somebody(PHONE) as anyone:
        anyone.goto(f"/services/{code}/")
        expect(anyone.locator(".notice", has_text=REASON)).to_be_visible()
        look(anyone)
