"""Files of other catalogues that are hostile, broken or foreign: each is refused in words, or read as far as it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from onedoor.tools.catalogues import files
from onedoor.tools.catalogues.cpsv import from_graph
from onedoor.tools.catalogues.files import graph_in, json_in
from onedoor.tools.catalogues.found import code_of, minor, natural
from onedoor.tools.catalogues.hsds import from_services
from onedoor.tools.catalogues.writing import write
from onedoor.tools.cli import main
from onedoor.tools.errors import ToolError

BOMB = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "a"><!ENTITY b "&a;&a;">]><rdf:RDF>&b;</rdf:RDF>'
FOREIGN = """
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://elsewhere.example/svc/42> a cpsv:PublicService ;
  dct:identifier "https://elsewhere.example/svc/Drive Licence!" ;
  dct:title "Driving licence"@en, "Permis"@fr ; dct:description "How to get one" ;
  cv:hasCompetentAuthority <https://elsewhere.example/org/1> ;
  cv:processingTime "P1Y2M" ; cv:hasCost <https://elsewhere.example/cost/1> .
<https://elsewhere.example/org/1> a cv:PublicOrganisation ; skos:prefLabel "Road office"@en .
<https://elsewhere.example/cost/1> a cv:Cost ; dct:identifier "c" ; cv:hasValue 10.5 ;
  cv:currency <http://publications.europa.eu/resource/authority/currency/EUR> .
