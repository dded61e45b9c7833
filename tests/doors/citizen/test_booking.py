"""Booking on the portal: day, time, person, a look, the own page; every wrong turn has a sentence and nothing half-written."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall

WHO = {"name": "ນາງ ແກ້ວ ພິມມະສອນ", "phone": "020 5555 1234", "people": "1"}


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)


@pytest.fixture
def when() -> str:
    return (now() + timedelta(days=2)).date().isoformat()


def address(here: Hall, *parts: str) -> str:
    return "/".join(["/book/birth-registration", here.code, *parts, ""])


def booked(client: Client, here: Hall, when: str, **more: str) -> Any:
    form = {**WHO, "id": str(new_id()), "step": "book", **more}
    return client.post(address(here, when, "0930"), form)


def test_a_time_is_booked_in_four_steps_once_however_often_it_is_sent(
    client: Client, here: Hall, when: str
) -> None:
    days = client.get(address(here))
    assert days.status_code == 200 and when in days.content.decode()
    times = client.get(address(here, when)).content.decode()
    assert f"{when}/0930/" in times
    assert client.get(address(here, when, "0930")).status_code == 200
    form = {**WHO, "id": str(new_id()), "help": ["wheelchair"]}
    check = client.post(address(here, when, "0930"), {**form, "step": "check"})
    assert check.status_code == 200 and WHO["name"] in check.content.decode()
    first, again = (client.post(address(here, when, "0930"), {**form, "step": "book"}) for _ in range(2))
    assert first.status_code == 302 and first["Location"] == again["Location"]
    page = client.get(first["Location"])
    assert "no-store" in page["Cache-Control"]
    with everything("a test looks"):
        made = queue.Appointment.objects.get()
    assert queue.code_of(made.id) in page.content.decode() and made.help == "wheelchair"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("2020-01-01", 200),
        ("2199-01-01", 200),
        ("2026-13-40", 404),
        ("yesterday", 404),
        ("{when}/9999", 404),
        ("{when}/0937", 200),
        ("{when}/list", 200),
    ],
)
def test_what_is_not_in_the_calendar(client: Client, here: Hall, when: str, path: str, status: int) -> None:
    assert client.get(address(here, path.format(when=when))).status_code == status


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({"name": ""}, 422, "id_name"),
        ({"name": "ກ" * 201}, 422, "id_name"),
        ({"phone": "12"}, 422, "id_phone"),
        ({"people": "99"}, 422, "id_people"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    client: Client, here: Hall, when: str, said: dict[str, str], status: int, field: str
) -> None:
    answer = booked(client, here, when, **said)
    assert answer.status_code == status and f'href="#{field}"' in answer.content.decode()
    with everything("a test looks"):
        assert not queue.Appointment.objects.exists()


def test_a_time_that_is_not_free_is_refused_with_the_others(client: Client, here: Hall, when: str) -> None:
    answer = client.post(address(here, when, "0937"), {**WHO, "id": str(new_id()), "step": "book"})
    assert answer.status_code == 409 and f"{when}/0930/" in answer.content.decode()
    assert client.post(address(here, "2020-01-01", "0930"), {**WHO, "step": "book"}).status_code == 422


def test_one_number_books_three_and_is_told_why_not_four(client: Client, here: Hall, when: str) -> None:
    for moment in ("0930", "1000", "1030"):
        form = {**WHO, "id": str(new_id()), "step": "book"}
        assert client.post(address(here, when, moment), form).status_code == 302
    form = {**WHO, "id": str(new_id()), "step": "book"}
    assert client.post(address(here, when, "1100"), form).status_code == 409


def test_it_is_moved_put_into_a_calendar_and_cancelled(client: Client, here: Hall, when: str) -> None:
    page = booked(client, here, when)["Location"].removesuffix("?new")
    uids, sequences = [], []

    def calendar() -> Any:
        answer = client.get(f"{page}calendar.ics")
        assert answer["Content-Type"].startswith("text/calendar")
        assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
        read = Calendar.from_ical(answer.content)
        (event,) = read.walk("VEVENT")
        uids.append(str(event["UID"]))
        sequences.append(int(event["SEQUENCE"]))
        assert str(event["SUMMARY"]) in ("ຈົດທະບຽນການເກີດ", "Birth registration")
        return read, event

    read, event = calendar()
    assert str(read["METHOD"]) == "PUBLISH" and str(event["STATUS"]) == "CONFIRMED"
    assert client.get(f"{page}change/").status_code == 200
    assert client.get(f"{page}change/{when}/").status_code == 200
    moved = client.post(f"{page}change/{when}/", {"time": "1015"})
    assert moved.status_code == 302
    assert client.post(f"{page}change/{when}/", {"time": "1017"}).status_code == 409
    assert calendar()[1]["DTSTART"].dt.strftime("%H%M") == "0315"
    assert client.get(f"{page}cancel/").status_code == 200
    assert client.post(f"{page}cancel/").status_code == 302
    read, event = calendar()
    assert str(read["METHOD"]) == "CANCEL" and str(event["STATUS"]) == "CANCELLED"
    assert len(set(uids)) == 1 and sequences == [0, 1, 2]
    feed = Calendar.from_ical(client.get(f"{page}calendar.ics?feed").content)
    assert str(feed["METHOD"]) == "PUBLISH"
    assert client.post(f"{page}cancel/").status_code == 302, "again changes nothing"
    assert client.get(f"{page}change/").status_code == 302


def test_a_code_leads_to_the_page_and_a_forged_one_says_nothing(
    client: Client, here: Hall, when: str
) -> None:
    page = booked(client, here, when)["Location"].removesuffix("?new")
    with everything("a test looks"):
        code = queue.code_of(queue.Appointment.objects.get().id)
    assert client.post("/appointments/", {"code": code.lower()})["Location"] == page
    assert client.post("/appointments/", {"code": "K7QM-4T2X"}).status_code == 404
    for path in (page[:-2] + "x/", "/a/x/", "/a/x/calendar.ics", "/a/x/cancel/"):
        assert client.get(path).status_code == 404
    for _ in range(5):
        client.post("/appointments/", {"code": "WRNG\x00CODE"})
    assert client.post("/appointments/", {"code": code}).status_code == 429


def test_a_full_day_leads_to_its_list_and_a_freed_time_is_taken(
    client: Client, here: Hall, when: str
) -> None:
    rule = queue.BookingRule(share=34, step=60, usual=240, notice=0, release=24 * 14)
    queue.save_booking_rule(by=Actor.system(), at=now(), centre=here.centre, rule=rule)
    pages = []
    for _ in range(24):
        free = client.get(address(here, when)).content.decode()
        moment = next((f"{hour:02}00" for hour in range(24) if f"{when}/{hour:02}00/" in free), None)
        if moment is None:
            break
        form = {**WHO, "phone": f"020 6666 {len(pages):04d}", "id": str(new_id()), "step": "book"}
        pages.append(client.post(address(here, when, moment), form)["Location"].removesuffix("?new"))
    assert pages and "/list/" in free
    form = {**WHO, "id": str(new_id()), "step": "book"}
    mine = client.post(address(here, when, "list"), form)["Location"].removesuffix("?new")
    assert client.get(mine).status_code == 200
    client.post(f"{pages[0]}cancel/")
    assert f"{mine}accept/" in client.get(mine).content.decode()
    assert client.post(f"{mine}accept/").status_code == 302
    assert client.get(f"{mine}calendar.ics").content.count(b"BEGIN:VEVENT") == 1


def test_two_services_are_one_time_and_one_code(client: Client, here: Hall, when: str) -> None:
    shown = client.get(address(here)).content.decode()
    other = catalogue.service_by_id(here.document).code
    assert f'name="with" value="{other}"' in shown
    later = f"{address(here, when, '0930')}?with={other}"
    held = client.post(later, {**WHO, "id": str(new_id()), "step": "book"})
    own = client.get(held["Location"]).content.decode()
    assert f"/services/{other}/" in own and "/services/birth-registration/" in own
    with everything("a test looks"):
        assert queue.Appointment.objects.latest("made_at").seats.count() == 2, "long enough for both"
    assert client.get(f"{address(here)}?with=no-such-service").status_code == 404
