"""What every answer carries, and what production demands."""

from __future__ import annotations

import importlib

import pytest
from django.test import Client

from onedoor.config import security
from tests.config.conftest import Place
from tests.config.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.routes")]


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/clash/", "/nowhere/"])
def test_every_answer_is_dressed(place: Place, client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/device/", "/clash/"])
def test_nothing_stands_inline(place: Place, client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert "<script>" not in page


def test_the_session_cookie_is_hardened(place: Place, client: Client) -> None:
    enter(client)
    cookie = client.cookies["onedoor_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == "", "ends with the browser"


def test_production_is_strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONEDOOR_MODE", "production")
    try:
        strict = importlib.reload(security)
        assert strict.SESSION_COOKIE_SECURE
        assert strict.CSRF_COOKIE_SECURE
        assert strict.SESSION_COOKIE_HTTPONLY
        assert strict.CSRF_COOKIE_HTTPONLY
        assert strict.SESSION_COOKIE_NAME.startswith("__Host-")
        assert strict.SECURE_HSTS_SECONDS >= 31_536_000
        assert strict.SESSION_LOCK_AFTER <= 3600
        assert "MD5" not in strict.PASSWORD_HASHERS[0]
        assert strict.RIGHTS_CHECK_EVERY <= 1
    finally:
        monkeypatch.undo()
        importlib.reload(security)


def test_attempts_are_counted_over_all_processes() -> None:
    assert security.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
