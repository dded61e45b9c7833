"""A code before the kiosk's reader leads to its page; garbage is refused in words. The ticket as dots for a printer."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from onedoor.domain.queue import api as queue
from onedoor.doors.kiosk.scan import read
from onedoor.kernel.clock import now
from onedoor.kernel.i18n import format_date
from onedoor.kernel.scope import Actor, everything
from tests.factories.browsers import paired
from tests.factories.hall import Hall


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("https://one.la/t/AbCdEfGhIjKlMnOpQrStUv/", "ticket"),
        ("AbCdEfGhIjKlMnOpQrStUv", "ticket"),
        ("https://one.la/verify/0103-1-26-D-000001-3/K7QM4T2X/", "document"),
        ("https://one.la/a/AbCdEfGhIjKlMnOpQrStUv/", "appointment"),
        ("k7qm-4t2x", "code"),
        ("0103-1-26-C-000001-3", "case"),
        ("https://evil.example/login", "unknown"),
        ("javascript:alert(1)", "unknown"),
        ("\x00" * 40, "unknown"),
        ("9" * 4000, "unknown"),
        ("", "unknown"),
    ],
)
def test_a_code_is_known_by_its_form(typed: str, kind: str) -> None:
    assert read(typed).kind == kind


@pytest.fixture
def kiosk(here: Hall) -> Client:
    return paired(here.kiosk_token)


def test_a_ticket_from_home_is_let_in_by_its_code(kiosk: Client, here: Hall) -> None:
    home = queue.take_from_home(
        by=Actor.public(), at=now(), centre=here.centre, service=here.birth, device="x"
    )
    assert kiosk.get(f"/kiosk/{here.code}/scan/").status_code == 200
    answer = kiosk.post(f"/kiosk/{here.code}/scan/", {"code": f"https://one.la/t/{home.token}/"})
    assert answer.status_code == 302 and answer["Location"] == f"/kiosk/{here.code}/ticket/{home.token}/"
    assert queue.ticket_by_token(home.token).not_before is None


@pytest.mark.parametrize(
    ("code", "status"),
    [("garbage", 422), ("https://one.la/t/AbCdEfGhIjKlMnOpQrStUv/", 404), ("K7QM-4T2X", 404)],
)
def test_what_leads_nowhere_is_said(kiosk: Client, here: Hall, code: str, status: int) -> None:
    answer = kiosk.post(f"/kiosk/{here.code}/scan/", {"code": code})
    assert answer.status_code == status and b'role="alert"' in answer.content
    shown = kiosk.post(f"/kiosk/{here.code}/scan/", {"code": "0103-1-26-C-000001-3"})
    assert shown.status_code == 200 and b"0103-1-26-C-000001-3" in shown.content


@pytest.mark.parametrize("page", ["scan", "appointment"])
def test_who_comes_days_too_early_is_told_when(here: Hall, page: str) -> None:
    browser = paired(here.kiosk_token)
    browser.cookies["onedoor_language"] = "en"
    starts = (now() + timedelta(days=2)).replace(hour=3, minute=0, second=0, microsecond=0)
    asking = queue.Asking(centre=here.centre, service=here.birth, name="ນາງ ແກ້ວ", phone="020 5555 1234")
    made = queue.book(by=Actor.public(), at=now(), asking=asking, starts=starts)
    with everything("the code of a test"):
        code = queue.code_of(made.id)
    refused = browser.post(f"/kiosk/{here.code}/{page}/", {"code": code})
    said = format_date(starts, lang="en")
    assert refused.status_code == 409 and f"given from {said}" in refused.content.decode()


def test_a_ticket_is_drawn_for_the_printer(kiosk: Client, here: Hall) -> None:
    held = queue.take_ticket(
        by=here.kiosk, at=now(), centre=here.centre, service=here.birth, name="ທ້າວ ບຸນມີ", phone="02055551234"
    )
    page = f"/kiosk/{here.code}/ticket/{held.token}/"
    assert f"{page}slip.bin" in kiosk.get(page).content.decode()
    assert kiosk.get(f"{page}slip.png?mm=58").content.startswith(b"\x89PNG")
    assert kiosk.get(f"{page}slip.bin").content.startswith(b"\x1b@\x1dv0")
    for wrong in ("slip.gif", "slip.png?mm=57", "slip.png?mm=x"):
        assert kiosk.get(f"{page}{wrong}").status_code == 404
    assert kiosk.get(f"/kiosk/{here.code}/ticket/AbCdEfGhIjKlMnOpQrStUv/slip.png").status_code == 404


def test_a_page_is_read_aloud_where_somebody_recorded_it(
    kiosk: Client, here: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onedoor.ui.clips.folder", lambda language: tmp_path / language)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "page-services.mp3").write_bytes(b"spoken")
    kiosk.cookies["onedoor_language"] = "en"
    address = f"/kiosk/{here.code}/aloud/en/page-services.mp3"
    assert f'data-clip="{address}"' in kiosk.get(f"/kiosk/{here.code}/services/").content.decode()
    assert "data-clip" not in kiosk.get(f"/kiosk/{here.code}/lost/").content.decode()
    assert b"".join(kiosk.get(address)) == b"spoken"
