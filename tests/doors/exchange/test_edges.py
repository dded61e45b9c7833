"""Values at the edges of what can be written: days before and after all time, long and foreign words, nested bodies."""

from typing import Any

import pytest

from onedoor.kernel.clock import now
from tests.doors.exchange.machines import Program, program
from tests.house.world import World, world

DAYS = [
    "0001-01-01",
    "9999-12-31",
    "1899-12-31",
    "2026-02-30",
    "0",
    "99999999999",
    "-1",
    "2026-03-02T00:00:00Z",
]
WORDS = ["\x00", "\ud7ff", "ກ" * 200, "%", "_" * 100, "'; drop table--", "\u202e", "𝕏", " ", "a\nb"]


@pytest.fixture
def here(db: None) -> World:
    return world(at=now())


@pytest.fixture
def askers(here: World) -> list[tuple[Program, str]]:
    """Who asks, and each list that they may see."""
    mine, ministry = (
        Program(here.tokens[here.right.id]),
        program(here.ministry, "cases.decide", roles=["ministry_officer"]),
    )
    place = f"/centres/{here.code}"
    return [
        (Program(), "/services"),
        (Program(), "/centres"),
        (Program(), "/units"),
        (Program(), f"{place}/ratings"),
        (ministry, "/cases"),
        (ministry, "/tasks"),
        (mine, f"{place}/cases"),
        (mine, f"{place}/tasks"),
        (mine, f"{place}/tickets"),
        (mine, f"{place}/charges"),
        (mine, f"{place}/receipts"),
    ]


@pytest.mark.parametrize("name", ["since", "until", "day", "on"])
def test_days(askers: list[tuple[Program, str]], name: str) -> None:
    for asker, path in askers:
        for value in DAYS:
            answer = asker.get(path, **{name: value})
            assert answer.status_code in (200, 422), (path, name, value, answer.content)


@pytest.mark.parametrize("name", ["after", "q", "status", "due", "service", "life_event", "kind", "parent"])
def test_words(askers: list[tuple[Program, str]], name: str) -> None:
    for asker, path in askers:
        for value in WORDS:
            answer = asker.get(path, **{name: value})
            assert answer.status_code in (200, 400, 404, 422), (path, name, value, answer.content)


@pytest.mark.parametrize("value", ["0", "-1", "201", "9" * 30, "1.5", "x", "", "٣"])
def test_limits_of_a_page(askers: list[tuple[Program, str]], value: str) -> None:
    for asker, path in askers:
        if not path.endswith("ratings"):
            assert asker.get(path, limit=value).status_code in (200, 422), path


NESTED: Any = None
for _ in range(200):
    NESTED = [NESTED]
ANSWERS: list[Any] = [
    {},
    {"child_name": 7},
    {"child_name": {"lo": None}},
    {"child_name": {"lo": ["x"]}},
    {"birth_date": 20260220},
    {"birth_date": "9999-99-99"},
    {"sex": ["female"]},
    {"sex": {"a": 1}},
    {"family_district": {"x": []}},
    {"child_name": NESTED},
    {"child_name": "\x00"},
    {"child_name": {"lo": "\x00", "en": "\x00"}},
    {"\x00": "x"},
    {"informant_phone": 2**63},
    {"x" * 1000: 1e308},
]


@pytest.mark.parametrize("answers", ANSWERS, ids=range(len(ANSWERS)))
def test_answers_of_a_form(here: World, answers: Any) -> None:
    centre = Program(here.tokens[here.right.id])
    one = f"/centres/{here.code}/cases/{here.draft}"
    saved = centre.post(f"{one}/answers", {"data": answers})
    assert saved.status_code in (200, 400, 422), saved.content
    assert centre.get(one).status_code == 200
    assert centre.post(f"{one}/receive").status_code == 422
    service = Program().get("/services").json()["items"][0]["code"]
    assert Program().post(f"/services/{service}/quote", {"answers": answers}).status_code < 500


@pytest.mark.parametrize("reason", ["\x00", "x" * 2001, "ກ" * 2000, "", "\u202e"])
def test_reasons(here: World, reason: str) -> None:
    ministry = program(here.ministry, "cases.decide", roles=["ministry_officer"])
    done = ministry.post(f"/tasks/{here.task}/complete", {"outcome": "return", "reason": reason})
    assert done.status_code in (200, 400, 422), done.content


def test_a_missing_key_is_named(here: World) -> None:
    from django.test import Client

    headers = {"Authorization": f"Bearer {here.tokens[here.right.id]}"}
    path = f"/api/v1/centres/{here.code}/cases/{here.draft}/receive"
    answer = Client().post(path, "{}", content_type="application/json", headers=headers)
    assert answer.status_code == 422 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["fields"][0]["field"] == "Idempotency-Key"
