"""Before the visit: a few answers tell papers and fee; the form can be looked at; nothing is kept, nothing strange is taken."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.letters.models import LetterRow
from onedoor.tools.packs import LAO
from tests.factories.offices import SYSTEM
from tests.factories.services import service

HOSPITAL = {"if": 'birth_site = "hospital"', "lo": "ຖ້າເກີດຢູ່ໂຮງໝໍ", "en": "If born in a hospital"}
NAMES = {"lo": "ໃບຈາກໂຮງໝໍ", "en": "Paper of the hospital"}


def form_of(code: str) -> dict[str, Any]:
    """The form of a service of the Lao pack."""
    return json.loads((LAO / "services" / code / "form.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture
def citizen(db: None, at: datetime, client: Client) -> Client:
    """Somebody who reads English, and two services: a birth with a paper for some, a tax by a table."""
    client.cookies["onedoor_language"] = "en"
    view = service(at=at, code="birth", en="Birth", form=form_of("birth-registration"))
    papers = [
        catalogue.Paper(code="notice", name={"lo": "ໃບແຈ້ງ", "en": "Notice"}),
        catalogue.Paper(code="hospital", name=NAMES, when=HOSPITAL),
    ]
    fields = "id code name summary authority fees duration legal_basis result demonstration valid_from form"
    about = {name: getattr(replace(view), name) for name in fields.split()}
    catalogue.save_service(by=SYSTEM, at=at, papers=papers, **about)
    line = catalogue.FeeRow(
        code="tax",
        name={"lo": "ພາສີ", "en": "Tax"},
        kind="table",
        by="engine",
        unit={"lo": "ຊີຊີ", "en": "cc"},
        steps=(
            catalogue.Step(start=1, upto=110, amount=15_000),
            catalogue.Step(start=111, amount=20_000),
        ),
    )
    fee = catalogue.Fee(state="set", lines=(line,))
    service(at=at, code="road", en="Road tax", form=form_of("road-tax"), fees=(fee,))
    service(at=at, code="plain", en="Plain")
    return client


def test_only_the_questions_that_matter_are_asked(citizen: Client) -> None:
    page = citizen.get("/services/birth/prepare/").content.decode()
    assert 'name="birth_site"' in page and 'name="sex"' not in page
    page = citizen.get("/services/road/prepare/").content.decode()
    assert 'name="engine"' in page and 'name="plate"' not in page


def test_what_to_bring_by_the_answers_and_nothing_is_kept(citizen: Client) -> None:
    before = LetterRow.objects.count()
    born = citizen.post("/services/birth/prepare/", {"birth_site": "hospital"}).content.decode()
    assert "Paper of the hospital" in born and "Notice" in born
    home = citizen.post("/services/birth/prepare/", {"birth_site": "home"}).content.decode()
    assert "Paper of the hospital" not in home and "Notice" in home
    assert LetterRow.objects.count() == before


@pytest.mark.parametrize(("engine", "sum"), [("100", "15.000"), ("125", "20.000")])
def test_the_likely_fee(citizen: Client, engine: str, sum: str) -> None:
    assert sum in citizen.post("/services/road/prepare/", {"engine": engine}).content.decode()


def test_wrong_and_strange_answers(citizen: Client) -> None:
    wrong = citizen.post("/services/road/prepare/", {"engine": "big"})
    assert wrong.status_code == 422 and "#id_engine" in wrong.content.decode()
    assert citizen.post("/services/road/prepare/", {}).status_code == 422
    assert citizen.post("/services/road/prepare/", {"engine": "100", "plate": "x"}).status_code == 400
    assert citizen.get("/services/ghost/prepare/").status_code == 404


def test_a_service_without_questions_is_told_at_once(citizen: Client) -> None:
    page = citizen.get("/services/plain/prepare/").content.decode()
    assert "The list of papers has not been published" in page
    assert citizen.get("/services/plain/form/").status_code == 404


def test_the_whole_form_to_look_at_and_print(citizen: Client) -> None:
    page = citizen.get("/services/birth/form/").content.decode()
    assert 'name="child_name.lo"' in page and 'type="radio" name="sex"' in page and "data-print" in page
    assert "<select" not in page and date.today().isoformat() not in page
    assert "/services/birth/form/" in citizen.get("/services/birth/").content.decode()
