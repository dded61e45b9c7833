"""Pages of offers: the matrix and its table, changing and withdrawing an offer, space and staff, promises."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from onedoor.domain.access import api as access
from onedoor.domain.cases.models import Recount
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall, hall, officer
from tests.factories.offices import SYSTEM, unit
from tests.factories.places import open_centre

ONE = timedelta(days=1)
RIGHTS = ["monitoring.see", "centres.offer", "centres.manage"]


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def owner(here: Hall) -> Client:
    who = officer(at=now(), username="owner", unit=here.country, permissions=RIGHTS, role="owner")
    browser = at_work(who)
    browser.cookies["onedoor_language"] = "en"
    return browser


def today() -> Any:
    return now().astimezone(ZONE).date()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_matrix_says_what_is_missing(here: Hall, owner: Client) -> None:
    centres.promise(
        by=SYSTEM, at=now(), id=new_id(), service=here.elsewhere, centres=[here.centre],
        promised_on=today() - 9 * ONE, due=today() - ONE, document="Minutes 1",
    )  # fmt: skip
    found = page(owner, "/console/offers/?province=01")
    assert "promised for" in found and "and missed" in found and "Birth registration" in found
    assert page(owner, "/console/offers/") and page(owner, "/console/offers/?ministry=MOHA")
    assert page(owner, "/console/offers/?province=nowhere", 404) is not None
    assert page(owner, "/console/offers/?ministry=nowhere", 404) is not None
    ministry = page(owner, "/console/offers/ministries/MOHA/")
    assert "Minutes 1" in ministry and "not kept" in ministry
    assert page(owner, "/console/offers/ministries/01/", 404) is not None
    assert "Minutes 1" in page(owner, f"/console/offers/centres/{here.code}/")
    assert "Minutes 1" in page(owner, "/console/offers/promises/?standing=missed")
    assert "Minutes 1" not in page(owner, "/console/offers/promises/?standing=kept")


def test_the_table_is_for_a_spreadsheet_that_executes_nothing(here: Hall, owner: Client) -> None:
    held = catalogue.service_by_id(here.birth)
    catalogue.save_service(
        by=SYSTEM, at=now(), id=held.id, code=held.code, name={"lo": "=ກ(1)", "en": "=cmd|' /C calc'!A0"},
        summary=held.summary, authority=held.authority, papers=[], fees=[], duration=held.duration,
        legal_basis=[], result=held.result, demonstration=True, valid_from=held.valid_from,
    )  # fmt: skip
    answer = owner.get("/console/offers/coverage.csv")
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 3 * 2 and rows[0][0] == "Service"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert {row[6] for row in rows[1:]} == {"offered", "gap"}


def test_the_matrix_asks_as_much_for_three_centres_as_for_one(here: Hall, owner: Client) -> None:
    def statements() -> int:
        page(owner, "/console/offers/")
        with CaptureQueriesContext(connection) as found:
            page(owner, "/console/offers/")
        return len(found)

    one = statements()
    for number in range(3):
        place = unit(at=now(), code=f"0103-{number + 5}", kind="centre", parent=here.district)
        open_centre(place, at=now(), district=here.district, offers=[])
    assert statements() <= one + 1


def test_an_offer_is_changed_by_who_saw_it_last(here: Hall, owner: Client) -> None:
    address = f"/console/offers/centres/{here.code}/services/birth-registration/"
    assert "Change the offer" in page(owner, address)
    form = {"revision": "0", "weekdays": ["2", "4"], "capacity": "12", "counters": ["1"]}
    for wrong in ({"weekdays": ["9"]}, {"weekdays": ["x"]}, {"capacity": "0"}, {"capacity": "-1"},
                  {"capacity": "9" * 40}, {"counters": ["77"]}):  # fmt: skip
        answer = owner.post(address, {**form, **wrong})
        assert answer.status_code == 422 and "There is a problem" in answer.content.decode(), wrong
    assert owner.post(address, form).status_code == 302
    held = centres.of_service(centres.centre(here.centre).offers, here.birth)[0]
    assert (held.weekdays, held.capacity, held.counters, held.demonstration) == ((2, 4), 12, ("1",), False)
    assert owner.post(address, {**form, "capacity": "13"}).status_code == 409
    new = f"/console/offers/centres/{here.code}/services/land-title/"
    assert "Offer a service" in page(owner, new)
    assert owner.post(new, {"valid_from": "never"}).status_code == 422
    assert owner.post(new, {"valid_from": str(today() - ONE)}).status_code == 422
    assert owner.post(new, {"valid_from": str(today()), "revision": "0"}).status_code == 302
    assert centres.is_offered(centre=here.centre, service=here.elsewhere, on=today())


def test_a_withdrawal_names_whom_it_leaves_before_it_asks(here: Hall, owner: Client) -> None:
    address = f"/console/offers/centres/{here.code}/services/birth-registration/withdraw/"
    asked = page(owner, address)
    assert "It is the only centre of" in asked and "No other centre of the country" in asked
    form = {
        "revision": "0",
        "last_day": str(today() + ONE),
        "reason_lo": "ບໍ່ມີພະນັກງານ",
        "reason_en": "No officer",
    }
    for wrong in ({"last_day": ""}, {"last_day": str(today() - ONE)}, {"reason_lo": " ", "reason_en": ""}):
        assert owner.post(address, {**form, **wrong}).status_code == 422
    for stale in ("7", "x", ""):
        assert owner.post(address, {**form, "revision": stale}).status_code == 409
    assert centres.stopping_at(centres.centre(here.centre), on=today()) == []
    assert owner.post(address, form).status_code == 302
    assert owner.post(address, {**form, "revision": "1"}).status_code == 409
    assert "There is nothing to withdraw" in page(owner, address)
    assert "No officer" in page(owner, f"/console/offers/centres/{here.code}/")


def test_space_and_staff_are_counted(here: Hall, owner: Client) -> None:
    address = f"/console/offers/centres/{here.code}/space/"
    assert "Count space and staff" in page(owner, address)
    role = next(one.code for one in access.roles() if one.audience == "front")
    form = {
        "version": "0", "rooms": "4", "seats": "", "accessible": "no", "power": "solar", "link": "fibre",
        "counted_on": str(today()), "source": "The head", "authority-0": "MOHA", "role-0": role,
        "planned-0": "3", "filled-0": "2", "authority-1": "", "role-1": "", "planned-1": "", "filled-1": "",
    }  # fmt: skip
    for wrong in ({"rooms": "-1"}, {"rooms": "a"}, {"power": "steam"}, {"counted_on": "x"}, {"source": ""},
                  {"authority-0": "nobody"}, {"role-0": "cook"}, {"planned-0": "x"},
                  {"counted_on": str(today() + ONE)}):  # fmt: skip
        assert owner.post(address, {**form, **wrong}).status_code == 422, wrong
    assert owner.post(address, form).status_code == 302
    assert owner.post(address, {**form, "rooms": "5"}).status_code == 409
    held = centres.space_of(here.centre)
    assert held is not None and (held.rooms, held.seats, held.accessible, held.filled) == (4, None, False, 2)
    shown = page(owner, f"/console/offers/centres/{here.code}/")
    assert "The head" in shown and "solar" in shown
    assert page(owner, address)


def test_opening_hours_are_changed_in_a_form(here: Hall, owner: Client) -> None:
    """Several periods a day, days without any; what cannot be is named by its field; nobody overwrites another."""
    address = f"/console/offers/centres/{here.code}/hours/"
    seen = re.findall(r'name="seen" value="([^"]+)"', page(owner, address))
    form = {
        "keeps": "own", "seen": seen, "opens-1-0": "08:00", "closes-1-0": "12:00", "opens-1-1": "໑໓.00",
        "closes-1-1": "16:00", "opens-2-0": "", "closes-2-0": "", "opens-6-0": "830", "closes-6-0": "11",
    }  # fmt: skip
    empty = {name: "" for name in form if name[0] in "oc"}
    for wrong, field in (
        ({"opens-6-0": "11:30"}, "id_closes-6-0"),
        ({"closes-6-0": "08:30"}, "id_closes-6-0"),
        ({"opens-1-1": "11:59"}, "id_closes-1-1"),
        ({"closes-1-0": ""}, "id_closes-1-0"),
        ({"opens-1-0": "25:00"}, "id_opens-1-0"),
        ({"keeps": "none"}, "id_keeps"),
        (empty, "id_keeps"),
    ):
        answer = owner.post(address, {**form, **wrong})
        assert (answer.status_code, f'href="#{field}"' in answer.content.decode()) == (422, True), wrong
    more = owner.post(address, {**form, "do": "more"}).content.decode()
    assert "opens-7-2" in more and 'value="11:00"' in more
    assert seen == [] and centres.centre(here.centre).hours == ()
    for _ in range(2):  # sent twice is changed once
        assert owner.post(address, form).status_code == 302
    kept = centres.centre(here.centre)
    assert kept.hours_confirmed
    assert [(one.weekday, one.opens.hour) for one in kept.hours] == [(1, 8), (1, 13), (6, 8)]
    assert owner.post(address, {**form, "opens-1-0": "09:00"}).status_code == 409
    assert "13:00–16:00" in page(owner, f"/console/offers/centres/{here.code}/")
    Recount.objects.create(at=now(), centre_id=here.centre)
    Recount.objects.create(at=now())
    assert page(owner, address).count("of 0 open ones") == 1
    now_seen = [f"{one.weekday} {one.opens:%H:%M} {one.closes:%H:%M}" for one in kept.hours]
    assert owner.post(address, {"keeps": "office", "seen": now_seen}).status_code == 302
    assert centres.centre(here.centre).hours == ()


def test_promises_are_written_down_and_taken_back(here: Hall, owner: Client) -> None:
    assert "Write a promise down" in page(owner, "/console/offers/promises/new/")
    form = {
        "key": str(here.birth), "service": "land-title", "centres": [here.code], "due": str(today() + ONE),
        "promised_on": str(today()), "document": "Letter 5",
    }  # fmt: skip
    for wrong in ({"service": "nothing"}, {"centres": ["nowhere"]}, {"due": "x"}, {"document": " "},
                  {"promised_on": str(today() + ONE)}, {"due": str(today() - ONE)}):  # fmt: skip
        assert owner.post("/console/offers/promises/new/", {**form, **wrong}).status_code == 422, wrong
    for _twice in range(2):
        assert owner.post("/console/offers/promises/new/", form).status_code == 302
    assert len(centres.commitments()) == 1
    assert owner.post("/console/offers/promises/new/", {**form, "document": "Other"}).status_code == 409
    address = f"/console/offers/promises/{centres.commitments()[0].id}/"
    assert "Letter 5" in page(owner, address)
    assert owner.post(address, {"centres": [here.code], "reason_lo": ""}).status_code == 422
    assert owner.post(address, {"reason_lo": "ບໍ່ມີເງິນ"}).status_code == 422
    assert owner.post(address, {"centres": [here.code], "reason_lo": "ບໍ່ມີເງິນ"}).status_code == 302
    assert owner.post(address, {"centres": [here.code], "reason_lo": "ບໍ່ມີເງິນ"}).status_code == 409
    assert "ບໍ່ມີເງິນ" in page(owner, "/console/offers/promises/")


def test_a_ministry_changes_its_own_services_only(here: Hall) -> None:
    other = unit(at=now(), code="MOX", kind="ministry", tree="authority")
    who = officer(at=now(), username="x", unit=other, permissions=RIGHTS, role="ministry")
    browser = at_work(who)
    assert browser.get("/console/offers/").status_code == 200, "what is offered is open to all"
    for name in ("", "withdraw/"):
        address = f"/console/offers/centres/{here.code}/services/birth-registration/{name}"
        assert browser.get(address).status_code == browser.post(address).status_code == 404
    for change in ("space", "hours"):
        assert browser.get(f"/console/offers/centres/{here.code}/{change}/").status_code == 404


@pytest.mark.parametrize("language", ["lo", "en"])
def test_citizens_kiosk_and_machines_are_told_why(here: Hall, language: str) -> None:
    other = next(view for view in centres.centres() if view.id != here.centre)
    again = centres.Offer(service=here.birth, valid_from=today())
    centres.save_offer(by=SYSTEM, at=now(), centre=other.id, offer=again)
    reason = {"lo": "ບໍ່ມີພະນັກງານ", "en": "No officer any more"}
    about = {"by": SYSTEM, "centre": here.centre, "service": here.birth, "reason": reason}
    centres.withdraw_offer(**about, at=now() - 2 * ONE, last_day=today() - ONE)
    browser = Client()
    browser.cookies["onedoor_language"] = language
    for address in (f"/centres/{here.code}/", "/services/birth-registration/"):
        told = page(browser, address)
        assert reason[language] in told and f"/centres/{other.code}/" in told
    kiosk = paired(here.kiosk_token)
    kiosk.cookies["onedoor_language"] = language
    assert reason[language] in page(kiosk, f"/kiosk/{here.code}/services/birth-registration/", 422)
    desk = at_work(here.officer)
    desk.cookies["onedoor_language"] = language
    answer = desk.post(f"/desk/{here.code}/reception/", {"key": "a1", "service": "birth-registration"})
    assert answer.status_code == 422 and reason[language] in answer.content.decode()
    ending = browser.get(f"/api/v1/centres/{here.code}").json()["ending"]
    assert [(one["service"], one["nearest"]) for one in ending] == [("birth-registration", other.code)]
    assert ending[0]["reason"] == reason


def test_coverage_is_open_to_machines_page_by_page(here: Hall) -> None:
    found: list[dict[str, Any]] = []
    after = ""
    while after is not None:
        answer = Client().get(f"/api/v1/coverage?limit=4&after={after}").json()
        found, after = found + answer["items"], answer["next"]
    assert len(found) == 6 == len({(one["service"], one["centre"]) for one in found})
    assert {one["state"] for one in found} == {"offered", "gap"}
    one = Client().get(f"/api/v1/coverage?service=birth-registration&centre={here.code}").json()["items"]
    assert [cell["state"] for cell in one] == ["offered"]
    assert Client().get("/api/v1/coverage?service=nothing").status_code == 404
