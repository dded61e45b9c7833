"""Appointments at the desk, the kiosk, the console and for programs: booked for a caller, kept by code, set by the head."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall, hall, officer

SYSTEM = Actor.system()
WHO = {"name": "ນາງ ແກ້ວ", "phone": "020 5555 1234"}


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def desk(here: Hall) -> Client:
    codes = ["queue.take", "queue.call", "queue.book", "queue.promise", "monitoring.see"]
    return at_work(officer(at=now(), username="clerk", unit=here.centre, permissions=codes, role="clerk"))


def booked(here: Hall, *, hours: int = 0, minutes: int = 0) -> Any:
    asked = queue.Booking(services=(here.birth,))
    from onedoor.domain.centres import api as centres

    at = now()
    soon = at + timedelta(hours=hours, minutes=minutes)
    view = centres.centre(here.centre)
    for day in {
        queue.today_at(centre=here.centre, at=soon),
        queue.today_at(centre=here.centre, at=soon + timedelta(hours=1)),
    }:
        free = [one for one in queue.free_slots(view, asked=asked, day=day, at=at) if one.starts >= soon]
        if free:
            break
    return queue.book(
        by=SYSTEM,
        at=at,
        asking=queue.Asking(centre=here.centre, service=here.birth, channel="centre", **WHO),
        starts=free[0].starts,
    )


def test_a_caller_is_booked_moved_and_cancelled(here: Hall, desk: Client) -> None:
    base = f"/desk/{here.code}/appointments/"
    day = (now() + timedelta(days=2)).date().isoformat()
    assert desk.get(base).status_code == 200
    shown = desk.get(f"{base}new/", {"service": "birth-registration", "day": day, "channel": "calls"})
    assert shown.status_code == 200 and b'value="0930"' in shown.content
    form = {
        **WHO,
        "service": "birth-registration",
        "day": day,
        "time": "0930",
        "channel": "calls",
        "id": str(new_id()),
    }
    made = desk.post(f"{base}new/", form)
    assert made.status_code == 302 and desk.post(f"{base}new/", form)["Location"] == made["Location"]
    page = made["Location"]
    with everything("a test looks"):
        held = queue.Appointment.objects.get()
    assert held.channel == "calls" and queue.code_of(held.id) in desk.get(page).content.decode()
    assert "55551234" not in desk.get(page).content.decode(), "the number is shown on a press only"
    assert "02055551234" in desk.post(f"{page}phone/").content.decode()
    with everything("a test looks"):
        assert access.sights(by=SYSTEM, subject=held.id)
    found = desk.post(f"{base}find/", {"asked": WHO["phone"]})
    assert found["Location"] == page
    assert desk.post(f"{base}find/", {"asked": "K7QM-4T2X"}).status_code == 422
    for wrong, status in (({"time": "25xx"}, 422), ({"name": ""}, 422), ({"time": "0931"}, 409)):
        assert desk.post(f"{base}new/", {**form, "id": str(new_id()), **wrong}).status_code == status
    assert desk.post(f"{page}move/", {"day": day, "time": "1000"}).status_code == 302
    assert desk.post(f"{page}move/", {"day": day, "time": "1001"}).status_code == 409
    assert desk.post(f"{page}cancel/").status_code == 302
    assert at_work(here.officer).get(f"{base}new/").status_code == 403


def test_who_comes_gets_the_ticket_at_the_desk_and_at_the_kiosk(here: Hall, desk: Client) -> None:
    early, mine, other = booked(here, hours=5), booked(here), booked(here)
    base = f"/desk/{here.code}/appointments/"
    assert desk.post(f"{base}came/", {"code": queue.code_of(early.id)}).status_code == 409
    assert desk.post(f"{base}came/", {"code": "K7QM-4T2X"}).status_code == 422
    assert "?ticket=" in desk.post(f"{base}came/", {"appointment": str(mine.id)})["Location"]
    kiosk = paired(here.kiosk_token)
    there = f"/kiosk/{here.code}/appointment/"
    assert kiosk.get(there).status_code == 200
    assert kiosk.post(there, {"code": queue.code_of(early.id)}).status_code == 409
    assert kiosk.post(there, {"code": "nonsense"}).status_code == 404
    came = kiosk.post(there, {"code": f"http://x/a/{queue.token_of(other.id)}/"})
    assert came.status_code == 302 and "/ticket/" in came["Location"]
    with everything("a test looks"):
        assert queue.Ticket.objects.filter(origin="appointment").count() == 2


def test_a_head_sets_what_is_promised_and_what_cannot_be_is_said_at_its_field(
    here: Hall, desk: Client
) -> None:
    there = f"/console/offers/centres/{here.code}/booking/"
    shown = desk.get(there)
    assert shown.status_code == 200
    names = (
        "share",
        "step",
        "usual",
        "horizon",
        "notice",
        "release",
        "per_phone",
        "per_address",
        "offer",
        "most_people",
    )
    usual = queue.BookingRule()
    form = {name: str(getattr(usual, name)) for name in names} | {
        k: str(v) for k, v in usual.channels.items()
    }
    form |= {
        "open": "yes",
        "seen": "0",
        "block-0-when": "2",
        "block-0-opens": "12:00",
        "block-0-closes": "13:00",
    }
    for wrong, field in (
        ({"share": "-5"}, "id_share"),
        ({"per_phone": "many"}, "id_per_phone"),
        ({"portal": "90"}, "id_portal"),
        ({"block-0-closes": "11:00"}, "id_blocks-0"),
        ({"block-0-opens": "noon"}, "id_blocks-0"),
    ):
        answer = desk.post(there, {**form, **wrong})
        assert answer.status_code == 422 and f'href="#{field}"' in answer.content.decode(), field
    assert desk.post(there, form).status_code == 302
    held = queue.booking_rule(here.centre)
    assert held.revision == 1 and held.blocks[0].weekday == 2
    assert desk.post(there, {**form, "share": "30", "seen": "7"}).status_code == 409


def test_programs_book_by_the_words_of_the_scheduler(here: Hall) -> None:
    _token, plain = access.issue_token(
        by=SYSTEM, at=now(), name="P", unit=here.centre, scopes=["queue.take", "queue.book"]
    )
    client, base = Client(), f"/api/v1/centres/{here.code}"
    headers = {"Authorization": f"Bearer {plain}"}
    day = (now() + timedelta(days=2)).date().isoformat()
    event = client.get(f"{base}/services/birth-registration/slots", {"day": day}).json()
    assert event["shut"] == "" and event["slots"][0]["free"] >= 1
    assert (
        client.get(f"{base}/services/birth-registration/slots", {"day": "2020-01-01"}).json()["shut"]
        == "past"
    )
    body = {"service": "birth-registration", "starts": event["slots"][0]["starts"], **WHO}

    def post(path: str, key: str, **said: Any) -> Any:
        return client.post(
            f"{base}{path}",
            said,
            content_type="application/json",
            headers={**headers, "Idempotency-Key": key},
        )

    made = post("/appointments", "k1", **body)
    assert made.status_code == 201 and len(made.json()["code"]) == 9
    again = post("/appointments", "k1", **body)
    assert again.json()["id"] == made.json()["id"] and again.json()["code"] is None
    one = f"/appointments/{made.json()['id']}"
    assert client.get(f"{base}{one}", headers=headers).json()["standing"] == "booked"
    listed = client.get(f"{base}/appointments", {"day": day}, headers=headers).json()
    assert [row["id"] for row in listed["items"]] == [made.json()["id"]] and "name" not in listed["items"][0]
    assert post(f"{one}/move", "k2", starts=event["slots"][1]["starts"]).json()["sequence"] == 1
    assert post("/appointments", "k3", **{**body, "starts": "2026-01-01"}).status_code == 422
    assert post("/appointments", "k4", **{**body, "people": -3}).status_code == 422
    assert post(f"{one}/cancel", "k5").json()["standing"] == "cancelled"
    assert client.get(f"{base}/appointments").status_code == 401
