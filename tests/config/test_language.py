"""Lao first, whatever the browser asks for; English when it was chosen."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "chosen", "shown"),
    [("en-GB,en", None, "lo"), ("th", None, "lo"), ("", "en", "en"), ("en", "lo", "lo"), ("en", "xx", "lo")],
)
def test_a_page_is_lao_until_somebody_chooses(asked: str, chosen: str | None, shown: str) -> None:
    browser = Client(headers={"accept-language": asked})
    if chosen:
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    page = browser.get("/follow/")
    assert page.headers["Content-Language"] == shown
    assert f'lang="{shown}"' in page.content.decode()
    assert "Cookie" in page.headers["Vary"]
