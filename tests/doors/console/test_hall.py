"""The drawn hall, its replay, and looks through its cameras."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.queue import api as queue
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.hall import SYSTEM, Hall, officer

WATCHING = ["monitoring.see", "monitoring.watch", "monitoring.install"]


def head(here: Hall, permissions: list[str] = WATCHING) -> Client:
    with everything("a test gives a role"):
        who = officer(at=now(), username="watch", unit=here.centre, permissions=permissions, role="watching")
    access.forget()
    return at_work(who)


def waited(here: Hall, *, minutes: int) -> str:
    """Somebody took a ticket so long ago and waits still."""
    with everything("a test builds its morning"):
        taken = queue.take_ticket(
            by=here.kiosk, at=now() - timedelta(minutes=minutes), centre=here.centre, service=here.birth
        )
        seal_batch()
        while follow_batch():
            pass
    return taken.number


def test_the_hall_shows_who_waits_now_and_nobody_before(here: Hall) -> None:
    number = waited(here, minutes=3)
    browser = head(here)
    page = browser.get(f"/console/places/{here.code}/").content.decode()
    assert f" {number}" in page
    then = now() - timedelta(minutes=10)
    page = browser.get(f"/console/places/{here.code}/then/", shown(then)).content.decode()
    assert f" {number}" not in page


def shown(at: datetime) -> dict[str, str]:
    local = at.astimezone(ZONE)
    return {"day": local.date().isoformat(), "time": f"{local:%H:%M}"}


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("2026-13-01", "09:00"),
        ("2026-03-02", "25:00"),
        ("9999-01-01", "09:00"),
        ("2026-03-02", "09:00+07:00"),
    ],
)
def test_an_instant_that_is_none_is_refused_in_words(here: Hall, day: str, time: str) -> None:
    answer = head(here).get(f"/console/places/{here.code}/then/", {"day": day, "time": time})
    assert answer.status_code == 422


def test_a_look_has_a_reason_is_written_down_and_opens_the_policy_for_that_camera_only(here: Hall) -> None:
    with everything("a test sets up a camera"):
        camera = monitoring.save_camera(
            by=SYSTEM,
            at=now(),
            centre=here.centre,
            name="Door",
            kind="mjpeg",
            address="http://camera.example:8081/door",
        )
    browser, address = head(here), f"/console/places/{here.code}/cameras/"
    assert "camera.example" not in browser.get(address).headers["Content-Security-Policy"]
    refused = browser.post(address, {"camera": str(camera), "why": "curiosity"})
    assert refused.status_code == 422 and not Sight.objects.filter(subject=camera).exists()
    look = browser.post(address, {"camera": str(camera), "why": "crowd"})
    assert look.status_code == 200
    policy = look.headers["Content-Security-Policy"].split("; ")
    assert "img-src 'self' data: http://camera.example:8081" in policy
    assert "script-src 'self'" in policy
    assert Sight.objects.filter(subject=camera, why="crowd", centre=here.centre).count() == 1
    assert browser.post(address, {"camera": "x", "why": "crowd"}).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "rtsp://camera.example/1",
        "http://name:word@camera.example/1",
        "http://camera.example/1; script-src *",
        "//camera.example/1",
        "http://camera.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_is_none_is_refused_by_its_field(here: Hall, address: str) -> None:
    answer = head(here).post(
        f"/console/places/{here.code}/cameras/new/", {"name": "Door", "kind": "hls", "address": address}
    )
    assert answer.status_code == 422 and b'href="#id_address"' in answer.content


def test_a_camera_is_set_up_changed_and_taken_down(here: Hall) -> None:
    browser, place = head(here), f"/console/places/{here.code}/cameras/"
    said = {"name": "Door", "kind": "hls", "address": "http://camera.example/door.m3u8"}
    assert browser.post(f"{place}new/", said).status_code == 302
    assert browser.post(f"{place}new/", said).status_code == 422, "one camera of a name in a hall"
    with everything("a test looks"):
        (camera,) = monitoring.cameras(by=SYSTEM, centre=here.centre)
    changed = {**said, "address": "http://camera.example/other.m3u8", "version": "1"}
    assert browser.post(place, {"camera": str(camera.id), "why": "crowd"}).status_code == 200
    assert browser.post(f"{place}{camera.id}/", changed).status_code == 302, "a look is no change"
    refused = browser.post(f"{place}{camera.id}/", {**said, "name": "", "version": "1"})
    assert 'name="version" value="1"' in refused.content.decode(), (
        "what was changed meanwhile is not overwritten"
    )
    assert browser.post(f"{place}{camera.id}/", {**said, "version": "1"}).status_code == 409
    assert browser.post(f"{place}{camera.id}/", {"do": "end"}).status_code == 302
    assert browser.get(f"{place}{camera.id}/").status_code == 404


def test_who_may_not_watch_finds_no_way_to_the_cameras(here: Hall) -> None:
    browser = head(here, ["monitoring.see"])
    page = browser.get(f"/console/places/{here.code}/").content.decode()
    assert "/cameras/" not in page
    assert browser.get(f"/console/places/{here.code}/cameras/").status_code == 403
