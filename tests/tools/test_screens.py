"""The table of pages that are looked at names pages that exist, and every door is in it."""

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from onedoor.tools.screens.pages import DEVICE, PAGES

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
