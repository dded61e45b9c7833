"""Limits: a bucket that fills evenly, forgets, and tells how long to wait; and what a refusal says."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from onedoor.doors.exchange import limits
from onedoor.doors.exchange.limits import Bucket, network_of
from onedoor.ui import buckets
from tests.doors.exchange.test_v1 import Machine
from tests.factories.hall import Hall, hall


@pytest.fixture
def here(db: None, at: object) -> Hall:
    from onedoor.kernel.clock import now

    return hall(at=now(), always_open=True)


def test_a_bucket_gives_what_it_holds_and_then_what_flows_in() -> None:
    bucket = Bucket("b", most=3, window=60)
    assert [bucket.take("a", at=0)[:2] for _ in range(4)] == [(True, 2), (True, 1), (True, 0), (False, 0)]
    assert bucket.take("a", at=0).another == 20, "one comes every twenty seconds"
    assert bucket.take("b", at=0)[0], "another asker has a bucket of their own"
    assert not bucket.take("a", at=19)[0]
    assert bucket.take("a", at=20)[0]
    assert bucket.take("a", at=10_000)[1] == 2, "never more than the whole"


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=60))
def test_no_window_gives_more_than_twice_what_is_promised(pauses: list[float]) -> None:
    bucket, at, given_at = Bucket("b", most=5, window=10), 0.0, []
    for pause in pauses:
        at += pause
        if bucket.take("a", at=at)[0]:
            given_at.append(at)
    for begin in given_at:
        assert sum(begin <= one < begin + 10 for one in given_at) <= 10


def test_who_has_not_asked_for_a_while_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MOST_KNOWN", 10)
    bucket = Bucket("b", most=1, window=10)
    for number in range(10):
        bucket.take(number, at=0)
    bucket.take("late", at=11)
    assert len(bucket._held) == 1
    for number in range(30):
        bucket.take(number, at=11)
    assert len(bucket._held) <= 10


def test_a_home_counts_as_one() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff") == "2001:db8::"
    assert network_of("::ffff:10.0.0.1") == network_of("10.0.0.1") == "10.0.0.1"
    assert network_of("no address") == "no address"


def test_a_token_beyond_its_limit_is_told_when_to_come_back(
    here: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TOKENS", Bucket("token", most=2, window=60))
    machine = Machine(here)
    first = machine.get("/queue")
    assert first["RateLimit"] == '"token";r=1;t=30' and first["RateLimit-Policy"] == '"token";q=2;w=60'
    assert machine.post("/tickets", {"service": "birth-registration"}).status_code == 201
    refused = machine.post("/tickets", {"service": "birth-registration"})
    assert refused.status_code == 429 and refused["Retry-After"] == "30"
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "too_many_requests"
    assert Machine(here, here.kiosk_token).get("/queue").status_code == 200, "others are not in the way"
    assert Client().get("/api/v1/services").status_code == 200


def test_an_address_that_guesses_is_slowed_and_others_are_not(
    here: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROOFS", Bucket("proof", most=3, window=60))
    guess = '{"number": "R-0103-1-2026-000001", "code": "aaaa"}'

    def ask(address: str) -> int:
        answer = Client().post(
            "/api/v1/verifications/receipt", guess, content_type="application/json", REMOTE_ADDR=address
        )
        return answer.status_code

    assert [ask("10.0.0.1") for _ in range(5)] == [404, 404, 404, 429, 429]
    assert ask("10.0.0.2") == 404


def test_wrong_tokens_are_counted_by_address_and_a_right_one_beside_them_is_served(
    here: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WRONG", Bucket("wrong-token", most=3, window=60))
    path = f"/api/v1/centres/{here.code}/queue"

    def ask(token: str, address: str = "10.0.0.1") -> Any:
        return Client().get(path, headers={"Authorization": f"Bearer {token}"}, REMOTE_ADDR=address)

    assert [ask(f"odt_{number}").status_code for number in range(5)] == [401, 401, 401, 429, 429]
    refused = ask("odt_again")
    assert refused["Content-Type"] == "application/problem+json" and refused["Retry-After"] == "20"
    assert refused.json()["code"] == "too_many_wrong_tokens" and refused["RateLimit"].startswith(
        '"wrong-token";r=0'
    )
    assert ask(here.machine_token).status_code == 200, "another machine behind the same address goes on"
    assert Client().get(path, REMOTE_ADDR="10.0.0.1").status_code == 401, "nothing was tried"
    assert ask("odt_x", "10.0.0.2").status_code == 401
