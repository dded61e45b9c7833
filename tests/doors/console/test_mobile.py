"""Stops are planned, announced and cancelled in the console; people find them, and villages ask for visits."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.centres import api as centres
from onedoor.domain.notices.models import Notice
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import seal_batch
from onedoor.kernel.letters.deliver import drain
from onedoor.kernel.scope import everything
from tests.factories import offices
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall
from tests.factories.mobile import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(at: datetime) -> Hall:
    return hall(at=at, always_open=True)


def test_a_village_asks_a_stop_answers_and_people_find_it(here: Hall, at: datetime) -> None:
    van, day = unit(here, at), now().astimezone(ZONE).date() + timedelta(days=2)
    public, district = Client(), access.unit(here.district).code
    wish = {
        "district": district,
        "village": "ນາໄຊ",
        "service": [here.birth],
        "people": "40",
        "phone": "02055512345",
    }
    for field, value in {"people": "-4", "service": ["x"], "district": "", "village": ""}.items():
        assert public.post("/stops/ask/", {**wish, field: value}).status_code == 422
    assert public.post("/stops/ask/", wish).status_code == 200
    offices.role("planner", "centres.travel", at=at)
    who = offices.staff("planner.one", at=at)
    offices.give(who, "planner", here.country, at=at)
    planner = at_work(who)
    assert "ນາໄຊ" in planner.get("/console/mobile/").content.decode()
    form = {
        "unit": van,
        "district": district,
        "village": "ບ້ານ ນາໄຊ",
        "day": day,
        "opens": "09:00",
        "closes": "15:00",
        "capacity": "20",
        "service": [here.birth],
    }
    refused = planner.post("/console/mobile/new/", {**form, "capacity": "0", "on_holiday": "yes"})
    again = refused.content.decode()
    assert refused.status_code == 422 and f'<option value="{van}" selected>' in again
    assert 'id="id_on_holiday" value="yes" checked' in again
    assert planner.post("/console/mobile/new/", form).status_code == 302
    (held,) = centres.stops(first=day, last=day)
    seen = planner.post(f"/console/mobile/{held.id}/", {**form, "capacity": "x", "version": "7"})
    assert 'name="version" value="7"' in seen.content.decode(), "what was seen, not what is"
    assert public.get(f"/stops/{held.id}/").status_code == 404
    assert planner.post(f"/console/mobile/{held.id}/change/", {"what": "announce"}).status_code == 302
    for page in (f"/stops/?district={district}", f"/stops/{held.id}/", f"/stops/{held.id}/notice/"):
        assert "ບ້ານ ນາໄຊ" in public.get(page).content.decode()
    assert public.get(f"/stops/{held.id}/qr/")["Content-Type"] == "image/svg+xml"
    seal_batch()
    drain(at=now())
    with everything("what was told in this test"):
        assert Notice.objects.filter(kind="stop_announced").count() == 1
    assert planner.post(f"/console/mobile/{held.id}/change/", {"what": "cancel"}).status_code == 422
    assert (
        planner.post(f"/console/mobile/{held.id}/change/", {"what": "cancel", "reason_lo": "ຝົນ"}).status_code
        == 302
    )
    assert "ຝົນ" in public.get(f"/stops/{held.id}/").content.decode()
