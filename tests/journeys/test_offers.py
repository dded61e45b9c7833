"""The network's owner withdraws a service, having read whom it leaves without; a citizen reads why and where to go."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.people import SCREEN, Hall, look

PHONE = (360, 740)
REASON = "ພະນັກງານຂອງກະຊວງຍ້າຍອອກ (ທົດສອບ)"
# One province for each language, as both live on one node: the centre, and how many thousands live there.
PLACES = {"lo": ("17", "1701-1", "171"), "en": ("15", "1501-1", "138")}


def test_a_withdrawn_service_is_told_to_citizens(hall: Hall) -> None:
    province, centre, thousands = PLACES[hall.language]
    with hall.somebody(SCREEN, "owner") as page:
        page.goto(f"/console/offers/?province={province}")
        look(page)
        page.goto(f"/console/offers/centres/{centre}/services/passport/withdraw/")
        look(page)
        expect(page.locator("#whom")).to_have_count(1)
        assert thousands in page.locator("section[aria-labelledby=whom]").inner_text(), (
            "people of the province"
        )
        page.fill("[name=reason_lo]", REASON)
        page.click("main form.slim button[type=submit]")
        page.wait_for_url(f"**/console/offers/centres/{centre}/")
        expect(page.locator("main .notice.warn", has_text=REASON)).to_have_count(1)
    with hall.somebody(PHONE, scripts=False) as page:
        for address in ("/services/passport/", f"/centres/{centre}/"):
            page.goto(address)
            told = page.locator("main .notice.warn", has_text=REASON).first
            expect(told).to_be_visible()
            assert told.locator("a[href^='/centres/']").count() >= 1, "where it still is"
