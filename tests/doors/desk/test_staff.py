"""The pages about the staff of a centre: shifts, breaks, skills, lists, helpers, the tablet at the door."""

from datetime import datetime

import pytest
from django.test import Client

from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor
from tests.domain.centres.test_checklists import ITEMS
from tests.factories import offices
from tests.factories.browsers import at_work
from tests.factories.hall import Hall, hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(at: datetime) -> Hall:
    place = hall(at=at, always_open=True)
    centres.save_checklist_plan(by=Actor.system(), at=at, unit=place.country, items=ITEMS)
    return place


@pytest.fixture
def head(here: Hall, at: datetime) -> Client:
    offices.role("head", *"queue.take queue.call centres.counter centres.staff centres.greet".split(), at=at)
    who = offices.staff("head.one", at=at)
    offices.give(who, "head", here.centre, at=at)
    return at_work(who)


def test_a_week_is_planned_wrong_hours_are_named_and_the_officer_sees_it(here: Hall, head: Client) -> None:
    day = now().astimezone(ZONE).date().isoformat()
    form = {"officer": here.officer.id, "day": day, "starts": "08:00", "ends": "07:00"}
    wrong = head.post(f"/desk/{here.code}/shifts/plan/", form)
    assert wrong.status_code == 422 and 'href="#id_ends"' in wrong.content.decode()
    assert head.post(f"/desk/{here.code}/shifts/plan/", {**form, "ends": "16:00"}).status_code == 302
    seen = at_work(here.officer).get(f"/desk/{here.code}/shifts/").content.decode()
    assert "08:00" in seen and "shifts/plan/" not in seen
    for bad in ({**form, "officer": "x"}, {**form, "day": "tomorrow"}, {**form, "starts": "25:00"}):
        assert head.post(f"/desk/{here.code}/shifts/plan/", bad).status_code == 422


def test_a_break_is_shown_at_the_counter_and_ends(here: Hall) -> None:
    officer, place = at_work(here.officer), f"/desk/{here.code}/1/sit/"
    for what in ("sit", "break"):
        assert officer.post(place, {"what": what, "minutes": "15"}).status_code == 302
    assert centres.counter(here.counters[0]).back_at is not None
    assert 'value="back"' in officer.get(f"/desk/{here.code}/1/").content.decode()
    assert officer.post(place, {"what": "break", "minutes": "-1"}).status_code == 422
    officer.post(place, {"what": "back"})
    assert centres.counter(here.counters[0]).state == "open"


def test_a_list_is_ticked_measured_and_signed_and_its_lack_is_shown(here: Hall) -> None:
    officer, page = at_work(here.officer), f"/desk/{here.code}/checklist/"
    assert page in officer.get(f"/desk/{here.code}/").content.decode()
    assert officer.post(page, {"phase": "opening", "item_clean": "trouble"}).status_code == 422
    done = officer.post(page, {"phase": "opening", "item_clean": "fine", "sign": "yes"}, follow=True)
    assert done.status_code == 200
    held = centres.checklist(here.centre, now().astimezone(ZONE).date(), "opening")
    assert held and held.signed_by == here.officer.id and held.entries["clock"].fine


def test_skills_and_helpers_are_kept_and_the_door_sees_who_is_on_duty(here: Hall, head: Client) -> None:
    form = {"officer": here.officer.id, "service": [here.birth], "language": ["hmn"]}
    assert head.post(f"/desk/{here.code}/skills/keep/", form).status_code == 302
    assert head.post(f"/desk/{here.code}/skills/keep/", {**form, "service": ["x"]}).status_code == 422
    keep, day = f"/desk/{here.code}/roster/keep/", now().astimezone(ZONE).date()
    about = {"what": "helper", "name": "ນາງ ດາວ", "kind": "greeter", "language": ["lo"]}
    assert head.post(keep, about).status_code == 422
    assert head.post(keep, {**about, "consent": "yes"}).status_code == 302
    (helper,) = centres.helpers(here.centre)
    duty = {
        "what": "duty",
        "helper": helper.id,
        "day": day,
        "starts": "00:00",
        "ends": "23:59",
        "place": "door",
    }
    assert head.post(keep, duty).status_code == 302
    assert "ນາງ ດາວ" in head.get(f"/desk/{here.code}/greet/").content.decode()
    assert "ນາງ ດາວ" in head.get(f"/desk/{here.code}/roster/").content.decode()
    assert head.get(f"/desk/{here.code}/skills/").status_code == 200
    assert head.post(keep, {"what": "forget", "helper": helper.id}).status_code == 302
    assert centres.helpers(here.centre) == []
