"""Applications filled in by programs: prepared by anybody with a code, and drafts of a centre in a newer form."""

import pytest

from onedoor.domain.cases.models import Preparation
from onedoor.kernel.clock import now
from tests.doors.exchange.machines import Program, program
from tests.factories.editions import published_anew
from tests.factories.registry import BIRTH, Registry, registry


@pytest.fixture
def made(db: None) -> Registry:
    return registry(at=now())


@pytest.fixture
def anybody() -> Program:
    return Program("")


def test_a_preparation_is_begun_kept_upgraded_and_forgotten(made: Registry, anybody: Program) -> None:
    begun = anybody.post("/preparations", {"service": str(made.birth)}, key="b-1")
    code, edition = begun.json()["code"], begun.json()["edition"]
    assert begun.status_code == 201 and code
    assert anybody.post("/preparations", {"service": str(made.birth)}, key="b-1").json()["code"] is None

    kept = anybody.post("/preparations/save", {"code": code, "edition": edition, "data": BIRTH})
    assert kept.status_code == 200 and kept.json()["missing"] == {}
    strange = anybody.post("/preparations/save", {"code": code, "data": {**BIRTH, "salary": 1}})
    assert (strange.status_code, strange.json()["field"]) == (400, "salary")
    bent = anybody.post("/preparations/save", {"code": code, "data": {**BIRTH, "sex": 0.25}})
    assert (bent.status_code, bent.json()["field"]) == (422, "sex")
    assert anybody.post("/preparations/read", {"code": code}).json()["data"] == BIRTH

    published_anew(made.birth, at=now())
    seen = anybody.post("/preparations/read", {"code": code}).json()
    assert seen["upgrade"]["newer"] and seen["missing"].keys() == {"birth_site"}
    stale = anybody.post("/preparations/save", {"code": code, "edition": edition, "data": BIRTH})
    assert stale.status_code == 409

    done = anybody.post("/preparations/upgrade", {"code": code}, key="u-1").json()
    assert [each["name"] for each in done["again"]] == ["birth_site"] and len(done["lost"]) == 2
    assert anybody.post("/preparations/upgrade", {"code": code}, key="u-1").json()["lost"] is None
    assert not anybody.post("/preparations/upgrade", {"code": code}).json()["newer"]
    assert str(Preparation.objects.get().edition_id) == done["edition"] == seen["edition"]

    assert anybody.post("/preparations/forget", {"code": code}).json() == {"forgotten": True}
    assert anybody.post("/preparations/read", {"code": code}).status_code == 422
    assert anybody.post("/preparations/save", {"code": code, "data": {}}).status_code == 404


def test_a_draft_of_a_centre_takes_over_the_newer_form(made: Registry) -> None:
    centre = program(made.centre, "cases.enter", roles=["officer"])
    draft = centre.post(f"/centres/{made.code}/cases", {"service": str(made.birth)}).json()["id"]
    one = f"/centres/{made.code}/cases/{draft}"
    centre.post(f"{one}/answers", {"data": BIRTH})
    assert not centre.get(f"{one}/upgrade").json()["newer"]
    published_anew(made.birth, at=now())
    said = centre.get(f"{one}/upgrade").json()
    assert said["newer"] and [each["name"] for each in said["again"]] == ["birth_site", "photo"]
    assert centre.post(f"{one}/upgrade").json() == said
    assert not centre.get(f"{one}/upgrade").json()["newer"]
