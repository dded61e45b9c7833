"""What anybody may ask: services and their price, centres and how full they are, units, ratings, scopes."""

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.doors.exchange.machines import Program, program
from tests.doors.exchange.test_v1 import Machine
from tests.factories.hall import SYSTEM, Hall, hall
from tests.factories.services import service


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def anybody() -> Program:
    return Program()


def test_services_by_code_page_by_page(here: Hall, anybody: Program) -> None:
    first = anybody.get("/services", limit=2)
    second = anybody.get("/services", limit=2, after=first.json()["next"]).json()
    codes = [one["code"] for one in first.json()["items"] + second["items"]]
    assert codes == ["birth-registration", "document-registration", "land-title"] and second["next"] is None
    assert first["Link"] == '</api/v1/services?limit=2&after=document-registration>; rel="next"'
    one = anybody.get("/services/birth-registration").json()
    assert one["authority"]["code"] == "MOHA" and one["name"]["lo"] == "ຈົດທະບຽນການເກີດ"
    assert anybody.get("/services/nothing").json()["code"] == "unknown_service"


def test_a_quote_line_by_line(here: Hall, anybody: Program, at: object) -> None:
    fee = catalogue.Fee(state="set", amount=40_000)
    with everything("a test builds its world"):
        service(at=now(), code="notary", en="Notary", fees=(fee,))
    told = anybody.post("/services/notary/quote", {"answers": {}}).json()
    assert told["total"] == 40_000 and [line["amount"] for line in told["lines"]] == [40_000]
    unset = anybody.post("/services/land-title/quote").json()
    assert unset["state"] == "to_be_set" and unset["total"] is None
    assert anybody.post("/services/notary/quote", {"answers": []}).status_code == 422


def test_centres_and_how_full_they_are(here: Hall, anybody: Program) -> None:
    Machine(here).take()
    listed = anybody.get("/centres").json()["items"]
    assert [(one["code"], one["waiting"], one["open"]) for one in listed] == [
        (here.code, 1, True),
        (f"{here.code}-other", 0, True),
    ]
    (only,) = anybody.get("/centres", service="land-title").json()["items"]
    assert only["code"] == f"{here.code}-other"
    whole = anybody.get(f"/centres/{here.code}").json()
    assert {one["service"] for one in whole["offers"]} == {"birth-registration", "document-registration"}
    load = anybody.get(f"/centres/{here.code}/load").json()
    assert (load["waiting"], load["counters_open"], load["counters"]) == (1, 3, 3)
    assert load["expected_wait_minutes"] >= 1
    assert anybody.get("/centres/9999-9").status_code == 404


def test_units_of_the_two_trees(here: Hall, anybody: Program) -> None:
    authorities = anybody.get("/units", tree="authority").json()["items"]
    assert [one["code"] for one in authorities] == ["MOHA"]
    below = anybody.get("/units", parent="0103").json()["items"]
    assert [one["code"] for one in below] == [here.code, f"{here.code}-other"]
    one = anybody.get(f"/units/{here.code}").json()
    assert one["path"] == ["LA", "01", "0103"] and one["parent"] == "0103" and one["kind"] == "centre"
    assert anybody.get("/units", on="1900-01-01").json()["items"] == []
    assert anybody.get("/units", tree="family").status_code == 422


def test_tickets_of_a_day_by_number(here: Hall) -> None:
    machine = Machine(here)
    numbers = [machine.take()["number"] for _ in range(3)]
    first = machine.client.get(f"{machine.base}/tickets?limit=2", headers=machine.headers).json()
    second = machine.get(f"/tickets?limit=2&after={first['next']}").json()
    assert [one["number"] for one in first["items"] + second["items"]] == numbers
    assert "token" not in first["items"][0], "a list leads to nobody's page"
    machine.post("/counters/1/call-next")
    (called,) = machine.get("/tickets?status=called").json()["items"]
    assert called["number"] == numbers[0]
    assert machine.get("/tickets?day=2020-01-01").json()["items"] == []
    assert machine.get("/tickets?status=asleep").status_code == 422
    assert machine.get("/tickets?limit=many").status_code == 422


