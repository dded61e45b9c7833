"""A service of some weekdays: kiosk, reception and the citizen's pages say on which, and the next date, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.doors.kiosk import views
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_date, format_weekdays
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor
from tests.factories.browsers import at_work, paired
from tests.factories.hall import Hall

TOMORROW = timedelta(days=1)


@pytest.fixture
def tomorrow(here: Hall) -> date:
    """A third service of this centre, on tomorrow's weekday only; nobody else offers it."""
    day = now().astimezone(ZONE).date() + TOMORROW
    offer = centres.Offer(
        service=here.elsewhere, valid_from=date(2021, 3, 1), weekdays=(day.isoweekday(),), capacity=3
    )
    other = next(view for view in centres.centres() if view.id != here.centre)
    for place, offers in ((centres.centre(here.centre), (offer,)), (other, ())):
        kept = place.offers if place.id == here.centre else ()
        centres.save_centre(
            by=Actor.system(),
            at=now(),
            id=place.id,
            code=place.code,
            name=place.name,
            district=place.district,
            demonstration=True,
            offers=[*kept, *offers],
        )
    return day


def spoken(page: str, day: date, language: str) -> bool:
    """Whether a page says on which weekdays, and the next date."""
    with override(language):
        only = f"{format_weekdays([day.isoweekday()])} only"
        if language == "lo":
            only = f"ສະເພາະ{format_weekdays([day.isoweekday()])}"
        return only in page and format_date(day, "full") in page


@pytest.mark.parametrize("language", ["lo", "en"])
@pytest.mark.parametrize("where", ["kiosk", "desk", "service", "centre"])
def test_the_days_are_said_with_the_next_date(here: Hall, tomorrow: date, where: str, language: str) -> None:
    browsers = {"kiosk": lambda: paired(here.kiosk_token), "desk": lambda: at_work(here.officer)}
    browser = browsers.get(where, Client)()
    browser.cookies["onedoor_language"] = language
    address = {
        "kiosk": f"/kiosk/{here.code}/services/",
        "desk": f"/desk/{here.code}/reception/",
        "service": "/services/land-title/",
        "centre": f"/centres/{here.code}/",
    }[where]
    answer = browser.get(address)
    assert answer.status_code == 200
    assert spoken(answer.content.decode(), tomorrow, language)


def test_the_kiosk_leads_nobody_to_a_service_of_other_days(here: Hall, tomorrow: date) -> None:
    kiosk = paired(here.kiosk_token)
    kiosk.cookies["onedoor_language"] = "en"
    address = f"/kiosk/{here.code}/services/land-title/"
    assert address not in kiosk.get(f"/kiosk/{here.code}/services/").content.decode()
    for answer in (kiosk.get(address), kiosk.post(address)):
        assert answer.status_code == 422
        with override("en"):
            assert f"The next day is {format_date(tomorrow, 'full')}." in answer.content.decode()


def test_the_reception_is_told_the_next_date(here: Hall, tomorrow: date) -> None:
    desk = at_work(here.officer)
    desk.cookies["onedoor_language"] = "en"
    page = desk.get(f"/desk/{here.code}/reception/").content.decode()
    assert 'value="land-title"' not in page and 'value="birth-registration"' in page
    answer = desk.post(f"/desk/{here.code}/reception/", {"key": "a1", "service": "land-title"})
    assert answer.status_code == 422
    with override("en"):
        assert format_date(tomorrow, "full") in answer.content.decode()


def test_a_fee_with_lines_is_shown_line_by_line(here: Hall) -> None:
    held = catalogue.service("birth-registration")
    asked = {
        "type": "object",
        "properties": {
            "engine": {"type": "integer", "minimum": 1, "maximum": 900, "x-label": {"lo": "ຈັກ", "en": "Engine"}},
            "speed": {"enum": ["slow", "fast"], "x-label": {"lo": "ໄວ", "en": "Speed"},
                      "x-labels": {"slow": {"lo": "ຊ້າ", "en": "Slow"}, "fast": {"lo": "ດ່ວນ", "en": "Fast"}}},
        },
        "required": ["engine", "speed"],
        "x-sections": [{"id": "a", "title": {"lo": "ກ", "en": "A"}, "fields": ["engine", "speed"]}],
    }  # fmt: skip
    lines = (
        catalogue.FeeRow(code="form", name={"lo": "ແບບຟອມ", "en": "Form"}, amount=5_000),
        catalogue.FeeRow(
            code="tax",
            name={"lo": "ອາກອນ", "en": "Tax"},
            kind="table",
            by="engine",
            unit={"lo": "ຊີຊີ", "en": "cc"},
            steps=(
                catalogue.Step(start=1, upto=110, amount=15_000),
                catalogue.Step(start=111, amount=20_000),
            ),
        ),
        catalogue.FeeRow(
            code="speed",
            name={"lo": "ດ່ວນ", "en": "Speed"},
            kind="choice",
            by="speed",
            choices={"slow": None, "fast": 300_000},
        ),
    )
    catalogue.save_service(
        by=Actor.system(),
        at=now(),
        id=held.id,
        code=held.code,
        name=held.name,
        summary=held.summary,
        authority=held.authority,
        papers=[],
        fees=[catalogue.Fee(state="set", lines=lines)],
        duration=held.duration,
        legal_basis=[],
        result=held.result,
        demonstration=True,
        valid_from=held.valid_from,
        form=asked,
    )
    browser = Client()
    browser.cookies["onedoor_language"] = "en"
    page = browser.get("/services/birth-registration/").content.decode()
    for said in (
        "From ₭320.000",
        "A part of it has not been set.",
        "Form",
        "≤ 110 cc",
        "₭15.000",
        "&gt; 110 cc",
    ):
        assert said in page, said
    for said in ("Slow", "To be set", "Fast", "₭300.000"):
        assert said in page, said


def test_the_kiosk_turns_its_pages_forth_and_back(here: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 1)
    browser, address = paired(here.kiosk_token), f"/kiosk/{here.code}/services/"
    assert f'href="{address}?page=1"' in browser.get(address).content.decode()
    assert f'href="{address}?page=0"' in browser.get(f"{address}?page=1").content.decode()
