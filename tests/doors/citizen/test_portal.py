"""Finding a service and a centre: what the pages say, how much they weigh, how many statements they take."""

from __future__ import annotations

import gzip
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from onedoor.domain.access.api import refresh
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import Duration, Fee, Law, save_life_event
from onedoor.domain.centres.actions.offers import end_offers
from onedoor.domain.centres.api import Offer, save_centre, set_counter_state
from onedoor.domain.queue.api import take_ticket
from onedoor.doors.citizen.words import authority_said, duration_said, fee_said, law_said, people_said
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, open_scope
from tests.factories.hall import BEGIN, Hall
from tests.factories.offices import unit
from tests.factories.services import service as publish_service

SYSTEM = Actor.system()
LAW = {"lo": "ກົດໝາຍວ່າດ້ວຍຄ່າທຳນຽມ", "en": "Law on fees"}


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.cookies["onedoor_language"] = "en"
    return client


def page(browser: Client, address: str, status: int = 200) -> str:
    response = browser.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def statements(browser: Client, address: str) -> int:
    page(browser, address)  # whatever is remembered is remembered now
    with CaptureQueriesContext(connection) as asked:
        page(browser, address)
    return len(asked)


def more_centres(here: Hall, count: int) -> None:
    """More centres, each in a province and district of its own, that offer birth registration."""
    for number in range(count):
        code = f"0103-{number + 20}"
        province = unit(at=now(), code=f"P{number}", kind="province", tree="territory", parent=here.country)
        district = unit(at=now(), code=f"D{number}", kind="district", tree="territory", parent=province)
        id = unit(at=now(), code=code, kind="centre", tree="territory", parent=district)
        save_centre(
            by=SYSTEM,
            at=now(),
            id=id,
            code=code,
            name={"lo": f"ສູນ {code}", "en": f"Centre {code}"},
            district=district,
            demonstration=True,
            offers=[Offer(service=here.birth, valid_from=BEGIN)],
        )


def test_the_first_page(here: Hall, browser: Client) -> None:
    save_life_event(
        by=SYSTEM, at=now(), id=new_id(), code="birth", name={"lo": "ມີລູກ", "en": "A child"}, position=1
    )
    shown = page(browser, reverse("citizen:home"))
    assert "What do you need?" in shown
    assert 'name="q"' in shown
    assert reverse("citizen:life_event", args=["birth"]) in shown
    assert "Your centre now" not in shown
    browser.get(reverse("citizen:centre", args=[here.code]))
    assert "Your centre now" in page(browser, reverse("citizen:home"))


def test_a_forged_centre_in_the_cookie_is_harmless(here: Hall, browser: Client) -> None:
    browser.cookies["onedoor_near"] = "' OR 1=1 --"
    assert "Your centre now" not in page(browser, reverse("citizen:home"))


def test_search(here: Hall, browser: Client) -> None:
    address = reverse("citizen:search")
    assert reverse("citizen:service", args=["birth-registration"]) in page(
        browser, f"{address}?q=ຈົດທະບຽນການເກິດ"
    )
    assert "We found no such service" in page(browser, f"{address}?q=qqqq")
    assert "Write what you need" in page(browser, address)
    injected = page(browser, f"{address}?q=<script>alert(1)</script>%00")
    assert "<script>alert" not in injected
    assert page(browser, f"{address}?q={'ກ' * 3000}")


def test_a_service(here: Hall, browser: Client) -> None:
    with open_scope(centre=[here.centre]):
        for _person in range(2):
            take_ticket(by=SYSTEM, at=now(), centre=here.centre, service=here.birth)
    shown = page(browser, reverse("citizen:service", args=["birth-registration"]))
    assert "This service is a demonstration" in shown
    assert "2 people waiting" in shown
    assert reverse("citizen:centre", args=[here.code]) in shown
    assert "0103-1-other" not in shown
    assert "The list of papers has not been published" in shown
    page(browser, reverse("citizen:service", args=["no-such-service"]), status=404)


def test_a_centre(here: Hall, browser: Client) -> None:
    set_counter_state(by=SYSTEM, at=now(), counter=here.counters[0], state="closed")
    shown = page(browser, reverse("citizen:centre", args=[here.code]))
    assert "Nobody is waiting" in shown
    assert "2 of 3 counters open" in shown
    assert "Open now" in shown
    assert "Not confirmed" in shown
    assert "This centre is a demonstration" in shown
    assert reverse("citizen:service", args=["birth-registration"]) in shown
    page(browser, reverse("citizen:centre", args=["9999-1"]), status=404)


def test_centres_by_province(here: Hall, browser: Client) -> None:
    address = reverse("citizen:centres")
    assert "2 centres" in page(browser, address)
    assert "2 centres" in page(browser, f"{address}?province=01")
    assert "2 centres" in page(browser, f"{address}?province=0103"), "a district is no province"
    assert "2 centres" in page(browser, f"{address}?province='--")
    unit(at=now(), code="02", kind="province", tree="territory", parent=here.country)
    refresh()
    assert "There is no centre in this province yet" in page(browser, f"{address}?province=02")


def test_life_events(here: Hall, browser: Client) -> None:
    save_life_event(
        by=SYSTEM, at=now(), id=new_id(), code="work", name={"lo": "ວຽກ", "en": "Work"}, position=1
    )
    address = reverse("citizen:life_event", args=["work"])
    assert "No service is listed here yet" in page(browser, address)
    publish_service(at=now(), code="job-seeker", en="Job seeker", life_events=("work",))
    assert "Job seeker" in page(browser, address)
    page(browser, reverse("citizen:life_event", args=["none"]), status=404)


