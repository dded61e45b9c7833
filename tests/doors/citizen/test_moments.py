"""A moment of life: its services in order, and what to bring for those that are needed, once."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.factories.editions import published_with
from tests.factories.offices import SYSTEM
from tests.factories.services import service

CARD = {"lo": "ບັດປະຈຳຕົວ", "en": "Identity card"}
GIVEN = {"lo": "ໃບຢັ້ງຢືນ", "en": "Certificate of the first"}


@pytest.fixture
def citizen(db: None, at: datetime, client: Client) -> Client:
    client.cookies["onedoor_language"] = "en"
    catalogue.save_life_event(
        by=SYSTEM, at=at, id=new_id(), code="moon", name={"lo": "ດວງຈັນ", "en": "The moon"}, position=1
    )
    card = catalogue.Paper(code="card", name=CARD, form="original")
    given = catalogue.Paper(code="given", name=GIVEN, service="b-first")
    for code, papers, level, fee in (
        ("a-second", [card, given], "vouched", catalogue.Fee(state="set", amount=40_000)),
        ("b-first", [card], "none", catalogue.Fee(state="to_be_set")),
        ("c-bare", [], "", catalogue.Fee(state="set", amount=15_000)),
    ):
        view = service(at=at, code=code, en=code.upper(), fees=(fee,))
        identity = catalogue.Identity(level=level)
        published_with(view.id, at=at, papers=papers, life_events=["moon"], identity=identity)
    return client


def test_in_order_and_papers_once(citizen: Client) -> None:
    before = LetterRow.objects.count()
    page = citizen.get("/life/moon/").content.decode()
    assert page.index("1. <a") < page.index("B-FIRST</a>") < page.index("A-SECOND</a>")
    assert page.count("<strong>Identity card</strong>") == 1 and "For: B-FIRST, A-SECOND" in page
    assert "You receive it from: B-FIRST" in page and "two witnesses" in page
    assert "No list of papers has been published for: C-BARE" in page.replace("\n", " ")
    assert len(page.encode()) < 40_000 and LetterRow.objects.count() == before


def test_what_it_costs_together_and_what_is_not_in_the_sum(citizen: Client) -> None:
    page = citizen.get("/life/moon/").content.decode()
    cost = " ".join(page[page.index('id="cost"') : page.index("Who you are")].split())
    assert "<dt>C-BARE</dt><dd>₭15.000</dd>" in cost and "<dt>B-FIRST</dt><dd>To be set</dd>" in cost
    assert "<strong>Together</strong></dt><dd><strong>₭55.000</strong>" in cost
    assert "because it has not been set: B-FIRST." in cost
    alone = citizen.get("/life/moon/", {"need": "b-first"}).content.decode()
    assert "The fee has not been set of: B-FIRST." in alone and "Together" not in alone


def test_only_what_is_needed(citizen: Client) -> None:
    page = citizen.get("/life/moon/", {"need": "a-second"}).content.decode()
    assert "1. <a" in page and "2. <a" not in page
    assert "You receive it from" not in page and "Certificate of the first" in page
    assert citizen.get("/life/moon/", {"need": "ghost"}).status_code == 400
    assert citizen.get("/life/mars/").status_code == 404


def test_who_may_apply_is_told_by_the_answers(citizen: Client, at: datetime) -> None:
    form = {
        "type": "object",
        "properties": {
            "age": {
                "type": "integer",
                "x-field": "number",
                "minimum": 0,
                "maximum": 120,
                "x-label": {"lo": "ອາຍຸ", "en": "Age"},
            }
        },
        "required": ["age"],
        "x-sections": [{"id": "s", "title": {"lo": "ຄົນ", "en": "Person"}, "fields": ["age"]}],
    }
    words = {"lo": "60 ປີຂຶ້ນໄປ", "en": "60 years or older"}
    demand = catalogue.Criterion(
        code="age",
        demands="age >= 60",
        words=words,
        otherwise="not",
        demonstration=True,
        instead={"lo": "ລໍຖ້າ", "en": "Wait a while"},
    )
    view = service(at=at, code="pension", en="Pension", form=form)
    published_with(view.id, at=at, eligibility=[demand])
    ask = citizen.get("/services/pension/prepare/").content.decode()
    assert 'name="age"' in ask
    young = citizen.post("/services/pension/prepare/", {"age": "20"}).content.decode()
    assert "No, by your answers." in young and "60 years or older" in young and "Wait a while" in young
    assert (
        "Yes, by your answers." in citizen.post("/services/pension/prepare/", {"age": "60"}).content.decode()
    )
