"""A time for the hand-over: offered when the result is ready, booked once for the case, and seen by the counter."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import at_work
from tests.factories.registry import Registry, open_task, received, registry

WHO = {"name": "ນາງ ແກ້ວ ພິມມະສອນ", "phone": "020 5555 1234", "step": "book"}
LINK = re.compile(r'href="(/book/[^"]+\?for=([^"]+))"')


@pytest.fixture
def at() -> datetime:
    """The doors read the clock."""
    return now()


@pytest.fixture
def here(db: None, at: datetime) -> Registry:
    world = registry(at=at, always_open=True)
    for code in ("1", "2"):
        id, name = new_id(), {"lo": f"ຊ່ອງ {code}", "en": f"Counter {code}"}
        centres.save_counter(by=Actor.system(), at=at, id=id, centre=world.centre, code=code, name=name)
        centres.set_counter_state(by=Actor.system(), at=at, counter=id, state="open")
    return world


def followed(browser: Client, case: cases.Received) -> str:
    return browser.post("/follow/", {"number": case.number, "code": case.code}).content.decode()


def ready(here: Registry, *, at: datetime) -> cases.Received:
    """A birth whose certificate only waits to be given."""
    case = received(here, at=at)
    with everything("a test lives a case"):
        cases.complete(by=here.decider, at=at, task=open_task(case.case), outcome="approve")
        cases.run_services(at=at)
        cases.complete(by=here.officer, at=at, task=open_task(case.case), outcome="confirm")
        cases.run_services(at=at)
    return case


def test_a_time_for_the_hand_over_is_booked_once_for_the_case(
    client: Client, here: Registry, at: datetime
) -> None:
    begun = received(here, at=at)
    assert "?for=" not in followed(client, begun), "nothing is ready yet"
    case = ready(here, at=at)
    found = LINK.search(followed(client, case))
    assert found is not None
    base, signed = found[1].split("?")[0], found[2]
    when = (at + timedelta(days=2)).date().isoformat()
    for path in ("", f"{when}/", f"{when}/0930/"):
        assert client.get(f"{base}{path}?for={signed}").status_code == 200
        assert client.get(f"{base}{path}?for={signed[:-2]}xx").status_code == 404, "nobody writes such a word"

    def book(time: str, **who: Any) -> Any:
        return client.post(f"{base}{when}/{time}/?for={signed}", {**WHO, "id": str(new_id()), **who})

    made = book("0930")
    assert made.status_code == 302
    with everything("a test looks"):
        held = queue.Appointment.objects.get()
    assert held.subject == case.case
    made_id = str(held.id)
    second = book("1000", phone="020 5555 9999")
    assert second.status_code == 409, "somebody else cannot take a second time for it"
    assert made["Location"].split("?")[0] in followed(client, case)
    seen = at_work(here.officer).get(f"/desk/{here.code}/1/application/cases/{case.case}/")
    assert made_id in seen.content.decode(), "the counter leads to the time"
    with everything("a test lives a case"):
        cases.complete(by=here.officer, at=at, task=open_task(case.case))
    assert client.get(f"{base}?for={signed}").status_code == 404, "it was handed over"