def test_a_visit_is_rated_once(here: Hall, anybody: Program) -> None:
    at = now()
    ticket = queue.take_ticket(by=SYSTEM, at=at, centre=here.centre, service=here.birth)
    with everything("a test asks"):
        voice.open_rating(by=SYSTEM, at=at, visit=ticket.visit, centre=here.centre, service=here.birth)
    token = voice.token_for(ticket.visit)
    assert anybody.get(f"/ratings/{token}").json() == {"centre": here.code, "state": "open"}
    for score in (0, 6, 4.5, "5", None):
        assert anybody.post(f"/ratings/{token}", {"score": score}).status_code == 422
    done = anybody.post(f"/ratings/{token}", {"score": 4}, key="same")
    assert done.json()["state"] == "rated"
    assert anybody.post(f"/ratings/{token}", {"score": 4}, key="same")["Idempotency-Replayed"] == "true"
    assert anybody.post(f"/ratings/{token}", {"score": 5}, key="same").json()["code"] == "key_reused"
    assert anybody.post(f"/ratings/{token}/decline").json()["code"] == "already_answered"
    assert anybody.post("/ratings/nothing", {"score": 4}, key="same").status_code == 404, "a key of its own"
    told = anybody.get(f"/centres/{here.code}/ratings").json()
    assert (told["rated"], told["waiting"], told["satisfied"], told["scores"]) == (
        0,
        1,
        None,
        {},
    )  # this evening
    assert (
        anybody.get(f"/centres/{here.code}/ratings", since="2026-01-02", until="2026-01-01").status_code
        == 422
    )


def test_scopes_have_their_sentences(here: Hall, anybody: Program) -> None:
    told = {one["code"]: one for one in anybody.get("/scopes").json()["items"]}
    assert told["queue.call"]["sentence"]["en"] == "Call a person to a counter and serve them"
    assert told["queue.call"]["sentence"]["lo"] != told["queue.call"]["sentence"]["en"]
    assert "callNext" in told["queue.call"]["operations"]
    assert set(told) <= set(access.permissions())


def test_what_is_not_offered_is_told_so(here: Hall, anybody: Program) -> None:
    from django.test import Client

    wrong = Client().delete("/api/v1/services")
    assert (wrong.status_code, wrong["Allow"]) == (405, "GET, HEAD")
    assert wrong["Content-Type"] == "application/problem+json"
    head = Client().head("/api/v1/services")
    assert head.status_code == 200 and head.content == b""
    assert Client().get("/api/v1/nothing").json()["status"] == 404
    big = anybody.post("/services/land-title/quote", {"answers": {"a": "x" * 70_000}})
    assert big.status_code == 413
    form = anybody.post("/services/land-title/quote", b"a=1", kind="application/x-www-form-urlencoded")
    assert form.status_code == 415


def test_people_read_refusals_in_their_language(here: Hall) -> None:
    machine, words = Machine(here), []
    for language in ("en", "lo"):
        headers = {**machine.headers, "Accept-Language": language}
        answer = machine.client.get(f"{machine.base}/tickets/{new_id()}", headers=headers)
        words.append(answer.json()["detail"])
    assert words[0].isascii() and not words[1].isascii()


def test_a_complaint_is_made_followed_and_listed_without_its_words(here: Hall, anybody: Program) -> None:
    path = f"/centres/{here.code}/complaints"
    said = {"centre": here.code, "topic": "waiting", "text": "A whole morning.", "contact": "020 5555 1234"}
    made = anybody.post("/complaints", said, key="c-1")
    assert made.status_code == 201, made.content
    again = anybody.post("/complaints", said, key="c-1")
    assert again.json() == {**made.json(), "code": None} and again["Idempotency-Replayed"] == "true"
    proof = {name: made.json()[name] for name in ("number", "code")}
    seen = anybody.post("/complaints/follow", proof).json()
    assert (seen["text"], seen["answered_at"], seen["answer"]) == ("A whole morning.", None, "")
    wrong = anybody.post("/complaints/follow", {**proof, "code": "0000-0000-0000-0"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "number_or_code_is_wrong")
    for bad in ({"topic": "weather"}, {"text": ""}, {"text": "x" * 2001}, {"who": "me"}):
        assert anybody.post("/complaints", {**said, **bad}).status_code == 422
    assert anybody.post("/complaints", {**said, "centre": "9999-9"}).status_code == 404

    head = program(here.centre, "voice.answer")
    anybody.post("/complaints", {**said, "topic": "money"})
    first = head.get(path, limit=1).json()
    second = head.get(path, limit=1, after=first["next"]).json()
    lines = first["items"] + second["items"]
    assert [one["topic"] for one in lines] == ["money", "waiting"] and second["next"] is None
    assert "text" not in lines[0] and "contact" not in lines[0]
    assert head.get(path, state="answered").json()["items"] == []
    whole = head.get(f"{path}/{lines[1]['id']}").json()
    assert whole["contact"] == "020 5555 1234" and whole["state"] == "waiting"
    assert Sight.objects.filter(subject=lines[1]["id"], actor_kind="machine").count() == 1
    assert head.post(f"{path}/{lines[1]['id']}").status_code == 405, "people answer"
    assert head.post(path, said).status_code == 405
    other = access.unit_by_code(f"{here.code}-other")
    stranger = program(other.id, "voice.answer")
    assert stranger.get(f"/centres/{other.code}/complaints/{lines[1]['id']}").status_code == 404
    assert stranger.get(path).status_code == 404 and anybody.get(path).status_code == 401
