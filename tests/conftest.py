"""What every test may use: an instant to work at, and a home that the tests own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import settings

from tests.tools.nodes import Node, copied, node

# The same examples each time, so that a change is judged by what it changes; HYPOTHESIS=exploring looks for new ones.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring")
settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))


def pytest_configure(config: pytest.Config) -> None:
    """Refuses to run against a home that is somebody's."""
    if os.environ.get("ONEDOOR_MODE", "test") != "test":
        raise pytest.UsageError("Tests run in ONEDOOR_MODE=test; unset ONEDOOR_MODE or use scripts/test.")
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def at() -> datetime:
    """A working Monday at nine in the morning in Vientiane."""
    return datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def rights_read_anew() -> None:
    """Rights remembered from another test's data are forgotten."""
    from onedoor.domain.access.api import forget

    forget()


@pytest.fixture(scope="session")
def migrated() -> Iterator[Node]:
    """A node with an empty database of today, standing still, to be copied."""
    with node() as made:
        done = made.run("migrate")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(scope="session")
def country(migrated: Node) -> Iterator[Node]:
    """A node with the Lao pack, standing still, to be copied."""
    with copied(migrated) as made:
        loaded = made.run("pack", "load")
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        yield made


@pytest.fixture(scope="session", autouse=True)
def emptied_where_something_stands() -> Iterator[None]:
    """After a test of real transactions only tables that hold something are emptied: asking is a tenth of emptying all."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    every = DatabaseOperations.sql_flush

    def written(self: Any, style: Any, tables: list[str], **how: Any) -> list[str]:
        asked = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM \"{one}\")" for one in tables)
        with self.connection.cursor() as cursor:
            cursor.execute(asked)
            found = [name for (name,) in cursor.fetchall()]
        return every(self, style, found, **{**how, "allow_cascade": True})

    DatabaseOperations.sql_flush = written
    yield
    DatabaseOperations.sql_flush = every
