"""The catalogue as CPSV-AP 3.2: valid, whole, the same in both texts, and cheap for whoever asks again."""

from __future__ import annotations

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, SKOS

from onedoor.doors.exchange import kept, limits
from onedoor.kernel.clock import now
from tests.doors.exchange.opening import one_of_everything, publish, words
from tests.doors.exchange.shapes import PRESENT, named, shapes
from tests.factories.hall import Hall, hall

CV, CPSV = Namespace("http://data.europa.eu/m8g/"), Namespace("http://purl.org/vocab/cpsv#")
AT = "http://127.0.0.1:8000/api/catalogue"


@pytest.fixture
def here(db: None) -> Hall:
    held = hall(at=now(), always_open=True)
    one_of_everything(held)
    return held


def read(address: str, kind: str = "turtle") -> Graph:
    told = Client().get(address)
    assert told.status_code == 200
    return Graph().parse(data=told.content, format=kind)


def thing(name: str) -> URIRef:
    return URIRef(f"{AT}{name}")


def test_it_is_valid_and_every_class_is_there(here: Hall) -> None:
    whole = read("/api/catalogue.ttl")
    sound, _graph, found = validate(whole, shacl_graph=shapes())
    assert sound, found
    assert set(whole.objects(None, RDF.type)) >= {named(kind) for kind in PRESENT}
    whole.remove((thing("/services/free"), CV.hasCompetentAuthority, None))
    assert not validate(whole, shacl_graph=shapes())[0]


def test_what_is_not_known_is_left_out(db: None) -> None:
    empty = read("/api/catalogue.ttl")
    assert validate(empty, shacl_graph=shapes())[0] and not set(empty.subjects(RDF.type, DCAT.Dataset))
    publish("bare", authority=hall(at=now(), always_open=True).ministry, fees=(), result={})
    bare = read("/api/catalogue/services/bare.ttl")
    sound, _graph, found = validate(bare, shacl_graph=shapes())
    assert sound, found
    assert bare.value(thing("/services/bare"), CPSV.produces) is None


def test_both_texts_say_the_same(here: Hall) -> None:
    assert read("/api/catalogue.ttl").isomorphic(read("/api/catalogue.jsonld", "json-ld"))
    service = read("/api/catalogue/services/whole.ttl")
    assert service.isomorphic(read("/api/catalogue/services/whole.jsonld", "json-ld"))
    assert not set(service) - set(read("/api/catalogue.ttl"))
    assert validate(service, shacl_graph=shapes())[0]


def test_what_a_service_says_of_itself(here: Hall) -> None:
    whole, service = read("/api/catalogue.ttl"), thing("/services/whole")
    assert set(whole.objects(service, DCTERMS.title)) == {
        Literal("ບໍລິການ whole", lang="lo"),
        Literal("Service whole", lang="en"),
    }
    assert set(whole.objects(service, DCAT.keyword)) == {Literal("ລົດ", lang="lo"), Literal("car", lang="en")}
    assert str(whole.value(service, CV.processingTime)) == "P3D"
    assert str(whole.value(thing("/services/free"), CV.processingTime)) == "PT4H"
    assert whole.value(thing("/services/unset"), CV.processingTime) is None
    assert set(whole.objects(service, CV.isClassifiedBy)) == {
        thing("#working-days"),
        thing("#identity-vouched"),
    }
    law = whole.value(service, CV.hasLegalResource)
    assert (whole.value(whole.value(service, CPSV.follows), CPSV.implements)) == law
    need = thing("/services/whole#requirement-title")
    assert set(whole.objects(need, CV.hasSupportingEvidence)) == {
        thing("/services/whole#evidence-title"),
        thing("/services/whole#evidence-receipt"),
    }
    assert (thing("#event-business"), RDF.type, CV.BusinessEvent) in whole
    assert (thing("#event-birth"), RDF.type, CV.LifeEvent) in whole


