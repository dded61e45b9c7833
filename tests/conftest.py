"""What every test may use: an instant to work at, and a home that the tests own. Each other matter has a room in `support`."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

pytest_plugins = ("tests.support.properties", "tests.support.standing", "tests.support.emptying")


def pytest_configure(config: pytest.Config) -> None:
    """Refuses to run against a home that is somebody's."""
    if os.environ.get("ONEDOOR_MODE", "test") != "test":
        raise pytest.UsageError("Tests run in ONEDOOR_MODE=test; unset ONEDOOR_MODE or use scripts/test.")
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def pytest_collection_finish() -> None:
    """What was loaded stays for the whole run: the collector does not walk it again and again."""
    from onedoor.tools.environment import settle

    settle()


@pytest.fixture
def at() -> datetime:
    """A working Monday at nine in the morning in Vientiane."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rights_read_anew() -> None:
    """Rights remembered from another test's data are forgotten."""
    from onedoor.domain.access.api import forget

    forget()
