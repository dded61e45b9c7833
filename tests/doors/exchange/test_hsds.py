"""The catalogue as HSDS 3.0: what its tables ask for is there, page by page, and ids are the same at every asking."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from onedoor.doors.exchange.hsds.asked import READ
from onedoor.doors.exchange.hsds.places import location
from onedoor.doors.exchange.opened import opened
from onedoor.kernel.clock import now
from tests.doors.exchange.opening import one_of_everything
from tests.doors.exchange.tables import LISTS, NESTED, PAGE, TABLES, offences
from tests.factories.hall import Hall, hall


@pytest.fixture
def here(db: None) -> Hall:
    held = hall(at=now(), always_open=True)
    one_of_everything(held)
    return held


def ask(address: str, language: str = "en", **asked: Any) -> Any:
    told = Client().get(f"/api/hsds/{address}", asked, headers={"Accept-Language": language})
    assert told.status_code == 200, told.content
    return told.json()


def by_code(code: str, language: str = "en") -> dict[str, Any]:
    url = f"http://127.0.0.1:8000/services/{code}/"
    (line,) = [one for one in ask("services", language)["contents"] if one["url"] == url]
    whole: dict[str, Any] = ask(f"services/{line['id']}", language)
    return whole


LISTED = {
    "services": "service",
    "services?full=true": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "service_at_locations?full=true": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "organizations?full_service=true": "organization",
}


def ids_by_table(thing: dict[str, Any], table: str) -> Iterator[tuple[str, str, str]]:
    """The table, the id and the text of a thing and of all that it holds."""
    yield table, thing["id"], json.dumps(thing, sort_keys=True)
    for field, inside in thing.items():
        for one in inside if isinstance(inside, list) else [inside]:
            if isinstance(one, dict):
                yield from ids_by_table(one, LISTS.get(field) or NESTED[field])


def test_everything_is_sound(here: Hall) -> None:
    seen: dict[tuple[str, str], str] = {}
    for address, table in LISTED.items():
        page = ask(address)
        Draft202012Validator(PAGE).validate(page)
        assert page["contents"]
        for one in page["contents"]:
            assert not offences(one, table)
            if "full_service" in address:
                continue  # the same organization, with more in it
            if "full=" in address or table not in ("service", "service_at_location"):
                for kind, id, said in ids_by_table(one, table):
                    assert seen.setdefault((kind, id), said) == said, (kind, id)
        if "?" not in address:
            assert not offences(ask(f"{address}/{page['contents'][0]['id']}"), table)
    assert {table for table, _id in seen} == set(TABLES) - {"about", "phone"}
    held = opened(address="https://onedoor.example")
    reached = location(held, replace(held.centres[0], phone="021 212 121"), "en")
    assert not offences(reached, "location") and reached["phones"][0]["number"] == "021 212 121"
    assert not offences(ask(""), "about") and ask("")["version"] == "3.0"


def test_a_service_whole(here: Hall) -> None:
    whole = by_code("whole")
    assert whole["name"] == "Service whole" and whole["alternate_name"] == "ບໍລິການ whole"
    assert by_code("whole", "lo")["name"] == "ບໍລິການ whole"
    assert [(one["option"], one.get("amount")) for one in whole["cost_options"]] == [
        ("Form", 15_000),
        ("Tax: ≤ 110 cc", 15_000),
        ("Tax: > 110 cc", 12_345_678),
        ("Speed: Fast", 500),
        ("Speed: Usual", 200),
    ]
    assert {one["currency"] for one in whole["cost_options"]} == {"LAK"}
    assert by_code("dollars")["cost_options"][0]["amount"] == 10.5
    assert (
        by_code("free")["cost_options"][0]["amount"] == 0
        and by_code("free")["fees_description"] == "Free by law"
    )
    assert "amount" not in by_code("unset")["cost_options"][0]
    assert [one["document"] for one in whole["required_documents"]] == ["Land title", "Receipt", "Photograph"]
    events = [
        one["taxonomy_term"]["code"] for one in whole["attributes"] if one.get("link_type") == "life event"
    ]
    assert events == ["birth", "business"]


def test_where_and_when(here: Hall) -> None:
    birth = ask(f"services/{here.birth}")
    found = birth["service_at_locations"][0]
    assert found["location"]["id"] == str(here.centre) and found["location"]["addresses"][0]["country"]
    hours = found["schedules"][0]
    assert (hours["freq"], hours["byday"], hours["timezone"]) == ("WEEKLY", "MO,TU,WE,TH,FR,SA,SU", 7)
    assert hours["opens_at"].endswith("+07:00")
    assert ask(f"service_at_locations/{found['id']}")["schedules"] == found["schedules"]


def test_pages_and_what_narrows_them(here: Hall) -> None:
    first = ask("services", per_page=2)
    assert (first["size"], first["first_page"], first["last_page"], first["empty"]) == (2, True, False, False)
    last = ask("services", per_page=2, page=first["total_pages"])
    assert last["last_page"] and not last["empty"]
    beyond = ask("services", page=99)
    assert beyond["empty"] and beyond["contents"] == []
    total = first["total_items"]
    assert ask("services", organization_id=str(here.ministry))["total_items"] == total
    assert ask("services", organization_id=str(UUID(int=1)))["total_items"] == 0
    term = next(one["id"] for one in ask("taxonomy_terms")["contents"] if one["code"] == "birth")
    assert [one["name"] for one in ask("services", taxonomy_term_id=term)["contents"]] == ["Service whole"]
    assert "Service dollars" in [one["name"] for one in ask("services", search="Service dollars")["contents"]]


def test_the_standards_filters(here: Hall) -> None:
    every = ask("services", minimal="true")
    assert every["total_pages"] == 1 and every["total_items"] == ask("services")["total_items"]
    assert {tuple(one) for one in every["contents"]} == {("id", "modified_date")}
    changed = sorted(one["modified_date"] for one in every["contents"])
    assert ask("services", modified_after=changed[0])["total_items"] == len(changed)
    newest = ask("services", modified_after=changed[-1], minimal="true")["contents"]
    assert newest and {one["modified_date"] for one in newest} == {changed[-1]}
    assert ask("services", modified_after="2999-01-01")["empty"]
    assert ask("service_at_locations", modified_after="2999-01-01T00:00:00Z")["empty"]
    taxonomies = {one["name"]: one["id"] for one in ask("taxonomies")["contents"]}
    moments = taxonomies["Life events"]
    assert [one["name"] for one in ask("services", taxonomy_id=moments)["contents"]] == ["Service whole"]
    for address, asked in (
        ("services", {"taxonomy_id": UUID(int=1)}),
        ("taxonomy_terms", {"parent_id": UUID(int=1)}),
    ):
        assert ask(address, **asked)["empty"]
    terms = ask("taxonomy_terms", taxonomy_id=moments)["contents"]
    assert {one["taxonomy_id"] for one in terms} == {moments}
    assert len(terms) == ask("taxonomy_terms", taxonomy_id=moments, top_only="true")["total_items"]
    assert [one["code"] for one in ask("taxonomy_terms", search="keyword")["contents"]] == ["keyword"]
    own = ask(f"organizations/{here.ministry}", full_service="true")["services"]
    assert len(own) == ask("services", organization_id=str(here.ministry))["total_items"]
    assert "services" not in ask(f"organizations/{here.ministry}")
    assert ask("organizations", taxonomy_id=UUID(int=1))["empty"]
    lines = Client().get("/api/hsds/services?format=ndjson").content.decode().splitlines()
    assert len(lines) == len(changed) and not offences(json.loads(lines[0]), "service")


def test_its_description_names_what_is_asked(here: Hall) -> None:
    told = ask("openapi.json")
    assert ask("")["openapi_url"].endswith("/api/hsds/openapi.json")
    for address, about in told["paths"].items():
        if "{" in address or address == "/":
            continue
        assert ask(address.strip("/"))["contents"]
        for one in about["get"]["parameters"]:
            name = one["$ref"].rpartition("/")[2]
            assert name in READ and name in told["components"]["parameters"]
    assert set(READ) == set(told["components"]["parameters"])


@pytest.mark.parametrize(
    "asked",
    [
        "page=x",
        "page=0",
        "per_page=-1",
        "full=maybe",
        "organization_id=x",
        "page=9999999",
        "modified_after=yesterday",
        "modified_after=0001-01-01",
        "minimal=2",
        "format=xml",
        "taxonomy_id=birth",
        "search=" + "x" * 201,
        "postcode=01000",
    ],
)
def test_what_cannot_be_read_is_named(here: Hall, asked: str) -> None:
    told = Client().get(f"/api/hsds/services?{asked}")
    assert told.status_code == 400 and told.json()["field"] == asked.partition("=")[0]


def test_what_is_not_there(here: Hall) -> None:
    for kind in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        told = Client().get(f"/api/hsds/{kind}/{UUID(int=1)}")
        assert told.status_code == 404 and told.json()["code"] == "nothing_here"