def test_costs_with_all_their_digits(here: Hall) -> None:
    whole = read("/api/catalogue.ttl")

    def costs(code: str) -> dict[str, tuple[str, str | None]]:
        found = {}
        for one in whole.objects(thing(f"/services/{code}"), CV.hasCost):
            value, kind = whole.value(one, CV.hasValue), whole.value(one, DCTERMS.type)
            found[str(whole.value(one, DCTERMS.identifier))] = (
                str(kind).partition("#")[2],
                None if value is None else str(value),
            )
        return found

    assert costs("whole") == {
        "form": ("fee-fixed", "15000.0"),
        "tax.1": ("fee-by-answers", "15000.0"),
        "tax.2": ("fee-by-answers", "12345678.0"),
        "speed.fast": ("fee-by-answers", "500.0"),
        "speed.usual": ("fee-by-answers", "200.0"),
    }
    assert costs("free") == {"fee": ("fee-free", "0.0")}
    assert costs("unset") == {"fee": ("fee-to-be-set", None)}
    assert costs("dollars") == {"fee": ("fee-fixed", "10.5")}
    free = thing("/services/free#cost-fee")
    assert Literal("A law", lang="en") in set(whole.objects(free, SKOS.note))


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        ("text/turtle", 200, "text/turtle; charset=utf-8"),
        ("application/ld+json", 200, "application/ld+json; charset=utf-8"),
        ("application/json", 200, "application/ld+json; charset=utf-8"),
        ("*/*", 200, "text/turtle; charset=utf-8"),
        ("text/html,*/*;q=0.8", 303, None),
        ("image/png", 406, "application/problem+json"),
    ],
)
def test_the_reader_chooses_the_form(here: Hall, accept: str, status: int, kind: str | None) -> None:
    told = Client().get("/api/catalogue/services/free", headers={"Accept": accept})
    assert told.status_code == status and "Accept" in told["Vary"].split(", ")
    if kind:
        assert told["Content-Type"] == kind
    else:
        assert told["Location"] == "/services/free/"


def test_what_is_the_same_is_not_told_again(here: Hall) -> None:
    first = Client().get("/api/catalogue.ttl")
    again = Client().get("/api/catalogue.ttl", headers={"If-None-Match": f"W/{first['ETag']}"})
    assert again.status_code == 304 and not again.content and again["ETag"] == first["ETag"]
    assert "max-age" in first["Cache-Control"] and first["Access-Control-Allow-Origin"] == "*"
    publish("later", authority=here.ministry, fees=(), summary=words("ໃໝ່", "New"))
    changed = Client().get("/api/catalogue.ttl", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and b"services/later" in changed.content


def test_a_crawler_has_it_made_once(here: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    original = kept.opened
    monkeypatch.setattr(kept, "opened", lambda *, address: made.append(address) or original(address=address))
    for _turn in range(3):
        Client().get("/api/catalogue.ttl")
        Client().get("/api/hsds/services")
    assert len(made) <= 1


def test_what_is_refused(here: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = Client().get("/api/catalogue/services/nothing.ttl")
    assert unknown.status_code == 404 and unknown.json()["code"] == "unknown_service"
    written = Client().post("/api/catalogue.ttl")
    assert written.status_code == 405 and written["Allow"] == "GET, HEAD"
    monkeypatch.setattr(limits.ADDRESSES, "take", lambda who, *, at: limits.Taken(False, 0, 1, 60))
    assert Client().get("/api/catalogue.ttl").status_code == 429


def test_the_page_for_people_names_the_forms_for_programs(here: Hall) -> None:
    page = Client().get("/services/whole/").content.decode()
    for ending in ("ttl", "jsonld"):
        assert f'rel="alternate" type="{"text/turtle" if ending == "ttl" else "application/ld+json"}"' in page
        assert Client().get(f"/api/catalogue/services/whole.{ending}").status_code == 200
        assert f"/api/catalogue/services/whole.{ending}" in page
