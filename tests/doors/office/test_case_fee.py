"""The fee on the pages of a case: fixed on the day of receipt, in kip with rate and day, a change in mid-case explained."""

from dataclasses import replace
from datetime import date

from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.payments import api as payments
from onedoor.kernel.clock import now
from onedoor.kernel.letters.deliver import drain
from tests.domain.cases.test_paying import brought, opened
from tests.factories.browsers import at_work
from tests.factories.editions import published_with
from tests.factories.registry import Registry
from tests.factories.till import publish_tariff

EXPLAINED = {
    "The fee, and why",
    "15.50 USD × ₭20.000 (rate of 05/01/2026, Bank of the Lao PDR)",
    "₭310.000",
    "The fee is that of the day of receipt",
    "By the table of today it would be ₭400.000; for this case ₭310.000 holds.",
}
RATE = catalogue.Rate(kip="20000", on=date(2026, 1, 5), source="Bank of the Lao PDR")


def test_the_fee_is_told_alike_to_officer_and_citizen(world: Registry, client: Client) -> None:
    publish_tariff(at=now())
    held = catalogue.service_by_id(world.document)
    dollars = replace(held.fees[-1], amount=1_550, currency="USD", rate=RATE)
    published_with(held.id, at=now(), fees=[dollars])
    case = brought(world, at=now())
    published_with(held.id, at=now(), fees=[replace(dollars, amount=2_000)])
    office, desk = at_work(world.other_decider), at_work(world.officer)
    for browser in (office, desk, client):
        browser.cookies["onedoor_language"] = "en"
    asked = {"number": case.number, "code": case.code}
    at_the_desk = f"/desk/{world.code}/1/application/cases/{case.case}/"
    for page in (desk.get(at_the_desk), client.post("/follow/", asked)):
        told = page.content.decode()
        assert "to be paid" in told and "It is still to be paid." in told
        assert {each for each in EXPLAINED if each not in told} == set()
    charge = payments.charge_for(case.case)
    assert charge is not None
    cashier = opened(world, at=now())
    payments.settle_cash(by=cashier, at=now(), charge=charge.id, tendered=310_000)
    drain(at=now())
    for page in (office.get(f"/office/cases/{case.case}/"), client.post("/follow/", asked)):
        told = page.content.decode()
        assert "to be paid" not in told and "It is still to be paid." not in told
        assert {each for each in EXPLAINED if each not in told} == set()
