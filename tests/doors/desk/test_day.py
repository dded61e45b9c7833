"""The head's page of the day and the reception's paper list, as they are pressed."""

import re

import pytest
from django.test import Client

from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall, officer

HEAD = ["queue.take", "queue.call", "centres.counter", "centres.manage"]


@pytest.fixture
def head(here: Hall) -> Client:
    who = officer(at=now(), username="head", unit=here.centre, permissions=HEAD, role="head")
    browser = at_work(who)
    browser.cookies["onedoor_language"] = "en"
    return browser


def take(here: Hall, **more: object) -> queue.Ticket:
    return queue.take_ticket(by=here.kiosk, at=now(), centre=here.centre, service=here.birth, **more)  # type: ignore[arg-type]


def held(token: str) -> queue.Ticket:
    with everything("a test looks"):
        return queue.ticket_by_token(token)


def test_the_day_is_ended_with_a_preview_and_a_list(head: Client, here: Hall) -> None:
    ticket = take(here)
    page = head.get(f"/desk/{here.code}/day/").content.decode()
    assert "id_reason" in page and "not known: 0" in page
    done = head.post(f"/desk/{here.code}/day/end/", follow=True)
    assert done.status_code == 200 and "A001+" in done.content.decode()
    kept = held(ticket.token)
    assert kept.number == "A001+" and kept.day > ticket.day
    phone = Client().get(f"/t/{ticket.token}/")
    assert phone.status_code == 200 and "A001+" in phone.content.decode()


def test_a_closure_is_read_by_everybody_and_opened_again(head: Client, here: Hall) -> None:
    take(here)
    today = now().astimezone(ZONE).date().isoformat()
    form = {"first": today, "last": today, "reason_lo": "ນ້ຳຖ້ວມ", "reason_en": "Flood"}
    assert (
        head.post(f"/desk/{here.code}/day/close/", {**form, "reason_lo": "", "reason_en": ""}).status_code
        == 422
    )
    assert head.post(f"/desk/{here.code}/day/close/", form).status_code == 302
    for public in (f"/board/{here.code}/now/", f"/centres/{here.code}/"):
        seen = Client().get(public)
        assert seen.status_code == 200 and "ນ້ຳຖ້ວມ" in seen.content.decode(), public
    kiosk = paired(here.kiosk_token).get(f"/kiosk/{here.code}/services/")
    assert kiosk.status_code == 409 and "ນ້ຳຖ້ວມ" in kiosk.content.decode()
    made = centres.closures(here.centre, since=now().astimezone(ZONE).date())[0]
    assert head.post(f"/desk/{here.code}/day/closures/{made.id}/open/").status_code == 302
    assert paired(here.kiosk_token).get(f"/kiosk/{here.code}/services/").status_code == 200
    assert head.post(f"/desk/{here.code}/day/closures/{new_id()}/open/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "yesterday"},
        {"first": ""},
        {"last": "2026-13-01"},
        {"first": "2020-01-01"},
        {"last": "\x00"},
    ],
)
def test_bad_days_are_refused_by_their_field(head: Client, here: Hall, wrong: dict[str, str]) -> None:
    today = now().astimezone(ZONE).date().isoformat()
    form = {"first": today, "last": today, "reason_lo": "ນ້ຳຖ້ວມ", **wrong}
    answer = head.post(f"/desk/{here.code}/day/close/", form)
    assert answer.status_code in (302, 422)
    assert answer.status_code == 422 or wrong == {"last": "\x00"}


def test_a_paper_list_is_typed_in(head: Client, here: Hall) -> None:
    code = "birth-registration"
    page = head.get(f"/desk/{here.code}/reception/paper/")
    assert page.status_code == 200
    lines = {
        "number_0": "17",
        "came_0": "0:01",
        "service_0": code,
        "number_1": "18",
        "came_1": "000",
        "service_1": code,
    }
    wrong = head.post(f"/desk/{here.code}/reception/paper/", lines)
    assert wrong.status_code == 422 and 'href="#id_came_1"' in wrong.content.decode()
    right = {**lines, "came_1": "0002", "name_1": "ນາງ ຄຳ"}
    made = head.post(f"/desk/{here.code}/reception/paper/", right)
    assert made.status_code == 200, made.content.decode()[:2000]
    assert "P-17" in made.content.decode() and 'value="19"' in made.content.decode()
    again = head.post(f"/desk/{here.code}/reception/paper/", right)
    assert again.status_code == 200
    other = head.post(f"/desk/{here.code}/reception/paper/", {**right, "came_0": "0:00"})
    assert other.status_code == 422 and 'href="#id_number_0"' in other.content.decode()
    assert head.post(f"/desk/{here.code}/reception/paper/", {}).status_code == 422
    crossing = {**lines, "number_0": "30", "came_0": "0002", "number_1": "31", "came_1": "0001"}
    named = head.post(f"/desk/{here.code}/reception/paper/", crossing)
    assert named.status_code == 422 and 'name="sure"' in named.content.decode()
    assert head.post(f"/desk/{here.code}/reception/paper/", {**crossing, "sure": "yes"}).status_code == 200


def test_who_takes_a_ticket_at_a_closed_hall_reads_why_at_the_reception(head: Client, here: Hall) -> None:
    head.post(f"/desk/{here.code}/day/end/")
    answer = head.post(f"/desk/{here.code}/reception/", {"key": "a1", "service": "birth-registration"})
    assert answer.status_code == 409


def test_an_appointment_is_given_in_place_of_a_kept_place(head: Client, here: Hall) -> None:
    who = officer(at=now(), username="head2", unit=here.centre, permissions=[*HEAD, "queue.book"], role="h2")
    browser = at_work(who)
    browser.cookies["onedoor_language"] = "en"
    take(here)
    browser.post(f"/desk/{here.code}/day/end/")
    kept = browser.get(f"/desk/{here.code}/day/kept/").content.decode()
    place = re.search(rf"/desk/{here.code}/day/places/[0-9a-f-]+/", kept)
    assert place, "each number leads to an appointment for who may book"
    assert "/day/places/" not in head.get(f"/desk/{here.code}/day/kept/").content.decode()
    address = place.group()
    day = re.search(r'option value="(\d{4}-\d\d-\d\d)"', browser.get(address).content.decode())
    assert day
    page = browser.get(f"{address}?day={day[1]}").content.decode()
    moment, id = re.search(r'option value="(\d{4})"', page), re.search(r'name="id" value="([^"]+)"', page)
    assert moment and id
    form = {"day": day[1], "time": moment[1], "name": "ນາງ ຄຳ", "phone": "020 5555 1234", "id": id[1]}
    for wrong in ({"phone": "x"}, {"name": ""}, {"time": "٠٩٠٠"}, {"time": "9999"}, {"day": "tomorrow"}):
        assert browser.post(address, {**form, **wrong}).status_code == 422, wrong
    assert browser.post(address, {**form, "id": "no"}).status_code == 404
    for _ in range(2):
        assert browser.post(address, form).headers["Location"].endswith(f"/appointments/{id[1]}/")
    assert browser.post(address, {**form, "id": str(new_id())}).status_code == 409
