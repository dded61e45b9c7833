"""The head sees which messages were sent and failed, never what they say; and writes what the hall's screens show."""

import pytest
from django.conf import settings
from django.test import Client

from onedoor.domain.notices import api as notices
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.factories.browsers import at_work
from tests.factories.offices import SYSTEM
from tests.house.world import World, somebody


@pytest.fixture
def head(here: object) -> Client:
    centre = here.centre  # type: ignore[attr-defined]
    who = somebody("head2", at=now(), permissions=["notices.send", "notices.board"], units=[centre])
    browser = at_work(who)
    browser.cookies["onedoor_language"] = "en"
    return browser


def test_what_failed_is_seen_and_tried_again(
    head: Client, here: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.SMS, "provider", "http")
    monkeypatch.setitem(settings.SMS, "address", "nowhere")
    notice = notices.tell(
        by=SYSTEM,
        at=now(),
        centre=here.centre,
        subject=new_id(),
        kind="ahead",
        values={"number": "A012", "ahead": 3},
        phone="020 5555 1234",
        language="en",
    )
    with everything("a test"):
        notices.save_wording(
            by=SYSTEM, at=now(), id=new_id(), kind="ahead", texts={"lo": "{number}", "en": "{number}"}
        )
    notices.deliver(at=now())
    page = head.get(f"/desk/{here.code}/messages/").content.decode()
    assert "Try again" in page and "Your turn comes soon" in page
    assert "A012" not in page and "5551234" not in page
    address = f"/desk/{here.code}/messages/{notice.id}/again/"
    assert head.post(address).status_code == 302 and head.post(address).status_code == 409


def test_a_text_is_written_shown_and_taken_down(head: Client, here: World) -> None:
    page = f"/desk/{here.code}/board/"
    said = {"kind": "lesson", "text_lo": "ຟຣີ", "text_en": "Free of charge", "first": now().date().isoformat()}
    for wrong in ({"text_en": ""}, {"first": "yesterday"}, {"last": "2020-01-01"}, {"kind": "joke"}):
        assert head.post(page, said | wrong).status_code == 422
    key = str(new_id())
    for _ in range(2):
        assert head.post(page, said | {"key": key}).status_code == 302
    assert head.get(page).content.decode().count("Free of charge") == 1
    assert head.post(f"{page}{key}/end/").status_code == 302
    assert "Free of charge" not in head.get(page).content.decode()
    assert head.post(f"{page}plan/", {"code": "main", "columns": "9"}).status_code == 422
    assert head.post(f"{page}plan/", {"code": "main", "columns": "1"}).status_code == 302
    plan = notices.plan_of(here.centre)
    assert plan is not None and (plan.columns, plan.notices, plan.sound) == (1, False, False)
