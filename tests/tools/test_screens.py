"""The table of pages that are looked at names pages that exist, and every door is in it."""

import io
import re

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from PIL import Image

from onedoor.tools.errors import ToolError
from onedoor.tools.screens import shown
from onedoor.tools.screens.pages import DEVICE, PAGES
from onedoor.tools.screens.shown import MOST, SHOWN, small
from tests.house.house import ROOT

SCREENLESS = {"exchange", "sync"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.door}/{page.name}")
def test_its_address_leads_somewhere(page):
    path = page.path.partition("?")[0]
    if page.status == 404:
        with pytest.raises(Resolver404):
            resolve(path)
    else:
        assert resolve(path)


def test_every_door_with_screens_is_looked_at():
    assert set(settings.DOORS) - SCREENLESS <= {page.door for page in PAGES}


def test_names_are_their_own():
    names = [(page.door, page.name) for page in PAGES]
    assert len(names) == len(set(names))


def test_a_kiosk_is_seen_as_a_device():
    assert all(page.login == DEVICE for page in PAGES if page.door == "kiosk")


def test_the_readme_shows_each_of_its_pictures_with_words_and_they_are_small():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = dict(re.findall(r"src=\"docs/screens/([^\"]+)\"[^>]*alt=\"([^\"]+)\"", readme))
    assert (
        set(said)
        == {one.file for one in SHOWN}
        == {path.name for path in (ROOT / "docs" / "screens").iterdir()}
    )
    assert all(len(words) > 20 for words in said.values())
    assert all((ROOT / "docs" / "screens" / file).stat().st_size <= MOST for file in said)
    assert {(one.door, one.name) for one in SHOWN} <= {(page.door, page.name) for page in PAGES}


def test_a_picture_is_made_small_or_refused(monkeypatch):
    plain = Image.new("RGB", (1366, 768), "#204060")
    with Image.open(io.BytesIO(small(plain))) as made:
        assert made.size == (640, 360)
    tall = Image.new("RGB", (1080, 1920), "#ffffff")
    with Image.open(io.BytesIO(small(tall))) as made:
        assert made.size == (360, 640)
    monkeypatch.setattr(shown, "MOST", 50)
    with pytest.raises(ToolError):
        small(plain)
