"""Papers for which no law is named: listed by ministry and service, as a spreadsheet, each ministry its own."""

import pytest

from onedoor.domain.access.api import unit_by_code
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.clock import now
from tests.factories.browsers import at_work
from tests.factories.editions import published_with
from tests.factories.hall import officer
from tests.factories.registry import Registry, registry

LAW = catalogue.Law(name={"lo": "ກົດໝາຍ", "en": "A law"}, number="7/NA")
HABIT = catalogue.Paper(code="photo", name={"lo": "ຮູບຖ່າຍ", "en": "=Photograph"})
FOUNDED = catalogue.Paper(code="card", name={"lo": "ບັດ", "en": "Identity card"}, law="7/NA")


@pytest.fixture
def here(db: None) -> Registry:
    return registry(at=now())


def test_a_ministry_sees_its_own_papers_without_a_law(here: Registry) -> None:
    for service in (here.birth, here.document):
        published_with(service, at=now(), papers=[HABIT, FOUNDED], legal_basis=[LAW])
    head = officer(
        at=now(), username="head-of-moha", unit=here.ministry, permissions=["catalogue.read"], role="reads"
    )
    browser = at_work(head)
    browser.cookies["onedoor_language"] = "en"
    page = browser.get("/console/papers/").content.decode()
    assert "For 1 of 2 papers no law is named" in page and page.count("=Photograph") == 1
    nation = officer(
        at=now(),
        username="owner-of-all",
        unit=unit_by_code("LA").id,
        permissions=["catalogue.read"],
        role="reads-all",
    )
    assert at_work(nation).get("/console/papers.csv").content.decode().count(",photo,") == 2
    assert "Identity card" not in page and "1 / 2" in page
    rows = browser.get("/console/papers.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2 and "'=Photograph,photo" in rows[1]
    published_with(here.birth, at=now(), papers=[FOUNDED], legal_basis=[LAW])
    assert "Every paper stands on a law" in browser.get("/console/papers/").content.decode()
