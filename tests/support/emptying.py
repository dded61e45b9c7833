"""What a test of real transactions has committed is emptied after it."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def emptied_where_something_stands() -> Iterator[None]:
    """Only tables that hold something are emptied: asking is a tenth of emptying all."""
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