"""


def file(tmp_path: Path, name: str, text: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.rdf", BOMB, "only Turtle"),
        ("a.xml", BOMB, "only Turtle"),
        ("a.ttl", BOMB, "is XML"),
        ("a.jsonld", BOMB, "is XML"),
        ("a.ttl", b"\xff\xfe\x00", "not UTF-8"),
        ("a.ttl", b"<a:b> <a:c> 'x\x00' .", "NUL"),
        ("a.ttl", "this is no turtle", "cannot be read"),
        ("a.ttl", "<a:b> <a:c> " + "[<a:d> " * 3000, "nested too deeply"),
        ("a.jsonld", "[" * 100_000, "nested too deeply"),
        ("a.jsonld", "[" * 100 + "]" * 100, "nested too deeply"),
        ("a.jsonld", '{"@context": "https://evil.example/context"}', "not fetched"),
        ("a.jsonld", '{"@context": ["https://evil.example/context", {}]}', "not fetched"),
        ("a.jsonld", '{"@context": {"@import": "file:///etc/passwd"}}', "not fetched"),
        ("a.jsonld", '{"@context": {"a": {"@id": "a:b", "@context": "http://x.example"}}}', "not fetched"),
        ("a.jsonld", '{"@id": "a:b", "a:c": {"@context": "http://x.example"}}', "not fetched"),
        ("a.jsonld", '{"a:b": "\\ud800"}', "half a sign"),
        ("a.jsonld", "{", "not JSON"),
    ],
)
def test_a_graph_that_is_refused(tmp_path: Path, name: str, text: str | bytes, said: str) -> None:
    with pytest.raises(ToolError, match=said):
        graph_in(file(tmp_path, name, text))


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST", 3)
    many = " , ".join(f"<a:{number}>" for number in range(5))
    with pytest.raises(ToolError, match="more than 3"):
        graph_in(file(tmp_path, "a.ttl", f"<a:b> <a:c> {many} ."))
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(ToolError, match="larger than"):
        graph_in(file(tmp_path, "b.ttl", "<a:b> <a:c> <a:d> ."))
    with pytest.raises(ToolError, match="cannot be read"):
        graph_in(tmp_path / "nothing.ttl")


@pytest.mark.parametrize(
    "held",
    ['"x"', "[]x", "[1]", '{"contents": 5}', '{"contents": [{}]}', "null", '{"x": "\\ud800"}', "[" * 99999],
)
def test_services_that_are_refused(tmp_path: Path, held: str) -> None:
    with pytest.raises(ToolError):
        from_services(json_in(file(tmp_path, "a.json", held)), source="x")


def test_a_foreign_catalogue_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    found = from_graph(graph_in(file(tmp_path, "a.ttl", FOREIGN)), source="elsewhere")
    (row,) = found.services.values()
    assert row["code"] == "drive-licence" and row["name"] == {"en": "Driving licence"}
    assert row["authority"] == "1" and found.authorities["1"]["name"] == {"en": "Road office"}
    assert (
        row["demonstration"]
        and row["fees"][0]["state"] == "to_be_set"
        and row["duration"] == {"kind": "unknown"}
    )
    said = " ".join(sentence for _thing, sentence in found.unmapped)
    for part in ("“fr”", "no text in lo", "10.5 EUR", "P1Y2M"):
        assert part in said
    assert write(found, into=tmp_path / "out") == 0
    assert (tmp_path / "out" / "services" / "drive-licence" / "service.yaml").is_file()
    with pytest.raises(ToolError, match="not an empty folder"):
        write(found, into=tmp_path / "out")


def test_plain_hsds_of_somebody_else(tmp_path: Path) -> None:
    thing: dict[str, Any] = {
        "id": "x",
        "name": "Counselling",
        "status": "active",
        "description": "Help",
        "organization": {"id": "y", "name": "City", "description": "City"},
        "cost_options": [{"id": "z", "amount": 1.5, "currency": "lak"}, {"id": "q", "amount": True}],
        "required_documents": [{"id": "d", "document": "Passport"}],
        "attributes": ["nothing", {"taxonomy_term": 5}],
        "phones": [{"number": "1"}],
    }
    found = from_services(json_in(file(tmp_path, "a.json", json.dumps([thing, thing]))), source="elsewhere")
    assert list(found.services) == ["counselling", "counselling-2"]
    row = found.services["counselling"]
    assert row["papers"] == [{"code": "passport", "name": {"en": "Passport"}}]
    assert row["fees"][0]["state"] == "to_be_set" and row["authority"] == "city"
    assert any("phones" in sentence for _thing, sentence in found.unmapped)


EMPTY: dict[str, Any] = {
    **dict.fromkeys(("keywords", "life_events", "papers", "eligibility", "costs", "fees", "offers"), []),
    **dict.fromkeys(("duration", "identity", "more"), {}),
    "time": "",
}


@pytest.mark.parametrize(
    "said",
    [
        "[" * 5_000,
        *map(json.dumps, (5, [], {}, {**EMPTY, "papers": [1]}, {**EMPTY, "fees": [{"lines": 5}]})),
        *map(json.dumps, ({**EMPTY, "offers": [{}]}, {**EMPTY, "offers": [5]}, {**EMPTY, "duration": 5})),
    ],
)
def test_exact_data_that_cannot_be_read_are_left_out(tmp_path: Path, said: str) -> None:
    term = {"code": "service"}
    thing = {"name": "A", "attributes": [{"link_type": "exact", "taxonomy_term": term, "value": said}]}
    found = from_services(json_in(file(tmp_path, "a.json", json.dumps(thing))), source="x")
    assert ("a", "its exact data cannot be read and are left out") in found.unmapped
    assert write(found, into=tmp_path / "out") == 0 and not found.offers


def test_nothing_found_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="No service"):
        write(from_graph(Graph(), source="x"), into=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file(tmp_path, "a.ttl", FOREIGN)
    assert main(["import", "cpsv", str(path), "--into", str(tmp_path / "out")]) == 0
    assert "1 services are written" in capsys.readouterr().out
    assert main(["import", "cpsv", str(path), "--into", str(tmp_path / "out")]) == 2
    assert "not an empty folder" in capsys.readouterr().err


def test_codes_sums_and_order() -> None:
    assert code_of("../../etc/passwd") == "passwd" and code_of("ລາວ", ["service"]) == "service-2"
    assert code_of("a..b") == "a-b" and len(code_of("x" * 500)) <= 62
    assert minor("12345678.0", "LAK") == 12345678 and minor("1.5", "LAK") is None
    assert minor("NaN", "LAK") is None and minor("1e999999", "LAK") is None and minor("-1", "LAK") is None
    assert sorted(["law-10", "law-2", "law"], key=natural) == ["law", "law-2", "law-10"]
