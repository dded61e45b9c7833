"""The console's fees: the table with what is still to be set, a fee's history, and what the check of receipts found."""

from datetime import datetime

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import FeeCheck
from onedoor.domain.catalogue.api import service_by_id
from tests.domain.cases.test_fee_check import checked, overcharge, paid_case
from tests.domain.cases.test_paying import world
from tests.factories.browsers import at_work
from tests.factories.hall import officer
from tests.factories.registry import Registry

SEES, CHECKS = "monitoring.see", "cases.check_fees"


@pytest.fixture
def here(db: None, at: datetime) -> Registry:
    return world(at)


def browser(here: Registry, at: datetime, *rights: str):  # type: ignore[no-untyped-def]
    who = officer(at=at, username="owner", unit=here.centre, permissions=[*rights], role="owner")
    held = at_work(who)
    held.cookies["onedoor_language"] = "en"
    return held


def test_the_table_says_what_is_to_be_set_and_leads_to_the_history(here: Registry, at: datetime) -> None:
    owner = browser(here, at, SEES)
    html = owner.get("/console/fees/").content.decode()
    assert "₭40.000" in html and "still to be set" in html
    assert "/console/fees/receipts/" not in html
    code = service_by_id(here.document).code
    html = owner.get(f"/console/fees/services/{code}/").content.decode()
    assert "₭40.000" in html
    assert owner.get("/console/fees/services/nothing/").status_code == 404
    assert owner.get("/console/fees/receipts/").status_code == 403


def test_a_wrong_receipt_is_shown_with_centre_officer_and_difference(here: Registry, at: datetime) -> None:
    _case, receipt = paid_case(here, at=at)
    overcharge(receipt)
    owner = browser(here, at, SEES, CHECKS)
    assert "No receipts were compared yet" in owner.get("/console/fees/receipts/").content.decode()
    checked(at=at)
    html = owner.get("/console/fees/receipts/").content.decode()
    assert "1 receipt is not what the table says" in html
    assert receipt.number in html and "+₭5.000" in html and "the table says ₭40.000" in html
    for per in ("service", "month", "nothing"):
        assert owner.get(f"/console/fees/receipts/?per={per}&standing=unknown&centre=x").status_code == 200
    assert owner.get("/console/fees/receipts/?check=none").status_code == 404


def test_a_check_is_begun_and_the_worker_does_it(here: Registry, at: datetime) -> None:
    owner = browser(here, at, SEES, CHECKS)
    assert owner.post("/console/fees/receipts/", {"since": "31.12."}).status_code == 422
    assert not FeeCheck.objects.exists()
    assert owner.post("/console/fees/receipts/", {"since": "2026-01-01"}).status_code == 302
    assert owner.post("/console/fees/receipts/", {"since": "2026-01-01"}).status_code == 302
    (waiting,) = FeeCheck.objects.filter(done_at=None)  # pressed twice is begun once
    assert "<progress" not in owner.get("/console/fees/receipts/").content.decode()
    FeeCheck.objects.filter(id=waiting.id).update(total=400, examined=100)
    html = owner.get("/console/fees/receipts/").content.decode()
    assert "The check is under way" in html and 'value="25"' in html
    FeeCheck.objects.filter(id=waiting.id).update(total=None, examined=0)
    assert cases.fee_check_batch(at=at) == 0
    assert "All receipts are what the table says" in owner.get("/console/fees/receipts/").content.decode()
