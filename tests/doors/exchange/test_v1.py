"""The machine door: tokens, idempotency, problems, and the description that is committed."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.doors.exchange.v1 import described
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi" / "v1.json"


class Machine:
    """A client with a token; every write gets a key of its own unless one is named."""

    def __init__(self, here: Hall, token: str | None = None) -> None:
        self.base = f"/api/v1/centres/{here.code}"
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {token or here.machine_token}"}

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, kind: str = "application/json"
    ) -> Any:
        headers = {**self.headers, "Idempotency-Key": key or new_id().hex}
        data = body if isinstance(body, bytes | str) else json.dumps(body or {})
        return self.client.post(self.base + path, data, content_type=kind, headers=headers)

    def get(self, path: str) -> Any:
        return self.client.get(self.base + path, headers=self.headers)

    def take(self, **more: Any) -> dict[str, Any]:
        return self.post("/tickets", {"service": "birth-registration", **more}).json()


@pytest.fixture
def machine(here: Hall) -> Machine:
    return Machine(here)


def test_a_cycle(machine: Machine) -> None:
    ticket = machine.take(name="ທ້າວ ບຸນມີ", phone="02055551234")
    assert ticket["number"] == "A001" and ticket["status"] == "waiting"
    called = machine.post("/counters/2/call-next").json()
    assert called["id"] == ticket["id"] and called["status"] == "called"
    for step, status in (("start", "serving"), ("hold", "held")):
        assert machine.post(f"/tickets/{ticket['id']}/{step}").json()["status"] == status
    assert machine.get(f"/tickets/{ticket['id']}").json()["status"] == "held"
    assert machine.get("/queue").json() == {
        "waiting": 0,
        "expected_wait_minutes": 0,
        "wait_low_minutes": 0,
        "wait_high_minutes": 3,
        "called": [],
        "next": [],
    }


def test_the_whole_line_without_anybodys_name(machine: Machine) -> None:
    taken = [machine.take(name="ທ້າວ ບຸນມີ", phone="02055551234") for _ in range(3)]
    first = machine.get("/line?limit=2")
    assert [one["ticket"] for one in first.json()["items"]] == [one["id"] for one in taken[:2]]
    assert "ບຸນມີ" not in first.content.decode() and "token" not in first.content.decode()
    rest = machine.get(f"/line?after={first.json()['next']}").json()
    assert [(one["ticket"], one["ahead"]) for one in rest["items"]] == [(taken[2]["id"], 2)]
    assert rest["next"] is None and rest["items"][0]["promised_high_minutes"] is not None
    for wrong in ("zone=moon", "after=x", "limit=0"):
        assert machine.get(f"/line?{wrong}").status_code == 422


def test_a_repeated_key_gets_the_first_answer_and_does_nothing(machine: Machine, here: Hall) -> None:
    one = machine.post("/tickets", {"service": "birth-registration"}, key="k-1")
    two = machine.post("/tickets", {"service": "birth-registration"}, key="k-1")
    assert (one.status_code, two.status_code) == (201, 201)
    assert one.content == two.content and two["Idempotency-Replayed"] == "true"
    assert queue.waiting_count(here.centre, at=now()) == 1
    machine.take()
    first = machine.post("/counters/1/call-next", key="k-2")
    assert machine.post("/counters/1/call-next", key="k-2").content == first.content
    begun = machine.post(f"/tickets/{first.json()['id']}/start", key="k-3")
    assert machine.post(f"/tickets/{first.json()['id']}/start", key="k-3").content == begun.content
    assert queue.waiting_count(here.centre, at=now()) == 1


def test_a_key_with_another_body_or_address_is_a_conflict(machine: Machine, here: Hall) -> None:
    machine.post("/tickets", {"service": "birth-registration"}, key="k-1")
    for path, body in (("/tickets", {"service": "document-registration"}), ("/counters/1/call-next", None)):
        answer = machine.post(path, body, key="k-1")
        assert answer.status_code == 409 and answer.json()["code"] == "key_reused"
    assert queue.waiting_count(here.centre, at=now()) == 1


def test_refusals_are_problem_documents(machine: Machine, here: Hall) -> None:
    empty = machine.post("/counters/1/call-next")
    assert empty.status_code == 409 and empty["Content-Type"] == "application/problem+json"
    assert empty.json()["code"] == "nobody_waits" and empty.json()["status"] == 409
    elsewhere = machine.post("/tickets", {"service": "land-title"})
    assert elsewhere.status_code == 422 and elsewhere.json()["code"] == "service_not_offered_here"
    assert elsewhere.json()["field"] == "service"
    centres.set_counter_state(by=Actor.system(), at=now(), counter=here.counters[0], state="closed")
    assert machine.post("/counters/1/call-next").json()["code"] == "counter_is_closed"
    assert machine.post("/counters/77/call-next").status_code == 404
    assert machine.post(f"/tickets/{new_id()}/start").json()["code"] == "ticket_unknown"
    ticket = machine.take()
    assert machine.post(f"/tickets/{ticket['id']}/finish").json()["code"] == "ticket_has_moved"
    assert machine.get("/tickets/nonsense").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"\xff\xfe",
        b'{"service": "\\ud800"}',
        b'{"service": 7}',
        b'{"service": null}',
        b'{"service": ["birth-registration"]}',
        b'{"service": ""}',
        b'{"service": "a\\u0000b"}',
        b'{"service": "' + b"a" * 500 + b'"}',
        b'{"service": "nothing"}',
        b'{"service": "birth-registration", "priority": "maybe"}',
        b'{"service": "birth-registration", "name": {"a": 1}}',
        b'{"service": "birth-registration", "name": "\\u0000", "phone": "02055551234"}',
        b'{"service": "birth-registration", "phone": "drop table"}',
        b'{"service": "birth-registration", "phone": 2055551234}',
        b'{"service": "birth-registration", "surprise": 1}',
        b'{"service": "birth-registration", "name": "' + b"x" * 70_000 + b'"}',
        b"[" * 20_000,
        b'{"service": 1e999}',
    ],
)
def test_no_body_breaks_the_server(machine: Machine, here: Hall, body: bytes) -> None:
    answer = machine.post("/tickets", body)
    assert 400 <= answer.status_code < 500, answer.content
    assert (
        answer["Content-Type"] == "application/problem+json" and answer.json()["status"] == answer.status_code
    )
    assert queue.waiting_count(here.centre, at=now()) == 0


@pytest.mark.parametrize("key", ["", "k" * 201, "a\tb", "a\x7fb"])
def test_a_wrong_key_is_refused(machine: Machine, here: Hall, key: str) -> None:
    headers = {**machine.headers, "Idempotency-Key": key}
    answer = machine.client.post(
        machine.base + "/tickets",
        '{"service": "birth-registration"}',
        content_type="application/json",
        headers=headers,
    )
    assert answer.status_code == 422


def test_a_missing_key_a_form_and_another_method_are_refused(machine: Machine) -> None:
    missing = machine.client.post(
        machine.base + "/tickets", {}, content_type="application/json", headers=machine.headers
    )
    assert missing.status_code == 422
    assert machine.post("/tickets", b"service=x", kind="application/x-www-form-urlencoded").status_code == 415
    assert machine.client.put(machine.base + "/tickets", headers=machine.headers).status_code == 405


def test_who_may(machine: Machine, here: Hall) -> None:
    nobody = Client().post(f"{machine.base}/tickets", "{}", content_type="application/json")
    assert nobody.status_code == 401 and nobody["Content-Type"] == "application/problem+json"
    assert Machine(here, "odt_wrong").post("/tickets", {}).status_code == 401
    kiosk = Machine(here, here.kiosk_token)
    assert kiosk.take()["number"] == "A001"
    assert kiosk.post("/counters/1/call-next").status_code == 403
    with everything("a test builds its world"):
        other = access.unit_by_code(f"{here.code}-other").id
        _, token = access.issue_token(
            by=Actor.system(), at=now(), name="M2", unit=other, scopes=["queue.take"]
        )
    assert Machine(here, token).post("/tickets", {"service": "birth-registration"}).status_code == 404


def test_a_session_is_no_token(here: Hall) -> None:
    from tests.factories.browsers import at_work

    answer = at_work(here.officer).post(
        f"/api/v1/centres/{here.code}/counters/1/call-next", "{}", content_type="application/json"
    )
    assert answer.status_code == 401, "without a token a request could be forged from another page"


def test_lao_is_not_escaped(machine: Machine, here: Hall) -> None:
    answer = machine.client.get(f"{machine.base}/tickets/{machine.take()['id']}", headers=machine.headers)
    assert b"\\u" not in answer.content


def test_the_committed_description_is_the_present_one(here: Hall) -> None:
    assert COMMITTED.read_bytes() == described(), "run `onedoor docs`"
    assert Client().get("/api/v1/openapi.json").content == described()
