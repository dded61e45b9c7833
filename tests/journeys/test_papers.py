"""A certificate's life on paper: a power cut in mid-print, a copy, its QR code, its revocation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.beforehand import CENTRE, OFFICER
from tests.journeys.people import DESK, PHONE, Hall, look, press
from tests.journeys.sheets import read_qr, words_on

HEAD = "head.saysettha"
REASON = "ຊື່ພໍ່ຂຽນຜິດ ອອກໃບໃໝ່ແທນ"


def test_from_a_power_cut_to_the_revocation(hall: Hall, before: dict[str, Any], tmp_path: Path) -> None:
    document = before["document"]
    page = f"/desk/{CENTRE}/2/papers/{document['id']}/"
    with hall.somebody(DESK, OFFICER) as desk:
        desk.goto(page)
        press(desk, "Control+Enter")  # the printer runs, and the lights go out
    with hall.somebody(DESK, OFFICER) as desk:
        nobody_knows_until_somebody_says(hall, desk, page, document["number"])
        original = sheet(desk, tmp_path / "original.pdf")
        a_copy_under_the_same_number(desk)
        copy = sheet(desk, tmp_path / "copy.pdf")
    addresses = read_qr(original), read_qr(copy)
    assert addresses[0] != addresses[1], "each copy has a code of its own"
    for address, of in zip(addresses, (original, copy), strict=True):
        assert address.startswith(f"{hall.address}/verify/{document['number']}/")
        assert document["number"] in words_on(of)
    assert "Copy 2" in words_on(copy) and "Copy 2" not in words_on(original)
    with hall.somebody(PHONE) as anyone:
        checked(anyone, hall, addresses[1], "The document is valid")
        expect(anyone.locator("main")).to_contain_text(hall.says("Copy %(number)s") % {"number": 2})
        look(anyone)
        checked(anyone, hall, addresses[0], "The document is valid")
        revoked_by_the_head(hall, page)
        for address in addresses:
            checked(anyone, hall, address, "The document has been revoked")
        look(anyone)
        unknown_by_number_and_by_code(anyone, hall, document["number"], addresses[1])


def nobody_knows_until_somebody_says(hall: Hall, desk: Page, page: str, number: str) -> None:
    """The list asks for the officer's word, and nothing is printed again before it is given."""
    desk.goto(f"/desk/{CENTRE}/2/papers/")
    row = desk.locator("tr", has_text=number)
    expect(row).to_contain_text(hall.says("Say whether it was printed"))
    look(desk)
    row.locator("a").click()
    expect(desk.locator(".notice.warn")).to_contain_text(hall.says("Did the sheet come out right?"))
    expect(desk.locator("#papers")).to_contain_text(hall.says("unknown"))
    expect(desk.locator("form[action$='/print/']")).to_have_count(0)
    expect(desk.locator("form[action$='/revoke/']")).to_have_count(0)
    look(desk)
    desk.click("button[name=came][value=no]")  # half a sheet
    expect(desk.locator("#papers")).to_contain_text(hall.says("not printed"))
    press(desk, "Control+Enter")
    press(desk, "Control+Enter")  # printed again, and it came out right
    expect(desk.locator("#papers li .tag.good")).to_have_count(1)


def a_copy_under_the_same_number(desk: Page) -> None:
    desk.click("form[action$='/print/'] button")
    desk.click("button[name=came][value=yes]")
    expect(desk.locator("#papers li .tag.good")).to_have_count(2)
    look(desk)


def sheet(desk: Page, file: Path) -> Path:
    """The signed file of the newest copy."""
    address = desk.locator("#papers a[href$='/file/']").get_attribute("href")
    file.write_bytes(desk.request.get(str(address)).body())
    return file


def checked(anyone: Page, hall: Hall, address: str, verdict: str) -> None:
    """What the camera of a telephone opens."""
    anyone.goto(address)
    expect(anyone.locator("h1")).to_contain_text(hall.says(verdict))


def revoked_by_the_head(hall: Hall, page: str) -> None:
    with hall.somebody(DESK, HEAD) as head:
        head.goto(page)
        head.locator("details", has=head.locator("form[action$='/revoke/']")).locator("summary").click()
        head.fill("form[action$='/revoke/'] [name=reason]", REASON)
        look(head)
        head.click("form[action$='/revoke/'] button")
        expect(head.locator(".notice.bad")).to_contain_text(REASON)
        expect(head.locator("form[action$='/print/']")).to_have_count(0)
        look(head)


def unknown_by_number_and_by_code(anyone: Page, hall: Hall, number: str, address: str) -> None:
    """A number that was never given, and a right number with a wrong code, are told apart by nothing."""
    code = address.rstrip("/").rsplit("/", 1)[-1]
    told = []
    for asked, proof in ((f"{number[:-8]}999999-0", code), (number, "ABCD-EFGH-JKMN-PQRS")):
        anyone.goto("/verify/")
        anyone.fill("[name=number]", asked)
        anyone.fill("[name=code]", proof)
        anyone.keyboard.press("Enter")
        expect(anyone.locator("h1")).to_contain_text(hall.says("We do not know this document"))
        told.append(anyone.inner_text("main"))
    assert told[0] == told[1]
    look(anyone)
