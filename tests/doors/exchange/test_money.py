"""Money by programs: a drawer, a charge, a receipt; amounts that cannot be; receipts that are guessed."""

import json
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.payments import api as payments
from onedoor.domain.payments.models import Receipt
from onedoor.kernel.clock import now
from onedoor.kernel.inbox.models import Request
from onedoor.kernel.scope import everything
from tests.doors.exchange.machines import Program, program
from tests.factories.again import day_of
from tests.factories.till import FLOAT, PDF, Till, a_day_of_cash, till

TAKE = ("payments.take", "payments.read")


@pytest.fixture
def made(db: None) -> Till:
    return till(at=now())


@pytest.fixture
def cashier(made: Till) -> Program:
    return program(made.centre, *TAKE)


def opened(cashier: Program, made: Till) -> str:
    answer = cashier.post(f"/centres/{made.code}/drawers", {"counter": "1", "notes": FLOAT})
    assert answer.status_code == 201 and answer.json()["float_total"] == 270_000
    return f"/centres/{made.code}/drawers/{answer.json()['id']}"


def test_from_the_drawer_to_its_close(made: Till, cashier: Program) -> None:
    drawer, charge = opened(cashier, made), made.charge(at=now())
    (due,) = cashier.get(f"/centres/{made.code}/charges").json()["items"]
    assert due["id"] == str(charge.id) and due["fee"] == 40_000
    one = f"/centres/{made.code}/charges/{charge.id}"
    paid = cashier.post(f"{one}/settle", {"tendered": 50_000, "items": {"copy": 2}}, key="p-1")
    assert paid.status_code == 201, paid.content
    receipt = paid.json()
    assert (receipt["total"], receipt["incidental"], receipt["change_given"]) == (42_000, 2_000, 8_000)
    again = cashier.post(f"{one}/settle", {"tendered": 50_000, "items": {"copy": 2}}, key="p-1")
    assert again.json() == {**receipt, "code": None} and again["Idempotency-Replayed"] == "true"
    assert receipt["code"] not in Request.objects.get(key="p-1").answer
    assert cashier.post(f"{one}/settle", {"tendered": 50_000}).json()["code"] == "already_paid"

    anybody = Program()
    proof = {"number": receipt["number"], "code": receipt["code"]}
    assert anybody.post("/verifications/receipt", proof).json()["total"] == 42_000
    held = cashier.get(drawer).json()
    assert held["state"] == "open"
    closing = cashier.post(f"{drawer}/close", {"notes": {"1000": 1}})
    assert closing.status_code == 422 and closing.json()["field"] == "reason"
    counted = {**FLOAT, "20000": FLOAT.get("20000", 0) + 2, "1000": FLOAT.get("1000", 0) + 2}
    closed = cashier.post(f"{drawer}/close", {"notes": counted})
    assert closed.json()["state"] == "closed" and closed.json()["difference"] == 0
    assert cashier.post(f"{drawer}/close", {"notes": counted}).status_code == 409


@pytest.mark.parametrize(
    "tendered",
    [-1, 40_000.5, 4e4, "40000", 10**18, 10**30, 1_000_000_001, None, True, [40_000], {}, 40_001, 39_500],
)
def test_an_amount_that_cannot_be_is_refused_and_nothing_is_taken(
    made: Till, cashier: Program, tendered: Any
) -> None:
    opened(cashier, made)
    charge = made.charge(at=now())
    body = json.dumps({"tendered": tendered}).encode()
    refused = cashier.post(f"/centres/{made.code}/charges/{charge.id}/settle", body)
    assert refused.status_code == 422, refused.content
    told = refused.json()
    assert "tendered" in (told.get("field") or "") or "tendered" in told["fields"][0]["field"]
    with everything("a test looks"):
        assert Receipt.objects.count() == 0 and payments.Charge.objects.get(id=charge.id).state == "open"


@pytest.mark.parametrize("body", [b'{"tendered": 1e999}', b'{"tendered": NaN}', b'{"tendered": -Infinity}'])
def test_numbers_that_are_none_cannot_be_read(made: Till, cashier: Program, body: bytes) -> None:
    charge = made.charge(at=now())
    assert cashier.post(f"/centres/{made.code}/charges/{charge.id}/settle", body).status_code in (400, 422)


@pytest.mark.parametrize(
    "more",
    [
        {"items": {"copy": -1}},
        {"items": {"copy": 21}},
        {"items": {"bribe": 1}},
        {"items": {"copy": 1.5}},
        {"given": -1},
        {"given": 20_000},
        {"tip": 1},
    ],
)
def test_nothing_but_the_tariff_and_the_change_due(made: Till, cashier: Program, more: Any) -> None:
    opened(cashier, made)
    charge = made.charge(at=now())
    body = {"tendered": 50_000, **more}
    assert cashier.post(f"/centres/{made.code}/charges/{charge.id}/settle", body).status_code == 422


@pytest.mark.parametrize("notes", [{"3": 1}, {"1000": -1}, {"1000": 1.5}, {"1000": 100_000}, {"x": 1}, []])
def test_a_float_of_notes_that_do_not_exist(made: Till, cashier: Program, notes: Any) -> None:
    refused = cashier.post(f"/centres/{made.code}/drawers", {"counter": "1", "notes": notes})
    assert refused.status_code == 422
    assert cashier.post(f"/centres/{made.code}/drawers", {"counter": "77"}).status_code == 404


