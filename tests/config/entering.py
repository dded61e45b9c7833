"""Logging in as a person would."""

from __future__ import annotations

from typing import Any

from django.test import Client

from onedoor.domain.access.api import demo_totp
from onedoor.kernel.clock import now
from tests.factories.offices import PASSWORD


def with_password(client: Client, username: str = "noy", password: str = PASSWORD, next: str = "") -> Any:
    """Send the first form."""
    data = {"login": username, "password": password, **({"next": next} if next else {})}
    return client.post("/accounts/login/", data)


def with_code(client: Client, username: str = "noy") -> Any:
    """Send the second form with the present code."""
    return client.post("/accounts/code/", {"code": demo_totp(username, at=now())})


def enter(client: Client, username: str = "noy") -> Any:
    """Log in wholly."""
    with_password(client, username)
    return with_code(client, username)
