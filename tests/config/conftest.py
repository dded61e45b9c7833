"""A place with one officer, and routes of the tests' own through the real guard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest
from django.core.cache import cache

from onedoor.domain.access import api as access
from onedoor.kernel.scope import Actor
from tests.config.routes import CALL, HEAD
from tests.factories.offices import SYSTEM, give, role, staff, unit


@dataclass
class Place:
    """What the tests of the guard refer to."""

    centre: UUID
    other: UUID
    officer: Actor
    kiosk_token: str
    machine_token: str


@pytest.fixture
def place(db: None, at: datetime) -> Place:
    """Two centres; an officer, a kiosk and a machine at the first."""
    cache.clear()
    centre = unit("01-1", at=at, kind="centre")
    other = unit("02-1", at=at, kind="centre")
    role("officer", CALL, at=at)
    role("kiosk", CALL, at=at, audience="device")
    officer = staff("noy", at=at)
    give(officer, "officer", centre, at=at)
    _, kiosk_token = access.enrol_device(by=SYSTEM, at=at, centre=centre, kind="kiosk", name="Kiosk")
    _, machine_token = access.issue_token(by=SYSTEM, at=at, name="M", unit=centre, scopes=[CALL, HEAD])
    return Place(centre, other, officer, kiosk_token, machine_token)


@pytest.fixture
def at() -> datetime:
    """Now: codes of authenticator apps hang on the clock."""
    from onedoor.kernel.clock import now

    return now()
