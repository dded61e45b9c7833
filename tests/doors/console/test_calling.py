"""The page of a centre's calling rule: read, previewed, saved, refused by name, dropped; a virtual counter; out of turn."""

from __future__ import annotations

import pytest
from django.test import Client

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.scope import open_scope
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall, officer


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def head(here: Hall) -> Client:
    who = officer(at=now(), username="head", unit=here.centre, permissions=["centres.manage"], role="head")
    browser = at_work(who)
    browser.cookies["onedoor_language"] = "en"
    return browser


def form(here: Hall, **changed: str) -> dict[str, str]:
    zones = {"zone-0": "quick", "zone_lo-0": "ດ່ວນ", "zone_en-0": "Quick", "up_to-0": "໕"}
    zones |= {"zone-1": "long", "zone_lo-1": "ຍາວ", "zone_en-1": "Long"}
    services = {f"minutes-{here.birth}": "4", f"by_hand-{here.document}": "long"}
    counters = {"serves-1-0": "quick", "serves-1-1": "long"}
    times = {"early": "20", "late": "10", "appointment": "5", "help_after": "25", "ground_older": "15"}
    return {"do": "save", "seen": "0", **zones, **services, **counters, **times, **changed}


def test_a_head_changes_how_people_are_called(here: Hall, head: Client) -> None:
    address = f"/console/offers/centres/{here.code}/calling/"
    begins = head.get(address).content.decode()
    assert "came more than 30 min later" in begins and "country's rule</span>" in begins
    with open_scope(centre=[here.centre]):
        long = queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.document)
        queue.call_one(
            by=here.officer, at=now(), counter=here.counters[1], ticket=long.id, reason="one_question"
        )
    shown = head.post(address, form(here, do="preview"))
    assert shown.status_code == 200 and "not saved yet" in shown.content.decode()
    assert queue.own_rule(here.centre) is None, "a preview saves nothing"
    assert head.post(address, form(here)).status_code == 302
    kept = queue.calling_rule(here.centre)
    assert kept.counters == {"1": ("quick", "long")} and kept.zones[0].up_to == 5
    assert kept.grounds == {"older": 15} and kept.bound == 25 and kept.revision == 1
    assert (queue.zone_of(kept, here.birth), queue.zone_of(kept, here.document)) == ("quick", "long")
    page = head.get(address).content.decode()
    assert (
        "centre's own rule" in page
        and "came more than 25 min later" in page
        and "One question" in page
        and long.number in page
    )
    assert head.post(address, form(here)).status_code == 409, "the form is of an older rule"
    assert head.post(address, {"do": "follow", "seen": "1"}).status_code == 302
    assert queue.own_rule(here.centre) is None


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"help_after": "soon"}, "“soon” is no number of minutes."),
        ({"help_after": ""}, "Say how many minutes."),
        ({"ground_older": "500"}, "0 to 120 minutes."),
        ({"zone-0": "Very quick"}, "The code of a zone"),
        ({"up_to-0": ""}, "Every zone but the last has a limit"),
        ({"serves-1-0": "nowhere"}, "Counter 1 names a zone"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_field_and_reason(
    here: Hall, head: Client, changed: dict[str, str], sentence: str
) -> None:
    answer = head.post(f"/console/offers/centres/{here.code}/calling/", form(here, **changed))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert queue.own_rule(here.centre) is None


def test_a_virtual_counter_is_set_up(here: Hall, head: Client) -> None:
    address = f"/console/offers/centres/{here.code}/calling/"
    said = {"do": "counter", "new_code": "V1", "new_name_lo": "ທາງວິດີໂອ", "new_name_en": "By video"}
    refused = head.post(address, said)
    assert refused.status_code == 422 and "where people go" in refused.content.decode()
    assert head.post(address, {**said, "new_to_lo": "ຫ້ອງ 2", "new_to_en": "Booth 2"}).status_code == 302
    made = centres.counter_by_code(here.centre, "V1")
    assert made.is_virtual and made.state == "closed"