def test_everything_is_in_lao(here: Hall, browser: Client) -> None:
    browser.cookies["onedoor_language"] = "lo"
    shown = page(browser, reverse("citizen:service", args=["birth-registration"]))
    assert 'lang="lo"' in shown
    assert "ຈົດທະບຽນການເກີດ" in shown
    for english in (
        "What to bring",
        "How long",
        "Where, and",
        "Legal basis",
        "waiting",
        "Demonstration value",
    ):
        assert english not in shown


@pytest.mark.django_db(transaction=True)  # inside a transaction nothing is remembered
def test_as_many_statements_for_one_as_for_three(here: Hall, browser: Client) -> None:
    addresses = [
        reverse("citizen:service", args=["birth-registration"]),
        reverse("citizen:centres"),
        reverse("citizen:centre", args=[here.code]),
        reverse("citizen:services"),
        reverse("citizen:search") + "?q=registration",
        reverse("citizen:home"),
    ]
    few = [statements(browser, address) for address in addresses]
    more_centres(here, 2)
    publish_service(at=now(), code="death", lo="ແຈ້ງຕາຍ", en="Death registration")
    publish_service(at=now(), code="marriage", lo="ແຕ່ງງານ", en="Marriage registration")
    many = [statements(browser, address) for address in addresses]
    assert many == few
    assert max(many) <= 10, dict(zip(addresses, many, strict=True))


def test_the_pages_weigh_little_and_need_no_script(here: Hall, browser: Client) -> None:
    more_centres(here, 48)
    for address in (
        reverse("citizen:home"),
        reverse("citizen:service", args=["birth-registration"]),
        reverse("citizen:centres"),
    ):
        shown = page(browser, address)
        assert len(gzip.compress(shown.encode())) < 8_000, address
        assert len(shown.encode()) < 40_000, address
        assert "onclick" not in shown
        assert "style=" not in shown
        assert shown.count("<script") <= 1
        assert "<form" in shown or "citizen:service" not in address


def test_only_reading(here: Hall, browser: Client) -> None:
    for name in ("home", "search", "services", "centres"):
        assert browser.post(reverse(f"citizen:{name}")).status_code == 405


def test_facts_in_words(here: Hall) -> None:
    with override("en"):
        assert fee_said(Fee(state="set", amount=40000)).words == "₭40.000"
        assert fee_said(Fee(state="set", amount=1250, currency="USD")).words == "12.50 USD"
        free = fee_said(Fee(state="free", law=LAW))
        assert (free.words, free.note) == ("Free of charge", "By law: Law on fees")
        assert fee_said(Fee(state="to_be_set")).words == "The fee has not been set"
        assert duration_said(Duration(days=1, kind="working")).words == "1 working day"
        assert duration_said(Duration(days=30, kind="calendar")).words == "30 days"
        assert duration_said(Duration()).words == "Not known yet"
        assert (
            law_said(Law(name=LAW, number="002/POL", dated=date(2021, 6, 17))).note == "002/POL, 17 June 2021"
        )
        assert people_said(1) == "1 person waiting"
        assert authority_said(here.ministry).note == ""
    with override("lo"):
        assert duration_said(Duration(days=1, kind="working")).words == "1 ວັນລັດຖະການ"
        assert people_said(3) == "ລໍຖ້າ 3 ຄົນ"


def test_a_ministry_that_has_ended_says_who_took_over(here: Hall) -> None:
    from onedoor.domain.access.api import save_unit

    later = unit(at=now(), code="PMO", kind="ministry", tree="authority", parent=None)
    ended = {
        "by": SYSTEM,
        "at": now(),
        "kind": "ministry",
        "tree": "authority",
        "parent": None,
        "valid_from": BEGIN,
    }
    name = {"lo": "ກະຊວງພາຍໃນ", "en": "Home Affairs"}
    for id, code, successors in ((new_id(), "OLD", [later]), (new_id(), "LOST", [])):
        save_unit(id=id, code=code, name=name, valid_until=date(2025, 3, 20), successors=successors, **ended)  # type: ignore[arg-type]
        with override("en"):
            said = authority_said(id)
        assert said.words == "Home Affairs"
        assert said.note == (
            "Until 20 March 2025; then PMO."
            if successors
            else "Until 20 March 2025; who took over is not known."
        )


def test_a_withdrawal_is_said_once_and_not_for_each_centre(browser: Client, here: Hall) -> None:
    ends = (now() + timedelta(days=7)).date()
    catalogue.withdraw_service(by=SYSTEM, at=now(), service=here.birth, on=ends, reason="The law ended.")
    address = "/services/birth-registration/"
    before = page(browser, address)
    ended = {"lo": "The law ended.", "en": "The law ended."}
    end_offers(by=SYSTEM, at=now(), service=here.birth, on=ends, reason=ended)
    after = page(browser, address)
    assert before.count("The law ended.") == after.count("The law ended.") == 1


def test_a_centre_that_stops_before_the_service_ends_is_named(browser: Client, here: Hall) -> None:
    ends = (now() + timedelta(days=9)).date()
    catalogue.withdraw_service(by=SYSTEM, at=now(), service=here.birth, on=ends, reason="The law ended.")
    end_offers(
        by=SYSTEM,
        at=now(),
        service=here.birth,
        on=ends - timedelta(days=5),
        reason={"lo": "Too few officers"},
    )
    assert "Too few officers" in page(browser, "/services/birth-registration/")
