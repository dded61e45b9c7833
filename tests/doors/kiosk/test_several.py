"""A family at the kiosk: more than the three touches, for who opens it."""

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.kernel.ids import new_id
from tests.factories.browsers import paired
from tests.factories.hall import Hall


@pytest.fixture
def kiosk(here: Hall) -> Client:
    return paired(here.kiosk_token)


def test_a_family_takes_one_ticket_and_asks_for_help(kiosk: Client, here: Hall) -> None:
    page = f"/kiosk/{here.code}/services/birth-registration/"
    assert b'name="people"' in kiosk.get(page).content
    said = {"people": "5", "also": "document-registration", "help": "interpreter:hmn", "key": new_id().hex}
    taken = kiosk.post(page, said)
    assert taken.headers["Location"] == kiosk.post(page, said).headers["Location"], (
        "the same press, one ticket"
    )
    ticket = queue.ticket_by_token(taken.headers["Location"].rstrip("/").rpartition("/")[2])
    assert ticket.people == 5 and len(queue.errands(visit=ticket.visit)) == 10
    assert [one.code for one in queue.helps_of(visit=ticket.visit)] == ["interpreter:hmn"]


@pytest.mark.parametrize(
    ("field", "value"), [("people", "0"), ("people", "-2"), ("people", "99"), ("help", "gold")]
)
def test_what_cannot_be_is_refused(kiosk: Client, here: Hall, field: str, value: str) -> None:
    page = f"/kiosk/{here.code}/services/birth-registration/"
    assert kiosk.post(page, {field: value, "key": new_id().hex}).status_code == 422


def test_what_was_said_stands_on_the_page_that_refuses(kiosk: Client, here: Hall) -> None:
    page = f"/kiosk/{here.code}/services/birth-registration/"
    said = {"name": "ທ້າວ ບຸນມີ", "phone": "12", "people": "3", "also": "document-registration"}
    refused = kiosk.post(page, {**said, "priority": "yes", "key": new_id().hex})
    again = refused.content.decode()
    assert refused.status_code == 422 and 'value="ທ້າວ ບຸນມີ"' in again and 'value="12"' in again
    assert '<option value="3" selected>' in again and 'value="document-registration" checked' in again
    assert 'name="priority" value="yes" checked' in again and again.count("checked") == 2
