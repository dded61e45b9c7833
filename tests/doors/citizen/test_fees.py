"""The national fee table: a page and a spreadsheet for everybody, and the same as data."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from tests.factories.hall import SYSTEM
from tests.factories.registry import Registry, registry

pytestmark = pytest.mark.django_db
LAW = {"lo": "ລັດຖະບັນຍັດ ວ່າດ້ວຍຄ່າທຳນຽມ", "en": "Ordinance on fees"}
NAME = {"lo": "ໃບຢັ້ງຢືນ", "en": "Certificate"}


@pytest.fixture
def here(at: datetime) -> Registry:
    """A registry whose document costs 30.50 dollars, free for sales, with who bears the cost."""
    made = registry(at=at)
    held = catalogue.service_by_id(made.document)
    rows = (
        catalogue.FeeRow(code="base", name=NAME, amount=3_050),
        catalogue.FeeRow(
            code="sale", name={"lo": "ການຂາຍ", "en": "Sales"}, kind="exemption", law=LAW, when={"document_kind": "sale"}
        ),
    )  # fmt: skip
    fee = catalogue.Fee(
        state="set",
        currency="USD",
        rate=catalogue.Rate(kip="20000", on=date(2026, 1, 5), source="Bank"),
        law=LAW,
        valid_from=date(2026, 1, 1),
        lines=rows,
        funding=catalogue.Funding(model="subsidised", unit_cost=1_000_000, share="60", demonstration=True),
    )
    about = {
        name: getattr(held, name)
        for name in ("id", "code", "name", "summary", "authority", "papers", "duration")
    }
    about |= {
        name: getattr(held, name) for name in ("legal_basis", "result", "demonstration", "valid_from", "form")
    }
    catalogue.save_service(by=SYSTEM, at=at, fees=[replace(fee)], **about)
    return made


def page(address: str, language: str = "en") -> str:
    browser = Client()
    browser.cookies["onedoor_language"] = language
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_reads_what_each_service_costs_by_which_law_and_who_pays(here: Registry) -> None:
    html = page("/fees/")
    assert "30.50 USD" in html and "Ordinance on fees" in html and "1 January 2026" in html
    assert "Subsidised: The state pays half of the cost or more." in html and "The state bears 60 %." in html
    assert "− 100 %" in html and "demonstration value" in html
    lao = page("/fees/", "lo")
    assert "ລັດອຸດໜູນ" in lao and "ການຂາຍ" in lao


def test_the_table_is_narrowed_by_words_state_and_ministry(here: Registry) -> None:
    assert "30.50 USD" in page("/fees/?q=ordinance") and "30.50 USD" not in page("/fees/?q=zzzz")
    assert "30.50 USD" not in page("/fees/?state=to_be_set") and "30.50 USD" in page("/fees/?state=strange")
    assert "No service is found" in page("/fees/?authority=nobody&q=%00")


def test_the_spreadsheet_has_a_row_for_each_line(here: Registry) -> None:
    rows = list(csv.DictReader(io.StringIO(page("/fees.csv?q=ordinance").removeprefix("\ufeff"))))
    assert [(row["Line"], row["Amount"]) for row in rows] == [
        ("Certificate", "30.50 USD"),
        ("Sales", "− 100 %"),
    ]
    assert rows[0]["Who bears the cost"] == "Subsidised"


def test_the_table_as_data(here: Registry) -> None:
    found: dict[str, Any] = Client().get("/api/v1/fees?q=ordinance").json()
    (fee,) = found["items"]
    assert (fee["state"], fee["currency"], fee["rate"]["kip"]) == ("set", "USD", "20000")
    assert fee["funding"]["model"] == "subsidised"
    assert [line["kind"] for line in fee["lines"]] == ["fixed", "exemption"]
    assert fee["lines"][1]["when"]["lo"] and fee["valid_from"] == "2026-01-01"
    assert Client().get("/api/v1/fees?on=2020-01-01&q=ordinance").json()["items"] == []
    assert Client().get("/api/v1/fees?state=cheap").status_code == 422
    first = Client().get("/api/v1/fees?limit=1").json()
    assert first["next"] == first["items"][0]["service"]


def test_a_quote_keeps_what_the_law_says_in_dollars(here: Registry) -> None:
    code = catalogue.service_by_id(here.document).code
    body = {"answers": {"document_kind": "loan"}, "on": "2026-03-02"}
    quote = Client().post(f"/api/v1/services/{code}/quote", body, "application/json").json()
    (line,) = quote["lines"]
    assert (quote["total"], quote["currency"], line["original"]["amount"]) == (610_000, "LAK", 3_050)
    assert "30.50 USD × ₭20.000" in line["because"]["lo"]
    free = {**body, "answers": {"document_kind": "sale"}}
    quote = Client().post(f"/api/v1/services/{code}/quote", free, "application/json").json()
    assert quote["total"] == 0 and quote["lines"][1]["amount"] == -610_000
