"""Decisions of a service: published with its edition, refused when they are not sound, asked by their edition."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from onedoor.domain.catalogue.api import (
    ServiceIsNotComplete,
    UnknownService,
    compile_decisions,
    compile_process,
    decisions_of,
)
from onedoor.kernel.ids import new_id
from tests.domain.catalogue.rules.decisions.dmn import definitions, literal, table
from tests.factories.services import service

PERMIT = Path(__file__).parents[3] / "onedoor" / "packs" / "lao" / "services" / "construction-permit"
FORM = json.loads((PERMIT / "form.json").read_text(encoding="utf-8"))
USES = [('"hom"', "1"), ("-", "2")]
LEVELS = [("< 400", "2"), (">= 400", "1")]


def sized(question: str = "form.floor_area") -> str:
    return definitions(table(LEVELS, inputs=((question, "integer"),), id="level")).decode()


@pytest.mark.django_db
def test_decisions_belong_to_an_edition(at: datetime) -> None:
    plain = service(at=at, code="permit", form=FORM)
    assert decisions_of(plain.version_id) is None
    decided = service(at=at, code="permit", form=FORM, decisions=sized())
    assert decided.version == 2
    assert service(at=at, code="permit", form=FORM, decisions=sized()).version == 2
    found = decisions_of(decided.version_id)
    assert found is not None
    assert found.decide("level", {"form": {"floor_area": 450}}).value == 1
    assert decisions_of(decided.version_id) is found
    with pytest.raises(UnknownService):
        decisions_of(new_id())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        ("<definitions/>", "not a DMN"),
        (
            definitions(table(LEVELS[:1], inputs=(("form.floor_area", "integer"),))).decode(),
            "no rule holds for “form.floor_area” = 400",
        ),
        (sized("form.weight"), "the form has no question “weight”"),
        (definitions(literal("salary")).decode(), "nothing is called “salary”"),
        (
            definitions(table(LEVELS, inputs=(("form.building_use", "number"),))).decode(),
            "column “form.building_use”: “building_use” is answered by a text, the column expects a number",
        ),
        (
            definitions(table(USES, inputs=(("form.floor_area",),), policy="FIRST")).decode(),
            'rule 1, column “form.floor_area”: "hom" is compared with “floor_area”, which is answered by a number',
        ),
        (
            definitions(table(USES, inputs=(("form.building_use", "string"),), policy="FIRST")).decode(),
            'rule 1, column “form.building_use”: "hom" is no answer to “building_use”: home, shop, factory, public',
        ),
    ],
)
def test_decisions_that_are_not_sound_are_not_published(at: datetime, decisions: str, reason: str) -> None:
    with pytest.raises(ServiceIsNotComplete) as refused:
        service(at=at, code="permit", form=FORM, decisions=decisions)
    assert refused.value.field == "decisions"
    assert reason in str(refused.value.reason)


def test_the_permits_process_goes_by_its_table() -> None:
    decisions = compile_decisions((PERMIT / "decisions.dmn").read_bytes())
    process = compile_process((PERMIT / "process.bpmn").read_bytes(), decisions=decisions).process
    assert process is not None
    asked = process.node("find_level")
    guards = {flow.target: flow.guard for flow in process.node("level").flows if flow.guard}
    for area in (1, 399, 400, 9999, 10_000, 1_000_000):
        for height in (1, 9, 10, 20, 21, 500):
            level = 1 if area >= 10_000 or height > 20 else 2 if area >= 400 or height >= 10 else 3
            found = decisions.decide(asked.rule, {"form": {"floor_area": area, "height": height}})
            assert found.value == level
            held = [
                target
                for target, guard in guards.items()
                if guard.holds({"rules": {asked.into: found.value}})
            ]
            assert held == ([f"decide_{level}"] if level < 3 else [])
            (hit,) = found.hits
            assert f"level {level}" in hit.said("en")
            assert f"ລະດັບ {level}" in hit.said("lo")
