"""What is published as open data and taken over again is the same: in both forms, but for what is said to be left to a person."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
from django.test import Client
from rdflib import Graph

from onedoor.doors.exchange import limits
from onedoor.kernel.scope import Actor
from onedoor.tools.catalogues.cpsv import from_graph
from onedoor.tools.catalogues.exact import NOT_CARRIED
from onedoor.tools.catalogues.files import graph_in, json_in
from onedoor.tools.catalogues.found import Found
from onedoor.tools.catalogues.hsds import from_services
from onedoor.tools.catalogues.writing import REVIEW, write
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.loading import load
from tests.tools.packs.whole import write_whole

pytestmark = pytest.mark.django_db
MORE = """
code: {code}
name: {{lo: ບໍລິການ {code}, en: Service {code}}}
summary: {{lo: ສະຫຼຸບ, en: Summary}}
authority: MOHA
demonstration: false
valid_from: 2022-03-01
life_events: [home, business]
keywords: {{lo: [ກ, ຂ], en: [a, b]}}
papers:
  - {{code: photo, name: {{lo: ຮູບ, en: Photo}}, form: copy, demonstration: true, law: 2/POL}}
  - code: id
    name: {{lo: ບັດ, en: Card}}
    required: false
    instead: [{{code: book, name: {{lo: ປຶ້ມ, en: Book}}}}]
fees: {fees}
duration: {{days: 5, kind: calendar}}
legal_basis:
  - {{name: {{lo: ກົດໝາຍ, en: First}}, number: 1/NA, dated: 2009-07-02}}
  - {{name: {{lo: ລັດຖະບັນຍັດ, en: Second}}, number: 2/POL, source: gazette}}
identity: {{level: document}}
result: {{lo: ໃບ, en: Paper}}
source: a test
"""
FEES = {
    "free": "[{state: free, law: {lo: ກົດໝາຍ, en: A law}}]",
    "one": "[{state: set, amount: 12345678, valid_from: 2022-01-01, source: table}]",
    "lines": (
        "[{state: set, lines: [{code: a, name: {lo: ກ, en: A}, amount: 5}, {code: b, name: {lo: ຂ, en: B}, amount: 7}]}]"
    ),
}


def published(folder: Path, at: datetime) -> tuple[bytes, Any]:
    """The open data of a node that was set up from this pack, in both forms; the node is empty again afterwards."""
    limits.ADDRESSES.reset()
    with transaction.atomic():
        held, faults = check(folder)
        assert not list(faults), list(map(str, faults))
        load(held, by=Actor.system(), at=at)
        graph = Client().get("/api/catalogue.ttl").content
        services = Client().get("/api/hsds/services?full=true").json()
        transaction.set_rollback(True)
    return graph, services


def with_services_of(found: Found, whole: Path, to: Path) -> Path:
    """The pack with its services replaced by those that were taken over."""
    shutil.copytree(whole, to, ignore=shutil.ignore_patterns("services"))
    assert write(found, into=to.with_suffix(".taken")) == 0
    shutil.copytree(to.with_suffix(".taken") / "services", to / "services")
    for name in ("form.json", "process.bpmn", "decisions.dmn"):  # what is not carried, by design
        for file in (whole / "services").glob(f"*/{name}"):
            shutil.copy(file, to / "services" / file.parent.name / name)
    return to


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    folder = write_whole(tmp_path / "whole")
    for code, fees in FEES.items():
        (folder / "services" / code).mkdir()
        text = MORE.format(code=code, fees=fees)
        (folder / "services" / code / "service.yaml").write_text(text)
    # A fee in dollars needs a rate, which no catalogue says.
    hours = MORE.format(code="hours", fees=FEES["one"]).replace(
        "days: 5, kind: calendar", "hours: 4, kind: hours"
    )
    (folder / "services" / "hours" / "service.yaml").write_text(hours)
    return folder


def test_cpsv(at: datetime, whole: Path, tmp_path: Path) -> None:
    def taken(name: str, graph: bytes) -> tuple[Path, Found]:
        file = tmp_path / f"{name}.ttl"
        file.write_bytes(graph)
        found = from_graph(graph_in(file), source="another catalogue")
        return with_services_of(found, whole, tmp_path / name), found

    first, _services = published(whole, at)
    folder, found = taken("second", first)
    second, _services = published(folder, at)
    before, after = Graph().parse(data=first, format="turtle"), Graph().parse(data=second, format="turtle")
    assert after.isomorphic(before)
    assert {sentence for thing, sentence in found.unmapped if thing == "free"} == {NOT_CARRIED}
    third, _services = published(taken("third", second)[0], at)
    assert Graph().parse(data=third, format="turtle").isomorphic(after)
    assert "are not carried" in (tmp_path / "second.taken" / REVIEW).read_text()
    offers = yaml.safe_load((tmp_path / "second.taken" / "centres" / "offers.yaml").read_text())
    assert {one["service"] for one in offers} == {"hours", "whole"}


def test_hsds(at: datetime, whole: Path, tmp_path: Path) -> None:
    def taken(name: str, services: Any) -> tuple[Path, Found]:
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(services))
        found = from_services(json_in(file), source="another catalogue")
        return with_services_of(found, whole, tmp_path / name), found

    _graph, first = published(whole, at)
    folder, found = taken("second", first)
    _graph, second = published(folder, at)
    assert not any("goes by answers" in sentence for _thing, sentence in found.unmapped)
    assert first == second
    _graph, third = published(taken("third", second)[0], at)
    assert third == second