def test_a_receipt_number_that_is_guessed_opens_nothing(made: Till, cashier: Program) -> None:
    made.open(at=now())
    number = made.paid(at=now()).number
    assert cashier.get(f"/centres/{made.code}/receipts/{number}").json()["code"] is None
    other = access.unit_by_code(f"{made.code}-other")
    stranger = program(other.id, *TAKE)
    assert stranger.get(f"/centres/{other.code}/receipts/{number}").status_code == 404
    assert stranger.get(f"/centres/{made.code}/receipts/{number}").status_code == 404
    assert Program().get(f"/centres/{made.code}/receipts/{number}").status_code == 401
    wrong = Program().post("/verifications/receipt", {"number": number, "code": "0" * 16})
    none = Program().post("/verifications/receipt", {"number": f"{number}9", "code": "0" * 16})
    assert wrong.status_code == none.status_code == 404 and wrong.json() == none.json()


def test_receipts_and_charges_page_by_page(made: Till, cashier: Program) -> None:
    made.open(at=now())
    numbers = [made.paid(at=now()).number for _ in range(3)]
    first = cashier.get(f"/centres/{made.code}/receipts", limit=2).json()
    second = cashier.get(f"/centres/{made.code}/receipts", limit=2, after=first["next"]).json()
    assert [one["number"] for one in first["items"] + second["items"]] == numbers[::-1]
    assert second["next"] is None
    charges = [str(made.charge(at=now()).id) for _ in range(3)]
    first = cashier.get(f"/centres/{made.code}/charges", limit=2).json()
    second = cashier.get(f"/centres/{made.code}/charges", limit=2, after=first["next"]).json()
    assert [one["id"] for one in first["items"] + second["items"]] == charges[::-1]
    assert cashier.get(f"/centres/{made.code}/charges", after="7").json()["field"] == "after"


def test_the_tariff_is_open_to_anybody(made: Till) -> None:
    told = Program().get("/tariff").json()
    assert {one["code"]: one["ceiling"] for one in told["items"]} == {"copy": 20_000, "form": 5_000}


def test_waivers_are_read_and_never_written_by_machines(made: Till, cashier: Program) -> None:
    made.open(at=now())
    asked = []
    for _ in range(3):
        charge = made.charge(at=now())
        payments.ask_waiver(
            by=made.officer, at=now(), charge=charge.id, ground="poor", content=PDF, name="p.pdf"
        )
        asked.append(str(charge.id))
    payments.waive(by=made.head, at=now(), charge=UUID(asked[0]))
    payments.refuse_waiver(by=made.head, at=now(), charge=UUID(asked[1]))
    here = f"/centres/{made.code}/waivers"
    first = cashier.get(here, limit=2).json()
    second = cashier.get(here, limit=2, after=first["next"]).json()
    found = first["items"] + second["items"]
    assert [(one["charge"], one["state"]) for one in found] == [
        (asked[2], "asked"),
        (asked[1], "refused"),
        (asked[0], "granted"),
    ]
    assert found[2]["granted_at"] and not found[1]["granted_at"] and found[0]["ground"] == "poor"
    assert [one["charge"] for one in cashier.get(here, state="asked").json()["items"]] == [asked[2]]
    assert cashier.get(here, state="lost").status_code == 422
    one = cashier.get(f"{here}/{asked[2]}")
    assert one.json()["state"] == "asked" and "note" not in one.json() and "evidence" not in one.json()
    assert cashier.get(f"{here}/{made.charge(at=now()).id}").status_code == 404, "nobody asked for one"
    assert cashier.post(f"{here}/{asked[2]}").status_code == 405
    other = access.unit_by_code(f"{made.code}-other")
    stranger = program(other.id, *TAKE)
    assert stranger.get(f"/centres/{other.code}/waivers/{asked[0]}").status_code == 404
    assert stranger.get(f"/centres/{other.code}/waivers").json()["items"] == []


def test_days_are_read_and_closed_by_people_only(made: Till, cashier: Program) -> None:
    at = now()
    a_day_of_cash(made, at=at)
    here, today = f"/centres/{made.code}/days", day_of(at).isoformat()
    (line,) = cashier.get(here).json()["items"]
    whole = cashier.get(f"{here}/{today}").json()
    assert (line["day"], line["total"]) == (today, whole["total"]) and whole["closed_at"]
    assert line["difference"] == whole["difference"] and line["first"] < line["last"]
    assert sum(row["fee"] for row in whole["rows"]) == whole["fee"] and whole["drawers_open"] == 0
    assert cashier.get(here, after=today).json() == {"items": [], "next": None}
    still = cashier.get(f"{here}/2026-01-01").json()
    assert still["closed_at"] is None and still["rows"] == []
    for day in ("9999-12-31", "0001-01-01", "yesterday"):
        assert cashier.get(f"{here}/{day}").status_code == 422
    assert cashier.post(f"{here}/{today}").status_code == 405
